"""Arguments, options and kinds of value that several commands share."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from classplanner.deltas import Delta, load_delta, parse_words
from classplanner.errors import Fault, InputError
from classplanner.language import LANGUAGES, Language

__all__ = [
    "day",
    "delta_options",
    "deltas_of",
    "file_argument",
    "json_option",
    "lang_option",
    "number_option",
    "output_option",
    "path_option",
    "time_limit_option",
    "workers_option",
]


def file_argument(name: str, language: Language) -> click.Argument:
    """Make an argument that names a file. Whether the file can be read is seen where it is read."""
    metavar = language.text(f"cli.metavar.{name}")
    return click.Argument([name], type=click.Path(readable=False), metavar=metavar)


def lang_option(language: Language) -> click.Option:
    """Make the option --lang. It is read before all others; here it is only declared."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=language.text("cli.option.lang")
    )


def json_option(language: Language) -> click.Option:
    """Make the option --json."""
    return click.Option(["--json", "as_json"], is_flag=True, help=language.text("cli.check.json"))


def path_option(language: Language, command: str, name: str) -> click.Option:
    """Make an option of a command that names a file."""
    return click.Option(
        [f"--{name}"],
        type=click.Path(path_type=Path),
        metavar=language.text("cli.metavar.file"),
        help=language.text(f"cli.{command}.{name}"),
    )


def output_option(language: Language, command: str) -> click.Option:
    """Make the option --output of a command, which names a folder."""
    return click.Option(
        ["-o", "--output"],
        type=click.Path(path_type=Path),
        metavar=language.text("cli.metavar.output"),
        help=language.text(f"cli.{command}.output"),
    )


def number_option(
    language: Language, command: str, name: str, limits: tuple[int, int], **more: Any
) -> click.Option:
    """Make an option of a command that takes a whole number within limits."""
    return click.Option(
        [f"--{name}"],
        type=_whole_number(language, *limits),
        metavar=language.text("cli.metavar.number"),
        help=language.text(f"cli.{command}.{name}"),
        **more,
    )


def workers_option(language: Language, command: str) -> click.Option:
    """Make the option --workers of a command."""
    return number_option(language, command, "workers", (1, 256))


def time_limit_option(language: Language, default: int) -> click.Option:
    """Make the option --time-limit."""
    return click.Option(
        ["--time-limit"],
        type=_seconds(language),
        metavar=language.text("cli.metavar.seconds"),
        default=default,
        show_default=True,
        help=language.text("cli.plan.time-limit"),
    )


def _seconds(language: Language) -> Callable[[str | float], float]:
    """Return what reads an option that takes seconds: any number above 0."""

    def read(value: str | float) -> float:
        with contextlib.suppress(ValueError):
            number = float(value)
            if math.isfinite(number) and number > 0:
                return number
        raise click.BadParameter(language.text("cli.value.seconds", value=str(value)))

    return read


def _whole_number(language: Language, first: int, last: int) -> Callable[[str | int], int]:
    """Return what reads an option that takes a whole number within limits."""

    def read(value: str | int) -> int:
        with contextlib.suppress(ValueError):
            number = int(value)
            if first <= number <= last:
                return number
        raise click.BadParameter(language.text("cli.value.number", value=str(value), first=first, last=last))

    return read


def day(language: Language) -> Callable[[str | dt.date], dt.date]:
    """Return what reads an option that takes a date."""

    def read(value: str | dt.date) -> dt.date:
        if isinstance(value, dt.date):
            return value
        with contextlib.suppress(ValueError):
            return dt.date.fromisoformat(value)
        raise click.BadParameter(language.text("cli.value.day", value=value))

    return read


def delta_options(language: Language) -> list[click.Parameter]:
    """Make the argument and the option that say what is different: files, and changes in short."""
    return [
        click.Argument(
            ["deltas"], nargs=-1, type=click.Path(readable=False), metavar=language.text("cli.metavar.deltas")
        ),
        click.Option(
            ["--set", "changes"],
            multiple=True,
            metavar=language.text("cli.metavar.change"),
            help=language.text("cli.option.set"),
        ),
    ]


def deltas_of(files: Sequence[str], changes: Sequence[str]) -> list[Delta]:
    """Read deltas: files first, then changes in short.

    Raises
    ------
    InputError
        With the faults of all of them.
    """
    found: list[Delta] = []
    faults: list[Fault] = []
    for read, sources in ((load_delta, files), (parse_words, changes)):
        for source in sources:
            try:
                found.append(read(source))
            except InputError as error:
                faults += error.faults
    if faults:
        raise InputError(faults)
    return found
