"""The cost of a plan in the planner's words."""

from __future__ import annotations

from classplanner.language import Language
from classplanner.timetable import Terms, Timetable

__all__ = ["bound_label", "cost_rows", "describe_gap", "describe_status"]


def cost_rows(timetable: Timetable, language: Language) -> list[tuple[str, str, str]]:
    """List the terms of the objective: key, name, amount in VND; empty when nothing is recorded."""
    if timetable.objective is None:
        return []
    terms = timetable.objective.terms
    return [
        (term, language.text(f"report.term.{term}"), language.number(getattr(terms, term)))
        for term in Terms.model_fields
    ]


def bound_label(timetable: Timetable, language: Language) -> str:
    """Say of what plans the bound is."""
    partial = timetable.partial is not None and timetable.partial.left_out
    return language.text("report.cost.bound-partial" if partial else "report.cost.bound")


def describe_status(timetable: Timetable, language: Language) -> str:
    """Say what is known of the plan: proven optimal, or not."""
    return language.text(f"report.status.{timetable.status}")


def describe_gap(gap: float, language: Language) -> str:
    """Write a gap in percent, never rounding a real one to nothing."""
    percent = 100 * gap
    if 0 < percent < 0.01:
        return f"< {language.number(0.01)} %"
    return f"{language.number(round(percent, 2))} %"
