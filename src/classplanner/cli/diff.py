"""``classplanner diff``: says what changed between two timetables, and whom to tell."""

from __future__ import annotations

import datetime as dt
import functools
from pathlib import Path
from typing import Any

import click

from classplanner.api import load
from classplanner.cli.exits import EXIT_OK
from classplanner.cli.options import file_argument, json_option, lang_option, path_option
from classplanner.cli.output import say, show, show_json
from classplanner.diff import Difference, compare, notices
from classplanner.export import changes_workbook
from classplanner.language import Language
from classplanner.report import difference_view, render_difference
from classplanner.rules import Names
from classplanner.scenario import Calendar, Scenario
from classplanner.scenario.content import is_workbook
from classplanner.timetable import Timetable, load_timetable, write_atomic

__all__ = ["diff_command", "difference_document"]


def diff_command(language: Language) -> click.Command:
    """Make the command."""
    return click.Command(
        "diff",
        callback=functools.partial(_diff, language=language),
        help=language.text("cli.diff.help"),
        short_help=language.text("cli.diff.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("first", language),
            file_argument("second", language),
            click.Option(
                ["--scenario"],
                type=click.Path(readable=False),
                metavar=language.text("cli.metavar.scenario"),
                help=language.text("cli.diff.scenario"),
            ),
            *(path_option(language, "diff", kind) for kind in ("html", "xlsx")),
            click.Option(["--notices", "with_notices"], is_flag=True, help=language.text("cli.diff.notices")),
            json_option(language),
            lang_option(language),
        ],
    )


def _diff(
    *,
    language: Language,
    first: str,
    second: str,
    scenario: str | None,
    html: Path | None,
    xlsx: Path | None,
    with_notices: bool,
    as_json: bool,
) -> int:
    planned = None if scenario is None else load(scenario)
    names = Names(planned or _NAMELESS)
    difference = compare(_read(first, planned), _read(second, planned))
    files: dict[Path, str | bytes] = {}
    if html is not None:
        files[html] = render_difference(difference, names, language)
    if xlsx is not None:
        files[xlsx] = changes_workbook(difference, names, language)
    for path, content in files.items():
        write_atomic(path, content)
    if as_json:
        show_json(difference_document(difference, names, language))
    else:
        show(difference_view(difference, names, language, with_notices=with_notices), soft_wrap=True)
    for path in files:
        say(language.text("cli.written", path=path))
    return EXIT_OK


def _read(file: str, scenario: Scenario | None) -> Timetable:
    """Read a timetable; a delta may have brought ids that the scenario does not know, names are of it."""
    return load_timetable(file, scenario if is_workbook(file) else None)


# Where no scenario is named, everything goes by its id.
_NAMELESS = Scenario(calendar=Calendar(first_day=dt.date(2000, 1, 1), last_day=dt.date(2000, 1, 1)))


def difference_document(difference: Difference, names: Names, language: Language) -> dict[str, Any]:
    """Return changes as a document: how many, all of them, and the notices."""
    return {
        "number": difference.number,
        "tiers": dict(difference.tiers),
        **difference.model_dump(mode="json"),
        "notices": [
            {"kind": notice.kind, "id": notice.id, "name": notice.name, "text": notice.text}
            for notice in notices(difference, names, language)
        ],
    }
