"""A browser shows the page: its text, a picture of it, and its printed pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from classplanner.language import LanguageCode
from classplanner.report import render_html
from classplanner.scenario import load
from tests.report.pages import LANGUAGE
from tests.report.samples import MAKERS, SCENARIOS, plan

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM = next((found for name in _NAMES if (found := shutil.which(name))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason=f"no browser here: none of {', '.join(_NAMES)}"),
]


def browse(page: str, folder: Path, *options: str) -> str:
    return _chromium(page, folder, *options).stdout


def _chromium(page: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / "page.html"
    file.write_text(page, "utf-8")
    assert CHROMIUM is not None
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-sync",
        "--no-first-run",
        "--hide-scrollbars",
        f"--user-data-dir={folder / 'profile'}",
        *options,
        file.as_uri(),
    ]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("hanoi", "vi", ["Đã chứng minh tối ưu", "Tư tưởng, đạo đức, phong cách Hồ Chí Minh", "Nghỉ lễ"]),
        ("two_classes", "en", ["Proven optimal", "Class MC-2", "Public holiday"]),
    ],
)
def test_the_text_is_there(name: str, code: LanguageCode, expected: list[str], tmp_path: Path) -> None:
    scenario = MAKERS[name]()
    shown = browse(render_html(scenario, plan(scenario), LANGUAGE[code]), tmp_path, "--dump-dom")
    for text in (f'<html lang="{code}">', scenario.name, *expected):
        assert text in shown


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_each_class_is_printed_on_a_page_of_its_own(name: str, tmp_path: Path) -> None:
    scenario = MAKERS[name]()
    file = tmp_path / "page.pdf"
    browse(render_html(scenario, plan(scenario), LANGUAGE["vi"]), tmp_path, f"--print-to-pdf={file}")
    document = file.read_bytes()
    pages = len(re.findall(rb"/Type\s*/Page\b", document))
    overview, lecturers = 1, 1
    assert pages >= overview + len(scenario.all_cohorts) + lecturers
    assert pages <= 4 + 2 * len(scenario.all_cohorts)
    # A4 across, in points
    (width, height) = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", document)[0]
    assert (round(float(width)), round(float(height))) == (842, 595)


def test_a_picture_can_be_taken(tmp_path: Path) -> None:
    scenario = MAKERS["hanoi"]()
    file = tmp_path / "page.png"
    page = render_html(scenario, plan(scenario), LANGUAGE["vi"])
    browse(page, tmp_path, "--window-size=1400,2000", f"--screenshot={file}")
    picture = file.read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert [int.from_bytes(picture[i : i + 4]) for i in (16, 20)] == [1400, 2000]
    assert len(picture) > 100_000


def _tried(page: str, folder: Path, script: str) -> dict[str, Any]:
    """Let a script try the page as a reader does, and return what it says it saw."""
    policy = r'<meta http-equiv="Content-Security-Policy"[^>]*>'  # it would, rightly, not let this script run
    steps = f"""<script>
      const seen = {{}};
      const all = (selector) => [...document.querySelectorAll(selector)];
      const shown = (selector) => all(selector).filter((one) => !one.hidden).length;
      const type = (text) => {{
        const search = document.querySelector("#search");
        search.value = text;
        search.dispatchEvent(new Event("input"));
        return new Promise((done) => setTimeout(done, 300));
      }};
      const choose = (by, text) => {{
        const select = document.querySelector(`select[data-by="${{by}}"]`);
        select.value = [...select.options].find((option) => option.text.includes(text)).value;
        select.dispatchEvent(new Event("change"));
      }};
      const press = (key) => {{
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {{ key, bubbles: true }}));
      }};
      (async () => {{ {script} }})().catch((error) => {{ seen.error = String(error); }}).finally(() => {{
        document.body.innerHTML = "";
        document.body.textContent = "SEEN" + JSON.stringify(seen) + "NEES";
      }});
    </script></body>"""
    changed = re.sub(policy, "", page).replace("</body>", steps)
    told = browse(changed, folder, "--virtual-time-budget=20000", "--dump-dom")
    found = re.search("SEEN(.*)NEES", told)
    assert found, told[-500:]
    seen: dict[str, Any] = json.loads(found[1].replace("&amp;", "&"))
    return seen


def test_a_reader_searches_filters_and_walks_through_the_page(tmp_path: Path) -> None:
    scenario = MAKERS["year"]()
    page = render_html(scenario, plan(scenario), LANGUAGE["vi"])
    seen = _tried(
        page,
        tmp_path,
        """
        seen.all = shown("article.class");
        seen.tools = !document.querySelector("#tools").hidden;
        await type("KỸ NĂNG giao tiep");
        seen.found = shown("article.class");
        seen.hits = document.querySelectorAll("td.slot.hit").length;
        seen.told = document.querySelector("#told").textContent;
        await type("không có chữ này");
        seen.none = shown("article.class") + shown("#board tr[data-class]") + shown("article.card");
        press("Escape");
        seen.cleared = shown("article.class");
        choose("class", "mot-cua-2018-03");
        seen.one = ["article.class", "#board tr[data-class]", "#overview tr[data-class]"].map(shown);
        choose("class", "Tất cả");
        choose("hall", "Phòng 2");
        seen.hall = shown("article.class");
        seen.lanes = shown("#board tbody");
        press("/");
        seen.focus = document.activeElement.id;
        """,
    )
    assert "error" not in seen, seen
    assert seen["tools"]
    assert seen["all"] == seen["cleared"] == 12
    assert seen["found"] == 12
    assert seen["hits"] > 0
    assert seen["told"].startswith("Đang hiện: 12 lớp")
    assert seen["none"] == 0
    assert seen["one"] == [1, 1, 1]
    assert 0 < seen["hall"] < 12
    assert seen["lanes"] == 1
    assert seen["focus"] == "search"


def test_a_plan_of_133_classes_is_small_and_painted_soon(tmp_path: Path) -> None:
    scenario = load(SCENARIOS / "hanoi-scheme.toml")
    page = render_html(scenario, plan(scenario), LANGUAGE["vi"])
    assert len(scenario.all_cohorts) == 133
    assert len(page.encode()) <= 5_000_000
    # The page's own policy forbids other scripts; this one measures.
    measure = """<script>new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) console.log(`PAINT ${entry.name} ${entry.startTime}`);
      }).observe({ type: "paint", buffered: true });</script></head>"""
    measured = re.sub(r"<meta http-equiv=[^>]*>", "", page).replace("</head>", measure)
    times = []
    for attempt in range(2):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        done = _chromium(
            measured,
            folder,
            "--enable-logging=stderr",
            "--window-size=1400,1000",
            f"--screenshot={folder / 'x.png'}",
        )
        times += [float(time) for time in re.findall(r"PAINT first-contentful-paint ([\d.]+)", done.stderr)]
    assert times, "the browser did not say when it painted"
    assert min(times) <= 2_000
