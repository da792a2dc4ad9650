"""Shows that two libraries read the calendars, and that imported again they move and cancel events."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import icalendar
import ics
import pytest

from classplanner.errors import InputError
from classplanner.export.calendars import calendars, cancelled_calendar, write_calendar
from classplanner.language import Language
from classplanner.timetable import Timetable
from tests.export.samples import edition, renamed
from tests.report.samples import edited, hanoi, moved, plan, two_classes

Store = dict[str, Any]
"""What a telephone keeps: the latest event of each UID."""


def _write(
    timetable: Timetable, before: dict[tuple[str, str], bytes] | None = None
) -> dict[tuple[str, str], bytes]:
    made = edition(two_classes(), timetable)
    old = before or {}
    files = {
        (one.kind, one.key): write_calendar(one, made, old.get((one.kind, one.key)))
        for one in calendars(made)
    }
    return {**{key: cancelled_calendar(content) for key, content in old.items() if key not in files}, **files}


def _import(content: bytes, store: Store) -> Store:
    """Import a calendar as RFC 5546 wants it: a higher SEQUENCE wins, CANCELLED removes."""
    kept = dict(store)
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        uid, number = str(event["uid"]), event.decoded("sequence")
        if uid in kept and number <= kept[uid].decoded("sequence"):
            continue
        kept[uid] = event
    return kept


def _shown(store: Store) -> set[tuple[Any, ...]]:
    return {
        (event.decoded("dtstart"), str(event["summary"]), str(event["location"]), str(event["description"]))
        for event in store.values()
        if str(event["status"]) == "CONFIRMED"
    }


def test_two_libraries_read_them() -> None:
    scenario = hanoi()
    made = edition(scenario, plan(scenario))
    for one in calendars(made):
        content = write_calendar(one, made)
        events = icalendar.Calendar.from_ical(content).walk("VEVENT")
        read = ics.Calendar(content.decode())
        assert len(events) == len(read.events) == len(one.lines)
        assert {str(event["uid"]) for event in events} == {event.uid for event in read.events}
        begins = {event.uid: event.begin.datetime for event in read.events}
        for event in events:
            start = event.decoded("dtstart")
            assert start.utcoffset() == dt.timedelta(hours=7)
            assert begins[str(event["uid"])] == start
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_the_hours_are_those_of_the_scenario() -> None:
    scenario = edited(two_classes(), hours={"morning": "07:30-11:00"})
    made = edition(scenario, plan(scenario))
    one = next(calendars(made))
    times = {
        (event.decoded("dtstart").strftime("%H:%M"), event.decoded("dtend").strftime("%H:%M"))
        for event in icalendar.Calendar.from_ical(write_calendar(one, made)).walk("VEVENT")
    }
    assert times == {("07:30", "11:00"), ("13:30", "17:00")}


def test_sessions_of_no_known_hour_are_told() -> None:
    scenario = edited(two_classes(), sessions=["morning", "afternoon", "giữa trưa"])
    with pytest.raises(InputError) as caught:
        list(calendars(edition(scenario, plan(scenario))))
    assert caught.value.faults[0].key == "no-hours"
    assert '"giữa trưa"' in caught.value.describe(Language("vi"))


def test_written_again_an_unchanged_plan_gives_the_same_calendars() -> None:
    first = _write(plan(two_classes()))
    assert _write(plan(two_classes()), first) == first


def _replanned(timetable: Timetable, rng: random.Random) -> Timetable:
    """Move some meetings, give some to others, drop some."""
    changed = timetable
    for _ in range(rng.randint(1, 6)):
        index = rng.randrange(len(changed.meetings))
        meeting = changed.meetings[index]
        match rng.choice(["move", "lecturer", "drop"]):
            case "move":
                date = meeting.sessions[0][0] + dt.timedelta(days=rng.choice([-1, 1, 2]))
                changed = moved(changed, index, *((date, name) for _, name in meeting.sessions))
            case "lecturer":
                others = [lecturer.id for lecturer in two_classes().lecturers]
                meetings = list(changed.meetings)
                meetings[index] = meeting.model_copy(update={"lecturers": (rng.choice(others),)})
                changed = changed.model_copy(update={"meetings": tuple(meetings)})
            case "drop":
                meetings = [one for place, one in enumerate(changed.meetings) if place != index]
                changed = changed.model_copy(update={"meetings": tuple(meetings)})
    return changed


@pytest.mark.parametrize("seed", range(8))
def test_imported_again_after_replanning_events_move_and_none_is_doubled(seed: int) -> None:
    rng = random.Random(seed)
    timetable = plan(two_classes())
    files = _write(timetable)
    stores: dict[tuple[str, str], Store] = {key: _import(content, {}) for key, content in files.items()}
    for _ in range(3):
        timetable = _replanned(timetable, rng)
        files = _write(timetable, files)
        for key, content in files.items():
            stores[key] = _import(content, stores.get(key, {}))
        fresh = {key: _shown(_import(content, {})) for key, content in _write(timetable).items()}
        assert {key: _shown(store) for key, store in stores.items() if _shown(store)} == fresh


def test_a_file_that_is_no_calendar_is_told() -> None:
    made = edition(two_classes(), plan(two_classes()))
    with pytest.raises(InputError) as caught:
        write_calendar(next(calendars(made)), made, b"BEGIN:VCARD")
    assert caught.value.faults[0].key == "not-ics"


def test_names_stay_text() -> None:
    scenario = renamed(two_classes(), ("a\\nBEGIN:VEVENT", "x;y,z"))
    made = edition(scenario, plan(scenario))
    for one in calendars(made):
        assert len(icalendar.Calendar.from_ical(write_calendar(one, made)).walk("VEVENT")) == len(one.lines)
