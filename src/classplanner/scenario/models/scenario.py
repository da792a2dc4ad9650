"""The scenario as a whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from classplanner.scenario.base import Model
from classplanner.scenario.models.classes import Audience, Cohort, Lock
from classplanner.scenario.models.days import Calendar
from classplanner.scenario.models.programmes import Programme
from classplanner.scenario.models.resources import Lecturer, Venue
from classplanner.scenario.models.weights import Objective, Repair
from classplanner.scenario.values import ONLY_YEARS, Name, Year

__all__ = ["Scenario"]


class Scenario(Model):
    """All that is known of what is to be planned."""

    name: Name = ""
    """Shown to the reader."""
    calendar: Calendar
    """The days of the plan."""
    lecturers: tuple[Lecturer, ...] = ()
    """Who teaches."""
    venues: tuple[Venue, ...] = ()
    """Where classes are held."""
    programmes: tuple[Programme, ...] = ()
    """What is taught."""
    audiences: tuple[Audience, ...] = ()
    """Who is to be taught, as yearly numbers of trainees."""
    cohorts: tuple[Cohort, ...] = ()
    """Who is to be taught, as classes named one by one."""
    locks: tuple[Lock, ...] = ()
    """What is settled already."""
    objective: Objective = Objective()
    """What counts against a plan."""
    repair: Repair = Repair()
    """What it takes to change facts where there is no plan."""
    budget: Annotated[Mapping[Year, Annotated[int, Field(strict=True, ge=0, le=10**15)]], ONLY_YEARS] = {}
    """By year, the most VND that fees and rooms may cost."""

    @cached_property
    def all_cohorts(self) -> tuple[Cohort, ...]:
        """Every class to plan: those named one by one, then those that the quotas ask for."""
        return (*self.cohorts, *(cohort for audience in self.audiences for cohort in audience.cohorts()))

    @cached_property
    def sha256(self) -> str:
        """The hash of the content, the same for a TOML and a JSON file that say the same."""
        content: Mapping[str, Any] = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def programme_by_id(self) -> Mapping[str, Programme]:
        """The programmes by their ids."""
        return {programme.id: programme for programme in self.programmes}
