"""``maatje serve``: the pages, on this machine only."""

from __future__ import annotations

import click

from maatje.cli.options import Given, shared

PORT = 8765


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="The port to listen on.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the pages in the browser.")
@shared
def serve(given: Given, port: int, open_browser: bool) -> None:
    """Show the pages in your browser. Only this computer can reach them; stop with Ctrl-C."""
    from maatje.web.server import serve as run_server

    home = given.open(make=True)
    run_server(home, port=port, now=given.at, open_browser=open_browser, tell=click.echo)
