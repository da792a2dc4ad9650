"""``classplanner why``, ``why-not`` and ``suggest``: why a plan is so, and what anything else would cost."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

import click

from classplanner.api import load
from classplanner.cli.exits import EXIT_NEGATIVE, EXIT_OK, EXIT_UNKNOWN
from classplanner.cli.options import day, file_argument, json_option, lang_option, time_limit_option
from classplanner.cli.output import show, show_json
from classplanner.cli.reading import read_plan
from classplanner.cli.signals import stop_on_signals
from classplanner.errors import Fault, InputError
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.scenario import Lock, Scenario
from classplanner.timetable import Timetable

__all__ = ["suggest_command", "why_command", "why_not_command"]

_EXIT = {"possible": EXIT_OK, "impossible": EXIT_NEGATIVE, "unknown": EXIT_UNKNOWN}


def why_command(language: Language) -> click.Command:
    """Make the command ``why``."""
    return _command("why", language, _why, [_text("module", language, required=True)])


def suggest_command(language: Language) -> click.Command:
    """Make the command ``suggest``."""
    return _command("suggest", language, _suggest, [_text("module", language, required=True)])


def why_not_command(language: Language) -> click.Command:
    """Make the command ``why-not``."""
    options = [_text(name, language) for name in ("module", "lecturer", "session", "room", "venue")]
    options += [_day(name, language) for name in ("date", "until", "opens")]
    return _command("why-not", language, _why_not, options)


def _command(
    name: str, language: Language, callback: Callable[..., int], options: list[click.Option]
) -> click.Command:
    return click.Command(
        name,
        callback=functools.partial(callback, language=language),
        help=language.text(f"cli.{name}.help"),
        short_help=language.text(f"cli.{name}.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            file_argument("timetable", language),
            _text("cohort", language, required=True),
            *options,
            time_limit_option(language, 60),
            json_option(language),
            lang_option(language),
        ],
    )


def _text(name: str, language: Language, *, required: bool = False) -> click.Option:
    metavar, help_ = language.text("cli.metavar.id"), language.text(f"cli.asked.{name}")
    return click.Option([f"--{name}"], required=required, metavar=metavar, help=help_)


def _day(name: str, language: Language) -> click.Option:
    metavar, help_ = language.text("cli.metavar.day"), language.text(f"cli.asked.{name}")
    return click.Option([f"--{name}"], type=day(language), metavar=metavar, help=help_)


def _read(scenario: str, timetable: str) -> tuple[Scenario, Timetable]:
    """Read a scenario, and the plan that is asked about."""
    asked = load(scenario)
    return asked, read_plan(timetable, asked, partial=None, breach="question-breach")


def _why(
    *,
    language: Language,
    scenario: str,
    timetable: str,
    cohort: str,
    module: str,
    as_json: bool,
    time_limit: float,
) -> int:
    from classplanner.explaining import record_why, tell_why, why  # noqa: PLC0415

    asked, planned = _read(scenario, timetable)
    with stop_on_signals() as stop:
        found = why(asked, planned, cohort, module, time_limit=time_limit, stop=stop)
    names = Names(asked)
    if as_json:
        show_json(record_why(found, names, language).model_dump(mode="json", by_alias=True))
    else:
        show(tell_why(found, names, language), soft_wrap=True)
    return EXIT_OK


def _suggest(
    *,
    language: Language,
    scenario: str,
    timetable: str,
    cohort: str,
    module: str,
    as_json: bool,
    time_limit: float,
) -> int:
    from classplanner.explaining import (  # noqa: PLC0415
        record_suggestions,
        suggest,
        tell_suggestions,
    )

    asked, planned = _read(scenario, timetable)
    with stop_on_signals() as stop:
        found = suggest(asked, planned, cohort, module, time_limit=time_limit, stop=stop)
    names = Names(asked)
    here = next(one for one in planned.meetings if cohort in one.cohorts and one.module == module)
    if as_json:
        show_json(record_suggestions(here, found, names, language).model_dump(mode="json", by_alias=True))
    else:
        show(tell_suggestions(here, found, names, language), soft_wrap=True)
    return EXIT_OK if found else EXIT_NEGATIVE


def _why_not(
    *,
    language: Language,
    scenario: str,
    timetable: str,
    as_json: bool,
    time_limit: float,
    until: dt.date | None,
    **keys: Any,
) -> int:
    from classplanner.explaining import record_answer, tell_answer, why_not  # noqa: PLC0415

    asked, planned = _read(scenario, timetable)
    wish = _wish(keys, until)
    with stop_on_signals() as stop:
        found = why_not(asked, planned, wish, until=until, time_limit=time_limit, stop=stop)
    names = Names(asked)
    if as_json:
        show_json(record_answer(found, names, language).model_dump(mode="json", by_alias=True))
    else:
        show(tell_answer(found, names, language), soft_wrap=True)
    return _EXIT[found.status]


def _wish(keys: dict[str, Any], until: dt.date | None) -> Lock:
    """Return what is asked for as a lock."""
    given = {key: value for key, value in keys.items() if value is not None}
    of_module = [key for key in ("lecturer", "date", "session") if key in given]
    if of_module and "module" not in given:
        raise InputError([Fault("--module", "", "lock-module", {"keys": ", ".join(of_module)})])
    if set(given) <= {"cohort", "module"}:
        raise InputError([Fault("why-not", "", "wish-empty")])
    if until is not None and ("date" not in given or until < given["date"]):
        raise InputError([Fault("--until", "", "wish-until")])
    return Lock.model_validate(given)
