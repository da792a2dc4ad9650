"""What a partial plan leaves out and why, in the planner's words."""

from __future__ import annotations

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from classplanner.language import Language
from classplanner.rules import Fact, Names, Statement
from classplanner.scenario import Cohort, Scenario
from classplanner.timetable import LeftOut, Timetable

__all__ = ["describe_trainees", "left_out_rows", "left_out_table"]


def describe_trainees(scenario: Scenario, timetable: Timetable, language: Language) -> str:
    """Say how many trainees a partial plan has, and how many any plan can have; nothing of another plan."""
    if timetable.partial is None:
        return ""
    planned = {entry.id for entry in timetable.cohorts}
    everyone = sum(cohort.size for cohort in scenario.all_cohorts)
    trainees = sum(cohort.size for cohort in scenario.all_cohorts if cohort.id in planned)
    most = timetable.partial.most
    if trainees == everyone:
        return language.text("report.partial.everyone", trainees=trainees)
    if most is None:
        return language.text("report.partial.some", trainees=trainees, everyone=everyone)
    if most == trainees:
        return language.text("report.partial.most", trainees=trainees, everyone=everyone)
    return language.text("report.partial.more", trainees=trainees, everyone=everyone, most=most)


def left_out_rows(scenario: Scenario, timetable: Timetable, language: Language) -> list[tuple[str, int, str]]:
    """List the classes that a partial plan leaves out: id, trainees, and why, as far as that is known."""
    entries = (
        {} if timetable.partial is None else {entry.cohort: entry for entry in timetable.partial.left_out}
    )
    return [
        (cohort.id, cohort.size, _reason(scenario, cohort, entries[cohort.id], language))
        for cohort in scenario.all_cohorts
        if cohort.id in entries
    ]


def _reason(scenario: Scenario, cohort: Cohort, entry: LeftOut, language: Language) -> str:
    if entry.reason is None:
        return ""
    programme = scenario.programme_by_id[cohort.programme]
    facts: dict[str, Fact] = {
        "cohort": cohort.id,
        "size": cohort.size,
        "days": programme.class_days(len(scenario.calendar.sessions)),
        "modules": entry.modules,
    }
    return Statement(f"left-out.{entry.reason}", tuple(facts.items())).describe(Names(scenario), language)


def left_out_table(scenario: Scenario, timetable: Timetable, language: Language) -> Group:
    """Show how many trainees a partial plan has, and which classes it leaves out; nothing of another plan."""
    rows = left_out_rows(scenario, timetable, language)
    told = describe_trainees(scenario, timetable, language)
    parts: list[Text | Table] = [Text(told, style="bold"), Text()] if told else []
    if rows:
        reasons = any(reason for _, _, reason in rows)
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
        table.add_column(Text(language.text("report.partial.title")), overflow="fold")
        table.add_column(Text(language.text("report.column.trainees")), justify="right")
        if reasons:
            table.add_column(Text(language.text("report.column.reason")), overflow="fold")
        for name, size, reason in rows:
            cells = Text(name, style="bold"), Text(language.number(size)), Text(reason)
            table.add_row(*cells[: 2 + reasons])
        parts += [table, Text()]
    return Group(*parts)
