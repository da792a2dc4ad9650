"""Ready notices: what to tell each lecturer and each class of a change of plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from classplanner.diff.models import ClassChange, Difference, MeetingChange, Tier
from classplanner.language import Language
from classplanner.language.sorting import name_key
from classplanner.rules import Names
from classplanner.timetable import Meeting, PlannedCohort

__all__ = [
    "Notice",
    "in_order",
    "notices",
    "tell_class_change",
    "tell_course",
    "tell_meeting",
    "tell_meeting_change",
]


@dataclass(frozen=True)
class Notice:
    """What one lecturer, or one class, has to be told.

    Attributes
    ----------
    kind, id, name
        Whom it is for.
    text
        The notice, several lines.
    """

    kind: Literal["lecturer", "class"]
    id: str
    name: str
    text: str


def notices(difference: Difference, names: Names, language: Language) -> tuple[Notice, ...]:
    """Write a notice for every lecturer, by given name, and every class that a change concerns.

    Parameters
    ----------
    names
        The names of the scenario's objects.
    """
    lecturers: defaultdict[str, list[MeetingChange]] = defaultdict(list)
    classes: defaultdict[str, list[MeetingChange]] = defaultdict(list)
    for change in difference.meetings:
        for person in change.people:
            lecturers[person].append(change)
        for cohort in change.meeting.cohorts:
            classes[cohort].append(change)
    courses = {change.cohort: change for change in difference.cohorts}
    return (
        *(
            _to_lecturer(one, lecturers[one], names, language)
            for one in sorted(lecturers, key=lambda one: name_key(names.lecturer(one)))
        ),
        *(
            _to_class(one, courses.get(one), classes[one], names, language)
            for one in in_order((*courses, *classes), names)
        ),
    )


def _to_lecturer(lecturer: str, changes: Iterable[MeetingChange], names: Names, language: Language) -> Notice:
    name = names.lecturer(lecturer)
    lines = [language.text("diff.notice.lecturer", name=name)]
    for change in changes:
        before = change.before if change.before and lecturer in change.before.lecturers else None
        after = change.after if change.after and lecturer in change.after.lecturers else None
        lines.append(f"- {_line(change.meeting, before, after, names, language, lecturers=False)}")
    return Notice("lecturer", lecturer, name, "\n".join(lines))


def _to_class(
    cohort: str,
    course: ClassChange | None,
    changes: Iterable[MeetingChange],
    names: Names,
    language: Language,
) -> Notice:
    name = language.text("report.class", cohort=cohort)
    lines = [language.text("diff.notice.class", cohort=cohort)]
    if course is not None:
        lines.append(f"- {tell_class_change(course, names, language)}")
    home = course is not None and "room" in course.tiers
    lines += [
        f"- {_line(change.meeting, change.before, change.after, names, language, of_class=cohort)}"
        for change in changes
        if not (home and change.tier == "room")
    ]
    return Notice("class", cohort, name, "\n".join(lines))


def tell_class_change(change: ClassChange, names: Names, language: Language) -> str:
    """Say in one line how a class's dates and room change."""
    if change.before is None or change.after is None:
        key, entry = ("new", change.after) if change.before is None else ("dropped", change.before)
        assert entry is not None
        told = tell_course(entry, names, language)
        return language.text(f"diff.class.{key}", cohort=change.cohort, course=told)
    before, after = (
        tell_course(entry, names, language, change.tiers) for entry in (change.before, change.after)
    )
    return language.text("diff.class.changed", cohort=change.cohort, before=before, after=after)


def tell_course(
    entry: PlannedCohort, names: Names, language: Language, tiers: Sequence[Tier] = ("opening", "room")
) -> str:
    """Say when a class is held, and where; only what of it changes, where that is named."""
    told = {
        "opening": language.text("diff.dates", opens=entry.opens, closes=entry.closes),
        "room": names.room(entry.room),
    }
    return ", ".join(text for tier, text in told.items() if tier in tiers)


def in_order(cohorts: Iterable[str], names: Names) -> list[str]:
    """Return classes in the scenario's order, each once; unknown ones behind, as they come."""
    place = {cohort.id: place for place, cohort in enumerate(names.scenario.all_cohorts)}
    return sorted(dict.fromkeys(cohorts), key=lambda cohort: place.get(cohort, len(place)))


def tell_meeting_change(change: MeetingChange, names: Names, language: Language) -> str:
    """Say in one line how a meeting changes."""
    return _line(change.meeting, change.before, change.after, names, language)


def _line(
    meeting: Meeting,
    before: Meeting | None,
    after: Meeting | None,
    names: Names,
    language: Language,
    *,
    lecturers: bool = True,
    of_class: str | None = None,
) -> str:
    """Say how a meeting changes; the room only once where it stays, the class not to itself."""
    what = names.module_of_cohort(meeting.cohorts[0], meeting.module)
    if meeting.cohorts != (of_class,):
        what = language.text("diff.what", cohorts=meeting.cohorts, module=what)
    stays = before is not None and after is not None and before.room == after.room
    told = [
        "" if one is None else tell_meeting(one, names, language, lecturers=lecturers, room=room)
        for one, room in ((before, not stays), (after, True))
    ]
    if before is None or after is None:
        key, when = ("new", told[1]) if before is None else ("dropped", told[0])
        return language.text(f"diff.meeting.{key}", what=what, when=when)
    return language.text("diff.meeting.changed", what=what, before=told[0], after=told[1])


def tell_meeting(
    meeting: Meeting, names: Names, language: Language, *, lecturers: bool = True, room: bool = True
) -> str:
    """Say when a meeting is and, if asked for, who gives it and where."""
    (first, session), (last, last_session) = meeting.sessions[0], meeting.sessions[-1]
    when = language.text("diff.slot", date=first, session=language.session(session))
    if (last, last_session) != (first, session):
        end = language.text("diff.slot", date=last, session=language.session(last_session))
        when = (
            language.text(
                "diff.slot",
                date=first,
                session=language.session(session) + "–" + language.session(last_session),
            )
            if first == last
            else f"{when} – {end}"
        )
    parts = [when]
    if lecturers and meeting.lecturers:
        parts.append(", ".join(map(names.lecturer, meeting.lecturers)))
    if room:
        parts.append(names.room(meeting.room) if meeting.room else language.text("report.off-site"))
    return "; ".join(parts)
