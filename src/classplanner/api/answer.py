"""The answer to a scenario: its plan, how good that is, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from classplanner.check import Verdict
from classplanner.language import Language, LanguageCode
from classplanner.report import render_html
from classplanner.scenario import Scenario
from classplanner.timetable import Status, Timetable, gap_of, write_atomic, write_plan

__all__ = ["Plan"]


@dataclass(frozen=True)
class Plan:
    """The answer to a scenario.

    Attributes
    ----------
    scenario
        What was asked.
    status
        ``optimal`` and ``infeasible`` are proven; ``feasible``: a plan, not proven to be the cheapest;
        ``unknown``: neither a plan nor a proof was found in time. A partial plan is ``optimal`` once it is
        proven that none trains more people, and none that trains as many costs less.
    timetable
        The plan; None without one. Every rule holds in it: the checker has confirmed that. What a partial
        plan leaves out, and why, stands in its `partial`.
    bound
        Proven: no plan costs less, in equivalent VND; of a partial plan: none that trains as many people.
    verdict
        What the checker says of the timetable, with the costs by object; None without a timetable.
    """

    scenario: Scenario
    status: Status
    timetable: Timetable | None
    bound: int
    verdict: Verdict | None

    @property
    def objective(self) -> int | None:
        """The cost of the plan, in equivalent VND; None without a plan."""
        return None if self.verdict is None else self.verdict.terms.total

    @property
    def gap(self) -> float | None:
        """(objective - bound) / objective: at most so much can be saved; None without a plan."""
        return None if self.objective is None else gap_of(self.objective, self.bound)

    def save(self, directory: str | Path, language: LanguageCode = "en") -> tuple[Path, ...]:
        """Write ``timetable.json``, ``scenario.json`` and ``timetable.html``, each whole or not at all.

        Returns
        -------
        tuple of Path
            What was written; nothing without a plan.

        Raises
        ------
        OutputError
            A file cannot be written.
        """
        if self.timetable is None:
            return ()
        page = Path(directory) / "timetable.html"
        data = self.save_data(directory)
        write_atomic(page, self.html(language))
        return *data, page

    def save_data(self, directory: str | Path) -> tuple[Path, ...]:
        """Write ``timetable.json`` and the ``scenario.json`` that it answers, each whole or not at all.

        Returns and raises what `save` does.
        """
        if self.timetable is None:
            return ()
        return write_plan(Path(directory), self.scenario, self.timetable)

    def html(self, language: LanguageCode = "en") -> str:
        """Return the timetable as one self-contained page.

        Raises
        ------
        ValueError
            There is no plan.
        """
        if self.timetable is None:
            raise ValueError("there is no plan to show")
        return render_html(self.scenario, self.timetable, Language(language))

    def _repr_html_(self) -> str:
        """Show the plan in a notebook, in a frame of its own so that its style does not leak."""
        if self.timetable is None:
            return f"<p>classplanner: {self.status}</p>"
        page = self.html().replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width: 100%; height: 40em; border: 0"></iframe>'
