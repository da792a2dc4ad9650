"""``classplanner calendar``: shows the working days of a scenario, and why the others are not."""

from __future__ import annotations

import click

from classplanner.api import load
from classplanner.cli.options import file_argument, lang_option
from classplanner.cli.output import show
from classplanner.language import Language
from classplanner.report import calendar_view

__all__ = ["calendar_command"]


def calendar_command(language: Language) -> click.Command:
    """Make the command."""

    def run(scenario: str) -> None:
        show(calendar_view(load(scenario), language))

    return click.Command(
        "calendar",
        callback=run,
        help=language.text("cli.calendar.help"),
        short_help=language.text("cli.calendar.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[file_argument("scenario", language), lang_option(language)],
    )
