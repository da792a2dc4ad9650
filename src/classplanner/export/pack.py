"""All that an office hands out, in one folder: each file whole or not at all, the same for the same plan."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from classplanner.check import Verdict
from classplanner.export.calendar_files import calendar_files
from classplanner.export.decision import decision_files
from classplanner.export.document import class_document, document_template
from classplanner.export.lines import Edition
from classplanner.export.names import file_names
from classplanner.export.tables import csv_tables
from classplanner.export.waiver_book import waiver_book
from classplanner.export.waivers import Waiver, waiver_of
from classplanner.export.workbook import timetable_workbook
from classplanner.report import render_html
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
    before
        The folder of an earlier pack, whose calendars these go on from where there are none yet.
    waivers
        Rules that need not hold.
    """

    kinds: Collection[str] = ()
    whole: bool = False
    base: Timetable | None = None
    before: Path | None = None
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
    earlier = [] if pack.before is None else [pack.before]
    return calendar_files(edition, [directory, *earlier])


_MAKERS: Mapping[str, Callable[[Edition, Verdict, Path, Pack], dict[str, bytes]]] = {
    "html": _html,
    "xlsx": _xlsx,
    "docx": _docx,
    "ics": _ics,
    "csv": _csv,
}
