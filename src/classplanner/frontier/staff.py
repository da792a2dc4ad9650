"""Who is needed to teach everything, were it not for when: a relaxation, which proves what cannot be."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from classplanner.scenario import Module, Scenario

if TYPE_CHECKING:
    from classplanner.encode import Program

__all__ = ["needed"]

_NO_LIMIT = 2**62


def needed(scenario: Scenario, banned: Iterable[frozenset[str]] = ()) -> frozenset[str] | None:
    """Return the fewest lecturers who could teach everything, were it not for when; None for none.

    Parameters
    ----------
    banned
        Choices that do not suffice; neither does any part of them.
    """
    from classplanner.solve import Control  # noqa: PLC0415
    from classplanner.solve.cpsat import decide  # noqa: PLC0415

    people = [lecturer.id for lecturer in scenario.lecturers]
    position = {name: index for index, name in enumerate(people)}
    rows: list[tuple[dict[int, int], int, int]] = []
    upper = [1] * len(people)
    given: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for module, number in _lessons(scenario):
        columns = {name: len(upper) + index for index, name in enumerate(module.lecturers)}
        upper += [number] * len(columns)
        rows.append((dict.fromkeys(columns.values(), 1), number, number))
        for name, column in columns.items():
            rows.append(({column: 1, position[name]: -number}, -number, 0))
            given[name][column] = module.sessions
    for name, most in _capacity(scenario).items():
        rows.append(({**given[name], position[name]: -most}, -_NO_LIMIT, 0))
    rows += [({position[name]: 1 for name in people if name not in some}, 1, len(people)) for some in banned]
    outcome = decide(_program([1] * len(people), upper, rows), Control(None))
    if outcome.values is None:
        return None
    return frozenset(name for name in people if outcome.values[position[name]])


def _lessons(scenario: Scenario) -> Iterator[tuple[Module, int]]:
    """Go through the modules that need a lecturer, with the number of classes that are taught them."""
    classes = Counter(cohort.programme for cohort in scenario.all_cohorts)
    for programme in scenario.programmes:
        for module in programme.modules:
            if module.lecturers and classes[programme.id]:
                yield module, classes[programme.id]


def _capacity(scenario: Scenario) -> dict[str, int]:
    """Say how many sessions each lecturer can give: when free, within maxima by day, by week and in all."""
    import numpy as np  # noqa: PLC0415

    from classplanner.compile import compile_scenario  # noqa: PLC0415
    from classplanner.solve.prices import Capacity  # noqa: PLC0415

    capacity = Capacity(compile_scenario(scenario))
    days = capacity.free.reshape(len(capacity.free), -1, capacity.per_day).sum(axis=2)
    days = np.minimum(days, capacity.a_day[:, None])
    weeks = np.zeros((len(days), capacity.weeks), dtype=np.int64)
    np.add.at(weeks.T, capacity.week_of_day, days.T)
    most = np.minimum(np.minimum(weeks, capacity.a_week[:, None]).sum(axis=1), capacity.in_all)
    return {lecturer.id: int(most[index]) for index, lecturer in enumerate(scenario.lecturers)}


def _program(
    cost: Sequence[int], upper: Sequence[int], rows: Sequence[tuple[dict[int, int], int, int]]
) -> Program:
    """Put rows of coefficients by column, each between two limits, into a program."""
    import numpy as np  # noqa: PLC0415

    from classplanner.encode import Program  # noqa: PLC0415

    count = [len(entries) for entries, _, _ in rows]
    return Program(
        cost=np.array([*cost, *[0] * (len(upper) - len(cost))], dtype=np.int64),
        upper=np.array(upper, dtype=np.int64),
        first=np.concatenate([[0], np.cumsum(np.array(count, dtype=np.int64))]),
        column=np.array([column for entries, _, _ in rows for column in entries], dtype=np.int64),
        weight=np.array([weight for entries, _, _ in rows for weight in entries.values()], dtype=np.int64),
        row_lower=np.array([lower for _, lower, _ in rows], dtype=np.int64),
        row_upper=np.array([upper for _, _, upper in rows], dtype=np.int64),
    )
