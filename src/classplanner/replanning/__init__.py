"""Adapts a running plan to what has become different, with as few changes as possible."""

from classplanner.replanning.run import PRICES, Point, Replan, adapt, replan

__all__ = ["PRICES", "Point", "Replan", "adapt", "replan"]
