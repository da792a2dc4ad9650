"""``classplanner frontier``: shows how much a scenario has room for, and what more would be worth."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence
from typing import Any

import click
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.api import load, plan
from classplanner.cli.executors import pool_of, pool_options
from classplanner.cli.exits import EXIT_OK, EXIT_UNKNOWN
from classplanner.cli.options import file_argument, json_option, lang_option, number_option
from classplanner.cli.output import say, show, show_json
from classplanner.cli.plan import search_options
from classplanner.cli.reading import read_plan
from classplanner.cli.signals import stop_on_signals
from classplanner.errors import Fault, InputError
from classplanner.frontier import (
    Answer,
    Prober,
    Worth,
    fewest_days,
    fewest_halls,
    fewest_lecturers,
    most_classes,
    with_classes,
    worth,
)
from classplanner.language import Language
from classplanner.language.sorting import name_key
from classplanner.rules import Names, describe_period
from classplanner.scenario import Cohort, Period, Scenario

__all__ = ["frontier_command"]

_QUESTIONS = ("classes", "halls", "lecturers", "days", "worth")


def frontier_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "frontier",
        callback=functools.partial(_frontier, language=language),
        help=language.text("cli.frontier.help"),
        short_help=language.text("cli.frontier.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            click.Option(
                ["--ask", "questions"],
                multiple=True,
                type=click.Choice(_QUESTIONS),
                help=language.text("cli.frontier.ask"),
            ),
            click.Option(
                ["--like"],
                metavar=language.text("cli.metavar.class"),
                help=language.text("cli.frontier.like"),
            ),
            number_option(language, "frontier", "classes", (1, 10_000)),
            click.Option(
                ["--base"],
                type=click.Path(readable=False),
                metavar=language.text("cli.metavar.timetable"),
                help=language.text("cli.frontier.base"),
            ),
            *search_options(language, workers=False),
            *pool_options(language),
            json_option(language),
            lang_option(language),
        ],
    )


def _frontier(
    *,
    language: Language,
    scenario: str,
    questions: tuple[str, ...],
    like: str | None,
    classes: int | None,
    base: str | None,
    time_limit: float,
    seed: int,
    workers: int | None,
    executor: str,
    scheduler: str | None,
    as_json: bool,
) -> int:
    planned = load(scenario)
    cohort = _like(planned, like)
    start = None if base is None else read_plan(base, planned)
    asked = questions or _QUESTIONS
    wanted = planned if classes is None else with_classes(planned, cohort, classes)
    answers: dict[str, Answer] = {}
    values: tuple[Worth, ...] = ()
    with stop_on_signals() as stop, pool_of(workers, executor, scheduler) as pool:
        prober = Prober(time_limit, seed, stop)
        ask: dict[str, Any] = {
            "classes": lambda: most_classes(planned, cohort, prober),
            "halls": lambda: fewest_halls(wanted, prober),
            "lecturers": lambda: fewest_lecturers(wanted, prober),
            "days": lambda: fewest_days(wanted, prober),
        }
        for question, answer in ask.items():
            if question in asked and not stop():
                answers[question] = answer()
                say(_told(question, answers[question], language))
        if "worth" in asked and not stop():
            plan_at_hand = start or plan(planned, time_limit=time_limit, seed=seed, stop=stop).timetable
            if plan_at_hand is not None:
                values = worth(planned, plan_at_hand, time_limit=time_limit, seed=seed, stop=stop, **pool)
    if as_json:
        show_json(_document(answers, values))
    else:
        show(*_view(planned, answers, values, language), soft_wrap=True)
    return EXIT_OK if answers or values else EXIT_UNKNOWN


def _like(scenario: Scenario, name: str | None) -> Cohort:
    """Return the class that more are made of: the one named, or else the last of the scenario."""
    cohorts = {cohort.id: cohort for cohort in scenario.all_cohorts}
    if name is None:
        return scenario.all_cohorts[-1]
    if name not in cohorts:
        raise InputError([Fault("", "--like", "unknown-cohort", {"value": name})])
    return cohorts[name]


def _told(question: str, answer: Answer, language: Language) -> str:
    """Say in one sentence what is known."""
    if answer.found is None:
        return language.text(f"frontier.{question}.none", bound=answer.bound)
    key = "proven" if answer.proven else "between"
    return language.text(f"frontier.{question}.{key}", found=answer.found, bound=answer.bound)


def _view(
    scenario: Scenario, answers: dict[str, Answer], values: Sequence[Worth], language: Language
) -> list[RenderableType]:
    names = Names(scenario)
    tell: dict[str, Callable[[str], str]] = {
        "halls": names.room,
        "lecturers": names.lecturer,
        "days": lambda day: language.date(dt.date.fromisoformat(day)),
    }
    parts: list[RenderableType] = []
    for question, answer in answers.items():
        parts.append(Text(_told(question, answer, language)))
        if answer.names:
            told = list(map(tell.get(question, str), answer.names))
            if question == "lecturers":
                told.sort(key=name_key)
            parts.append(Text(f"  {', '.join(told)}"))
    if values:
        table = Table(box=None, pad_edge=False)
        table.add_column(language.text("frontier.column.more"), overflow="fold")
        for column in ("least", "most"):
            table.add_column(language.text(f"frontier.column.{column}"), justify="right")
        for value in values:
            table.add_row(
                _what(value, names, language), language.number(value.least), language.number(value.most)
            )
        parts += [Text(), table]
    return parts


def _what(value: Worth, names: Names, language: Language) -> str:
    """Say what there would be more: a hall that is open, a lecturer who is free, and when."""
    (change,) = value.delta.changes
    lecturer, venue, room = (getattr(change, key, None) for key in ("lecturer", "venue", "room"))
    name = names.lecturer(lecturer) if lecturer else names.room(room) if room else names.venue(venue or "")
    assert isinstance(change, Period)
    key = "free" if lecturer else "open"
    return language.text(f"frontier.{key}", name=name, period=describe_period(change, language))


def _document(answers: dict[str, Answer], values: Sequence[Worth]) -> dict[str, Any]:
    return {
        **{question: {**vars(answer), "proven": answer.proven} for question, answer in answers.items()},
        "worth": [
            {
                "change": value.delta.changes[0].model_dump(mode="json", by_alias=True, exclude_none=True),
                "least": value.least,
                "most": value.most,
            }
            for value in values
        ],
    }
