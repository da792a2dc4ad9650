"""``classplanner schema``: prints the JSON Schema of scenario files, of deltas, or of answers."""

from __future__ import annotations

import click

from classplanner.cli.options import lang_option
from classplanner.cli.output import show_json
from classplanner.deltas import Delta
from classplanner.language import Language
from classplanner.scenario import Scenario
from classplanner.scenario.base import Model

_RESULTS = ("explain", "repair", "why", "why-not", "suggest")

__all__ = ["schema_command"]


def schema_command(language: Language) -> click.Command:
    """Make the command."""

    def run(*, delta: bool, result: str | None) -> None:
        show_json(_model(result, delta=delta).model_json_schema(by_alias=True))

    return click.Command(
        "schema",
        callback=run,
        help=language.text("cli.schema.help"),
        short_help=language.text("cli.schema.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            click.Option(["--delta"], is_flag=True, help=language.text("cli.schema.delta")),
            click.Option(
                ["--result"],
                type=click.Choice(_RESULTS),
                metavar=language.text("cli.metavar.command-name"),
                help=language.text("cli.schema.result"),
            ),
            lang_option(language),
        ],
    )


def _model(result: str | None, *, delta: bool) -> type[Model]:
    if result is not None:
        from classplanner.explaining import RESULTS  # noqa: PLC0415

        return RESULTS[result]
    return Delta if delta else Scenario
