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
import __future__

import argparse
import ast
import gc
import hashlib
import importlib.metadata
import inspect
import json
import os
import pickle
import platform
import random
import re
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "classplanner"
KEPT = ROOT / "mutants"
REPORT = ROOT / "docs" / "mutation.md"

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

UNEXPLAINED = "**not explained yet**"


Name = tuple[str, str, str, int]
"""A file below src/classplanner, a function in it, a change, and its number among changes that look alike."""


@dataclass(frozen=True)
class Mutant:
    """One change to one function.

    Attributes
    ----------
    name, line
        What it is, and the line it begins on.
    source
        Makes the function with the change.
    """

    name: Name
    line: int
    source: Callable[[], str]


@dataclass(frozen=True)
class Fate:
    """What became of a mutant; `killer` is a test, a signal, or empty where it survived."""

    name: Name
    line: int
    killer: str


# --- mutants


def mutants(path: Path) -> Iterator[Mutant]:
    """List all mutants of a file: in turn, each of mutmut's changes within functions."""
    # Needed by nothing else here, and not installed with the other tools.
    import libcst  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from libcst import metadata  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
    from mutmut.mutation import (  # type: ignore[import-not-found, unused-ignore]  # noqa: PLC0415
        file_mutation,
    )

    # A decorator is a comment to mutmut, so that it looks at the function below.
    undecorated = re.sub(r"^(\s*)@", r"\1#@", path.read_text("utf-8"), flags=re.MULTILINE)
    module, mutations, *_ = file_mutation.create_mutations(str(path), undecorated)
    positions = metadata.MetadataWrapper(module, unsafe_skip_copy=True).resolve(metadata.PositionProvider)
    functions = {node.lineno: name for name, node in _functions(ast.parse(undecorated).body, "")}
    alike: Counter[tuple[str, str, str]] = Counter()
    for mutation in mutations:
        outer, old, new = (
            mutation.contained_by_top_level_function,
            mutation.original_node,
            mutation.mutated_node,
        )
        if isinstance(outer, libcst.FunctionDef):
            function = functions[positions[outer].start.line]
            change = f"{_short(module.code_for_node(old))} → {_short(module.code_for_node(new))}"
            where = path.relative_to(SOURCE).as_posix(), function, change
            alike[where] += 1
            yield Mutant(
                (*where, alike[where]), positions[old].start.line, partial(_mutated, module, outer, old, new)
            )


def _mutated(module: Any, function: Any, old: Any, new: Any) -> str:
    code: str = module.code_for_node(function.deep_replace(old, new))
    return code


def _short(code: str) -> str:
    return " ".join(code.split()).replace("( ", "(").replace(", )", ")")


def _functions(body: Sequence[ast.stmt], within: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.FunctionDef):
            yield within + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{within}{node.name}.")


def apply(mutant: Mutant) -> None:
    """Give a function the code and the default values that it has in a mutant."""
    file, name, *_ = mutant.name
    module = sys.modules["classplanner." + file.removesuffix(".py").replace("/", ".")]
    function, source = _function(module, name), mutant.source()
    (node,) = ast.parse(source).body
    assert isinstance(node, ast.FunctionDef)
    code = compile(source, file, "exec", __future__.annotations.compiler_flag)
    function.__code__ = next(
        each for each in code.co_consts if isinstance(each, CodeType) and each.co_name == node.name
    )
    function.__defaults__ = tuple(_value(default, module) for default in node.args.defaults) or None
    keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    function.__kwdefaults__ = {name.arg: _value(value, module) for name, value in keywords if value}


def _function(module: ModuleType, name: str) -> FunctionType:
    found: Any = module
    for part in name.split("."):
        found = inspect.getattr_static(found, part)
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, cached_property):
        found = found.func
    found = inspect.unwrap(found)
    assert isinstance(found, FunctionType)
    return found


def _value(default: ast.expr, module: ModuleType) -> object:
    code = compile(ast.fix_missing_locations(ast.Expression(default)), "default", "eval")
    return eval(code, vars(module))  # noqa: S307  (our own source)


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


# --- the report


def reasons() -> dict[tuple[str, str, str], str]:
    """Read why mutants survive from the report there is."""
    if not REPORT.exists():
        return {}
    row = re.compile(r"^\| `(.+?)` `(.+?)`, \d+ \| `` (.+?) `` \| (.+) \|$", re.MULTILINE)
    return {
        (file, function, change.replace("\\|", "|")): reason
        for file, function, change, reason in row.findall(REPORT.read_text("utf-8"))
    }


def report(results: dict[str, list[Fate]], sampled: Sequence[str]) -> str:
    """Write the report; what was said of a survivor is kept."""
    known = reasons()
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("mutmut", "pytest", "ortools", "numpy")
    )
    lines = [
        "# Mutation run",
        "",
        "Each mutant is the code with one small change: an operator, a number, a string, an argument. The",
        "tests should fail for it. `scripts/mutate.py` says how that is done, and repeats it:",
        "",
        "    pip install mutmut",
        "    python scripts/mutate.py --write",
        "",
        f"Run of {time.strftime('%Y-%m-%d')}: Python {platform.python_version()}, {versions}.",
        f"Tests: those of the package, and the quick ones of the oracle on {SCENARIOS} random scenarios and",
        "on those made by hand; the oracle as it is tested has 300 and would find rather more.",
        *sampled,
        "",
        "| Package | Mutants | Killed | Survived | |",
        "|---|---:|---:|---:|---:|",
    ]
    for package, fates in results.items():
        lived = sum(not fate.killer for fate in fates)
        share = f"{100 * lived / max(len(fates), 1):.1f} %"
        lines.append(f"| `{package}` | {len(fates)} | {len(fates) - lived} | {lived} | {share} |")
    for package, fates in results.items():
        lines += [
            "",
            f"## Survivors in `{package}`",
            "",
            "| Where | Change | Why it survives |",
            "|---|---|---|",
        ]
        for fate in fates:
            if not fate.killer:
                file, function, change, _ = fate.name
                reason = known.get((file, function, change), UNEXPLAINED)
                change = change.replace("|", "\\|")
                lines.append(f"| `{file}` `{function}`, {fate.line} | `` {change} `` | {reason} |")
    return "\n".join(lines) + "\n"


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
        REPORT.write_text(report(results, sampled), "utf-8")
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
