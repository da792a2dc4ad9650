"""``classplanner template`` and ``convert``: scenarios as Excel workbooks, and as files of other kinds."""

from __future__ import annotations

from pathlib import Path

import click

from classplanner.api import load
from classplanner.cli.options import file_argument, lang_option
from classplanner.cli.output import say
from classplanner.errors import Fault, InputError
from classplanner.export.document import document_template
from classplanner.language import Language
from classplanner.scenario.dumping import dump_scenario
from classplanner.scenario.workbook import template
from classplanner.timetable import write_atomic

__all__ = ["convert_command", "template_command"]


def template_command(language: Language) -> click.Command:
    """Make the command that writes an empty workbook, or the template of Word documents."""

    def run(output: Path) -> None:
        makers = {".xlsx": template, ".docx": document_template}
        maker = makers.get(output.suffix.lower())
        if maker is None:
            raise InputError([Fault(str(output), "", "unknown-format", {"known": ", ".join(makers)})])
        if output.exists():
            raise InputError([Fault(str(output), "", "exists")])
        write_atomic(output, maker(language))
        say(language.text("cli.written", path=output))

    return click.Command(
        "template",
        callback=run,
        help=language.text("cli.template.help"),
        short_help=language.text("cli.template.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            click.Option(
                ["-o", "--output"],
                type=click.Path(path_type=Path),
                required=True,
                metavar=language.text("cli.metavar.file"),
                help=language.text("cli.template.output"),
            ),
            lang_option(language),
        ],
    )


def convert_command(language: Language) -> click.Command:
    """Make the command that writes a scenario as another kind of file."""

    def run(scenario: str, target: str) -> None:
        path = Path(target)
        write_atomic(path, dump_scenario(load(scenario), path.suffix, language))
        say(language.text("cli.written", path=path))

    return click.Command(
        "convert",
        callback=run,
        help=language.text("cli.convert.help"),
        short_help=language.text("cli.convert.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            file_argument("target", language),
            lang_option(language),
        ],
    )
