"""Breaches of the rules as text, with the cells where a timetable was read from a workbook."""

from __future__ import annotations

from typing import Any

from classplanner.check import Breach
from classplanner.language import Language
from classplanner.rules import Names
from classplanner.timetable import CellIndex

__all__ = ["breach_record", "breach_text"]


def breach_text(breach: Breach, names: Names, language: Language, cells: CellIndex | None) -> str:
    """Tell a breach, and in which cells it stands on a line of its own."""
    found = _cells(breach, cells)
    told = f"\n  {language.text('office.cells', cells=found)}" if found else ""
    return f"[{breach.instance.rule}] {breach.describe(names, language)}{told}"


def breach_record(
    breach: Breach, names: Names, language: Language, cells: CellIndex | None
) -> dict[str, Any]:
    """Return a breach as plain data."""
    return {
        "rule": breach.instance.rule,
        "sentence": breach.instance.describe(names, language),
        "evidence": [found.describe(names, language) for found in breach.evidence],
    } | ({} if cells is None else {"cells": _cells(breach, cells)})


def _cells(breach: Breach, cells: CellIndex | None) -> list[str]:
    """List the cells that the evidence of a breach speaks of, or else the rule itself."""
    if cells is None:
        return []
    rule, facts = breach.instance.rule, dict(breach.instance.facts)
    told = [cell for one in breach.evidence for cell in cells.cells(one.key, facts | dict(one.facts), rule)]
    return list(dict.fromkeys(told or cells.cells(breach.instance.key, facts, rule)))
