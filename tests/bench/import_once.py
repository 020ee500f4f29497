"""One import in a process of its own: ``python -m tests.bench.import_once FILE URL``.

Prints seconds (reading, checking, keeping, loading) and the most memory it took, as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import time
from itertools import pairwise
from pathlib import Path

from simulator import library
from simulator.checks import check_reading
from simulator.imports import About
from simulator.own_figures import OWN_FIGURES, attach, keep
from simulator.readers.uploads import read_contents
from simulator.rule_files import load_edition


def main(path: Path, url: str) -> None:
    os.environ["SIMULATOR_DATABASE_URL"] = url
    edition = load_edition("2026-portal")
    attach()
    files = [(path.name, path.read_bytes())]
    times = [time.perf_counter()]
    reading = read_contents(files, edition, {})
    times.append(time.perf_counter())
    report = check_reading(reading, edition)
    times.append(time.perf_counter())
    kept = keep(report, edition, About(path.stem, "bench", "2026-ytd", "2026-10-10", True), files)
    times.append(time.perf_counter())
    OWN_FIGURES.refresh()
    baseline = library.load(kept.id)
    times.append(time.perf_counter())
    steps = [after - before for before, after in pairwise(times)]
    print(json.dumps({"units": len(baseline.units), "steps": steps, "megabytes": most_memory()}))


def most_memory() -> float:
    """Megabytes this program had at most; what getrusage tells begins with its parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
