"""Whether a scenario has a plan at all, and the least number for which one has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from classplanner.api import Plan, plan
from classplanner.frontier.staff import needed
from classplanner.scenario import Scenario

__all__ = ["Answer", "Known", "Prober", "least"]

Known = bool | None
"""True: there is a plan; False: there is proven to be none; None: not found out."""


@dataclass(frozen=True)
class Answer:
    """The least, or the most, of something.

    Attributes
    ----------
    found
        A plan reaches this; None where none was found.
    bound
        Proven: no plan does better.
    names
        What it is made of: the halls or the lecturers needed, the day on which the plan ends.
    """

    found: int | None
    bound: int
    names: tuple[str, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the number is proven to be the best."""
        return self.found == self.bound


class Prober:
    """Asks whether scenarios have plans.

    Parameters
    ----------
    time_limit
        Seconds for each; None for none.
    stop
        Asked now and then; once it returns True, nothing more is found out.
    """

    def __init__(
        self, time_limit: float | None, seed: int = 1, stop: Callable[[], bool] | None = None
    ) -> None:
        self.time_limit, self._seed, self.stop = time_limit, seed, stop
        self._found = False

    @property
    def stopped(self) -> bool:
        """Whether to end."""
        return self.stop is not None and self.stop()

    def __call__(self, scenario: Scenario) -> Known:
        """Say whether a scenario has a plan: by its lecturers or its halls alone, or else by planning it."""
        if self.stopped:
            return None
        if needed(scenario) is None or not self._halls_suffice(scenario):
            return False
        return {"infeasible": False, "unknown": None}.get(self._first_plan(scenario).status, True)

    def _halls_suffice(self, scenario: Scenario) -> bool:
        """Whether openings alone can be chosen, as far as the clock allows to say."""
        from classplanner.compile import compile_scenario  # noqa: PLC0415
        from classplanner.encode import encode_openings, program_of  # noqa: PLC0415
        from classplanner.solve import Control  # noqa: PLC0415
        from classplanner.solve.cpsat import decide  # noqa: PLC0415

        model = encode_openings(compile_scenario(scenario))
        program = program_of(model)
        outcome = decide(program, Control(self.time_limit, self.stop), seed=self._seed, enough=1.0)
        return outcome.status != "infeasible"

    def _first_plan(self, scenario: Scenario) -> Plan:
        """Plan a scenario until there is a plan."""
        self._found = False

        def look(progress: object) -> None:
            self._found |= getattr(progress, "best", None) is not None

        return plan(
            scenario,
            time_limit=self.time_limit,
            seed=self._seed,
            workers=1,
            on_progress=look,
            stop=lambda: self._found or self.stopped,
        )


def least(first: int, last: int, probe: Callable[[int], Known]) -> Answer:
    """Find the least number from `first` to `last` for which there is a plan.

    Where there is a plan for a number, there is one for every larger number. The bound is above `last` where
    there is proven to be none.
    """
    found, low, high = None, first, last + 1
    bound = first
    while low < high:
        middle = (low + high) // 2
        answer = probe(middle)
        if answer:
            found, high = middle, middle
        else:
            low = middle + 1
            if answer is False:
                bound = max(bound, low)
    return Answer(found, bound)
