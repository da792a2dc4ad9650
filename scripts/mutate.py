"""Mutates `encode` and `check` and tells which mutants the tests let live: docs/mutation.md.

    pip install mutmut
    python scripts/mutate.py [encode] [check] [--again] [--sample N] [--write]

The mutants are those of mutmut. They are not run by it: mutmut leaves functions with decorators alone, and
every rule is one. Here pytest collects the tests once; then each mutant is a fork of that process in which
one function gets its mutated code, and in which the tests are run until one fails, those first that failed
for the mutants before.

Brute force is what takes long in the oracle. For mutants of `encode` its listings are made beforehand (it
does not use `encode`), for mutants of `check` what the model accepts (it does not use `check`). Both are kept
in mutants/, as long as nothing changes that they depend on. So is what became of each mutant, as it comes: a
run that was ended goes on with --again.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import os
import pickle
import random
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from mutant import ROOT, SOURCE, Fate, Mutant, apply, mutants
from survivors import REPORT, report

KEPT = ROOT / "mutants"

PACKAGES = ("encode", "check")
SCENARIOS = "40"
"""As many random scenarios have the oracle's say, besides those made by hand."""

ORACLE = {
    "encode": ("test_accepts_the_same_timetables", "test_finds_the_cheapest"),
    "check": ("test_accepts_the_same_timetables", "test_brute_force_misses_no_mutation"),
}
"""What the oracle asks of a package."""

SECONDS = 2.0
"""Of each file, the quickest tests are run, as many as take so long together on unmutated code."""

GRACE = 8.0, 30
"""Seconds that a test may take on top of so many times what it takes on unmutated code."""

PYTEST = (
    *("-q", "--assert=plain", "--no-header", "--no-summary", "-s", "-p", "no:cacheprovider"),
    *("-o", "timeout=0", "-o", "faulthandler_timeout=0"),  # the clock of a mutant is set here
)

MEMORY = 8 * 2**30

# --- tests


class Killer:
    """A plugin for pytest that runs the collected tests once for each mutant."""

    def __init__(self, package: str, todo: Sequence[Mutant], keep: Callable[[Fate], None]) -> None:
        self.package = package
        self.todo = todo
        self.keep = keep
        self.fates: list[Fate] = []
        self.tests: list[pytest.Item] = []
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests on the code as it is, then on every mutant."""
        self.tests = [item for item in session.items if self._is_asked(item)]
        prepare(self.package)
        gc.freeze()  # forks leave alone what is there now
        self.seconds = self._measured()
        self.tests = list(self._quick())
        total = sum(self.seconds[item.nodeid] for item in self.tests)
        say(f"{self.package}: {len(self.tests)} tests of {total:.1f} s, {len(self.todo)} mutants")
        for number, mutant in enumerate(self.todo, start=1):
            killer = self._killer(mutant, self._order(mutant.name[0]))
            self.fates.append(Fate(mutant.name, mutant.line, killer))
            self.keep(self.fates[-1])
            if number % 100 == 0:
                lived = sum(not fate.killer for fate in self.fates)
                say(f"{self.package}: {number} of {len(self.todo)}, {lived} survived")
        return True

    def _order(self, file: str) -> list[pytest.Item]:
        """Put first the tests that killed mutants of a file, the latest before all; then the best killers."""
        here = {fate.killer: number for number, fate in enumerate(self.fates) if fate.name[0] == file}
        kills = Counter(fate.killer for fate in self.fates)

        def rank(item: pytest.Item) -> tuple[float, float, float]:
            seconds = self.seconds[item.nodeid]
            return -here.get(item.nodeid, -1), -kills[item.nodeid] / (seconds + 0.01), seconds

        return sorted(self.tests, key=rank)

    def _is_asked(self, item: pytest.Item) -> bool:
        return "test_oracle" not in item.nodeid or item.name.startswith(ORACLE[self.package])

    def _quick(self) -> Iterator[pytest.Item]:
        """Yield the tests without the slow ones of each file."""
        taken: defaultdict[Path, float] = defaultdict(float)
        for item in sorted(self.tests, key=lambda item: self.seconds[item.nodeid]):
            seconds = self.seconds[item.nodeid]
            if taken[item.path] + seconds <= SECONDS:
                taken[item.path] += seconds
                yield item

    def _measured(self) -> dict[str, float]:
        """Run all tests on unmutated code; return how long each took."""

        def run() -> str:
            taken = {}
            for item, following in _with_following(self.tests):
                begin = time.process_time()
                if not _passes(item, following):
                    return f"{item.nodeid} fails on unmutated code"
                taken[item.nodeid] = time.process_time() - begin
            return json.dumps(taken)

        said = forked(run)
        if not said.startswith("{"):
            raise pytest.UsageError(said)
        seconds: dict[str, float] = json.loads(said)
        return seconds

    def _killer(self, mutant: Mutant, order: Sequence[pytest.Item]) -> str:
        def run() -> str:
            apply(mutant)
            for item, following in _with_following(order):
                base, times = GRACE
                signal.setitimer(signal.ITIMER_REAL, base + times * self.seconds[item.nodeid])
                if not _passes(item, following):
                    return item.nodeid
            return ""

        return forked(run)


def _with_following(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    reports = runtestprotocol(item, log=False, nextitem=following)
    return not any(report.failed for report in reports)


def forked(run: Callable[[], str]) -> str:
    """Run a function in a fork of this process; return what it returns, or how it ended."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, 1)
        os.dup2(nothing, 2)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        try:
            said = run()
        except BaseException as error:
            said = type(error).__name__
        os.write(writing, said.encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read().decode()
    _, status = os.waitpid(child, 0)
    return signal.Signals(os.WTERMSIG(status)).name if os.WIFSIGNALED(status) else said


# --- the oracle's other side


def prepare(package: str) -> None:
    """Have the side of the oracle that does not use a package answer from memory."""
    # Not to be imported before pytest has set up the import of tests.
    from tests.oracle import test_oracle  # noqa: PLC0415
    from tests.oracle.scenarios import random_scenario  # noqa: PLC0415
    from tests.oracle.solver_side import accepted_by_model  # noqa: PLC0415

    names: list[int | str] = [*test_oracle.EDGES, *range(test_oracle.COUNT)]
    if package == "encode":
        listings = kept("listings", lambda: {name: test_oracle._listing(name) for name in names})
        setattr(test_oracle, "_listing", listings.__getitem__)  # noqa: B010
    else:
        scenarios = {
            name: test_oracle.EDGES[name] if isinstance(name, str) else random_scenario(name)
            for name in names
        }
        by_model = kept(
            "accepted",
            lambda: {each.sha256: accepted_by_model(each) for each in scenarios.values()},
        )
        setattr(test_oracle, "_listing", cache(test_oracle._listing.__wrapped__))  # noqa: B010
        setattr(test_oracle, "accepted_by_model", lambda scenario: by_model[scenario.sha256])  # noqa: B010


def kept(name: str, make: Callable[[], dict[Any, Any]]) -> dict[Any, Any]:
    """Return what is kept under a name; make it, in a fork, if it is not there or a source has changed."""
    sources = sorted([*SOURCE.rglob("*.py"), *(ROOT / "tests" / "oracle").glob("*.py")])
    digest = hashlib.sha256(SCENARIOS.encode())
    for source in sources:
        digest.update(source.read_bytes())
    path = KEPT / f"{name}-{digest.hexdigest()[:16]}.pickle"
    if not path.exists():
        say(f"making {name} …")
        KEPT.mkdir(exist_ok=True)

        def run() -> str:
            path.write_bytes(pickle.dumps(make()))
            return "made"

        said = forked(run)
        if said != "made":
            raise pytest.UsageError(f"{name}: {said}")
    made: dict[Any, Any] = pickle.loads(path.read_bytes())
    return made


# --- the run


def main(arguments: Sequence[str]) -> int:
    """Run the mutants; return 0 if at most 5 % of each package survived."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("packages", nargs="*", choices=[*PACKAGES, []], help="encode, check; both by default")
    parser.add_argument(
        "--again", action="store_true", help="go on: only what earlier runs left alive or did not get to"
    )
    parser.add_argument("--sample", type=int, help="only so many mutants of a package, drawn with seed 1")
    parser.add_argument("--write", action="store_true", help="write docs/mutation.md")
    options = parser.parse_args(arguments)
    packages = options.packages or PACKAGES
    os.environ["CLASSPLANNER_ORACLE"] = SCENARIOS
    os.chdir(ROOT)
    for package in packages:
        # In a process of its own, so that what one prepares the other does not see.
        said = forked_run(package, options)
        if said:
            return complain(said)
        summarise(package, last(package))
    results = {package: fates for package in PACKAGES if (fates := last(package))}
    if options.write:
        drawn = f"Of each package {options.sample} mutants were drawn at random, with seed 1."
        sampled = [drawn] if options.sample else []
        REPORT.parent.mkdir(exist_ok=True)
        REPORT.write_text(report(results, SCENARIOS, sampled), "utf-8")
    return int(any(20 * sum(not fate.killer for fate in fates) > len(fates) for fates in results.values()))


def forked_run(package: str, options: argparse.Namespace) -> str:
    """Run the mutants of a package in a fork, and keep what became of them; return what went wrong, if so."""
    child = os.fork()
    if child == 0:
        os._exit(run(package, options))
    _, status = os.waitpid(child, 0)
    return "" if status == 0 else f"{package}: the tests could not be run"


def run(package: str, options: argparse.Namespace) -> int:
    """Run the mutants of a package, and keep what became of them."""
    todo = [mutant for path in sorted((SOURCE / package).glob("*.py")) for mutant in mutants(path)]
    if options.sample:
        todo = sorted(random.Random(1).sample(todo, min(options.sample, len(todo))), key=lambda one: one.name)
    before = {fate.name: fate for fate in last(package)} if options.again else {}
    # A mutant that is no longer there, because the code has changed, is forgotten.
    known = [before[mutant.name] for mutant in todo if mutant.name in before]
    todo = [mutant for mutant in todo if mutant.name not in before or not before[mutant.name].killer]
    KEPT.mkdir(exist_ok=True)
    fates_of(package).write_text("".join(map(_line, known)), "utf-8")
    with fates_of(package).open("a", encoding="utf-8", buffering=1) as file:
        killer = Killer(package, todo, lambda fate: print(_line(fate), end="", file=file))
        tests = [f"tests/{package}", "tests/oracle/test_oracle.py"]
        code = pytest.main([*PYTEST, *tests], [killer])
    return 0 if len(killer.fates) == len(todo) else int(code) or 1


def fates_of(package: str) -> Path:
    """Return the file that keeps what became of the mutants of a package, a line a mutant, as they come."""
    return KEPT / f"{package}.jsonl"


def _line(fate: Fate) -> str:
    return json.dumps(asdict(fate)) + "\n"


def last(package: str) -> list[Fate]:
    """Return what became of the mutants of a package, in the last run and those that it went on from."""
    path = fates_of(package)
    kept = map(json.loads, path.read_text("utf-8").splitlines()) if path.exists() else []
    fates = [Fate(tuple(fate["name"]), fate["line"], fate["killer"]) for fate in kept]
    return sorted({fate.name: fate for fate in fates}.values(), key=lambda fate: (fate.name[0], fate.line))


def summarise(package: str, fates: Sequence[Fate]) -> None:
    for fate in fates:
        if not fate.killer:
            file, function, change, _ = fate.name
            say(f"{file}:{fate.line} {function}: {change}")
    lived = sum(not fate.killer for fate in fates)
    say(f"{package}: {len(fates)} mutants, {lived} survived ({100 * lived / max(len(fates), 1):.1f} %)")


def say(text: str) -> None:
    print(text, file=sys.__stderr__, flush=True)


def complain(text: str) -> int:
    say(text)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
