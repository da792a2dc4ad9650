"""``classplanner replan``: adapts a running plan with as few changes as possible."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.api import check, load
from classplanner.cli.breaches import breach_record, breach_text
from classplanner.cli.diff import difference_document
from classplanner.cli.exits import EXIT_OF
from classplanner.cli.options import (
    day,
    delta_options,
    deltas_of,
    file_argument,
    json_option,
    lang_option,
    number_option,
    output_option,
)
from classplanner.cli.output import error_console, say, show, show_json
from classplanner.cli.plan import make_sure_of, search_options
from classplanner.cli.signals import stop_on_signals
from classplanner.deltas import apply
from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.replanning import Replan, replan
from classplanner.report import difference_view, render_difference, render_html
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import CellIndex, Timetable, read_timetable, write_atomic, write_plan

__all__ = ["replan_command"]


def replan_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "replan",
        callback=functools.partial(_replan, language=language),
        help=language.text("cli.replan.help"),
        short_help=language.text("cli.replan.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            file_argument("timetable", language),
            *delta_options(language),
            click.Option(
                ["--from", "from_"],
                required=True,
                type=day(language),
                metavar=language.text("cli.metavar.day"),
                help=language.text("cli.replan.from"),
            ),
            number_option(language, "replan", "notice", (0, 1000), default=5, show_default=True),
            number_option(language, "replan", "max-changes", (0, 10**6)),
            number_option(language, "replan", "max-changes-per-person", (0, 10**6)),
            number_option(language, "replan", "curve", (0, 1000), default=0),
            output_option(language, "replan"),
            *search_options(language, workers=False),
            json_option(language),
            lang_option(language),
        ],
    )


def _replan(
    *,
    language: Language,
    scenario: str,
    timetable: str,
    deltas: tuple[str, ...],
    changes: tuple[str, ...],
    output: Path | None,
    as_json: bool,
    from_: dt.date,
    **limits: Any,
) -> int:
    base = load(scenario)
    running, cells = read_timetable(timetable, base)
    breaches = _edited(base, running, cells, language)
    now = apply(base, *deltas_of(deltas, changes))
    if output is not None:
        make_sure_of(output)
    with stop_on_signals() as stop, _shown(language) as look:
        try:
            found = replan(now, running, from_=from_, on_progress=look, stop=stop, **limits)
        except InputError as error:
            raise InputError(_of_file(fault, timetable, cells) for fault in error.faults) from error
    names = Names(now)
    files = _write(found, running, output, names, language)
    if as_json:
        show_json(_document(found, names, language) | breaches)
    elif found.difference is not None:
        show(*_view(found, names, language), soft_wrap=True)
    if found.timetable is None:
        say(language.text(f"cli.replan.{found.status}", fewest=found.fewest))
    for file in files:
        say(language.text("cli.written", path=file))
    return EXIT_OF[found.status]


@contextlib.contextmanager
def _shown(language: Language) -> Iterator[Callable[[int | None, int], None]]:
    """Show how far the search has come."""
    with error_console().status(language.text("cli.replan.working")) as status:

        def look(number: int | None, fewest: int) -> None:
            key = "working" if number is None else "so-far"
            status.update(language.text(f"cli.replan.{key}", number=number, fewest=fewest))

        yield look


def _of_file(fault: Fault, file: str, cells: CellIndex | None) -> Fault:
    """Say which file a fault of the timetable is in, and in which cells of a workbook."""
    if fault.file or fault.key == "too-costly":
        return fault
    found = [] if cells is None else cells.cells(fault.key, fault.values)
    return replace(fault, file=file, place=", ".join(found) or fault.place)


def _edited(
    scenario: Scenario, timetable: Timetable, cells: CellIndex | None, language: Language
) -> dict[str, Any]:
    """Tell which rules a workbook breaks, since it may be edited by hand; return them as plain data."""
    if cells is None:
        return {}
    names, breaches = Names(scenario), check(scenario, timetable).breaches
    if breaches:
        say(language.text("cli.replan.breaches", number=len(breaches)))
    for breach in breaches:
        say(breach_text(breach, names, language, cells))
    return {"breaches": [breach_record(breach, names, language, cells) for breach in breaches]}


def _view(found: Replan, names: Names, language: Language) -> list[RenderableType]:
    assert found.difference is not None
    parts: list[RenderableType] = [difference_view(found.difference, names, language, with_notices=False)]
    key = "proven" if found.number == found.fewest else "fewest"
    parts += [Text(), Text(language.text(f"cli.replan.{key}", fewest=found.fewest, day=found.free_from))]
    parts.append(Text(language.text("cli.replan.cost", cost=found.cost)))
    if found.bound is not None:
        parts.append(Text(language.text("cli.replan.bound", bound=found.bound)))
    if found.curve:
        table = Table(box=None, pad_edge=False)
        for column in ("most", "number", "cost", "bound"):
            table.add_column(language.text(f"cli.replan.column.{column}"), justify="right")
        for point in found.curve:
            bound = "" if point.bound is None else language.number(point.bound)
            table.add_row(*map(language.number, (point.most, point.number, point.cost)), bound)
        parts += [Text(), table]
    return parts


def _document(found: Replan, names: Names, language: Language) -> dict[str, Any]:
    difference = found.difference
    return {
        "status": found.status,
        "free_from": found.free_from.isoformat(),
        "fewest": found.fewest,
        "cost": found.cost,
        "bound": found.bound,
        "curve": [vars(point) for point in found.curve],
        "changes": None if difference is None else difference_document(difference, names, language),
    }


def _write(
    found: Replan, before: Timetable, output: Path | None, names: Names, language: Language
) -> list[Path]:
    """Write the adapted plan, its page, and what changes; return the files."""
    if output is None or found.timetable is None or found.difference is None:
        return []
    data = write_plan(output, found.scenario, found.timetable)
    document = difference_document(found.difference, names, language)
    contents = {
        "timetable.html": render_html(found.scenario, found.timetable, language, base=before),
        "changes.json": json.dumps(document, ensure_ascii=False, indent=1) + "\n",
        "changes.html": render_difference(found.difference, names, language),
    }
    for name, text in contents.items():
        write_atomic(output / name, text)
    return [*data, *(output / name for name in contents)]
