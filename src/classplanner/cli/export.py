"""``classplanner export``: writes a timetable as the files that an office hands out."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from classplanner.api import check, load
from classplanner.cli.exits import EXIT_NEGATIVE, EXIT_OK
from classplanner.cli.options import lang_option, path_option
from classplanner.cli.output import say
from classplanner.errors import Fault, InputError
from classplanner.export import KINDS, WAIVERS_FILE, Edition, Pack, load_waivers, write_pack
from classplanner.export.document import read_document_template
from classplanner.export.waivers import waiver_of
from classplanner.language import Language
from classplanner.timetable import SCENARIO_FILE, TIMETABLE_FILE, load_timetable

__all__ = ["export_command"]

_MANY = 5


def export_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "export",
        callback=functools.partial(_export, language=language),
        help=language.text("cli.export.help"),
        short_help=language.text("cli.export.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            click.Argument(
                ["scenario"],
                type=click.Path(path_type=Path),
                metavar=f"[{language.text('cli.metavar.scenario')}]",
            ),
            click.Argument(
                ["directory"],
                type=click.Path(path_type=Path),
                required=False,
                metavar=language.text("cli.metavar.output"),
            ),
            click.Option(["--all", "whole"], is_flag=True, help=language.text("cli.export.all")),
            *(
                click.Option([f"--{kind}"], is_flag=True, help=language.text(f"cli.export.{kind}"))
                for kind in KINDS
            ),
            *(
                path_option(language, "export", name)
                for name in ("timetable", "base", "word-template", "waivers")
            ),
            lang_option(language),
        ],
    )


def _export(
    *,
    language: Language,
    scenario: Path,
    directory: Path | None,
    whole: bool,
    timetable: Path | None,
    base: Path | None,
    word_template: Path | None,
    waivers: Path | None,
    **kinds: Any,
) -> int:
    if directory is None and scenario.is_file():
        raise InputError([Fault(str(scenario), "", "export-where")])
    if directory is None:  # only the folder is given: plan and replan put the scenario there
        directory, scenario = scenario, scenario / SCENARIO_FILE
    own = directory / WAIVERS_FILE  # filled in since the last time
    if waivers is None and own.exists():
        waivers = own
    planned = load(scenario)
    exported = load_timetable(timetable or directory / TIMETABLE_FILE, planned)
    pack = Pack(
        kinds=[kind for kind in KINDS if kinds[kind]] or ["html", "xlsx"],
        whole=whole,
        base=None if base is None else load_timetable(base, planned),
        before=None if base is None else base.parent,
        template=None if word_template is None else read_document_template(word_template),
        waivers=() if waivers is None else load_waivers(waivers),
    )
    verdict = check(planned, exported)
    _tell(write_pack(Edition(planned, exported, language), verdict, directory, pack), language)
    unwaived = sum(waiver_of(breach, pack.waivers) is None for breach in verdict.breaches)
    if unwaived:
        say(language.text("cli.export.unwaived", number=unwaived))
        if whole:
            say(language.text("cli.export.accept", path=own))
    return EXIT_NEGATIVE if unwaived else EXIT_OK


def _tell(files: Sequence[Path], language: Language) -> None:
    """Say what was written: file by file, but of a folder with many only how many."""
    for folder, found in groupby(files, key=lambda file: file.parent):
        inside = list(found)
        if len(inside) > _MANY:
            say(language.text("cli.export.folder", path=folder, number=len(inside)))
        else:
            for file in inside:
                say(language.text("cli.written", path=file))
