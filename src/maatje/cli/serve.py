"""``maatje serve``: the pages, on this machine only; with ``--lan`` one page more, for the telephone."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maatje.app.home import Home
from maatje.cli.options import Given, shared
from maatje.errors import N_, SettingError

if TYPE_CHECKING:
    from maatje.web.lan import Way
    from maatje.web.telephone import Offered

PORT = 8765
LAN_PORT = 8766


@click.command()
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True, help="The port to listen on.")
@click.option("--open/--no-open", "open_browser", default=True, help="Open the pages in the browser.")
@click.option("--lan", is_flag=True, help="Offer the list of one occasion to your telephone, and nothing else.")
@click.option("--occasion", metavar="NAME", default="", help="Which occasion; else the one that is on or comes next.")
@click.option("--lan-port", type=click.IntRange(1, 65_535), default=LAN_PORT, show_default=True, help="Its port.")
@click.option("--lan-address", default="", help="The address of this computer to offer it at; else it is found.")
@click.option("--name", default="", help="The name by which telephones reach this computer.")
@click.option("--tls", is_flag=True, help="Encrypt it with a certificate of maatje's own.")
@click.option("--cert", type=click.Path(path_type=Path), help="Encrypt it with this certificate.")
@click.option("--key", type=click.Path(path_type=Path), help="The key of that certificate.")
@click.option("--behind", default="", metavar="URL", help="The https address of a proxy on this computer.")
@shared
def serve(
    given: Given, port: int, open_browser: bool, lan: bool, occasion: str, lan_port: int, lan_address: str, name: str,
    tls: bool, cert: Path | None, key: Path | None, behind: str,
) -> None:  # fmt: skip
    """
    Show the pages in your browser. Only this computer can reach them; stop with Ctrl-C.

    With --lan your telephone reaches one page more, in your own network: the list of one occasion.
    """
    from maatje.web.lan import Way
    from maatje.web.server import serve as run_server

    home = given.open(make=True)
    way = Way(lan_port, lan_address, name, behind, tls, cert, key)
    if not lan and (occasion or way != Way(lan_port)):
        raise SettingError(N_("That belongs to --lan, which offers a page to your telephone."))
    with contextlib.ExitStack() as stack:
        telephones = stack.enter_context(_offering(given, home, way, occasion)) if lan else None
        run_server(home, port=port, now=given.at, open_browser=open_browser, tell=click.echo, telephones=telephones)


@contextlib.contextmanager
def _offering(given: Given, home: Home, way: Way, occasion: str) -> Iterator[Offered]:
    """The telephone's page beside the others, told of and listened to in this terminal."""
    from maatje.app import occasions
    from maatje.web.evening_home import HomeEvening
    from maatje.web.lan import offering, plan
    from maatje.web.lan_terminal import Terminal

    number = None
    if occasion:
        with home.connect(read_only=True) as db:
            number = occasions.find(db, occasion, given.at()).id
    found = plan(way, home.path, given.at())
    evening = HomeEvening(home, given.at, number, hints=found.origin.is_secure)
    terminal = Terminal(given.voice(home), click.echo, sys.stdin if sys.stdin.isatty() else None)
    with offering(home, evening, found, terminal.notice) as offered:
        terminal.introduce(offered)
        terminal.listen(offered)
        yield offered
