"""What a decision rests on: input, versions, seed, bound, the checker's verdict, what was waived by whom."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from classplanner._version import __version__
from classplanner.check import Verdict
from classplanner.export.lines import Edition
from classplanner.export.waiver_book import breach_mark
from classplanner.export.waivers import Waiver, waiver_of
from classplanner.report.costs import bound_label, describe_gap, describe_status
from classplanner.report.words import sentence

__all__ = ["decision_files", "decision_record"]

_PACKAGES = ("ortools", "holidays", "numpy")


def decision_record(
    edition: Edition, verdict: Verdict, waivers: Sequence[Waiver], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """Gather the facts of a decision as plain data.

    Parameters
    ----------
    edition
        The timetable.
    verdict
        What the checker says of it.
    waivers
        What need not hold.
    files
        All other files of the pack, by their names in it.
    """
    timetable, names, language = edition.timetable, edition.names, edition.language
    breaches = list(_breaches(edition, verdict, waivers))
    used = {waiver_of(breach, waivers) for breach in verdict.breaches}
    answered = timetable.scenario
    return {
        "scenario": {"name": edition.scenario.name, "sha256": edition.scenario.sha256},
        "answers_this_scenario": None if answered is None else answered.sha256 == edition.scenario.sha256,
        "versions": {"classplanner": __version__, "python": platform.python_version()}
        | {package: metadata.version(package) for package in _PACKAGES},
        "run": timetable.run.model_dump(mode="json") if timetable.run else None,
        "status": timetable.status,
        "objective": timetable.objective.model_dump(mode="json") if timetable.objective else None,
        "verdict": {
            "ok": verdict.ok,
            "accepted": all(breach["waived"] for breach in breaches),
            "total": verdict.terms.total,
            "terms": verdict.terms.model_dump(),
            "breaches": breaches,
            "notes": [note.describe(names, language) for note in verdict.notes],
        },
        "unused_waivers": [
            waiver.model_dump(mode="json", exclude_none=True) for waiver in waivers if waiver not in used
        ],
        "files": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in sorted(files.items())
        },
    }


def _breaches(edition: Edition, verdict: Verdict, waivers: Sequence[Waiver]) -> Iterator[dict[str, Any]]:
    names, language = edition.names, edition.language
    for breach in verdict.breaches:
        waiver = waiver_of(breach, waivers)
        yield {
            "rule": breach.instance.rule,
            "mark": breach_mark(breach),
            "sentence": breach.instance.describe(names, language),
            "evidence": [found.describe(names, language) for found in breach.evidence],
            "waived": None if waiver is None else waiver.model_dump(mode="json", exclude_none=True),
        }


def decision_files(
    edition: Edition, verdict: Verdict, waivers: Sequence[Waiver], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Write the record of a decision, as JSON and as a page to print."""
    record = decision_record(edition, verdict, waivers, files)
    timetable, language = edition.timetable, edition.language
    page = (
        _environment()
        .get_template("decision.html.j2")
        .render(
            record=record,
            language=language,
            text=language.text,
            day=dt.date.fromisoformat,
            number=language.number,
            status=sentence(describe_status(timetable, language)),
            objective=timetable.objective,
            bound_label=bound_label(timetable, language),
            gap=describe_gap(timetable.objective.gap, language) if timetable.objective else "",
        )
    )
    data = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
    return {"decision.json": data.encode(), "decision.html": page.encode()}


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("classplanner.export"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
