"""Where everything should be there, nothing may be skipped for want of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.web.web_serving import chromium

ROOT = Path(__file__).parents[1]

on_ci = pytest.mark.skipif(os.environ.get("CI") != "true", reason="only the build machine must have everything")


@on_ci
def test_the_build_machine_has_a_browser() -> None:
    """On the build machine the browser tests run: Chromium is there, and so are the files that make fetches."""
    assert chromium() is not None
    assert (ROOT / "tests" / "web" / "vendor" / "axe.min.js").is_file()
    assert (ROOT / "src" / "maatje" / "web" / "static" / "vendor" / "htmx.min.js").is_file()


@on_ci
def test_the_build_machine_has_the_corpora() -> None:
    """On the build machine the tests over real files run: the shared folder lies beside the checkout."""
    assert (ROOT.parent / "shared" / "corpora" / "MANIFEST.csv").is_file()
