"""Which functions state which rule, and when: a stage for each table of columns, then the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from classplanner.encode.model import Model
from classplanner.rules import RULES

__all__ = ["ENCODERS", "Encoder", "Stage", "encodes"]

Stage = Literal["openings", "starts", "lectures", "rows"]

Encoder = Callable[[Model], None]
ENCODERS: dict[str, list[tuple[Stage, Encoder]]] = {rule: [] for rule in RULES}


def encodes(rule: str, stage: Stage) -> Callable[[Encoder], Encoder]:
    """Register a function that states `rule` at `stage`: it bans columns, or adds rows."""

    def register(encoder: Encoder) -> Encoder:
        ENCODERS[rule].append((stage, encoder))
        return encoder

    return register
