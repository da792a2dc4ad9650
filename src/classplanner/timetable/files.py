"""Reads and writes timetables; writes any result so that a reader never meets half a file."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from classplanner.errors import Fault, InputError, OutputError, system_reason
from classplanner.scenario import Scenario
from classplanner.scenario.content import is_workbook, read_text
from classplanner.scenario.documents import Location, items, texts
from classplanner.scenario.faults import Finding, faults, shape_findings, unknown
from classplanner.scenario.files import normal_document, parse_json
from classplanner.timetable.cells import CellIndex
from classplanner.timetable.models import Timetable
from classplanner.timetable.workbook import read_timetable_workbook

__all__ = [
    "dump_timetable",
    "load_timetable",
    "parse_timetable",
    "read_timetable",
    "write_atomic",
]


def dump_timetable(timetable: Timetable) -> str:
    """Write a timetable as JSON, one meeting or class a line so that versions can be compared.

    Parameters
    ----------
    timetable
        The timetable; `parse_timetable` makes an equal one of the text.
    """
    document = timetable.model_dump(mode="json", exclude=None if timetable.partial else {"partial"})
    return f"{_laid_out(document)}\n"


def _laid_out(value: Any, indent: str = "") -> str:
    """Write a table or a list of tables over several lines where it holds a list of tables, else in one."""
    deeper = f"{indent} "
    if isinstance(value, list) and value and isinstance(value[0], dict):
        entries = ",\n".join(f"{deeper}{json.dumps(entry, ensure_ascii=False)}" for entry in value)
        return f"[\n{entries}]"
    if isinstance(value, dict) and (not indent or any(isinstance(part, list) for part in value.values())):
        parts = (f"{deeper}{json.dumps(key)}: {_laid_out(part, deeper)}" for key, part in value.items())
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    return json.dumps(value, ensure_ascii=False)


def load_timetable(path: str | Path, scenario: Scenario | None) -> Timetable:
    """Read the timetable of a scenario from a JSON file, or from an Excel file that was exported.

    Parameters
    ----------
    path
        The file; Excel files end in ``.xlsx`` or ``.xlsm``.
    scenario
        The scenario whose ids the timetable speaks in; None where these are not to be looked up, which only
        JSON files can do without.

    Raises
    ------
    InputError
        With every fault of the file: not such JSON, or ids that the scenario does not know.
    """
    return read_timetable(path, scenario)[0]


def read_timetable(path: str | Path, scenario: Scenario | None) -> tuple[Timetable, CellIndex | None]:
    """Read a timetable, and in which cells it stands where it was read from an Excel file.

    Takes and raises what `load_timetable` does.
    """
    path = Path(path)
    if is_workbook(path):
        if scenario is None:
            raise InputError([Fault(str(path), "", "names-of-what")])
        return read_timetable_workbook(path, scenario)
    return _parse_file(path, scenario), None


def _parse_file(path: Path, scenario: Scenario | None) -> Timetable:
    return parse_timetable(parse_json(read_text(path), str(path)), scenario, str(path))


def parse_timetable(document: Any, scenario: Scenario | None, file: str = "") -> Timetable:
    """Make a timetable of a raw document, as JSON readers return it.

    Parameters
    ----------
    document
        Tables, lists, texts and numbers.
    scenario
        The scenario whose ids the timetable speaks in; None where these are not to be looked up.
    file
        Its name, for messages.

    Raises
    ------
    InputError
        With every fault of the document.
    """
    document = normal_document(document, file)
    findings = [] if scenario is None else list(_unknown_ids(document, scenario))
    timetable = None
    try:
        timetable = Timetable.model_validate(document)
    except ValidationError as error:
        findings += shape_findings(error, Timetable)
    if findings or timetable is None:
        raise InputError(faults(findings, document, file))
    return timetable


def _unknown_ids(document: Any, scenario: Scenario) -> Iterator[Finding]:
    """Find the ids in a raw timetable that the scenario does not know."""
    cohorts = {cohort.id for cohort in scenario.all_cohorts}
    lecturers = {lecturer.id for lecturer in scenario.lecturers}
    rooms = {f"{venue.id}/{room.id}" for venue in scenario.venues for room in venue.rooms}
    modules = {module.id for programme in scenario.programmes for module in programme.modules}
    for where, cohort in items(document, "cohorts"):
        yield from unknown("cohort", texts(cohort, "id", where), cohorts)
        yield from unknown("room", texts(cohort, "room", where), rooms)
    partial = document.get("partial") if isinstance(document, Mapping) else None
    for where, left_out in items(partial, "left_out", ("partial",)):
        yield from unknown("cohort", texts(left_out, "cohort", where), cohorts)
        yield from unknown("module-anywhere", texts(left_out, "modules", where), modules)
    for where, meeting in items(document, "meetings"):
        yield from unknown("cohort", texts(meeting, "cohorts", where), cohorts)
        yield from unknown("lecturer", texts(meeting, "lecturers", where), lecturers)
        yield from unknown("room", texts(meeting, "room", where), rooms)
        yield from unknown("module-anywhere", texts(meeting, "module", where), modules)
        yield from unknown("session", _sessions(meeting, where), scenario.calendar.sessions)


def _sessions(meeting: Mapping[str, Any], where: Location) -> Iterator[tuple[Location, str]]:
    """Go through the names of sessions in the slots of a meeting."""
    slots = meeting.get("sessions")
    for index, slot in enumerate(slots if isinstance(slots, list) else ()):
        if isinstance(slot, list) and len(slot) == 2 and isinstance(slot[1], str):
            yield (*where, "sessions", index, 1), slot[1]


def write_atomic(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there in one step.

    Folders on the way are made; a link is followed; a file that is there already keeps its permissions.

    Parameters
    ----------
    path
        The file.
    content
        Its whole content; a text is written as UTF-8.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there before still stands.
    """
    try:
        target = Path(os.path.realpath(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = target.with_name(f".classplanner-{secrets.token_hex(8)}")
        try:
            with beside.open("xb") as file:
                file.write(content if isinstance(content, bytes) else content.encode())
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, beside)
            beside.replace(target)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        raise OutputError(str(path), system_reason(error)) from error
