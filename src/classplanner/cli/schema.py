"""``classplanner schema``: prints the JSON Schema of scenario files, or of deltas."""

from __future__ import annotations

import click

from classplanner.cli.options import lang_option
from classplanner.cli.output import show_json
from classplanner.deltas import Delta
from classplanner.language import Language
from classplanner.scenario import Scenario

__all__ = ["schema_command"]


def schema_command(language: Language) -> click.Command:
    """Make the command."""

    def run(*, delta: bool) -> None:
        show_json((Delta if delta else Scenario).model_json_schema(by_alias=True))

    return click.Command(
        "schema",
        callback=run,
        help=language.text("cli.schema.help"),
        short_help=language.text("cli.schema.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            click.Option(["--delta"], is_flag=True, help=language.text("cli.schema.delta")),
            lang_option(language),
        ],
    )
