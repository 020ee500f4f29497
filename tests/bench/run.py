"""Measure everything and write ``RESULTS.md``: ``python -m tests.bench.run``.

With the names of parts (engine, browser, load) only those are measured, and only shown.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from tests.bench import (
    allocating,
    board,
    browser,
    engine,
    imports,
    load,
    planning,
    reports,
    uncertainty,
)
from tests.bench.measure import Result

RESULTS = Path(__file__).with_name("RESULTS.md")
LIBRARIES = ("streamlit", "pandas", "numpy", "pyarrow", "altair", "playwright")
PARTS: dict[str, tuple[str, Callable[[], list[Result]]]] = {
    "engine": ("Engine, one core", engine.run),
    "uncertainty": ("Where all peers end up, one core", uncertainty.run),
    "allocating": ("Dividing a province's plan among its units, one core", allocating.run),
    "planning": ("Plans of least effort", planning.run),
    "reports": ("Reports, and LibreOffice against the engine", reports.run),
    "imports": ("Taking in figures, each in a process of its own", imports.run),
    "board": ("Lever board", board.run),
    "browser": ("Browser", browser.run),
    "load": ("Load", load.run),
}
HOW = """\
How: engine times are of single calls in a warm process pinned to one core; rates are of the
median call and, under p95, of the slow end. Draws of the peers take turns with what they are
compared with, in a process of one thread. Browser times are taken by the page itself, from
the key press to the first change of the total; moves on the app and on the two pages it is
compared with take turns, each in a browser of its own. On Mô phỏng with Streamlit's sliders the
server pauses 40 ms after the figures, so that the browser draws them before the charts, which
come that much later. Under load the clients speak Streamlit's protocol
from another process of the same machine, so they share its cores with the server; the app, the
barest app and the app behind nginx take turns of 15 s, each with its own 20 sessions.
"""


def main(chosen: list[str]) -> None:
    lines = _head(os.getloadavg()[0])
    for name in chosen or PARTS:
        title, measure = PARTS[name]
        print(f"measuring: {title}", flush=True)
        lines += _table(title, measure())
    report = "\n".join([*lines, HOW])
    if not chosen:
        RESULTS.write_text(report, encoding="utf-8")
    print(report)


def _head(load_before: float) -> list[str]:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return [
        "# Measured speed",
        "",
        "Written by `make bench`; do not edit.",
        "",
        f"- Date: {time.strftime('%Y-%m-%d')}",
        f"- Machine: {os.cpu_count()} cores ({_processor()}), {platform.system()}; "
        f"other work at the start: load average {load_before:.1f}",
        f"- Python {platform.python_version()}, {libraries}",
        "",
    ]


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def _table(title: str, results: list[Result]) -> list[str]:
    verdict = {True: "yes", False: "**no**", None: "—"}
    rows = [
        f"| {item.what} | {item.median} | {item.p95} | {item.target} | {verdict[item.met]} |"
        for item in results
    ]
    header = ["| what | median | p95 | target | met |", "|---|---|---|---|---|"]
    return [f"## {title}", "", *header, *rows, ""]


if __name__ == "__main__":
    main(sys.argv[1:])
