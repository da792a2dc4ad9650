"""Demands that the supplies they can draw on do not cover: violated Hall sets, by maximum flow.

Demands are met by supplies along arcs, supplies pass through further arcs, such as the days and weeks of a
lecturer, to the sink. By max-flow min-cut (Ford and Fulkerson, 1956), where the flow meets not all demands,
the demands on the source's side of a smallest cut ask for more than all they can reach has to give: a set
that violates Hall's condition (1935).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, maximum_flow

from classplanner.compile import Integers
from classplanner.explaining.shrinking import shrink

__all__ = ["Flow"]

_PLENTY = 2**30


@dataclass
class Flow:
    """A network from demands to a sink.

    Attributes
    ----------
    demands
        What is asked for, one number a demand; demand i is node i.
    nodes
        How many nodes there are, the demands included; source and sink are two more.
    """

    demands: Integers
    nodes: int = 0
    _tail: list[Integers] = field(default_factory=list)
    _head: list[Integers] = field(default_factory=list)
    _capacity: list[Integers] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.nodes = max(self.nodes, len(self.demands))

    def add_nodes(self, number: int) -> int:
        """Add nodes; return the first."""
        first = self.nodes
        self.nodes += number
        return first

    def add_arcs(self, tail: Integers, head: Integers | int, capacity: Integers | int = _PLENTY) -> None:
        """Add arcs; the head -1 is the sink."""
        self._tail.append(np.asarray(tail, dtype=np.int64))
        self._head.append(np.broadcast_to(head, self._tail[-1].shape))
        limit = np.minimum(capacity, _PLENTY)
        self._capacity.append(np.broadcast_to(limit, self._tail[-1].shape))

    def unmet(self) -> list[int]:
        """Return the demands of a violated Hall set, as few as can be; none where all demands are met."""
        chosen = self._cut(list(range(len(self.demands))))
        if not chosen:
            return []
        return sorted(shrink(chosen, lambda some: self.met(some) < int(self.demands[some].sum())))

    def met(self, chosen: Sequence[int]) -> int:
        """Return how much of some demands can be met if there were no others."""
        return int(maximum_flow(self._graph(chosen), self.nodes, self.nodes + 1).flow_value)

    def _cut(self, chosen: list[int]) -> list[int]:
        """Return the demands on the source's side of a smallest cut; none where all are met."""
        graph = self._graph(chosen)
        flow = maximum_flow(graph, self.nodes, self.nodes + 1)
        if flow.flow_value >= int(self.demands[chosen].sum()):
            return []
        left = graph - flow.flow
        left.eliminate_zeros()
        reached = set(breadth_first_order(left, self.nodes, return_predecessors=False).tolist())
        return [demand for demand in chosen if demand in reached]

    def _graph(self, chosen: Sequence[int]) -> csr_matrix:
        demands = np.asarray(chosen, dtype=np.int64)
        source, sink = self.nodes, self.nodes + 1
        tail = np.concatenate([np.full(len(demands), source), *self._tail])
        head = np.concatenate([demands, *self._head])
        head = np.where(head < 0, sink, head)
        capacity = np.concatenate([self.demands[demands], *self._capacity]).astype(np.int32)
        shape = (self.nodes + 2, self.nodes + 2)
        return csr_matrix((capacity, (tail, head)), shape=shape, dtype=np.int32)
