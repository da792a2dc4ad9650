"""Applies deltas to a scenario."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from classplanner.deltas.draft import Draft
from classplanner.deltas.files import Delta
from classplanner.errors import Fault, InputError
from classplanner.scenario import Scenario, parse
from classplanner.scenario.documents import normal, place
from classplanner.scenario.faults import faults

__all__ = ["apply"]


def apply(scenario: Scenario, *deltas: Delta) -> Scenario:
    """Return the variant of a scenario in which the changes of deltas are made, one after another.

    Parameters
    ----------
    scenario
        What is changed; it stays as it is.
    deltas
        In the order in which they are applied.

    Raises
    ------
    InputError
        With every fault: what changes name and the scenario lacks, and what is wrong with the scenario after
        them, each at the change that it comes from.
    """
    draft = Draft(scenario)
    found: list[Fault] = []
    for delta in deltas:
        document = _document(delta)
        draft.findings = []
        for index, change in enumerate(delta.changes):
            draft.location = ("changes", index)
            change.edit(draft)
        found += faults(draft.findings, document, delta.file)
    try:
        changed = parse(draft.document)
    except InputError:
        found += _consequences(scenario, deltas)
    if found:
        raise InputError(found)
    return changed


def _consequences(scenario: Scenario, deltas: Sequence[Delta]) -> Iterator[Fault]:
    """Go through the faults of the scenario after the changes, each told of the change that brought it."""
    draft, known = Draft(scenario), set[tuple[str, str]]()
    for delta in deltas:
        document = _document(delta)
        for index, change in enumerate(delta.changes):
            change.edit(draft)
            try:
                parse(draft.document)
            except InputError as error:
                here = place(document, ("changes", index))
                for fault in error.faults:
                    if (fault.place, fault.key) not in known:
                        known.add((fault.place, fault.key))
                        yield replace(fault, file=delta.file, place=f"{here} ⇒ {fault.place}")


def _document(delta: Delta) -> Any:
    """Return a delta as a raw document, for places in it."""
    return normal(delta.model_dump(by_alias=True, exclude_unset=True))
