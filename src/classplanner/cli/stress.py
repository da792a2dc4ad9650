"""``classplanner stress``: shows what a plan hangs on."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Sequence
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.api import load
from classplanner.cli.executors import pool_of, pool_options
from classplanner.cli.exits import EXIT_OK, EXIT_UNKNOWN
from classplanner.cli.options import day, file_argument, json_option, lang_option
from classplanner.cli.output import say, show, show_json
from classplanner.cli.plan import search_options
from classplanner.cli.reading import read_plan
from classplanner.cli.signals import stop_on_signals
from classplanner.diff import tell_meeting
from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.stress import LOSSES, Loss, Standby, standbys, stress

__all__ = ["stress_command"]


def stress_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "stress",
        callback=functools.partial(_stress, language=language),
        help=language.text("cli.stress.help"),
        short_help=language.text("cli.stress.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            file_argument("timetable", language),
            click.Option(
                ["--from", "from_"],
                type=day(language),
                metavar=language.text("cli.metavar.day"),
                help=language.text("cli.stress.from"),
            ),
            click.Option(
                ["--lose", "kinds"],
                multiple=True,
                type=click.Choice(LOSSES),
                help=language.text("cli.stress.lose"),
            ),
            click.Option(
                ["--standby"],
                multiple=True,
                metavar=language.text("cli.metavar.lecturer"),
                help=language.text("cli.stress.standby"),
            ),
            *search_options(language, workers=False),
            *pool_options(language),
            json_option(language),
            lang_option(language),
        ],
    )


def _stress(
    *,
    language: Language,
    scenario: str,
    timetable: str,
    from_: dt.date | None,
    kinds: tuple[Any, ...],
    standby: tuple[str, ...],
    time_limit: float,
    seed: int,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    as_json: bool,
) -> int:
    planned = load(scenario)
    plan = read_plan(timetable, planned)
    _make_sure_of(planned, standby)
    names = Names(planned)
    with stop_on_signals() as stop, pool_of(workers, executor, scheduler) as pool:
        found = stress(
            planned,
            plan,
            from_=from_,
            kinds=kinds or LOSSES,
            time_limit=time_limit,
            seed=seed,
            **pool,
            on_loss=functools.partial(_tell, names, language),
            stop=stop,
        )
        stand_ins = {
            one: standbys(planned, plan, one, from_=from_, time_limit=time_limit, seed=seed)
            for one in standby
            if not stop()
        }
        stopped = stop()
    if as_json:
        show_json(_document(found, stand_ins))
    else:
        show(*_view(found, stand_ins, names, language), soft_wrap=True)
    return EXIT_UNKNOWN if stopped else EXIT_OK


def _tell(names: Names, language: Language, loss: Loss, done: int, number: int) -> None:
    """Say how far the run has come."""
    repair = language.text(f"stress.status.{loss.status}")
    title = _title(loss, names, language)
    say(language.text("cli.stress.done", done=done, all=number, title=title, repair=repair))


def _make_sure_of(scenario: Scenario, standby: Sequence[str]) -> None:
    """Refuse lecturers whom the scenario does not know."""
    known = {lecturer.id for lecturer in scenario.lecturers}
    faults = [
        Fault("", "--standby", "unknown-lecturer", {"value": one}) for one in standby if one not in known
    ]
    if faults:
        raise InputError(faults)


def _title(loss: Loss, names: Names, language: Language) -> str:
    if loss.kind == "week":
        return language.text("stress.week", date=dt.date.fromisoformat(loss.id))
    return names.lecturer(loss.id) if loss.kind == "lecturer" else names.room(loss.id)


def _view(
    found: Sequence[Loss], stand_ins: dict[str, tuple[Standby, ...]], names: Names, language: Language
) -> list[RenderableType]:
    table = Table(box=None, pad_edge=False)
    for column in ("lost", "meetings", "repair", "changes", "price"):
        justify: Any = "left" if column in ("lost", "repair") else "right"
        table.add_column(language.text(f"stress.column.{column}"), justify=justify)
    for loss in found:
        table.add_row(
            _title(loss, names, language),
            language.number(loss.meetings),
            language.text(f"stress.status.{loss.status}"),
            "" if loss.changes is None else language.number(loss.changes),
            "" if loss.price is None else language.number(loss.price),
        )
    parts: list[RenderableType] = [table]
    for lecturer, standby in stand_ins.items():
        parts += [
            Text(),
            Text(language.text("stress.standby", lecturer=names.lecturer(lecturer)), style="bold"),
        ]
        for one in standby:
            meeting = one.meeting
            parts.append(
                Text(
                    language.text(
                        "stress.stands-in" if one.lecturer else "stress.nobody",
                        what=language.text(
                            "diff.what",
                            cohorts=meeting.cohorts,
                            module=names.module_of_cohort(meeting.cohorts[0], meeting.module),
                        ),
                        when=tell_meeting(meeting, names, language, lecturers=False),
                        lecturer=names.lecturer(one.lecturer or ""),
                    )
                )
            )
    return parts


def _document(found: Sequence[Loss], stand_ins: dict[str, tuple[Standby, ...]]) -> dict[str, Any]:
    return {
        "losses": [vars(loss) for loss in found],
        "standbys": {
            lecturer: [
                {"meeting": one.meeting.model_dump(mode="json"), "lecturer": one.lecturer} for one in standby
            ]
            for lecturer, standby in stand_ins.items()
        },
    }
