"""Invented people and pages, made by hand from the model's values, for tests that draw them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from maatje.app.evaluate import Kept
from maatje.model.contact import Contact, Field, Handle, HandleKind, Memory
from maatje.model.evaluation import Kind, Past, Tally, Way
from maatje.model.interaction import Channel, Direction, Interaction
from maatje.model.page import (
    Aside,
    CirclePlace,
    ContactPage,
    Coverage,
    Found,
    Hit,
    Pile,
    Pull,
    SetAside,
    Undoable,
    Why,
    YearRow,
)
from maatje.model.plan import Ahead, Chances, LastTouch, Silence, Suggestion, Tie, Verdict, Week
from maatje.model.same import Duplicates, Pair, Part, Side, Told, Weighed
from maatje.model.sentence import Chance, Day, MonthOf, Sentence, Span, say
from maatje.model.units import DAY, ContactId, Days, HandleId, InteractionId, Seconds, Share, instant

NOW = instant(datetime(2026, 6, 9, 8, 41, tzinfo=UTC))
NAMES = (
    "Marijke van Loon", "Sander Blom", "Hein Verbruggen", "Nadia Bouzid", "Joost Wiersma", "Roos Dijkema",
    "Fenna de Graaf", "Liesbeth Kuiper", "Gerrit Stam", "Imke Jansma", "Bram Hoekzema", "Aaltje Postma",
    "Rachid el Amrani", "Wim Terlouw",
)  # fmt: skip
BOAT = "Giethoorn, 2014: the boat that would not start, and his speech with the engine cover in his hand."
BLIND = (say("Telephone calls are not read."), say("Mail ends on {day}.", day=Day(Seconds(NOW - 40 * DAY))))
COMES = (0.91, 0.84, 0.77, 0.62, 0.55, 0.41, 0.28, 0.24, 0.22, 0.19, 0.09, 0.14, 0.11, 0.02)
REPLIES = (0.9, 0.8, 0.8, 0.7, 0.7, 0.8, 0.6, 0.6, 0.5, 0.5, 0.71, 0.82, 0.63, 0.3)


def chances(comes: float, replies: float = 0.7) -> Chances:
    """Chances around one figure."""
    low, high = Share(max(0.0, comes - 0.08)), Share(min(1.0, comes + 0.07))
    return Chances(Share(comes), Share(min(1.0, comes * 1.4)), Share(comes), Share(comes), Share(replies), low, high)


def tie(number: int, name: str | None = None, **changes: object) -> Tie:
    """The tie with the person of this number, from 0; ``changes`` set fields."""
    made = Tie(
        contact_id=ContactId(number + 1),
        name=NAMES[number] if name is None else name,
        chances=chances(COMES[number], REPLIES[number]),
        silence=Silence(Days(77.0), Days(42.0), Share(0.97)),
        last=LastTouch(Seconds(NOW - (number + 1) * 3 * DAY), Channel.MAIL, Direction(1 + number % 2), "Lunch"),
        first_at=instant(datetime(2009, 3, 1, tzinfo=UTC)),
        last_in=Seconds(NOW - 98 * DAY),
        last_out=Seconds(NOW - 77 * DAY),
        n_in=150, n_out=148, n_met=41, n_replied=90, n_answered=88, active_days=300, peak_days=60,
        peak_at=instant(datetime(2020, 7, 1, tzinfo=UTC)),
        unanswered=1,
        circle=(5, 15, 50, 150, None)[min(number // 3, 4)],
        worth=Share(0.74),
        mail=f"person{number}@example.org",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def ties() -> tuple[Tie, ...]:
    """Everybody, freshest first."""
    return tuple(tie(number) for number in range(len(NAMES)))


def greeting(number: int, memory: str = "") -> Suggestion:
    """A greeting for the person of this number."""
    one = tie(number, memory=memory)
    reason = say(
        "You find each other about {rhythm:every}; it has been {silence}. {answers:that} they answer.",
        rhythm=Span(Days(42.0)), silence=Span(Days(77.0)), answers=Chance(one.chances.replies_7),
    )  # fmt: skip
    return Suggestion(one, reason, 0.48)


def owing(number: int, days: int, title: str) -> Suggestion:
    """An answer owed to the person of this number."""
    at = Seconds(NOW - days * DAY)
    return Suggestion(tie(number, owes=at, owes_title=title), say("Wrote {day:on}.", day=Day(at)))


def week(**changes: object) -> Week:
    """The week of the mock."""
    thursday = instant(datetime(2026, 6, 11, 15, 0, tzinfo=UTC))
    owed = (
        owing(4, 4, "Jury"),
        owing(6, 5, "Re: Mediator"),
    )
    old = Suggestion(
        tie(13, memory="You two drew the tram depot’s new roster on the back of a menu.",
            last=LastTouch(instant(datetime(2018, 11, 5, tzinfo=UTC)), Channel.MEETING, Direction.BOTH, "Farewell")),
        say("After so long nobody can say whether they answer, maatje neither."),
    )  # fmt: skip
    made = Week(
        as_of=NOW, iso_year=2026, iso_week=24,
        answers=owed,
        greetings=(
            greeting(10, BOAT),
            greeting(11, "Her mother’s kruudmoes, which you both pretended to like."),
            greeting(12),
        ),
        old_acquaintance=old,
        let_them_come=(
            Suggestion(tie(0), say("x")), Suggestion(tie(1), say("x")),
            Suggestion(tie(3), say("x"), look_again_at=Seconds(NOW + 14 * DAY)),
        ),
        occasions=(Ahead(thursday, "Herring party at Van Beek & Roos", "Amersfoort", False, 34, 19),),
        blind_spots=BLIND,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def places(count: int = 150) -> tuple[CirclePlace, ...]:
    """People on the circle map."""
    found = []
    for number in range(count):
        circle = 5 if number < 5 else 15 if number < 15 else 50 if number < 50 else 150
        season = ("touch", "quiet", "dormant")[0 if number < 5 else (number * 7) % (2 if number < 15 else 3)]
        name = NAMES[number] if number < len(NAMES) else f"Person {number}"
        found.append(CirclePlace(ContactId(number + 1), name, circle, season))
    return tuple(found)


def pile(**changes: object) -> Pile:
    """The pile of the mock."""
    made = Pile(NOW, 318, 318, 61, 11.2, ties()[:10], ties(), places(), (say("Telephone calls are not read."),))
    return replace(made, **changes)  # type: ignore[arg-type]


def contact(number: int = 10, **changes: object) -> Contact:
    """The contact of this number."""
    made = Contact(
        ContactId(number + 1), NAMES[number],
        (
            Handle(HandleId(1), HandleKind.MAIL, f"person{number}@example.org", ContactId(number + 1)),
            Handle(HandleId(2), HandleKind.PHONE, "+31612345678", ContactId(number + 1)),
            Handle(HandleId(3), HandleKind.URL, "https://example.org/bram", ContactId(number + 1)),
        ),
        organisation="Housing association Assen", title="Head of planning", birthday="--10-03",
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def interactions() -> tuple[Interaction, ...]:
    """A few moments, newest first."""

    def at(month: int, day: int) -> Seconds:
        return instant(datetime(2026, month, day, 12, tzinfo=UTC))

    return (
        Interaction(InteractionId(4), at(3, 24), Channel.MAIL, Direction.OUT, "Photos of the quay"),
        Interaction(InteractionId(3), at(3, 19), Channel.MEETING, Direction.BOTH, "Lunch", "Groningen", 5400),
        Interaction(InteractionId(2), at(3, 2), Channel.MAIL, Direction.IN, "Lunch then?"),
        Interaction(InteractionId(1), at(2, 27), Channel.MAIL, Direction.IN, "", set_aside="crowd"),
    )


def years() -> tuple[YearRow, ...]:
    """Twelve years of a tie."""
    rows = []
    for year in range(2014, 2027):
        last = 22 if year == 2026 else 52
        weeks = tuple(week for week in range(last) if (week * year) % 7 == 0)
        out = tuple(week for week in range(last) if (week * year + 3) % 9 == 0)
        met = tuple(week for week in range(last) if (week + year) % 23 == 0)
        rows.append(YearRow(year, weeks, out, met, len(weeks), len(out), len(met)))
    return tuple(rows)


def contact_page(**changes: object) -> ContactPage:
    """A contact's page."""
    memories = (
        Memory(1, ContactId(11), "Giethoorn, 2014: the boat that would not start.", NOW),
        Memory(2, ContactId(11), "Never call before ten.", NOW),
    )
    made = ContactPage(
        contact(), tie(10), 13, 318, years(), interactions(), 339, memories, (say("No calendar has been read."),)
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def why(**changes: object) -> Why:
    """A page of reasons."""
    pulls = (
        Pull(say("{silence} without a word from them.", silence=Span(Days(98.0))), -0.75),
        Pull(say("You wrote last."), -0.3),
        Pull(say("Seventeen years of coming by now and then."), 0.45),
        Pull(say("About as often from their side as from yours."), 0.15),
    )
    rules: tuple[tuple[str, bool, Sentence], ...] = (
        ("answer_first", False, say("You owe them no answer.")),
        ("silence_is_an_answer", False, say("One message of yours is unanswered, not two.")),
        ("let_them_come", False, say("They are not likely to come by themselves.")),
        ("leave_alone", True, say("They are to be left alone; that is absolute.")),
    )
    made = Why(
        contact(), tie(10),
        say("Because the tie is dear, an answer is likely enough, and they will probably not come by first."),
        say("One of your fifteen; at its warmest around 2020."),
        0.48, 3, 318, 3, pulls, tuple(Verdict(*rule) for rule in rules),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def found() -> Found:
    """What "boat" brings up."""
    return Found(
        "boat",
        (
            Hit("memory", ContactId(11), "Bram Hoekzema", "Giethoorn, 2014: the boat that would not start."),
            Hit("contact", ContactId(30), "Ruben Boatman", "Runs a boatyard in Lemmer."),
            Hit("moment", ContactId(2), "Sander Blom", "Boat to Terschelling, and back on Sunday", NOW),
        ),
        more=True,
    )


def set_aside() -> SetAside:
    """Newsletters and a crowd."""
    return SetAside(
        (
            Aside(7, "The Daily Herring", "news@herring.example.org", "list", 812, NOW),
            Aside(8, "", "no-reply@booking.example.org", "no-reply", 40, NOW),
            Aside(9, "Aunt Bep", "bep@example.org", "no-reply", 3, None, kept=True),
        ),
        852, 17,
        (("list", say("Came with a list header."), 812), ("no-reply", say("Its address takes no answers."), 40)),
    )  # fmt: skip


def coverage() -> tuple[Coverage, ...]:
    """Mail of many years, a few cards."""
    return (
        Coverage("mail", instant(datetime(2009, 3, 1, tzinfo=UTC)), NOW, 88_210),
        Coverage("meeting", None, None, 0),
        Coverage("card", None, None, 412),
    )


def undoables() -> tuple[Undoable, ...]:
    """Two acts, one of them taken back already."""
    return (
        Undoable(88, Seconds(NOW - 3600), say("Circle of {name} set.", name="Fenna de Graaf")),
        Undoable(87, Seconds(NOW - 7 * DAY), say("{name} left alone.", name="Imke Jansma"), undone=True),
    )


def evaluated(*, enough: bool = True) -> Kept:
    """A past of two years: good at the fresh, nothing known of the silent, waiting not supported; or too little."""
    some, few, none = Tally(400, 90, 0.2, 0.18, 0.27), Tally(9, 8, 0.81, 0.5, 1.0), Tally(0, 0, 0.0, 0.0, 1.0)
    named = Tally(120, 96, 0.62, 0.72, 0.86)
    past = Past(
        NOW, 24, Seconds(NOW - 750 * DAY), Seconds(NOW - 30 * DAY), 203, Tally(4798, 900, 0.19, 0.17, 0.2),
        (
            Way("maatje", 0.88, 0.227, named), Way("own", 0.88, 0.214, named),
            Way("recency", 0.8, 0.291, Tally(120, 70, 0.4, 0.49, 0.67)),
            Way("clock", None, 0.352, Tally(120, 50, 0.3, 0.33, 0.51)),
        ),
        (some, some, *[none] * 6, few, none),
        (Kind("lately", 0.86, some), Kind("quiet", 0.7, some), Kind("silent", None, few)),
        (0.2, 0.5), Tally(60, 12, 0.55, 0.12, 0.32), 14, 40_000,
    )  # fmt: skip
    return Kept(past if enough else replace(past, cutoffs=3, whole=few), is_current=enough)


def side(number: int, name: str | None = None, *, handles: int = 1, talks: bool = True) -> Side:
    """One side of a pair, by the number of the person."""
    return Side(
        ContactId(number + 1), NAMES[number] if name is None else name,
        tuple(f"person{number}.{place}@example.org" for place in range(handles)),
        "" if number % 2 else "Mediation", "", 38 if talks else 0,
        instant(datetime(2019, 6, 2, tzinfo=UTC)) if talks else None, Seconds(NOW - 5 * DAY) if talks else None,
        interactions()[:3] if talks else (),
    )  # fmt: skip


def duplicates(**changes: object) -> Duplicates:
    """A proposal, and a question about somebody of whom nothing counts yet; 23 in all."""
    silent = Seconds(NOW - 300 * DAY)
    facts = (
        Weighed(say("The initial alone."), -0.5),
        Weighed(say("Both write with {name}.", name="Roos Dijkema"), 4.0),
        Weighed(say("One falls silent in {fell}, the other begins in {began}.",
                    fell=MonthOf(silent), began=MonthOf(silent)), 3.0),
        Weighed(say("{name} is a common name.", name="De Graaf"), -2.0),
        Weighed(say("Their addresses are alike."), 1.5),
        Weighed(say("They were never in one message."), 0.2),
    )  # fmt: skip
    made = Duplicates(
        (
            Pair(side(6, handles=5), side(7, "F. de Graaf"), Share(0.91), True, facts),
            Pair(side(8), side(9, NAMES[8], talks=False), Share(0.31), False, ()),
        ),
        23, 1, False,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def told(**changes: object) -> Told:
    """What is known of the sample contact: their own card, a word of the user's, two parts."""
    fields = (
        Field("name", NAMES[10], "header"),
        Field("organisation", "Housing association Assen", "card", "/home/h/Cards/contacts.vcf", NOW),
        Field("title", "Head of planning", "card", "old.vcf"),
        Field("birthday", "--10-03", "you", "", NOW),
    )
    parts = (
        Part(ContactId(11), NAMES[10], ("person10@example.org", "+31612345678")),
        Part(ContactId(40), "B. Hoekzema", ("https://example.org/bram",)),
    )
    return replace(Told(ContactId(11), fields, parts), **changes)  # type: ignore[arg-type]


def alike() -> tuple[tuple[ContactId, str], ...]:
    """Who may be the same as the sample contact."""
    return ((ContactId(41), "Bram H."),)
