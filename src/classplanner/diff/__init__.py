"""Differences of timetables: what changed, a timetable patched with it, a notice for everybody concerned."""

from classplanner.diff.compare import compare, patch
from classplanner.diff.models import TIERS, ClassChange, Difference, MeetingChange, Tier
from classplanner.diff.notices import (
    Notice,
    in_order,
    notices,
    tell_class_change,
    tell_course,
    tell_meeting,
    tell_meeting_change,
)

__all__ = [
    "TIERS",
    "ClassChange",
    "Difference",
    "MeetingChange",
    "Notice",
    "Tier",
    "compare",
    "in_order",
    "notices",
    "patch",
    "tell_class_change",
    "tell_course",
    "tell_meeting",
    "tell_meeting_change",
]
