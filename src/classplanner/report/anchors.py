"""Short names of classes, lecturers and halls within the page: to jump to, and to filter by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from classplanner.report.courses import Course
from classplanner.report.lanes import Hall
from classplanner.report.loads import Load
from classplanner.scenario import Scenario
from classplanner.timetable import Timetable

__all__ = ["Anchors"]


class Anchors:
    """The short names, and who has to do with whom.

    Attributes
    ----------
    classes, lecturers, halls
        The short names by ids.
    """

    def __init__(
        self, courses: Sequence[Course], halls: Iterable[Hall], timetable: Timetable, scenario: Scenario
    ) -> None:
        self.classes = {course.cohort.id: f"class-{n}" for n, course in enumerate(courses, start=1)}
        self.lecturers = {
            lecturer.id: f"lecturer-{n}" for n, lecturer in enumerate(scenario.lecturers, start=1)
        }
        self.halls = {hall.reference: f"hall-{n}" for n, hall in enumerate(halls, start=1)}
        self._room_of = {course.cohort.id: course.room for course in courses}
        self._taught: dict[str, dict[str, None]] = defaultdict(dict)
        for meeting in timetable.meetings:
            for cohort in meeting.cohorts:
                self._taught[cohort].update(dict.fromkeys(self.lecturers[name] for name in meeting.lecturers))

    def words(self) -> dict[str, Any]:
        """Return all of it by the names that the templates use."""
        return {
            "class_anchors": self.classes,
            "lecturer_anchors": self.lecturers,
            "hall_anchors": self.halls,
            "hall_of": self.hall_of,
            "lecturers_in": self.lecturers_in,
            "classes_of": self.classes_of,
            "halls_of": self.halls_of,
        }

    def hall_of(self, cohort: str) -> str:
        """Return the hall of a class."""
        return self.halls.get(self._room_of.get(cohort) or "", "")

    def lecturers_in(self, cohort: str) -> str:
        """List the lecturers of a class."""
        return " ".join(self._taught[cohort])

    def classes_of(self, load: Load) -> str:
        """List the classes of a lecturer."""
        return " ".join(dict.fromkeys(self.classes[name] for _, cohorts in load.entries for name in cohorts))

    def halls_of(self, load: Load) -> str:
        """List the halls in which a lecturer teaches."""
        rooms = (entry.part.meeting.room for entry, _ in load.entries)
        return " ".join(dict.fromkeys(self.halls[room] for room in rooms if room is not None))
