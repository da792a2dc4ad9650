"""Shows that whatever reaches a planner comes from the catalogues, which hold the same in both languages.

No source, page or script has a sentence of its own, and every key that a source asks for is there. That both
languages have the same keys and placeholders is shown beside this.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import classplanner
from classplanner.language import LANGUAGES, catalogue

_SOURCES = Path(classplanner.__file__).parent
_PYTHON = sorted(_SOURCES.rglob("*.py"))
_PROSE = re.compile(r"[^\W\d_]{2,}[,:;]? [^\W\d_]{2,}")
# What is no sentence of ours: styles and fonts, patterns, what another library says and is translated, and
# what a bug report holds for us.
_NO_SENTENCE = re.compile(
    r"bold \w+|Times New Roman|LLLL yyyy|.*\(\\d\+\).*|.*width: 100%.*|Ngày nghỉ \(thay cho ngày .*|"
    r"Day off \(substituted from .*|no such year|the solver proves .*|.*the checker counts .*|"
    r".*the plan has .*|.* changes and .*|.* VND at least; counted: .*",
    re.DOTALL,
)
# Prefixes that the writers of office files put before a key.
_PREFIXES = ("", "office.", "sheet.")


def _nodes(path: Path) -> Iterator[ast.AST]:
    """Go through what may be said: not docstrings, nor what is raised or asserted for programmers."""
    waiting: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    while waiting:
        node = waiting.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
            if not (is_docstring or isinstance(child, ast.Raise | ast.Assert)):
                waiting.append(child)


def _sentences(path: Path) -> list[str]:
    return [
        node.value
        for node in _nodes(path)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if _PROSE.search(re.sub(r"<[^<>]*>?", "", node.value)) and not _NO_SENTENCE.fullmatch(node.value)
    ]


def test_no_source_has_a_sentence_of_its_own() -> None:
    assert {str(path): said for path in _PYTHON if (said := _sentences(path))} == {}


def _asked(node: ast.Call) -> str | None:
    """Return the pattern of the keys that a call of ``text`` asks for; None for a key known elsewhere."""
    match node.args[:1]:
        case [ast.Constant(value=str(key))]:
            return re.escape(key)
        case [ast.JoinedStr(values=parts)]:
            return "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts
            )
    return None


def test_every_key_that_a_source_asks_for_is_in_the_catalogues() -> None:
    for code in LANGUAGES:
        keys = "\n".join(catalogue(code))
        asked = [
            pattern
            for path in _PYTHON
            for node in _nodes(path)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "text"
            if (pattern := _asked(node)) is not None
        ]
        assert len(asked) > 100
        prefixes = "|".join(map(re.escape, _PREFIXES))
        assert [one for one in asked if not re.search(rf"^(?:{prefixes}){one}$", keys, re.MULTILINE)] == []


@pytest.mark.parametrize("path", sorted(_SOURCES.rglob("*.j2")), ids=lambda path: path.name)
def test_no_page_has_a_word_of_its_own(path: Path) -> None:
    words = r"[^\W\d_]{2,}"
    page = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.DOTALL)
    told = re.findall(r'\b(?:title|aria-label|placeholder|alt|label|data-told)="([^"]*)"', page)
    shown = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert [text for text in told if re.search(words, text)] == []
    assert re.findall(words, shown) == []


def test_no_script_has_a_word_of_its_own() -> None:
    scripts = sorted(_SOURCES.rglob("*.js"))
    assert scripts
    for path in scripts:
        texts = re.findall(r'"([^"\n]*)"', re.sub(r"//.*", "", path.read_text("utf-8")))
        # Selectors, keys and modes of the language itself have no two words beside one another.
        assert [text for text in texts if re.search(r"^[A-ZĐ]?[^\W\d_]+ [^\W\d_]+", text)] == ["use strict"]
