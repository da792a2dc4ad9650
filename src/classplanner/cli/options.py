"""Arguments and options that several commands share."""

from __future__ import annotations

import click
from rich.console import Console

from classplanner.language import LANGUAGES, Language

__all__ = ["PLAIN_WIDTH", "console", "help_option", "lang_option", "scenario_argument"]

# Where the output is not a terminal, it has no width; tables then get this many columns.
PLAIN_WIDTH = 120


def scenario_argument() -> click.Argument:
    """Make the argument SCENARIO."""
    return click.Argument(["scenario"], type=click.Path(), metavar="SCENARIO")


def lang_option(language: Language) -> click.Option:
    """Make the option --lang. It is read before all others; here it is only declared."""
    return click.Option(
        ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=language.text("cli.option.lang")
    )


def help_option(language: Language) -> click.Option:
    """Make the option --help, with its help in the language."""

    def show(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
        if wanted and not context.resilient_parsing:
            click.echo(context.get_help(), color=context.color)
            context.exit()

    return click.Option(
        ["--help"],
        is_flag=True,
        expose_value=False,
        is_eager=True,
        callback=show,
        help=language.text("cli.option.help"),
    )


def console(*, errors: bool = False) -> Console:
    """Return a console on standard output, or standard error, that does not guess at markup."""
    made = Console(stderr=errors, highlight=False, markup=False, emoji=False)
    if not made.is_terminal:
        made = Console(stderr=errors, highlight=False, markup=False, emoji=False, width=PLAIN_WIDTH)
    return made
