"""Simulated annealing of years whose openings are given."""

from __future__ import annotations

from classplanner.solve.annealing.search import (
    CHEAPER,
    CLOSING,
    FEW,
    FIRST,
    LONG,
    SURE,
    THOROUGH,
    Annealing,
    Heats,
)

__all__ = ["CHEAPER", "CLOSING", "FEW", "FIRST", "LONG", "SURE", "THOROUGH", "Annealing", "Heats"]
