"""Simulated annealing of years whose openings are given."""

from __future__ import annotations

from classplanner.solve.annealing.search import CHEAPER, FIRST, LONG, THOROUGH, Annealing, Heats

__all__ = ["CHEAPER", "FIRST", "LONG", "THOROUGH", "Annealing", "Heats"]
