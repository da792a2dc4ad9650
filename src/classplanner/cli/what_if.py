"""``classplanner what-if``: plans variants of a scenario and compares them."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from classplanner.api import load
from classplanner.cli.executors import pool_of, pool_options
from classplanner.cli.exits import EXIT_OF, EXIT_UNKNOWN
from classplanner.cli.options import (
    delta_options,
    deltas_of,
    file_argument,
    json_option,
    lang_option,
    output_option,
)
from classplanner.cli.output import say, show, show_json
from classplanner.cli.plan import make_sure_of, search_options
from classplanner.cli.reading import read_plan
from classplanner.cli.signals import stop_on_signals
from classplanner.deltas import Delta
from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.timetable import dump_timetable, write_atomic
from classplanner.whatif import (
    MOST_COMBINED,
    Outcome,
    combinations,
    document,
    render_outcomes,
    views,
    what_if,
)

__all__ = ["what_if_command"]


def what_if_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "what-if",
        callback=functools.partial(_what_if, language=language),
        help=language.text("cli.what-if.help"),
        short_help=language.text("cli.what-if.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            *delta_options(language),
            click.Option(
                ["--base"],
                type=click.Path(readable=False),
                metavar=language.text("cli.metavar.timetable"),
                help=language.text("cli.what-if.base"),
            ),
            click.Option(["--combine"], is_flag=True, help=language.text("cli.what-if.combine")),
            output_option(language, "what-if"),
            *search_options(language, workers=False),
            *pool_options(language),
            json_option(language),
            lang_option(language),
        ],
    )


def _what_if(
    *,
    language: Language,
    scenario: str,
    deltas: tuple[str, ...],
    changes: tuple[str, ...],
    base: str | None,
    combine: bool,
    output: Path | None,
    time_limit: float,
    seed: int,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    as_json: bool,
) -> int:
    planned = load(scenario)
    variants = _variants(deltas, changes, combine=combine)
    start = None if base is None else read_plan(base, planned)
    if output is not None:
        make_sure_of(output)
    with stop_on_signals() as stop, pool_of(workers, executor, scheduler) as pool:
        outcomes = what_if(
            planned,
            variants,
            base=start,
            combine=combine,
            time_limit=time_limit,
            seed=seed,
            **pool,
            on_outcome=functools.partial(_tell, language, output),
            stop=stop,
        )
    if output is not None:
        _write(outcomes, output, language, combine=combine)
    if as_json:
        show_json(document(outcomes, language, combined=combine))
    else:
        show(*views(outcomes, language, combined=combine))
    if len(outcomes) <= len(combinations(len(variants), combine=combine)):
        return EXIT_UNKNOWN
    return EXIT_OF[outcomes[0].status]


def _variants(files: Sequence[str], changes: Sequence[str], *, combine: bool) -> list[Delta]:
    """Read the deltas, each of which makes a variant."""
    found = deltas_of(files, changes)
    if not found:
        raise InputError([Fault("", "", "no-delta")])
    if combine and len(found) > MOST_COMBINED:
        raise InputError(
            [Fault("", "--combine", "too-many", {"max_length": MOST_COMBINED, "actual_length": len(found)})]
        )
    return found


def _tell(language: Language, output: Path | None, outcome: Outcome) -> None:
    """Say that a variant is done, and keep its plan."""
    title = outcome.title or language.text("whatif.base")
    status = language.text(f"report.status.{outcome.status}")
    say(language.text("cli.what-if.done", title=title, status=status, seconds=round(outcome.seconds)))
    if output is not None and outcome.timetable is not None:
        write_atomic(output / f"{_stem(outcome)}.json", dump_timetable(outcome.timetable))


def _stem(outcome: Outcome) -> str:
    """Return the name of the file for a variant: the numbers of its deltas, from 1."""
    return "-".join(["variant", *(str(delta + 1) for delta in outcome.deltas)]) if outcome.deltas else "base"


def _write(outcomes: Sequence[Outcome], output: Path, language: Language, *, combine: bool) -> None:
    pages: dict[str, Callable[[], str]] = {
        "what-if.json": lambda: json.dumps(
            document(outcomes, language, combined=combine), ensure_ascii=False, indent=1
        ),
        "what-if.html": lambda: render_outcomes(outcomes, language, combined=combine),
    }
    for name, make in pages.items():
        write_atomic(output / name, make())
        say(language.text("cli.written", path=output / name))
