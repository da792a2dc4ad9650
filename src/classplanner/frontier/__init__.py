"""The frontier of a scenario: the most classes, the fewest halls, lecturers and days, what more is worth."""

from classplanner.frontier.classes import most_classes, with_classes
from classplanner.frontier.needs import fewest_days, fewest_halls, fewest_lecturers
from classplanner.frontier.probe import Answer, Known, Prober, least
from classplanner.frontier.worth import Worth, candidates, worth

__all__ = [
    "Answer",
    "Known",
    "Prober",
    "Worth",
    "candidates",
    "fewest_days",
    "fewest_halls",
    "fewest_lecturers",
    "least",
    "most_classes",
    "with_classes",
    "worth",
]
