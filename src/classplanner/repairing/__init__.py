"""The cheapest ways out where there is no plan, each planned and checked."""

from classplanner.repairing.ways import WayOut, WaysOut, repair

__all__ = ["WayOut", "WaysOut", "repair"]
