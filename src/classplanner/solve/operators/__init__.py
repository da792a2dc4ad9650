"""Neighbourhoods of a draft, one operator a file: each picks lessons that are then decided anew together."""

from classplanner.solve.operators.chain_of_lecturers import chain_of_lecturers
from classplanner.solve.operators.class_again import class_again
from classplanner.solve.operators.days_of_classes import days_of_classes
from classplanner.solve.operators.free_lecturers import free_lecturers
from classplanner.solve.operators.open_elsewhere import open_elsewhere
from classplanner.solve.operators.view import Operator, View
from classplanner.solve.operators.window import window

__all__ = [
    "Operator",
    "View",
    "chain_of_lecturers",
    "class_again",
    "days_of_classes",
    "free_lecturers",
    "open_elsewhere",
    "window",
]
