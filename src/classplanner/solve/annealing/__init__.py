"""Simulated annealing of years whose openings are given."""

from __future__ import annotations

from classplanner.solve.annealing.search import FIRST, THOROUGH, Annealing, Heats

__all__ = ["FIRST", "THOROUGH", "Annealing", "Heats"]
