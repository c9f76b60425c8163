"""Pages ask the store a fixed number of questions, however many people there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.web import web_diary, web_twins
from tests.web.web_client import Client
from tests.web.web_serving import serving

from maatje.app.home import Home
from maatje.store.db import Db
from maatje.web.contexts.duplicates import PAGE

PATHS = (
    "/week", "/pile", "/contact/2", "/contact/2/moments", "/why/2", "/find?q=boat", "/aside", "/add", "/undo",
    "/evaluate", "/duplicates",
)  # fmt: skip


class CountingHome(Home):
    """A home whose connections count what they are asked."""

    asked: list[str] = []  # noqa: RUF012 - one list for the one home of a test

    @contextmanager
    def connect(self, *, read_only: bool = False) -> Iterator[Db]:
        with super().connect(read_only=read_only) as db:

            def note(_: Any, sql: str, __: Any) -> bool:
                self.asked.append(sql)
                return True

            db.exec_trace = note
            yield db


def counts(folder: Path, people: int) -> dict[str, int]:
    """How many statements each page takes with so many people."""
    home = web_diary.make(folder, people)
    found = {}
    with serving(CountingHome(home.path, home.settings), web_diary.now) as here:
        client = Client(here)
        for path in PATHS:
            client.get(path)
            CountingHome.asked.clear()
            assert client.get(path).status_code == 200
            found[path] = len(CountingHome.asked)
    return found


def test_questions_about_pairs_do_not_grow_with_people(tmp_path: Path) -> None:
    """However many people there are, and pairs of them, ten pairs on a page are asked for as often."""
    found = []
    for twins, people in ((11, 5), (11, 40), (15, 5)):
        home = web_twins.make(tmp_path / f"{twins}-{people}", twins, people)
        with serving(CountingHome(home.path, home.settings), web_diary.now) as here:
            client = Client(here)
            CountingHome.asked.clear()
            assert client.get("/duplicates").text.count('class="block pair"') == PAGE
            found.append(len(CountingHome.asked))
    assert len(set(found)) == 1
    assert found[0] <= 20 * PAGE


def test_questions_do_not_grow_with_people(tmp_path: Path) -> None:
    """Ten people, twenty or forty, each page asks as often; a search at most once more for each place found."""
    found = [counts(tmp_path / str(people), people) for people in (10, 20, 40)]
    searches = [one.pop("/find?q=boat") for one in found]
    assert found[0] == found[1] == found[2]
    assert max(searches) <= 5 + 50
