"""``classplanner check``: judges a timetable, whoever made it."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.api import check, load
from classplanner.check import Verdict
from classplanner.cli.breaches import breach_record, breach_text
from classplanner.cli.exits import EXIT_NEGATIVE, EXIT_OK
from classplanner.cli.options import file_argument, json_option, lang_option
from classplanner.cli.output import show, show_json
from classplanner.language import Language
from classplanner.report import left_out_rows, left_out_table
from classplanner.rules import Names
from classplanner.scenario import Scenario
from classplanner.timetable import CellIndex, LeftOut, PartialRecord, Timetable, read_timetable

__all__ = ["check_command"]


def check_command(language: Language) -> click.Command:
    """Make the command."""

    def run(scenario: str, timetable: str, as_json: bool) -> int:  # noqa: FBT001
        planned = load(scenario)
        judged, cells = read_timetable(timetable, planned)
        verdict = check(planned, judged)
        if as_json:
            show_json(_document(planned, judged, verdict, language, cells))
        else:
            show(_report(planned, judged, verdict, language, cells), soft_wrap=True)
        return EXIT_OK if verdict.ok else EXIT_NEGATIVE

    return click.Command(
        "check",
        callback=run,
        help=language.text("cli.check.help"),
        short_help=language.text("cli.check.short"),
        options_metavar=language.text("cli.metavar.options"),
        params=[
            file_argument("scenario", language),
            file_argument("timetable", language),
            json_option(language),
            lang_option(language),
        ],
    )


def _report(
    scenario: Scenario,
    timetable: Timetable,
    verdict: Verdict,
    language: Language,
    cells: CellIndex | None,
) -> Group:
    names = Names(scenario)
    parts: list[RenderableType] = []
    if verdict.ok:
        parts.append(Text(language.text("cli.check.ok")))
    else:
        parts.append(Text(language.text("cli.check.breaches", number=len(verdict.breaches))))
        parts += [Text(breach_text(breach, names, language, cells)) for breach in verdict.breaches]
    parts += [Text(note.describe(names, language)) for note in verdict.notes]
    parts.append(left_out_table(scenario, _bare(timetable), language))
    parts.append(_costs(names, verdict, language))
    return Group(*parts)


def _bare(timetable: Timetable) -> Timetable:
    """Return a timetable with the names of the classes it leaves out, and none of its unchecked claims."""
    if timetable.partial is None:
        return timetable
    names = PartialRecord(left_out=tuple(LeftOut(cohort=one.cohort) for one in timetable.partial.left_out))
    return timetable.model_copy(update={"partial": names})


def _costs(names: Names, verdict: Verdict, language: Language) -> Table:
    """Lay out which object costs what, with the sum of each term."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for term, total in verdict.terms.model_dump().items():
        if total:
            table.add_row()
            title = language.text(f"report.term.{term}")
            table.add_row(Text(title, style="bold"), Text(language.number(total), style="bold"))
            for cost in verdict.costs:
                if cost.term == term:
                    subject = cost.subject.describe(names, language)
                    table.add_row(Text(f"  {subject}"), language.number(cost.amount))
    table.add_row()
    table.add_row(
        Text(language.text("cli.check.total"), style="bold"),
        Text(language.number(verdict.terms.total), style="bold"),
    )
    return table


def _document(
    scenario: Scenario,
    timetable: Timetable,
    verdict: Verdict,
    language: Language,
    cells: CellIndex | None,
) -> dict[str, Any]:
    names = Names(scenario)
    return {
        "ok": verdict.ok,
        "breaches": [breach_record(breach, names, language, cells) for breach in verdict.breaches],
        "left_out": [
            {"cohort": name, "trainees": size}
            for name, size, _ in left_out_rows(scenario, timetable, language)
        ],
        "notes": [note.describe(names, language) for note in verdict.notes],
        "total": verdict.terms.total,
        "terms": verdict.terms.model_dump(),
        "costs": [
            {
                "term": cost.term,
                "count": cost.count,
                "amount": cost.amount,
                "subject": cost.subject.describe(names, language),
            }
            for cost in verdict.costs
        ],
    }
