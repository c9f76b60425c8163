"""The outermost shell of both servers: a fault of ours ends here, told by its kind alone."""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from maatje.web.gate import dressed

Told = Callable[[str, bool], None]
"""Is told the kind of a fault, and whether an answer had begun already."""


class LastResort:
    """An ASGI application that lets no fault out: a traceback may quote somebody."""

    def __init__(self, app: ASGIApp, answer: ASGIApp, told: Told) -> None:
        """
        Args:
            app: what is guarded. answer: what is said where nothing was said yet. told: writes the log.
        """
        self._app = app
        self._answer = answer
        self._told = told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One ASGI call."""
        has_begun = False

        async def noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = has_begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noted)
        except Exception as error:
            if scope["type"] != "http":
                raise
            self._told(type(error).__name__, has_begun)
            if not has_begun:
                await self._answer(scope, receive, dressed(send))
