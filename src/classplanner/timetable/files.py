"""Reads and writes timetables; writes any result so that a reader never meets half a file."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from classplanner.errors import Fault, InputError, OutputError
from classplanner.scenario import Scenario
from classplanner.scenario.faults import Location, place, shape_faults, similar
from classplanner.scenario.files import parse_json, read_text
from classplanner.timetable.models import Timetable

__all__ = ["dump_timetable", "load_timetable", "parse_timetable", "write_atomic"]


def dump_timetable(timetable: Timetable) -> str:
    """Write a timetable as JSON, one meeting or class a line so that versions can be compared."""
    document = timetable.model_dump(mode="json", exclude_none=False)
    lines = []
    for key, value in document.items():
        if isinstance(value, list) and value:
            entries = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in value)
            lines.append(f" {json.dumps(key)}: [\n{entries}]")
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def load_timetable(path: str | Path, scenario: Scenario) -> Timetable:
    """Read the timetable of a scenario from a JSON file.

    Raises
    ------
    InputError
        With every fault of the file: not such JSON, or ids that the scenario does not know.
    """
    path = Path(path)
    return parse_timetable(parse_json(read_text(path), str(path)), scenario, str(path))


def parse_timetable(document: Any, scenario: Scenario, file: str = "") -> Timetable:
    """Make a timetable of a raw document, as JSON readers return it.

    Raises
    ------
    InputError
        With every fault of the document.
    """
    try:
        timetable = Timetable.model_validate(document)
    except ValidationError as error:
        raise InputError(fault for _, fault in shape_faults(error, document, file, Timetable)) from error
    faults = [
        Fault(file, place(document, location), f"unknown-{kind}", {"value": name}, similar(name, known))
        for location, kind, name, known in _references(timetable, scenario)
        if name not in known
    ]
    if faults:
        raise InputError(faults)
    return timetable


def _references(timetable: Timetable, scenario: Scenario) -> list[tuple[Location, str, str, set[str]]]:
    """List the ids in a timetable: where, of what kind, which, and what is known of that kind."""
    cohorts = {cohort.id for cohort in scenario.all_cohorts}
    lecturers = {lecturer.id for lecturer in scenario.lecturers}
    rooms = {f"{venue.id}/{room.id}" for venue in scenario.venues for room in venue.rooms}
    modules = {module.id for programme in scenario.programmes for module in programme.modules}
    sessions = set(scenario.calendar.sessions)
    found: list[tuple[Location, str, str, set[str]]] = []
    for index, cohort in enumerate(timetable.cohorts):
        found.append((("cohorts", index, "id"), "cohort", cohort.id, cohorts))
        found.append((("cohorts", index, "room"), "room", cohort.room, rooms))
    for index, meeting in enumerate(timetable.meetings):
        where = ("meetings", index)
        found += [((*where, "cohorts", i), "cohort", name, cohorts) for i, name in enumerate(meeting.cohorts)]
        found.append(((*where, "module"), "module", meeting.module, modules))
        found += [
            ((*where, "lecturers", i), "lecturer", name, lecturers)
            for i, name in enumerate(meeting.lecturers)
        ]
        if meeting.room is not None:
            found.append(((*where, "room"), "room", meeting.room, rooms))
        found += [
            ((*where, "sessions", i, 1), "session", session, sessions)
            for i, (_, session) in enumerate(meeting.sessions)
        ]
    return found


def write_atomic(path: Path, text: str) -> None:
    """Write a UTF-8 file whole or not at all: beside its place first, then moved there in one step.

    Raises
    ------
    OutputError
        The file cannot be written; what stood there before still stands.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).chmod(0o644)
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
