"""One diary, served once, for all tests that only look; those that change something make their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.web import web_diary
from tests.web.web_serving import Serving, browser, serving

from maatje.app.home import Home

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def diary(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the invented diary, only to be looked at."""
    return web_diary.make(tmp_path_factory.mktemp("diary"))


@pytest.fixture(scope="session")
def served(diary: Home) -> Iterator[Serving]:
    """The diary on a port, only to be looked at."""
    with serving(diary, web_diary.now) as here:
        yield here


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for all."""
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with browser() as found:
        yield found
