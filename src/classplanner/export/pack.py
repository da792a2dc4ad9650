"""All that an office hands out, in one folder: each file whole or not at all, the same for the same plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from classplanner.check import Verdict
from classplanner.errors import Fault, InputError
from classplanner.export.calendars import CalendarFile, calendars, cancelled_calendar, write_calendar
from classplanner.export.decision import decision_files
from classplanner.export.document import class_document, document_template
from classplanner.export.lines import Edition
from classplanner.export.names import file_names
from classplanner.export.tables import csv_tables
from classplanner.export.waiver_book import waiver_book
from classplanner.export.waivers import Waiver, waiver_of
from classplanner.export.workbook import timetable_workbook
from classplanner.report import render_html
from classplanner.scenario.content import read_bytes
from classplanner.scenario.dumping import dump_scenario
from classplanner.timetable import (
    SCENARIO_FILE,
    TIMETABLE_FILE,
    Timetable,
    dump_timetable,
    write_atomic,
)

__all__ = ["KINDS", "WAIVERS_FILE", "Pack", "write_pack"]

KINDS = ("html", "xlsx", "docx", "ics", "csv")
"""The kinds of files; together with the record of the decision they make the whole pack."""


WAIVERS_FILE = "waivers.xlsx"
"""Where an office says which breaches it accepts."""


@dataclass(frozen=True)
class Pack:
    """What to write.

    Attributes
    ----------
    kinds
        Which of `KINDS`.
    whole
        All kinds, with scenario and timetable as data and the record of the decision.
    base
        A plan to compare the page with.
    template
        An office's own Word template.
    waivers
        Rules that need not hold.
    """

    kinds: Collection[str] = ()
    whole: bool = False
    base: Timetable | None = None
    template: bytes | None = None
    waivers: Sequence[Waiver] = ()


def write_pack(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> tuple[Path, ...]:
    """Write the files into a folder.

    Calendars that are there already are read first, so that events keep their numbers.

    Parameters
    ----------
    edition
        The timetable, and what its files say.
    verdict
        What the checker says of it.
    directory
        The folder; it is made if it is not there.
    pack
        What to write.

    Returns
    -------
    tuple of Path
        What was written.

    Raises
    ------
    InputError
        Something in the way cannot be read, or a package is not installed; nothing has been written then.
    OutputError
        A file cannot be written.
    """
    files: dict[str, bytes] = {}
    for kind in KINDS:
        if pack.whole or kind in pack.kinds:
            files |= _MAKERS[kind](edition, verdict, directory, pack)
    if pack.whole:
        files[TIMETABLE_FILE] = dump_timetable(edition.timetable).encode()
        files[SCENARIO_FILE] = dump_scenario(edition.scenario, ".json", edition.language)
        files |= _waivers(edition, verdict, directory, pack)
        files |= decision_files(edition, verdict, pack.waivers, files)
    for name, content in files.items():
        write_atomic(directory / name, content)
    return tuple(directory / name for name in files)


def _waivers(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    """List the breaches in a workbook, if there are any, for the office to say which it accepts."""
    accepted = {breach: waiver_of(breach, pack.waivers) for breach in verdict.breaches}
    unused = [waiver for waiver in pack.waivers if waiver not in accepted.values()]
    if not accepted and not unused and not (directory / WAIVERS_FILE).exists():
        return {}
    said = {breach: waiver.model_dump(exclude_none=True) for breach, waiver in accepted.items() if waiver}
    return {
        WAIVERS_FILE: waiver_book(
            edition, verdict, said, [waiver.model_dump(exclude_none=True) for waiver in unused]
        )
    }


def _html(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    page = render_html(edition.scenario, edition.timetable, edition.language, base=pack.base)
    return {"timetable.html": page.encode()}


def _xlsx(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    return {"timetable.xlsx": timetable_workbook(edition, verdict)}


def _csv(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    return {f"csv/{name}": content for name, content in csv_tables(edition, verdict).items()}


def _docx(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    template = pack.template or document_template(edition.language)
    names = file_names(course.cohort.id for course in edition.courses)
    return {
        f"word/{names[course.cohort.id]}.docx": class_document(course, edition, template)
        for course in edition.courses
    }


def _ics(edition: Edition, verdict: Verdict, directory: Path, pack: Pack) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    made = list(calendars(edition))
    names = {
        kind: file_names(calendar.key for calendar in made if calendar.kind == kind)
        for kind in {calendar.kind for calendar in made}
    }
    for calendar in made:
        name = f"calendars/{calendar.kind}/{names[calendar.kind][calendar.key]}.ics"
        with_old = _reading(directory / name, partial(_written, calendar, edition))
        files |= _kept(name, with_old, faults)
    for path in sorted(directory.glob("calendars/*/*.ics")):
        name = path.relative_to(directory).as_posix()
        if name not in files:
            files |= _kept(name, _reading(path, _cancelled), faults)
    if faults:
        raise InputError(faults)
    return files


def _written(calendar: CalendarFile, edition: Edition, old: bytes | None) -> bytes:
    return write_calendar(calendar, edition, old)


def _cancelled(old: bytes | None) -> bytes:
    return cancelled_calendar(old or b"")


def _reading(path: Path, make: Callable[[bytes | None], bytes]) -> bytes | list[Fault]:
    """Make a calendar with the one that is there; or return what is wrong with that."""
    try:
        return make(read_bytes(path) if path.exists() else None)
    except InputError as error:
        return [Fault(str(path), fault.place, fault.key, fault.values) for fault in error.faults]


def _kept(name: str, made: bytes | list[Fault], faults: list[Fault]) -> dict[str, bytes]:
    if isinstance(made, bytes):
        return {name: made}
    faults += made
    return {}


_MAKERS: Mapping[str, Callable[[Edition, Verdict, Path, Pack], dict[str, bytes]]] = {
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "ics": _ics,
    "csv": _csv,
}
