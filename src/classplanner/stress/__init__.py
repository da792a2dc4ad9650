"""Stress: what a plan hangs on, and who could stand in."""

from classplanner.stress.losses import LOSSES, Job, Loss, LossKind, losses_of, repair, stress
from classplanner.stress.standby import Standby, standbys

__all__ = ["LOSSES", "Job", "Loss", "LossKind", "Standby", "losses_of", "repair", "standbys", "stress"]
