"""The rules: their public ids, and one sentence for each thing that a rule says of one object."""

from classplanner.rules import catalogue
from classplanner.rules.catalogue import FAMILIES, RULES
from classplanner.rules.statements import Fact, Names, RuleInstance, Statement, describe_period

__all__ = ["FAMILIES", "RULES", "Fact", "Names", "RuleInstance", "Statement", "catalogue", "describe_period"]
