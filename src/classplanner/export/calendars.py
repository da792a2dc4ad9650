"""Timetables as calendars (RFC 5545), one a class, lecturer and hall, for telephones and mail programs.

An event keeps its UID as long as it is the same session of the same module, so that a calendar imported again
moves it. To tell what moved, the calendar that was handed out before is read: an event that is told
differently gets the next SEQUENCE number, one that is gone is handed out as cancelled.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from classplanner._version import __version__
from classplanner.errors import Fault, InputError
from classplanner.export.lines import Edition, Line

if TYPE_CHECKING:
    from icalendar import Event

__all__ = ["CalendarFile", "calendars", "cancelled_calendar", "write_calendar"]

ZONE = "Asia/Ho_Chi_Minh"
_USUAL_HOURS = {"morning": "08:00-11:30", "afternoon": "13:30-17:00", "evening": "18:00-21:00"}
# A time stamp has to grow from one handing out to the next, and to be the same for the same plan.
_EPOCH = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True)
class CalendarFile:
    """Whose calendar it is (`kind`: ``class``, ``lecturer`` or ``hall``; `key`: an id), and the sessions."""

    kind: str
    key: str
    title: str
    lines: tuple[Line, ...]


def calendars(edition: Edition) -> Iterator[CalendarFile]:
    """Go through the calendars of a timetable: of each class, lecturer and hall that has sessions.

    Raises
    ------
    InputError
        Nobody knows when a session begins: the scenario does not say it, and it is none of the usual ones.
    """
    scenario = edition.scenario
    unknown = [
        name for name in scenario.calendar.sessions if name not in {**_USUAL_HOURS, **scenario.calendar.hours}
    ]
    if unknown:
        raise InputError([Fault("", "", "no-hours", {"value": name}) for name in unknown])
    for cohort, lines in edition.by_class.items():
        taught = tuple(line for line in lines if line.module is not None)
        title = edition.language.text("report.class", cohort=cohort)
        yield CalendarFile("class", cohort, title, taught)
    for lecturer, lines in edition.by_lecturer.items():
        yield CalendarFile("lecturer", lecturer, edition.labels.lecturers[lecturer], lines)
    for room, lines in edition.by_room.items():
        yield CalendarFile("hall", room, edition.labels.rooms[room], lines)


def write_calendar(file: CalendarFile, edition: Edition, before: bytes | None = None) -> bytes:
    """Write a calendar.

    Parameters
    ----------
    file
        Whose calendar it is.
    edition
        The timetable, and what its files say.
    before
        The calendar of the same owner that was handed out before; None for none.

    Raises
    ------
    InputError
        What was handed out before is no calendar; or the package for calendars is not installed.
    """
    icalendar = _library()
    made = _empty(icalendar, file.title)
    events = {uid: _event(icalendar, uid, lines, file, edition) for uid, lines in _sessions(file).items()}
    old = _events(before)
    for uid, event in events.items():
        _number(event, old.get(uid))
        made.add_component(event)
    for uid, event in old.items():
        if uid not in events:
            made.add_component(_cancelled(event))
    return bytes(made.to_ical())


def cancelled_calendar(before: bytes) -> bytes:
    """Cancel all events of a calendar whose owner has no sessions any more.

    Raises
    ------
    InputError
        It is no calendar; or the package for calendars is not installed.
    """
    icalendar = _library()
    old = _events(before)
    made = _empty(icalendar, str(icalendar.Calendar.from_ical(before).get("x-wr-calname", "")))
    for event in old.values():
        made.add_component(_cancelled(event))
    return bytes(made.to_ical())


def _empty(icalendar: Any, title: str) -> Any:
    made = icalendar.Calendar()
    made.add("prodid", f"-//classplanner//{__version__}//VI")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", title)
    made.add("x-wr-timezone", ZONE)
    made.add_component(_zone(icalendar))
    return made


def _library() -> Any:
    try:
        import icalendar  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InputError([Fault("", "", "no-office")]) from error
    return icalendar


def _zone(icalendar: Any) -> Any:
    """Describe Viet Nam's time, which has been the same since 1975."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", dt.datetime(1975, 6, 13))  # noqa: DTZ001 - local time by definition
    standard.add("tzoffsetfrom", dt.timedelta(hours=7))
    standard.add("tzoffsetto", dt.timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _sessions(file: CalendarFile) -> dict[str, list[Line]]:
    """Give each session of each module its UID: by owner, class, module and its number within the module."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in file.lines:
        name = "\n".join((file.kind, file.key, line.cohort, line.module or "", str(line.part[0])))
        found[f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@classplanner"].append(line)
    return found


def _event(icalendar: Any, uid: str, lines: Sequence[Line], file: CalendarFile, edition: Edition) -> Event:
    line = lines[0]
    begins, ends = _times(line, edition)
    event: Event = icalendar.Event()
    event.add("uid", uid)
    event.add(
        "summary",
        edition.content(line) if file.kind == "class" else f"{line.cohort}: {edition.content(line)}",
    )
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("location", edition.place(line))
    event.add("description", "\n".join(_description(line, edition)))
    event.add("status", "CONFIRMED")
    return event


def _description(line: Line, edition: Edition) -> Iterator[str]:
    yield edition.language.text("report.class", cohort=line.cohort)
    if line.lecturers:
        yield f"{edition.text('column.lecturer')}: {edition.lecturer(line)}"
    if edition.note(line):
        yield edition.note(line)


def _times(line: Line, edition: Edition) -> tuple[dt.datetime, dt.datetime]:
    hours = {**_USUAL_HOURS, **edition.scenario.calendar.hours}[line.session]
    zone = ZoneInfo(ZONE)
    first, last = (dt.time.fromisoformat(time) for time in hours.split("-"))
    return tuple(dt.datetime.combine(line.date, time, zone) for time in (first, last))  # type: ignore[return-value]


# --- what was handed out before


def _events(content: bytes | None) -> Mapping[str, Event]:
    if content is None:
        return {}
    icalendar = _library()
    try:
        events: list[Event] = icalendar.Calendar.from_ical(content).walk("VEVENT")
        return {str(event["uid"]): event for event in events}
    except (ValueError, KeyError, AttributeError, IndexError) as error:
        raise InputError([Fault("", "", "not-ics")]) from error


def _told(event: Event) -> tuple[str, ...]:
    """Return what a reader of an event learns."""
    times = (event.decoded(name).isoformat() for name in ("dtstart", "dtend"))
    texts = (str(event.get(name, "")) for name in ("summary", "location", "description", "status"))
    return (*times, *texts)


def _sequence(event: Event) -> int:
    return int(event.get("sequence", 0))


def _number(event: Event, old: Event | None) -> None:
    """Give an event its number: that of the old one, or the next if anything in it is new."""
    number = 0 if old is None else _sequence(old) + (_told(old) != _told(event))
    _stamp(event, number)


def _cancelled(old: Event) -> Event:
    """Cancel an event that was handed out; one that is cancelled already stays as it is."""
    if str(old.get("status")) != "CANCELLED":
        number = _sequence(old) + 1
        del old["status"]
        old.add("status", "CANCELLED")
        _stamp(old, number)
    return old


def _stamp(event: Event, number: int) -> None:
    for name in ("sequence", "dtstamp"):
        if name in event:
            del event[name]
    event.add("sequence", number)
    event.add("dtstamp", _EPOCH + dt.timedelta(minutes=number))
