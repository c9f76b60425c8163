"""``maatje export``: files and standard output, the answer for programs, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import ME, NOW, Letter

from maatje.app import capture
from maatje.app.home import Home
from maatje.cli.export import export
from maatje.cli.options import Given
from maatje.errors import PathError, SettingError
from maatje.sources import vcard

Run = Callable[..., Result]


@pytest.fixture
def run(home: Home) -> Run:
    """Runs the command on this home."""

    def call(*words: str) -> Result:
        return CliRunner().invoke(export, ["--home", str(home.path), *words], obj=Given())

    return call


@pytest.fixture
def full(home: Home, letter: Letter, tmp_path: Path) -> None:
    """Two people written with."""
    letters = [
        letter(f"{who}@example.net", ME, days=day, name=who.title()) for day, who in enumerate(("jan", "pia"), 1)
    ]
    letters += [letter(ME, f"{who}@example.net", days=0.5) for who in ("jan", "pia")]
    (tmp_path / "post.mbox").write_text("".join(letters))
    capture.add(home, [tmp_path / "post.mbox"], me=[ME], now=NOW)


@pytest.mark.usefixtures("full")
def test_to_a_file(run: Run, tmp_path: Path) -> None:
    """A file is written and said, in either language and for programs."""
    assert run(str(tmp_path / "a.vcf")).output == f"Written: two contacts, to {tmp_path / 'a.vcf'}\n"
    answer = json.loads(run(str(tmp_path / "b.json"), "--format", "json", "--json").output)
    said = answer.pop("said")
    assert answer == {"path": str(tmp_path / "b.json"), "format": "json", "contacts": 2, "interactions": 4}
    assert str(tmp_path / "b.json") in said


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("form", ["vcard", "jscontact", "csv", "json"])
def test_to_standard_output(run: Run, tmp_path: Path, form: str) -> None:
    """Without a path, what would be in the file goes to standard output, byte for byte and nothing else."""
    run(str(tmp_path / "file"), "--format", form)
    assert run("--format", form).stdout_bytes == (tmp_path / "file").read_bytes()


@pytest.mark.usefixtures("full")
def test_vcard_is_the_usual_form(run: Run) -> None:
    """Without a format the contacts are written as vCards."""
    assert len(list(vcard.parse(run().stdout_bytes, name="x"))) == 2


@pytest.mark.usefixtures("full")
def test_what_is_refused(run: Run, tmp_path: Path) -> None:
    """A file that is there, an unknown format, and JSON words among the export are refused, and nothing is written."""
    (tmp_path / "there").write_text("mine")
    assert isinstance(run(str(tmp_path / "there")).exception, PathError)
    assert (tmp_path / "there").read_text() == "mine"
    assert isinstance(run("--json").exception, SettingError)
    assert run("--format", "xml").exit_code == 2


def test_an_empty_home(run: Run, home: Home) -> None:
    """A home without anything says so, and no file is made in it."""
    assert isinstance(run().exception, PathError)
    assert not home.database.exists()
