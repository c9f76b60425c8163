"""Occasions lived through: lists of any kind, the briefing, talks that move clocks, thanks, and what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ME, NOW, Letter

from maatje.app import (
    after,
    answering,
    briefing,
    brushup,
    capture,
    coffee,
    guests,
    introductions,
    kinds,
    mending,
    mourning,
    occasions,
    promises,
    recall,
    ties,
    week,
    wishes,
)
from maatje.app.home import Home
from maatje.errors import SettingError, UserError
from maatje.model.interaction import Channel
from maatje.model.occasion import Evening, Guest, GuestStatus, IntroductionState, Occasion, Part, Whose
from maatje.model.record import Answer
from maatje.model.units import DAY, ContactId, Seconds
from maatje.sources.guests import Meaning
from maatje.store import contacts, dump, touches
from maatje.store.db import Db

BEGIN = Seconds(NOW + 2 * DAY)
END = Seconds(BEGIN + 3 * 3600)
LATER = Seconds(END + 3600)
LIST = """Name,Company,Email
Anna Roos,The Quay,anna@example.net
Bob Boot,,bob@example.net
Carla Vos,Harbour,
Zoe Zand,Quay & Co,zoe@example.com
Hanneke Oldenhof,,hanneke@example.org
"""


@pytest.fixture
def db(home: Home, letter: Letter, tmp_path: Path) -> Iterator[Db]:
    """A home with three friends; Carla is known by another address than any list has."""
    letters = []
    for name, one in (
        ("Anna Roos", "anna@example.net"),
        ("Bob Boot", "bob@example.net"),
        ("Carla Vos", "c@vos.example"),
    ):
        for at in range(8):
            mine = at % 2
            letters.append(
                letter(ME, one, days=20 + at * 9, name="Hanneke Oldenhof")
                if mine
                else letter(one, ME, days=20 + at * 9, name=name)
            )
    box = tmp_path / "Inbox.mbox"
    box.write_text("".join(letters))
    capture.add(home, [box], me=[ME], now=NOW)
    with home.connect() as opened:
        yield opened


@pytest.fixture
def party(db: Db) -> Occasion:
    """A party in two days, with a host who is known."""
    people = ((Part.HOST, "anna@example.net"),)
    return occasions.new(db, occasions.Draft("Herring party 2026", BEGIN, END, people=people), NOW)


def _listed(db: Db, party: Occasion, text: str = LIST, **more: object) -> dict[str, Guest]:
    guests.add(db, guests.preview(db, party.id, text, **more), NOW)  # type: ignore[arg-type]
    return _guests(db, party)


def _guests(db: Db, party: Occasion) -> dict[str, Guest]:
    return {guest.name: guest for guest in guests.every(db, party.id)}


def _clock(db: Db, contact_id: ContactId) -> list[tuple[int, int]]:
    return [(one[1], one[5]) for one in touches.read_touches(db, contact_ids=[contact_id])]


def test_a_list_is_matched_and_only_likeness_is_asked(db: Db, party: Occasion) -> None:
    """Equal addresses are known, a like name is asked, the user is seen as such, and a stranger is new."""
    found = _listed(db, party)
    assert {name: guest.status for name, guest in found.items()} == {
        "Anna Roos": GuestStatus.KNOWN,
        "Bob Boot": GuestStatus.KNOWN,
        "Carla Vos": GuestStatus.PERHAPS,
        "Zoe Zand": GuestStatus.NEW,
        "Hanneke Oldenhof": GuestStatus.NEW,
    }
    assert found["Carla Vos"].candidates == (recall.resolve_name(db, "c@vos.example"),)
    assert [guest.name for guest in found.values() if guest.is_me] == ["Hanneke Oldenhof"]


def test_nothing_is_written_before_the_yes(db: Db, party: Occasion) -> None:
    """A preview writes nothing, and tells what it would do."""
    before = dump.parts(db)
    found = guests.preview(db, party.id, LIST)
    assert (found.fresh, found.dropped, [column.meaning for column in found.columns]) == (
        5, (), [Meaning.NAME, Meaning.ORGANISATION, Meaning.MAIL],
    )  # fmt: skip
    assert dump.parts(db) == before


def test_a_newer_list_adds_and_marks_and_doubles_nobody(db: Db, party: Occasion) -> None:
    """The same list again changes nothing; one with somebody less and somebody more does just that."""
    _listed(db, party)
    before = dump.parts(db)
    again = guests.add(db, guests.preview(db, party.id, LIST), NOW)
    assert (again.added, again.dropped, dump.parts(db)) == (0, 0, before)
    newer = LIST.replace("Bob Boot,,bob@example.net\n", "Yara Ypma,,y@example.com\n")
    done = guests.add(db, guests.preview(db, party.id, newer), NOW)
    assert (done.added, done.dropped, done.guests) == (1, 1, 5)
    assert _guests(db, party)["Bob Boot"].dropped
    back = guests.add(db, guests.preview(db, party.id, LIST, partial=True), NOW)
    assert (back.back, back.dropped, len(_guests(db, party))) == (1, 0, 6)


def test_a_list_changed_meanwhile_is_looked_at_again(db: Db, party: Occasion) -> None:
    """Two previews of one list: the second is refused once the first was added, and nothing of it is kept."""
    one, other = guests.preview(db, party.id, LIST), guests.preview(db, party.id, "Yara Ypma\nWim Wit\n")
    guests.add(db, one, NOW)
    before = dump.parts(db)
    with pytest.raises(UserError, match="changed in the meantime"):
        guests.add(db, other, NOW)
    assert dump.parts(db) == before


@pytest.mark.parametrize("text", ["", "\n \n", "Name,Email\n"])
def test_an_empty_list_is_refused(db: Db, party: Occasion, text: str) -> None:
    """An empty list adds nobody, says so, and above all lets nobody drop out."""
    with pytest.raises(UserError, match="nobody on this list"):
        guests.add(db, guests.preview(db, party.id, text), NOW)
    _listed(db, party)
    before = dump.parts(db)
    guests.add(db, guests.preview(db, party.id, text), NOW)
    assert dump.parts(db) == before


def test_a_large_drop_is_asked(db: Db, party: Occasion) -> None:
    """A list on which most are missing is asked about: it may be half of it."""
    _listed(db, party)
    found = guests.preview(db, party.id, "Name,Email\nAnna Roos,anna@example.net\n")
    assert found.asks
    assert len(found.dropped) == 4


def test_two_of_one_name_stay_two(db: Db, party: Occasion) -> None:
    """Two people of one name with different addresses are two guests, and none is taken for the other."""
    found = guests.preview(db, party.id, "Name,Email\nJan Smit,jan@example.com\nJan Smit,smit@example.com\n")
    assert len(guests.add(db, found, NOW).occasion.name) > 0
    assert len(guests.every(db, party.id)) == 2
    with pytest.raises(answering.AmbiguousGuestError, match="Jan Smit"):
        guests.find(guests.every(db, party.id), "jan")


def test_formulas_stay_text(db: Db, party: Occasion) -> None:
    """A cell that begins with = is a name like any other, and nothing is computed."""
    found = _listed(db, party, 'Name,Company,Email\n"=cmd()|A1 Roos",=1+1,x@example.com\nBo Berg,,b@example.com\n')
    assert any(guest.mail == "x@example.com" for guest in found.values())
    assert all("2" not in guest.organisation for guest in found.values())


def test_answers_are_kept_and_serve_the_next_edition(db: Db, party: Occasion) -> None:
    """Who a guest is, once said, is known at the next edition of the series without being asked again."""
    found = _listed(db, party)
    carla = recall.resolve_name(db, "c@vos.example")
    assert guests.is_contact(db, found["Carla Vos"].id, carla, NOW).contact_id == carla
    assert guests.is_nobody(db, found["Zoe Zand"].id, NOW).status is GuestStatus.NEW
    following = occasions.new(db, occasions.Draft("Herring party 2027", Seconds(BEGIN + 365 * DAY)), NOW)
    assert occasions.last_edition(db, following) is not None
    guests.add(db, guests.preview(db, following.id, "Name,Company\nCarla Vos,Harbour\nBob Boot,\n"), NOW)
    assert _guests(db, following)["Carla Vos"].contact_id == carla
    more = guests.add(db, guests.preview_edition(db, following.id), NOW)
    assert (more.added, more.dropped) == (3, 0)


def test_talks_become_contact_moments_at_once(db: Db, party: Occasion) -> None:
    """Whom one spoke has a moment then, a stranger becomes a contact, a new face too; and undo takes all back."""
    found = _listed(db, party)
    anna = found["Anna Roos"].contact_id
    assert anna is not None
    before, parts = _clock(db, anna), dump.parts(db)
    spoke = (
        after.Said(found["Anna Roos"].id, memory="The new mast"),
        after.Said(found["Zoe Zand"].id),
        after.Said(name="Mies Bakker", memory="Paints boats"),
        after.Said(contact_id=recall.resolve_name(db, "bob@example.net")),
    )
    vow = after.Vow("the book", guest_id=found["Zoe Zand"].id)
    done = after.tell(db, party.id, after.Told(spoke, promises=(vow,), evening=Evening.YES, hours=3, money=12.5), LATER)
    assert (done.spoken, done.promises, done.occasion.evening) == (4, 1, Evening.YES)
    assert _clock(db, anna) == [*before, (BEGIN, int(Channel.ENCOUNTER))]
    assert ties.load(db, LATER).scores.n_met[ties.load(db, LATER).place[anna]] == 1
    mies = recall.contact_page(db, recall.resolve_name(db, "Mies Bakker"), LATER)
    assert [one.text for one in mies.memories] == ["Paints boats"]
    assert recall.resolve_name(db, "zoe@example.com") == _guests(db, party)["Zoe Zand"].contact_id
    mending.undo(db, None, LATER)
    assert dump.parts(db) == parts


def test_telling_twice_is_once(db: Db, party: Occasion) -> None:
    """The same talk told again is one; another line of memory is written over the first, also among the memories."""
    found = _listed(db, party)
    for memory in ("First line", "First line", "Second line"):
        after.tell(db, party.id, after.Told((after.Said(found["Bob Boot"].id, memory=memory),)), LATER)
    bob = found["Bob Boot"].contact_id
    assert bob is not None
    page = after.page(db, party.id, LATER)
    assert [(talk.name, talk.memory) for talk in page.talked] == [("Bob Boot", "Second line")]
    assert [one.text for one in recall.contact_page(db, bob, LATER).memories] == ["Second line"]
    after.tell(db, party.id, after.Told(unspoke=(found["Bob Boot"].id,)), LATER)
    assert after.page(db, party.id, LATER).talked == ()
    assert recall.contact_page(db, bob, LATER).memories == ()
    assert all(channel == Channel.MAIL for _, channel in _clock(db, bob))


def test_a_guest_spoken_who_turns_out_to_be_known(db: Db, party: Occasion) -> None:
    """The talk of a guest who was to be asked goes along with the answer, and the face is no second person."""
    found = _listed(db, party)
    after.tell(db, party.id, after.Told((after.Said(found["Carla Vos"].id, memory="Sails"),)), LATER)
    carla = recall.resolve_name(db, "c@vos.example")
    assert _guests(db, party)["Carla Vos"].status is GuestStatus.PERHAPS
    count = contacts.count(db)
    guests.is_contact(db, found["Carla Vos"].id, carla, LATER)
    assert contacts.count(db) == count - 1
    assert (BEGIN, int(Channel.ENCOUNTER)) in _clock(db, carla)
    assert [one.text for one in recall.contact_page(db, carla, LATER).memories] == ["Sails"]
    mending.undo(db, None, LATER)
    assert contacts.count(db) == count


def test_what_cannot_be_told_is_refused_whole(db: Db, party: Occasion) -> None:
    """Nobody, the user, somebody of another list, a talk before the day: refused in a sentence, nothing kept."""
    found = _listed(db, party)
    before = dump.parts(db)
    good = after.Said(found["Bob Boot"].id)
    for bad, at in (
        (after.Said(found["Hanneke Oldenhof"].id), LATER),
        (after.Said(999), LATER),
        (after.Said(), LATER),
        (after.Said(contact_id=ContactId(999)), LATER),
        (after.Said(name="x", memory="y" * 600), LATER),
        (good, NOW),
    ):
        with pytest.raises(UserError):
            after.tell(db, party.id, after.Told((good, bad)), at)
    with pytest.raises(SettingError):
        after.tell(db, party.id, after.Told((good,), promises=(after.Vow(" ", guest_id=good.guest_id),)), LATER)
    with pytest.raises(UserError):
        after.tell(db, party.id, after.Told(promises=(after.Vow("x", guest_id=found["Zoe Zand"].id),)), LATER)
    assert dump.parts(db) == before


def test_the_briefing_tells_facts(db: Db, party: Occasion, home: Home) -> None:
    """The host first, promises with their person, strangers with a way to them or honestly none; read-only."""
    found = _listed(db, party)
    promises.promise(db, recall.resolve_name(db, "Bob Boot"), Whose.MINE, "the book", NOW)
    guests.want(db, found["Zoe Zand"].id, True, NOW)
    before = dump.parts(db)
    page = briefing.brief(db, party.id, NOW, home.settings)
    assert page.greet[0].name == "Anna Roos"
    assert [line.name for line in (*page.greet, *page.will_come) if line.promises] == ["Bob Boot"]
    assert [guest.name for guest in page.ask] == ["Carla Vos"]
    assert [one.guest.name for one in page.unmet] == ["Zoe Zand"]
    assert page.unmet[0].paths or page.unmet[0].nobody is not None
    assert page.pacing is not None
    assert dump.parts(db) == before


def test_who_is_left_alone_is_never_suggested(db: Db, party: Occasion, home: Home) -> None:
    """A guest to be left alone is shown as such, is not to be greeted, asked for anything, or had coffee with."""
    _listed(db, party)
    bob = recall.resolve_name(db, "Bob Boot")
    wishes.leave_alone(db, bob, True, NOW)
    assert _guests(db, party)["Bob Boot"].leave_alone
    page = briefing.brief(db, party.id, NOW, home.settings)
    assert "Bob Boot" not in [line.name for line in (*page.greet, *page.will_come)]
    assert [line.note is not None for line in page.rest if line.name == "Bob Boot"] == [True]
    assert coffee.plan(db, bob, NOW, home.settings).moments == ()
    faces = brushup.pick(db, party.id, NOW).faces
    assert bob not in [face.contact_id for face in faces]


def test_a_funeral_asks_for_quiet(db: Db, home: Home) -> None:
    """For eight weeks no week greets those at a funeral, and no coffee is proposed; the briefing counts nothing."""
    draft = occasions.Draft("Uitvaart Piet Roos", Seconds(NOW - 3 * DAY), people=((Part.FAMILY, "anna@example.net"),))
    funeral = occasions.new(db, draft, NOW)
    assert funeral.kind == "funeral"
    _listed(db, funeral)
    page = briefing.brief(db, funeral.id, NOW, home.settings)
    assert (page.pacing, page.greet, page.will_come) == (None, (), ())
    touched = {recall.resolve_name(db, name) for name in ("Anna Roos", "Bob Boot", "Carla Vos")}
    for days in (0, 20, 52):
        at = Seconds(NOW + days * DAY)
        assert set(mourning.until(db, at)) >= touched
        assert not touched & {item.tie.contact_id for item in week.this_week(db, at, home.settings).greetings}
        assert all(coffee.plan(db, one, at, home.settings).moments == () for one in touched)
    assert mourning.until(db, Seconds(NOW + 60 * DAY)) == {}


def test_an_occasion_in_the_calendar_is_offered_and_taken_with_its_list(db: Db, home: Home, tmp_path: Path) -> None:
    """A gathering in the calendar is offered; taken, it has its guests and host, and is not offered again."""
    people = "".join(f"ATTENDEE;CN=Guest {at};PARTSTAT=ACCEPTED:mailto:g{at}@example.com\n" for at in range(30))
    event = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:party\nDTSTAMP:20260601T000000Z\nDTSTART:20260611T150000Z\n"
        "DTEND:20260611T173000Z\nSUMMARY:Haringparty\nLOCATION:Kade\nORGANIZER;CN=Anna Roos:mailto:anna@example.net\n"
        f"ATTENDEE:mailto:{ME}\nATTENDEE;PARTSTAT=DECLINED:mailto:bob@example.net\n{people}END:VEVENT\nEND:VCALENDAR\n"
    )
    path = tmp_path / "agenda.ics"
    path.write_text(event)
    capture.add(home, [path], now=NOW)
    (offer,) = occasions.offers(db, NOW)
    made = occasions.from_event(db, offer.event_id, NOW)
    assert (made.kind, made.place, [figure.name for figure in made.figures]) == ("reception", "Kade", ["Anna Roos"])
    listed = _guests(db, made)
    assert len(listed) == 32
    assert "bob@example.net" not in {guest.mail for guest in listed.values()}
    assert occasions.offers(db, NOW) == ()
    with pytest.raises(UserError, match="already"):
        occasions.from_event(db, offer.event_id, NOW)
    (ahead,) = week.occasions_ahead(db, NOW)
    assert (ahead.occasion_id, ahead.guests, ahead.known) == (made.id, 31, 1)
    again = guests.preview_calendar(db, made.id)
    assert (again.fresh, again.dropped) == (0, ())
    other = occasions.from_file(db, _copy(tmp_path, event), NOW)
    assert len(_guests(db, other)) == 32


def _copy(folder: Path, event: str) -> Path:
    path = folder / "invitation.ics"
    path.write_text(event.replace("UID:party", "UID:other"))
    return path


def test_bad_occasions_are_refused(db: Db) -> None:
    """No name, no kind, no zone, an end before the begin: each refused in one sentence, and nothing is kept."""
    draft = occasions.Draft("Herring party", BEGIN)
    for bad in (
        occasions.Draft(" ", BEGIN), occasions.Draft("x" * 201, BEGIN), occasions.Draft("Herring party", Seconds(0)),
        occasions.Draft("Herring party", BEGIN, end=BEGIN), occasions.Draft("Herring party", BEGIN, kind="ball"),
        occasions.Draft("Herring party", BEGIN, zone="Mars/Olympus"),
    ):  # fmt: skip
        with pytest.raises(SettingError):
            occasions.new(db, bad, NOW)
    assert occasions.every(db, NOW) == ()
    one = occasions.new(db, draft, NOW)
    with pytest.raises(SettingError):
        occasions.edit(db, one.id, occasions.Change(end=Seconds(BEGIN - 1)), NOW)
    with pytest.raises(UserError):
        occasions.find(db, "no such thing", NOW)
    with pytest.raises(UserError):
        occasions.find(db, "#99", NOW)


def test_a_series_with_a_missing_year_says_so(db: Db) -> None:
    """Editions of a series are found by name; the year of which nothing is known is told, not guessed."""
    for year in (2022, 2023, 2025):
        begin = Seconds(NOW - (2026 - year) * 365 * DAY)
        occasions.new(db, occasions.Draft(f"Herring party {year}", begin), NOW)
    now = occasions.new(db, occasions.Draft("Herring party 2026", BEGIN), NOW)
    assert [line.missing for line in occasions.every(db, NOW) if line.missing] == [(2024,)]
    last = occasions.last_edition(db, now)
    assert last is not None
    assert last.name == "Herring party 2025"


def test_own_kinds_lie_beside_the_file(db: Db, home: Home) -> None:
    """A kind of the user's own is recognised; a faulty file is named when asked, and never stops the week."""
    shipped = kinds.shipped().kinds["reception"]
    own = home.path / kinds.OWN
    own.write_text(
        '[regatta]\nname="regatta"\nwords=["regatta"]\nfirst="The wind."\nbusiness="never"\ncoffee="afterwards"\n'
        'thank=["host"]\nthanks="Thank {whom} within {days}."\nthank_days=3\nwait_days=2\nenough="Enough."\n'
    )
    assert occasions.new(db, occasions.Draft("Autumn regatta", BEGIN), NOW).kind == "regatta"
    own.write_text("[regatta]\nname=1\n# longer now\n")
    with pytest.raises(SettingError):
        occasions.new(db, occasions.Draft("Autumn regatta", BEGIN), NOW)
    assert kinds.usable(db).kinds["reception"] == shipped
    assert week.this_week(db, NOW, home.settings).occasions[0].title == "Autumn regatta"


def test_nobody_is_asked_twice_in_a_year(db: Db) -> None:
    """An introduction asked of somebody bars asking them again for a year, whatever came of it."""
    anna, bob = recall.resolve_name(db, "Anna Roos"), recall.resolve_name(db, "Bob Boot")
    introductions.record(db, IntroductionState.ASKED, anna, None, NOW, to_name="Zoe Zand")
    with pytest.raises(UserError, match="within a year"):
        introductions.record(db, IntroductionState.ASKED, anna, bob, Seconds(NOW + 300 * DAY))
    introductions.record(db, IntroductionState.MADE, anna, None, NOW, to_name="Zoe Zand")
    introductions.record(db, IntroductionState.MADE, None, anna, NOW, other=bob)
    for via, to, other in ((None, anna, None), (anna, anna, None), (None, anna, anna), (anna, None, None)):
        with pytest.raises(UserError):
            introductions.record(db, IntroductionState.MADE, via, to, NOW, other=other)
    assert [(one.state, name) for one, name in introductions.every(db)] == [
        (IntroductionState.MADE, "Anna Roos"),
        (IntroductionState.MADE, "Zoe Zand"),
        (IntroductionState.ASKED, "Zoe Zand"),
    ]


def test_a_coffee_is_proposed_and_accepted_when_the_calendar_shows_it(db: Db, home: Home, tmp_path: Path) -> None:
    """Three moments, an invitation file, nothing sent; once a calendar that is read shows a yes, it is accepted."""
    anna = recall.resolve_name(db, "Anna Roos")
    plan = coffee.plan(db, anna, NOW, home.settings)
    assert len(plan.moments) == 3
    made = coffee.invite(db, anna, plan.moments[0], NOW, summary="Coffee: Anna and Hanneke")
    assert [one.answer for one in coffee.proposed(db, NOW)] == [None]
    assert plan.moments[0] not in coffee.plan(db, anna, NOW, home.settings).moments
    path = tmp_path / "back.ics"
    path.write_text(made.text.replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED").replace("METHOD:REQUEST\r\n", ""))
    capture.add(home, [path], now=NOW)
    (one,) = coffee.proposed(db, NOW)
    assert (one.answer, one.is_accepted) == (Answer.ACCEPTED, True)
    again = coffee.invite(db, anna, plan.moments[0], NOW, summary="Coffee")
    assert again.uid == made.uid
    assert "SEQUENCE:1" in again.text


def test_brushing_up_keeps_a_date_and_no_score(db: Db, party: Occasion) -> None:
    """A name that came to mind is asked later than one that did not; what is kept is when, and nothing is counted."""
    found = _listed(db, party)
    anna, bob = found["Anna Roos"].contact_id, found["Bob Boot"].contact_id
    assert anna is not None
    assert bob is not None
    assert brushup.pick(db, party.id, NOW).seconds <= 300
    assert brushup.answer(db, anna, True, NOW) > brushup.answer(db, bob, False, NOW) > NOW


def test_the_week_tells_what_is_open_until_it_is_done(db: Db, party: Occasion, home: Home) -> None:
    """Thanks and the user's own promises stand on the week's page; theirs never do; done is done."""
    found = _listed(db, party)
    vows = (
        after.Vow("the book", guest_id=found["Bob Boot"].id),
        after.Vow("a boat", Whose.THEIRS, guest_id=found["Bob Boot"].id),
    )
    assert week.this_week(db, NOW, home.settings).still_open == ()
    after.tell(db, party.id, after.Told((after.Said(found["Bob Boot"].id),), promises=vows), LATER)
    page = week.this_week(db, LATER, home.settings)
    assert sorted(one.promise_id is None for one in page.still_open) == [False, True]
    ((_, mine),) = [one for one in promises.open_ones(db) if one[1].whose is Whose.MINE]
    promises.done(db, mine.id, LATER)
    after.thanked(db, party.id, LATER)
    assert week.this_week(db, LATER, home.settings).still_open == ()
    with pytest.raises(UserError, match="settled already"):
        promises.done(db, mine.id, LATER)


def test_two_letters_find_a_guest(db: Db, party: Occasion) -> None:
    """Two letters of any word of a name or organisation find a guest; accents and capitals do not matter."""
    _listed(db, party)
    listed = guests.every(db, party.id)
    assert [guest.name for guest in guests.search(listed, "zO")] == ["Zoe Zand"]
    assert [guest.name for guest in guests.search(listed, "qu")] == ["Anna Roos", "Zoe Zand"]
    assert [guest.name for guest in guests.search(listed, "ro an")] == ["Anna Roos"]


def test_a_briefing_asks_as_often_however_long_the_list(db: Db, party: Occasion, home: Home) -> None:
    """Ten guests or three hundred: the store is asked as many questions."""
    few = "Name,Email\n" + "".join(f"Guest {at},g{at}@example.com\n" for at in range(10))
    many = few + "".join(f"Guest {at},g{at}@example.com\n" for at in range(10, 300))
    asked = []
    for text in (few, many):
        guests.add(db, guests.preview(db, party.id, text), NOW)
        found: list[str] = []
        db.trace_v2(1, lambda event, found=found: found.append(str(event["sql"])))  # type: ignore[misc]
        briefing.brief(db, party.id, NOW, home.settings)
        db.trace_v2(0, None)
        asked.append(len(found))
    assert asked[0] == asked[1]


def test_somebodys_whole_address_book_is_noticed(
    db: Db, party: Occasion, home: Home, letter: Letter, tmp_path: Path
) -> None:
    """A list that names most people one knows is told to look like an address book, and read all the same."""
    box = tmp_path / "many.mbox"
    box.write_text("".join(letter(f"p{at}@example.com", ME, days=at + 1, name=f"Piet Nummer{at}") for at in range(120)))
    capture.add(home, [box], now=NOW)
    text = "Name,Email\n" + "".join(f"Piet Nummer{at},p{at}@example.com\n" for at in range(120))
    _listed(db, party, text)
    page = briefing.brief(db, party.id, NOW, home.settings)
    assert page.known >= 120
    assert any("address book" in note.text for note in page.notes)
