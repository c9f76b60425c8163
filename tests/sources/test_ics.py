"""Calendars: meetings as they were, series within their limits, broken entries told one by one."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar as library
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sources.golden import DATA, expected, plain

from maatje.errors import FormatError
from maatje.model.record import Meeting, Problem
from maatje.model.units import Seconds
from maatje.sources import icalendar
from maatje.sources.icalendar_zones import named_zone, zone_rules
from maatje.sources.recurrence import guarded
from maatje.sources.sandbox import Sandbox, SandboxError

SIXTY = ",".join(map(str, range(60)))
CASES = sorted(path.stem for path in (DATA / "ics").glob("*.ics"))


def at(text: str) -> int:
    """Seconds of an ISO time in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def calendar(*lines: str, before: tuple[str, ...] = ()) -> bytes:
    """A calendar of one event with these lines."""
    event = ("BEGIN:VEVENT", "UID:u@example.org", *lines, "END:VEVENT")
    return "\r\n".join(("BEGIN:VCALENDAR", *before, *event, "END:VCALENDAR", "")).encode()


def times(data: bytes, window: tuple[Seconds, Seconds] | None = None, zone: str = "UTC") -> list[int]:
    """When the meetings begin."""
    records = icalendar.parse(data, name="x", window=window, zone=zone)
    return [record.at for record in records if isinstance(record, Meeting)]


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    """Each sample gives what lies beside it: the broken one its problems and all the rest."""
    path = DATA / "ics" / f"{case}.ics"
    assert icalendar.sniff(path.read_bytes()[:65_536], path)
    assert plain(icalendar.read(path, name=case)) == expected("ics", case)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=5",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=300",
        f"FREQ=DAILY;BYHOUR={SIXTY};BYMINUTE={SIXTY};BYSECOND={SIXTY}",
        f"FREQ=DAILY;BYHOUR={SIXTY[:61]}",
        "FREQ=WEEKLY;UNTIL=99991231T000000Z;BYDAY=MO,TU,WE,TH,FR,SA,SU,MO,TU",
        "FREQ=YEARLY;INTERVAL=99999999999",
        "FREQ=DAILY;BYEASTER=1;X=y;WKST=XX;BYMONTH=13;BYDAY=99ZZ",
        "nonsense",
    ],
)
def test_hostile_rules(rule: str) -> None:
    """No rule gives more than 1,000 dates; none needs the two seconds of CPU after which its child would be ended."""
    for start in ("20200101T100000Z", "19000101T100000Z", "00010101T100000Z"):
        data = calendar(f"DTSTART:{start}", f"RRULE:{rule}", f"EXRULE:{rule}")
        found = times(data)
        assert len(found) <= 1_000
        assert sorted(set(found)) == found
        messages = [record.message for record in icalendar.parse(data, name="x") if isinstance(record, Problem)]
        assert not any("worked out" in message for message in messages)


@pytest.mark.parametrize("rule", ["FREQ=HOURLY", "FREQ=DAILY;INTERVAL=0", "INTERVAL=1", "FREQ=DAILY;INTERVAL=-1"])
def test_refused_rule(rule: str) -> None:
    """A refused repetition is told, and its first day is still a meeting."""
    found = list(icalendar.parse(calendar("DTSTART:20200101T100000Z", f"RRULE:{rule}"), name="x"))
    assert [type(record) for record in found] == [Problem, Meeting]
    with pytest.raises(FormatError):
        guarded(rule)


def test_exrule_is_dropped() -> None:
    """EXRULE, which once made a library loop, is not read at all."""
    data = calendar("DTSTART:20200101T100000Z", "RRULE:FREQ=DAILY;COUNT=5", "EXRULE:FREQ=DAILY;COUNT=5")
    assert len(times(data)) == 5


def test_twelve_years_of_weeks() -> None:
    """A weekly meeting of twelve years keeps every one of its dates without a window."""
    found = times(calendar("DTSTART:20120104T090000Z", "RRULE:FREQ=WEEKLY;UNTIL=20231227T090000Z"))
    assert (len(found), found[0], found[-1]) == (626, at("2012-01-04 09:00"), at("2023-12-27 09:00"))


def test_window() -> None:
    """With a window, a series gives what lies in it, edges included."""
    window = Seconds(at("2020-02-01 10:00")), Seconds(at("2020-02-03 10:00"))
    found = times(calendar("DTSTART:20100101T100000Z", "RRULE:FREQ=DAILY"), window)
    assert found == [at("2020-02-01 10:00"), at("2020-02-02 10:00"), at("2020-02-03 10:00")]


def test_dense_series_keeps_the_present() -> None:
    """A daily series of decades keeps its 1,000 dates around the present, not its first."""
    window = Seconds(at("2010-01-01")), Seconds(at("2022-01-01"))
    found = times(calendar("DTSTART:20000101T100000Z", "RRULE:FREQ=DAILY"), window)
    assert len(found) == 1_000
    assert found[0] < at("2020-01-01") - 700 * 86_400 < at("2020-01-01") + 100 * 86_400 < found[-1]


def test_clock_changes() -> None:
    """A weekly meeting at nine stays at nine when the clock changes, in a named zone and in one of own rules."""
    data = (DATA / "ics" / "week.ics").read_bytes()
    own = data[data.index(b"BEGIN:VTIMEZONE") : data.index(b"BEGIN:VEVENT")].decode().split("\n")
    for zone, before in (("Europe/Amsterdam", ()), ("Eigen tijd", tuple(own))):
        lines = (f"DTSTART;TZID={zone}:20200323T090000", "RRULE:FREQ=WEEKLY;COUNT=2")
        assert times(calendar(*lines, before=before)) == [at("2020-03-23 08:00"), at("2020-03-30 07:00")]


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12", "America/St_Johns", "Europe/Amsterdam"])
def test_whole_days_never_shift(zone: str) -> None:
    """A whole day is midnight UTC of its own date, whatever zone stands beside it."""
    lines = (f"DTSTART;VALUE=DATE;TZID={zone}:20200229", "RRULE:FREQ=DAILY;COUNT=2")
    data = calendar(*lines, before=(f"X-WR-TIMEZONE:{zone}",))
    assert times(data, zone=zone) == [at("2020-02-29"), at("2020-03-01")]


def test_floating_times() -> None:
    """A time without a zone is the calendar's, else the one given, else UTC."""
    assert times(calendar("DTSTART:20200701T120000")) == [at("2020-07-01 12:00")]
    assert times(calendar("DTSTART:20200701T120000"), zone="Europe/Amsterdam") == [at("2020-07-01 10:00")]
    data = calendar("DTSTART:20200701T120000", before=("X-WR-TIMEZONE:Asia/Tokyo",))
    assert times(data, zone="Europe/Amsterdam") == [at("2020-07-01 03:00")]


def test_both_folds() -> None:
    """Two meetings at 02:30 in the hour that comes twice, one said in UTC, are two instants."""
    data = calendar("DTSTART;TZID=Europe/Amsterdam:20201025T023000") + calendar("DTSTART:20201025T013000Z")
    assert times(data) == [at("2020-10-25 00:30"), at("2020-10-25 01:30")]


@pytest.mark.parametrize("year", ["0001", "1969", "9999"])
def test_far_years(year: str) -> None:
    """An entry outside our times is told, single or repeating, and never shifts into them."""
    for rule in ((), ("RRULE:FREQ=DAILY",)):
        for start in (f"DTSTART:{year}1231T235959Z", f"DTSTART;VALUE=DATE:{year}1231"):
            found = list(icalendar.parse(calendar(start, *rule), name="x"))
            if rule and year != "9999":
                assert all(isinstance(record, Meeting) and record.at > 0 for record in found)
            else:
                assert [type(record) for record in found] == [Problem]


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_far_exceptions(year: str) -> None:
    """Exceptions and additions at the edges of time cost nobody else's meetings."""
    zone = "TZID=America/New_York"
    lines = (f"EXDATE:{year}0101T000000Z", f"RDATE:{year}1231T235959Z", f"RECURRENCE-ID;{zone}:{year}1231T235959")
    for line in lines:
        data = calendar(f"DTSTART;{zone}:20200101T100000", "RRULE:FREQ=DAILY;COUNT=2", line)
        found = list(icalendar.parse(data + calendar("DTSTART:20200101"), name="x"))
        assert any(isinstance(record, Meeting) and record.all_day for record in found)


def test_old_birthday() -> None:
    """A birthday that began in 1604 is read from 1970 on."""
    found = times(calendar("DTSTART;VALUE=DATE:16040509", "RRULE:FREQ=YEARLY"))
    assert found[:2] == [at("1970-05-09"), at("1971-05-09")]


def test_date_and_time_recurrence_id() -> None:
    """A changed day named by its date replaces the meeting of that date, and the other way round."""
    series = calendar("DTSTART:20200106T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    changed = calendar("RECURRENCE-ID;VALUE=DATE:20200113", "DTSTART:20200114T150000Z")
    assert sorted(times(series + changed)) == [at("2020-01-06 10:00"), at("2020-01-14 15:00"), at("2020-01-20 10:00")]
    series = calendar("DTSTART;VALUE=DATE:20200106", "RRULE:FREQ=WEEKLY;COUNT=2")
    changed = calendar("RECURRENCE-ID:20200113T000000Z", "DTSTART;VALUE=DATE:20200115")
    assert sorted(times(series + changed)) == [at("2020-01-06"), at("2020-01-15")]


def test_exceptions_and_additions() -> None:
    """EXDATE takes out by time or by day, RDATE adds, and moved-from-here moves what follows."""
    lines = ("DTSTART:20200101T100000Z", "RRULE:FREQ=DAILY;COUNT=4")
    without = ("EXDATE:20200102T100000Z", "EXDATE;VALUE=DATE:20200103")
    assert times(calendar(*lines, *without, "RDATE:20200110T120000Z,garbage")) == [
        at("2020-01-01 10:00"), at("2020-01-04 10:00"), at("2020-01-10 12:00"),
    ]  # fmt: skip
    later = calendar("RECURRENCE-ID;RANGE=THISANDFUTURE:20200103T100000Z", "DTSTART:20200103T110000Z")
    assert sorted(times(calendar(*lines) + later)) == [
        at("2020-01-01 10:00"), at("2020-01-02 10:00"), at("2020-01-03 11:00"), at("2020-01-04 11:00"),
    ]  # fmt: skip


def test_instances_have_names() -> None:
    """A changed day read alone and read with its series has the same uid and instance."""
    changed = calendar("RECURRENCE-ID:20200113T100000Z", "DTSTART:20200114T150000Z", "STATUS:CANCELLED")
    series = calendar("DTSTART:20200106T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3")
    (alone,) = icalendar.parse(changed, name="x")
    together = [record for record in icalendar.parse(series + changed, name="x") if isinstance(record, Meeting)]
    assert isinstance(alone, Meeting)
    assert (alone.instance, alone.is_cancelled, alone.recurs) == (at("2020-01-13 10:00"), True, True)
    assert [record.instance for record in together if record.is_cancelled] == [alone.instance]


def test_newest_version() -> None:
    """Of a series in two versions in one file the higher sequence counts."""
    old = calendar("DTSTART:20200106T100000Z", "RRULE:FREQ=WEEKLY;COUNT=3", "SEQUENCE:1")
    new = calendar("DTSTART:20200106T110000Z", "RRULE:FREQ=WEEKLY;COUNT=2", "SEQUENCE:2")
    assert times(new + old) == [at("2020-01-06 11:00"), at("2020-01-13 11:00")]


def test_many_attendees() -> None:
    """Of ten thousand attendees two thousand are read; an organiser that breaks lines is nobody."""
    people = [f"ATTENDEE;CN=P{number}:mailto:p{number}@example.org" for number in range(10_000)]
    data = calendar("DTSTART:20200101T100000Z", "ORGANIZER:MAILTO:a%0d%0abcc:b", *people)
    (found,) = icalendar.parse(data, name="x")
    assert isinstance(found, Meeting)
    assert (len(found.attendees), found.organiser) == (2_000, None)


def test_zone_loops() -> None:
    """Time zone rules that contradict or outnumber each other, or say +9999, end in a zone or none."""
    lines = ("BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY")
    observance = "\n".join((*lines, "END:STANDARD", ""))
    name, zone = zone_rules(f"TZID:Loop\n{observance * 5_000}".encode())
    assert (name, zone is not None and zone.utcoffset(datetime(2020, 1, 1))) == ("Loop", timedelta(hours=2))
    assert zone_rules(b"TZID:Bad\n" + observance.replace("+0200", "+9999").encode()) == ("Bad", None)
    for trick in ("../../etc/passwd", "/etc/passwd", "C:/x", "", "a" * 10_000, "Europe"):
        assert named_zone(trick) is None


def test_nothing_in_nothing() -> None:
    """Ten thousand empty events are one problem; a file that is no calendar is one; an empty calendar is none."""
    assert [type(r) for r in icalendar.parse(b"BEGIN:VEVENT\n" * 10_000, name="x")] == [Problem]
    assert [type(r) for r in icalendar.parse(b"hello", name="x")] == [Problem]
    assert list(icalendar.parse(b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", name="x")) == []
    assert list(icalendar.parse(b"", name="x")) == []


def test_huge(tmp_path: Path) -> None:
    """A calendar of four thousand events with a 40 MB attachment in one is read; the large one is told."""
    path = tmp_path / "huge.ics"
    event = calendar("DTSTART:20200101T100000Z", "ATTENDEE:mailto:a@example.org")
    with path.open("wb") as file:
        file.write(event * 2_000)
        file.write(calendar("DTSTART:20200101T100000Z", "ATTACH;ENCODING=BASE64:" + "A" * 40_000_000))
        file.write(event * 2_000)
    found = list(icalendar.read(path, name="x"))
    assert (sum(isinstance(r, Meeting) for r in found), sum(isinstance(r, Problem) for r in found)) == (4_000, 1)


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes(noise: bytes) -> None:
    """No bytes make the reader raise, and the event after them is read."""
    data = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + noise + b"\nEND:VEVENT\n" + calendar("DTSTART:20200101T100000Z")
    found = list(icalendar.parse(data, name="x"))
    assert all(isinstance(record, Meeting | Problem) for record in found)
    assert any(isinstance(record, Meeting) for record in found)


RULES = st.builds(
    lambda kind, interval, days, end: ";".join(filter(None, (f"FREQ={kind}", f"INTERVAL={interval}", days, end))),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.integers(1, 5),
    st.sampled_from(["", "BYDAY=MO,WE", "BYDAY=FR", "BYMONTH=1,6", "BYMONTHDAY=-1,15"]),
    st.sampled_from(["", "COUNT=7", "UNTIL=20210601T120000Z"]),
)


@given(RULES, st.sampled_from(["Europe/Amsterdam", "America/New_York", "Asia/Kolkata"]), st.integers(0, 365))
@settings(max_examples=60, deadline=None)
def test_oracle(rule: str, zone: str, day: int) -> None:
    """Our series fall on the days a library of its own gives them, clock changes included."""
    start = datetime(2020, 1, 1, 9, 30) + timedelta(days=day)
    data = calendar(f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}", "DTSTAMP:20200101T000000Z", f"RRULE:{rule}")
    low, high = datetime(2020, 1, 1, tzinfo=UTC), datetime(2022, 1, 1, tzinfo=UTC)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        events = recurring_ical_events.of(library.Calendar.from_ical(data)).between(low, high)
    theirs = {int(event["DTSTART"].dt.timestamp()) for event in events}
    ours = set(times(data, (Seconds(int(low.timestamp())), Seconds(int(high.timestamp()) - 1))))
    # The first meeting belongs to the series here even where its rule does not give it.
    assert ours - {at_start for at_start in ours if at_start == min(ours)} <= theirs
    assert theirs <= ours


class TestSandbox:
    """The child that other people's parsers run in."""

    def test_answers(self) -> None:
        """A question has its answer, and the next one too."""
        with_child = Sandbox("maatje.sources.recurrence:expand")
        question = {"rules": [["FREQ=DAILY;INTERVAL=1", "2020-01-02T00:00:00"]], "first": "2020-01-01T00:00:00"}
        question |= {"low": "2020-01-01T00:00:00", "high": "2020-01-02T00:00:00"}
        try:
            for _ in range(2):
                assert with_child.ask(question) == ["2020-01-01T00:00:00", "2020-01-02T00:00:00"]
        finally:
            with_child.close()

    @pytest.mark.parametrize(
        ("target", "question"),
        [
            ("time:sleep", 60),
            ("os:_exit", 3),
            ("os:abort", None),
            ("builtins:eval", "[0] * 10**9"),
            ("builtins:eval", "__import__('socket').socket()"),
            ("builtins:eval", "__import__('subprocess').run(['true'])"),
            ("builtins:eval", "1/0"),
            ("builtins:eval", "object()"),
            ("builtins:eval", "'x' * 10**8"),
        ],
    )
    def test_survives(self, target: str, question: object) -> None:
        """A child that dies, sleeps, swallows memory, opens a socket or starts a program fails one question only."""
        child = Sandbox(target, wall_seconds=1.0 if target == "time:sleep" else 20.0)
        try:
            with pytest.raises(SandboxError):
                child.ask(question)
            if target == "builtins:eval":
                assert child.ask("1 + 1") == 2
        finally:
            child.close()

    def test_cpu_limit(self) -> None:
        """A child that computes for ever is ended by its CPU limit."""
        child = Sandbox("builtins:eval", cpu_seconds=1, wall_seconds=60.0)
        try:
            with pytest.raises(SandboxError):
                child.ask("sum(1 for _ in iter(int, 1))")
            assert child.ask("6 * 7") == 42
        finally:
            child.close()
