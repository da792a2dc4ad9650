"""``classplanner schema``: prints the JSON Schema of scenario files."""

from __future__ import annotations

import json

import click

from classplanner.cli.options import help_option, lang_option
from classplanner.language import Language
from classplanner.scenario import Scenario

__all__ = ["schema_command"]


def schema_command(language: Language) -> click.Command:
    """Make the command."""

    def run() -> None:
        click.echo(json.dumps(Scenario.model_json_schema(by_alias=True), ensure_ascii=False, indent=1))

    return click.Command(
        "schema",
        callback=run,
        help=language.text("cli.schema.help"),
        short_help=language.text("cli.schema.short"),
        add_help_option=False,
        params=[lang_option(language), help_option(language)],
    )
