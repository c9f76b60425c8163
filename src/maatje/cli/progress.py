"""A progress bar on standard error, after two seconds, and none where that is not a terminal."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from maatje.app import clock
from maatje.app.wording import Voice

PATIENCE_SECONDS = 2.0


class Bar:
    """Shows how many bytes of how many were read; call it with both and a word on what is going on."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._began = clock.stopwatch()
        self._shown: Any = None
        self._task: Any = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int, doing: str = "") -> None:
        """Note progress; ``doing`` is an English word or sentence to be said beside the bar."""
        if not sys.stderr.isatty() or clock.stopwatch() - self._began < PATIENCE_SECONDS:
            return
        if self._shown is None:
            self._shown = _make_bar()
            self._task = self._shown.add_task("", total=total)
            self._shown.start()
        self._shown.update(
            self._task, completed=done, total=total, description=self._voice.text(doing) if doing else ""
        )

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown is not None:
            self._shown.stop()


def _make_bar() -> Any:
    """A bar of rich's, imported only where one is shown."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
