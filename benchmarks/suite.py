"""The suite: which instances there are, how long each is planned, with which seeds."""

from __future__ import annotations

import json
import tomllib
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from benchmarks.years import TIGHTNESS, year
from classplanner import Scenario, load

__all__ = ["ROOT", "SUITE", "Instance", "Suite", "load_suite"]

ROOT = Path(__file__).parent.parent
SUITE = Path(__file__).parent / "suite.toml"

_Seeds = Annotated[tuple[int, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Instance:
    """A scenario of the suite.

    Attributes
    ----------
    name
        How it is called.
    seconds
        Wall clock of each planner.
    seeds
        Of the planners.
    source
        The file of the scenario, or the year to draw.
    """

    name: str
    seconds: float
    seeds: tuple[int, ...]
    source: Path | _Year

    def scenario(self) -> Scenario:
        """Load or draw the scenario."""
        return load(self.source) if isinstance(self.source, Path) else self.source.draw()

    def write(self, path: Path) -> None:
        """Write the scenario as JSON: the file that every planner is given."""
        document = self.scenario().model_dump(mode="json", by_alias=True, exclude_defaults=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", "utf-8")


@dataclass(frozen=True)
class _Year:
    """The arguments of `benchmarks.years.year`."""

    draw_seed: int
    classes: int
    years: int
    provinces: int
    tightness: str

    def draw(self) -> Scenario:
        return year(
            self.draw_seed,
            classes=self.classes,
            years=self.years,
            provinces=self.provinces,
            tightness=self.tightness,
        )


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seconds: float = Field(gt=0)
    seeds: _Seeds | None = None

    @abstractmethod
    def instances(self, seeds: tuple[int, ...]) -> Iterator[Instance]:
        """List the instances; `seeds` are those of the suite."""


class _Years(_Table):
    """Years of one size, each draw both loose and tight."""

    classes: int
    draws: _Seeds
    years: int = 1
    provinces: int = 1

    def instances(self, seeds: tuple[int, ...]) -> Iterator[Instance]:
        for tightness in TIGHTNESS:
            for draw in self.draws:
                name = f"{self.classes}-{tightness}-{draw}"
                drawn = _Year(draw, self.classes, self.years, self.provinces, tightness)
                yield Instance(name, self.seconds, self.seeds or seeds, drawn)


class _Scenario(_Table):
    """A scenario of the repository."""

    file: Path

    def instances(self, seeds: tuple[int, ...]) -> Iterator[Instance]:
        yield Instance(self.file.stem, self.seconds, self.seeds or seeds, ROOT / self.file)


class Suite(BaseModel):
    """The suite file.

    Attributes
    ----------
    seeds
        Of the planners, unless an instance has its own.
    memory_gb
        Who takes more is ended, in GB (10**9 bytes).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    seeds: _Seeds
    memory_gb: float = Field(gt=0)
    years: tuple[_Years, ...] = ()
    scenarios: tuple[_Scenario, ...] = ()

    @property
    def instances(self) -> dict[str, Instance]:
        """The instances by name, in the order of the file."""
        tables = (*self.years, *self.scenarios)
        return {one.name: one for table in tables for one in table.instances(self.seeds)}


def load_suite(path: Path = SUITE) -> Suite:
    """Read a suite.

    Raises
    ------
    pydantic.ValidationError
        The file says something that a suite does not.
    """
    return Suite.model_validate(tomllib.loads(path.read_text("utf-8")))
