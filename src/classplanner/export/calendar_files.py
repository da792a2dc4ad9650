"""The calendars of all classes, lecturers and halls as files that go on from those handed out before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from classplanner.errors import Fault, InputError
from classplanner.export.calendars import calendars, cancelled_calendar, write_calendar
from classplanner.export.lines import Edition
from classplanner.export.names import file_names
from classplanner.scenario.content import read_bytes

__all__ = ["calendar_files"]


def calendar_files(edition: Edition, folders: Sequence[Path]) -> dict[str, bytes]:
    """Write the calendars, those of owners without any sessions left as cancelled.

    Parameters
    ----------
    edition
        The timetable, and what its files say.
    folders
        The packs that may hold what was handed out before; of each calendar the first counts.

    Raises
    ------
    InputError
        With every file of before that is no calendar; or a session has no known hours; or the package for
        calendars is not installed.
    """
    before = _handed_out(folders)
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    for name, make in _makers(edition, before).items():
        path = before.get(name)
        try:
            files[name] = make(None if path is None else read_bytes(path))
        except InputError as error:
            faults += [fault if path is None else replace(fault, file=str(path)) for fault in error.faults]
    if faults:
        raise InputError(faults)
    return files


def _handed_out(folders: Sequence[Path]) -> Mapping[str, Path]:
    """Find the calendars of before, by their names below a folder."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob("calendars/*/*.ics")):
            found.setdefault(path.relative_to(folder).as_posix(), path)
    return found


def _makers(edition: Edition, before: Mapping[str, Path]) -> Mapping[str, Callable[[bytes | None], bytes]]:
    """Return what makes each file of the calendar that was handed out before, or of None."""
    planned = list(calendars(edition))
    makers: dict[str, Callable[[bytes | None], bytes]] = {}
    for kind in dict.fromkeys(calendar.kind for calendar in planned):
        of_kind = {calendar.key: calendar for calendar in planned if calendar.kind == kind}
        for key, name in file_names(of_kind).items():
            makers[f"calendars/{kind}/{name}.ics"] = partial(write_calendar, of_kind[key], edition)
    gone = {name: lambda old: cancelled_calendar(old or b"") for name in before if name not in makers}
    return makers | gone
