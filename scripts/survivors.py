"""The report of a mutation run: how many mutants the tests killed, which survived, and why."""

from __future__ import annotations

import importlib.metadata
import platform
import re
import time
from collections.abc import Mapping, Sequence

from mutant import ROOT, Fate

__all__ = ["REPORT", "report"]

REPORT = ROOT / "docs" / "mutation.md"
UNEXPLAINED = "**not explained yet**"


def reasons() -> dict[tuple[str, str, str], str]:
    """Read why mutants survive from the report there is."""
    if not REPORT.exists():
        return {}
    row = re.compile(r"^\| `(.+?)` `(.+?)`, \d+ \| `` (.+?) `` \| (.+) \|$", re.MULTILINE)
    return {
        (file, function, change.replace("\\|", "|")): reason
        for file, function, change, reason in row.findall(REPORT.read_text("utf-8"))
    }


def report(results: Mapping[str, Sequence[Fate]], scenarios: str, sampled: Sequence[str]) -> str:
    """Write the report on packages; what was said of a survivor is kept.

    Parameters
    ----------
    scenarios
        How many random ones the oracle had.
    sampled
        Lines that say so where not all mutants were tried.
    """
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
        f"Tests: those of the package, and the quick ones of the oracle on {scenarios} random scenarios and",
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
