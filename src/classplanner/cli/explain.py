"""``classplanner explain`` and ``repair``: why there is no plan, and the cheapest ways out."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from classplanner.api import load
from classplanner.cli.exits import EXIT_NEGATIVE, EXIT_OK, EXIT_UNKNOWN
from classplanner.cli.options import (
    file_argument,
    json_option,
    lang_option,
    number_option,
    output_option,
    time_limit_option,
)
from classplanner.cli.output import say, show, show_json
from classplanner.cli.plan import make_sure_of
from classplanner.cli.signals import stop_on_signals
from classplanner.language import Language
from classplanner.rules import RULES
from classplanner.timetable import write_atomic

if TYPE_CHECKING:
    from classplanner.repairing import WaysOut

__all__ = ["explain_command", "repair_command"]

_EXIT = {
    "plannable": EXIT_OK,
    "repaired": EXIT_OK,
    "impossible": EXIT_NEGATIVE,
    "unknown": EXIT_UNKNOWN,
}


def explain_command(language: Language) -> click.Command:
    """Make the command ``explain``."""
    return click.Command(
        "explain",
        callback=functools.partial(_explain, language=language),
        help=language.text("cli.explain.help"),
        short_help=language.text("cli.explain.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            _given_option(language),
            time_limit_option(language, 120),
            json_option(language),
            lang_option(language),
        ],
    )


def repair_command(language: Language) -> click.Command:
    """Make the command ``repair``."""
    return click.Command(
        "repair",
        callback=functools.partial(_repair, language=language),
        help=language.text("cli.repair.help"),
        short_help=language.text("cli.repair.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            output_option(language, "repair"),
            number_option(language, "repair", "number", (1, 100), default=3, show_default=True),
            _given_option(language),
            time_limit_option(language, 120),
            json_option(language),
            lang_option(language),
        ],
    )


def _given_option(language: Language) -> click.Option:
    return click.Option(
        ["--given"],
        multiple=True,
        type=click.Choice(RULES),
        metavar=language.text("cli.metavar.rule"),
        help=language.text("cli.explain.given"),
    )


def _explain(
    *, language: Language, scenario: str, given: tuple[str, ...], time_limit: float, as_json: bool
) -> int:
    from classplanner.explaining import (  # noqa: PLC0415
        explain,
        record_explanation,
        tell_explanation,
    )

    asked = load(scenario)
    with stop_on_signals() as stop:
        found = explain(asked, time_limit=time_limit, given=given, stop=stop)
    if as_json:
        show_json(record_explanation(found, language).model_dump(mode="json"))
    else:
        show(tell_explanation(found, language), soft_wrap=True)
    return _EXIT[found.status]


def _repair(
    *,
    language: Language,
    scenario: str,
    output: Path | None,
    number: int,
    given: tuple[str, ...],
    time_limit: float,
    as_json: bool,
) -> int:
    from classplanner.repairing import repair  # noqa: PLC0415

    asked = load(scenario)
    if output is not None:
        make_sure_of(output)
    with stop_on_signals() as stop:
        found = repair(asked, time_limit=time_limit, number=number, given=given, stop=stop)
    if as_json:
        show_json(_document(found, language))
    else:
        show("\n".join(_tell(found, language)), soft_wrap=True)
    for path in _write(found, output, language):
        say(language.text("cli.written", path=path))
    return _EXIT[found.repairs.status]


def _document(found: WaysOut, language: Language) -> dict[str, object]:
    from classplanner.explaining import PlannedRecord, RepairsRecord, record_repair  # noqa: PLC0415

    entries = []
    for way in found.ways:
        entry, planned = record_repair(found.scenario, way.repair, language), way.plan
        if planned is not None:
            plan = PlannedRecord(status=planned.status, total=planned.objective, bound=planned.bound)
            entry = entry.model_copy(update={"plan": plan})
        entries.append(entry)
    repairs = found.repairs
    record = RepairsRecord(
        status=repairs.status, bound=repairs.bound, complete=repairs.complete, repairs=tuple(entries)
    )
    return record.model_dump(mode="json")


def _tell(found: WaysOut, language: Language) -> Iterator[str]:
    from classplanner.explaining import tell_repair  # noqa: PLC0415

    if not found.ways:
        yield language.text(f"explain.repair.{found.repairs.status}")
        if found.repairs.bound:
            yield language.text("explain.repair.bound", bound=found.repairs.bound)
    for number, way in enumerate(found.ways, 1):
        if number > 1:
            yield ""
        yield from tell_repair(found.scenario, way.repair, number, language)
        planned = way.plan
        if planned is None or planned.objective is None:
            yield f"  {language.text('explain.repair.not-planned')}"
        else:
            values = {"total": planned.objective, "plan_bound": planned.bound}
            yield f"  {language.text('explain.repair.planned', **values)}"
    if found.ways and found.repairs.complete:
        yield ""
        yield language.text("explain.repair.complete")


def _write(found: WaysOut, output: Path | None, language: Language) -> Iterator[Path]:
    """Write the delta and the plan of each way out, the delta as a file for ``what-if``."""
    if output is None:
        return
    from classplanner.explaining import document_of  # noqa: PLC0415

    for number, way in enumerate(found.ways, 1):
        delta = document_of(way.repair.delta)
        path = output / f"way-{number}.json"
        write_atomic(path, json.dumps(delta, ensure_ascii=False, indent=1) + "\n")
        yield path
        if way.plan is not None:
            yield from way.plan.save(output / f"way-{number}", language.code)
