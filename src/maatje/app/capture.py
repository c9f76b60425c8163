"""
From files to ties: the first hops of a datum, listed top to bottom.

Each piece of a source is one transaction holding its rows and how far the source was read, so a
kill at any moment loses and doubles nothing, and the next run goes on. What follows from the rows
(who the user is, machines, touches, contacts, tie states) is one more transaction, made again
whenever it is due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from maatje.app import clock, export, intake, selfhood
from maatje.app.finishing import finish
from maatje.app.home import Home
from maatje.app.reading import Batch, Piece, reader
from maatje.errors import N_, SettingError
from maatje.identity.normalise import mail_handle, phone_handle
from maatje.model.contact import HandleKind
from maatje.model.page import Added, SourceLine
from maatje.model.record import Card, Problem
from maatje.model.units import Seconds
from maatje.store import aside, cards, contacts, interactions, meetings, sources
from maatje.store.db import Db, transaction
from maatje.store.handles import HandleBook
from maatje.store.sources import Progress

PROBLEMS_TOLD = 1_000

Report = Callable[[int, int, str], None]
"""(bytes read, bytes in all, what is going on): called now and then while an import runs."""


@dataclass(slots=True)
class _Tally:
    """What one run did so far."""

    new: dict[int, int] = field(default_factory=dict)
    problems: dict[int, int] = field(default_factory=dict)
    told: list[Problem] = field(default_factory=list)
    total: int = 0

    def note(self, source_id: int, new: int, problems: Sequence[Problem]) -> None:
        self.new[source_id] = self.new.get(source_id, 0) + new
        self.problems[source_id] = self.problems.get(source_id, 0) + len(problems)
        self.tell(problems)

    def tell(self, problems: Sequence[Problem]) -> None:
        self.total += len(problems)
        self.told.extend(problems[: max(PROBLEMS_TOLD - len(self.told), 0)])


def add(
    home: Home,
    paths: Sequence[Path],
    *,
    me: Iterable[str] = (),
    not_me: Iterable[str] = (),
    progress: Report | None = None,
    now: Seconds,
) -> Added:
    """
    Read everything at these paths into the home's store, and work out what follows.

    Reads the paths, writes the store; safe to repeat and to kill. ``me`` are addresses of the
    user's own, added to those known; ``not_me`` addresses that are not. Bad records come back as problems.
    Raises: PathError: a path is not there, or none holds anything to read. SettingError: an
        address in ``me`` is none, or in ``not_me`` too. StoreError: the store cannot be written.
    """
    began = clock.stopwatch()
    own, others = _own_addresses(me), _own_addresses(not_me)
    if both := [address for address in own if address in others]:
        raise SettingError(N_("Is {address} yours or not? It was said both ways."), address=both[0])
    tally = _Tally()
    if any(export.is_complete_export(path) for path in paths):
        return _brought_back(home, paths, own, others, now)
    with ExitStack() as rooms:
        found = intake.look(paths, rooms) if paths else intake.Findings((), ())
        tally.tell(found.problems)
        db = rooms.enter_context(home.connect())
        plans = [intake.plan(db, item, now) for item in found.items]
        if plans:
            _read(db, home, plans, tally, progress or _silent)
        if progress:
            progress(found.total_bytes, max(found.total_bytes, 1), "Working out who is who")
        finish(db, now, own=own, others=others)
        return _result(db, plans, tally, clock.stopwatch() - began)


def _brought_back(home: Home, paths: Sequence[Path], own: Sequence[str], others: Sequence[str], now: Seconds) -> Added:
    """A complete export, read into an empty home by itself: it brings all that it was, the user's addresses too."""
    began = clock.stopwatch()
    if len(paths) > 1 or own or others:
        raise SettingError(N_("A complete export is read by itself: one file, and nothing said of addresses."))
    export.load(home, paths[0], now)
    with home.connect() as db:
        result = _result(db, (), _Tally(), clock.stopwatch() - began)
    return replace(result, new=result.interactions)


def _own_addresses(given: Iterable[str]) -> tuple[str, ...]:
    """The user's addresses, checked; all that are none are named at once."""
    pairs = [(text, mail_handle(text)) for text in given]
    wrong = [text for text, address in pairs if address is None]
    if wrong:
        raise SettingError(N_("No mail address: {given}. Write it as you@example.org."), given=", ".join(wrong))
    return tuple(address for _, address in pairs if address is not None)


def _silent(done: int, total: int, doing: str) -> None:
    """Where nobody looks at progress."""


def _read(db: Db, home: Home, plans: Sequence[intake.Plan], tally: _Tally, progress: Report) -> None:
    """Every piece of every source, written in order."""
    todo = [plan for plan in plans if not plan.is_done]
    total = sum(plan.item.size - plan.start for plan in todo)
    by_source = {plan.source_id: plan for plan in todo}
    book = HandleBook(db)
    done = 0
    with reader(total, home.settings.workers) as pool:
        for piece, batch in pool.read(piece for plan in todo for piece in intake.pieces(plan)):
            with transaction(db):
                new = _write(db, book, piece, batch, by_source[piece.source], home)
            tally.note(piece.source, new, batch.problems)
            done += (piece.stop - piece.start) if not piece.items else 0
            progress(done, total, "Reading")


def _write(db: Db, book: HandleBook, piece: Piece, batch: Batch, plan: intake.Plan, home: Home) -> int:
    """One batch and the source's progress, together; returns how many rows were new."""
    keep = home.settings.keep_subjects
    new = interactions.add_mail(db, book, piece.source, batch.mails, keep_subjects=keep).new
    if batch.meetings:
        new += meetings.add_meetings(db, book, piece.source, batch.meetings, keep_titles=keep).new
    if batch.cards:
        region = home.settings.region
        new += cards.add(db, book, piece.source, [(card, card_handles(card, region)) for card in batch.cards])
    if batch.problems:
        sources.note_problems(db, piece.source, batch.problems)
    if piece.items:
        sources.note_items(db, piece.source, [intake.item_key(name) for name in piece.items])
    item = plan.item
    head = None if piece.items else intake.fingerprint(item.path, piece.stop)
    done = Progress(
        done_to=piece.stop,
        size=item.size,
        mtime_ns=item.mtime_ns,
        head=head,
        is_complete=piece.is_last,
        records=batch.records - (plan.again if piece.start == plan.start else 0),
        new=new,
        problems=len(batch.problems),
        first_at=batch.first_at,
        last_at=batch.last_at,
    )
    sources.advance(db, piece.source, done)
    return new


def card_handles(card: Card, region: str) -> list[tuple[HandleKind, str]]:
    """The exact keys of a card, normalised: mail addresses and telephone numbers; what is none is left out."""
    mails = [(HandleKind.MAIL, handle) for text in card.mails if (handle := mail_handle(text))]
    phones = [(HandleKind.PHONE, handle) for text in card.phones if (handle := phone_handle(text, region))]
    return list(dict.fromkeys((*mails, *phones)))


def _result(db: Db, plans: Sequence[intake.Plan], tally: _Tally, seconds: float) -> Added:
    """What to tell: totals of the store, and what was new this time."""
    lines = []
    for plan in plans:
        row = sources.find(db, plan.item.name)
        assert row is not None
        new, faults = tally.new.get(row.id, 0), tally.problems.get(row.id, 0)
        lines.append(SourceLine(row.path, row.format, row.records, new, faults, row.first_at, row.last_at))
    totals = aside.totals(db)
    who = selfhood.known(db)
    return Added(
        sources=tuple(lines),
        contacts=contacts.count(db),
        interactions=totals.counted,
        new=sum(tally.new.values()),
        automata=totals.automata,
        crowds=totals.crowds,
        me=who.addresses,
        me_is_sure=who.is_sure,
        problems=tuple(tally.told),
        problems_total=tally.total,
        seconds=seconds,
        me_asked=who.asked,
        me_unseen=who.unseen,
        nameless_cards=cards.without_handles(db),
    )
