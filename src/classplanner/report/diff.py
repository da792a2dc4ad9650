"""Shows what changed between two timetables: for the terminal, and as a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from classplanner.diff import (
    TIERS,
    Difference,
    in_order,
    notices,
    tell_class_change,
    tell_meeting_change,
)
from classplanner.language import Language
from classplanner.language.sorting import name_key
from classplanner.report.changes import changes
from classplanner.report.environment import environment
from classplanner.report.words import day_range, sentence
from classplanner.rules import Names

__all__ = ["difference_view", "numbers_by_kind", "render_difference", "sections_of"]


def difference_view(
    difference: Difference, names: Names, language: Language, *, with_notices: bool = False
) -> RenderableType:
    """Show changes in the terminal: how many of which kind, then by class, lecturer and hall."""
    if not (difference.cohorts or difference.meetings):
        return Text(language.text("diff.none"))
    parts: list[RenderableType] = [Text(language.text("diff.number", number=difference.number), style="bold")]
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for tier, number in numbers_by_kind(difference, language):
        table.add_row(tier, language.number(number))
    parts.append(table)
    for title, sections in sections_of(difference, names, language).items():
        parts += [Text(), Text(language.text(f"diff.{title}"), style="bold")]
        for name, lines in sections.items():
            parts.append(Text(name))
            parts += [Text(f"  {line}") for line in lines]
    if with_notices:
        parts += [Text(), Text(language.text("diff.notices"), style="bold")]
        for notice in notices(difference, names, language):
            parts += [Text(notice.text), Text()]
    return Group(*parts)


def render_difference(difference: Difference, names: Names, language: Language) -> str:
    """Write changes as a page: how many, by class, lecturer and hall, and the notices."""
    return (
        environment()
        .get_template("diff.html.j2")
        .render(
            language=language,
            text=language.text,
            number=language.number,
            sentence=sentence,
            title=names.scenario.name,
            difference=difference,
            numbers=list(numbers_by_kind(difference, language)),
            sections={
                key: some
                for key, some in sections_of(difference, names, language).items()
                if key != "classes"
            },
            changes=changes(difference, names, language),
            notices=notices(difference, names, language),
        )
    )


def numbers_by_kind(difference: Difference, language: Language) -> Iterator[tuple[str, int]]:
    """Go through the kinds of change there are, the gravest first, and how many of each."""
    for tier in reversed(TIERS):
        if difference.tiers[tier]:
            yield language.text(f"diff.tier.{tier}"), difference.tiers[tier]
    for key, side in (("new", "before"), ("dropped", "after")):
        number = sum(getattr(change, side) is None for change in difference.meetings)
        if number:
            yield language.text(f"diff.tier.{key}"), number


def sections_of(
    difference: Difference, names: Names, language: Language
) -> Mapping[str, Mapping[str, list[str]]]:
    """Sort the lines that tell the changes by class, lecturer and hall."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    lecturers: defaultdict[str, list[str]] = defaultdict(list)
    for course in difference.cohorts:
        classes[course.cohort].append(tell_class_change(course, names, language))
    for change in difference.meetings:
        line = sentence(tell_meeting_change(change, names, language))
        for cohort in change.meeting.cohorts:
            classes[cohort].append(line)
        for person in change.people:
            lecturers[names.lecturer(person)].append(line)
    people = {name: lecturers[name] for name in sorted(lecturers, key=name_key)}
    by_class = {
        language.text("report.class", cohort=cohort): classes[cohort] for cohort in in_order(classes, names)
    }
    found = {"classes": by_class, "lecturers": people, "halls": _halls(difference, names, language)}
    return {title: lines for title, lines in found.items() if lines}


def _halls(difference: Difference, names: Names, language: Language) -> dict[str, list[str]]:
    """Say of each hall which classes leave it and which come."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for course in difference.cohorts:
        for key, entry in (("hall-was", course.before), ("hall-is", course.after)):
            if entry is not None:
                dates = day_range(entry.opens, entry.closes)
                line = language.text("diff.hall-line", cohort=course.cohort, dates=dates)
                lines[names.room(entry.room)].append(language.text(f"diff.{key}", line=line))
    return lines
