"""What is wrong, doubtful or worth knowing about files before they are used.

``wrong`` cannot be loaded, ``doubtful`` is loaded and flagged, ``note`` is said once. Every finding
names the place, what was found, and (in its sentence) what to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from simulator.checks.capture import capture_findings
from simulator.checks.figures import figure_findings, reproduced
from simulator.checks.findings import Finding, Level
from simulator.checks.units import unit_findings
from simulator.errors import DataError
from simulator.readers import Reading, read_all
from simulator.readers.records import Doubt
from simulator.rules import Edition
from simulator.scorecard import UnitScore, score_reading

__all__ = ["Finding", "Level", "Report", "check_files", "check_reading", "with_findings"]

# Enough to see what is wrong; a country's communes may each have their own doubt.
MOST_OF_A_KIND = 500


@dataclass(frozen=True)
class Report:
    """The units that could be read, and everything found about them, worst first.

    ``reproduced`` of ``published`` printed scores (indicators, groups, totals) are what the rules
    give.
    """

    reading: Reading
    units: tuple[UnitScore, ...]
    findings: tuple[Finding, ...]
    reproduced: int
    published: int

    def of(self, level: Level) -> list[Finding]:
        return [finding for finding in self.findings if finding.level is level]

    @property
    def is_usable(self) -> bool:
        """True if there is something to load and nothing of it is wrong."""
        return bool(self.units) and not self.of(Level.WRONG)


def check_files(
    paths: Sequence[Path | str], edition: Edition, period: str = "", captured_at: str = "",
    today: str = "",
) -> Report:  # fmt: skip
    """Read and check files; ``period`` and ``captured_at`` as a baseline has them, if known.

    ``today``: the ISO day the age of the figures is counted to; none is counted without it.
    """
    found = capture_findings(period, captured_at, today) if period or captured_at else []
    return check_reading(read_all(paths, edition), edition, found)


def check_reading(reading: Reading, edition: Edition, found: Sequence[Finding] = ()) -> Report:
    """Check what was read; ``found``: findings that are known already."""
    units = score_reading(edition, reading)
    findings = [
        *(_unreadable(problem) for problem in reading.problems),
        *found,
        *(_doubt(doubt) for doubt in reading.doubts),
        *figure_findings(edition, reading, units),
        *unit_findings(edition, reading, units),
    ]
    exact, published = reproduced(units)
    return Report(reading, units, _worst_first(_bounded(findings)), exact, published)


def with_findings(report: Report, found: Sequence[Finding]) -> Report:
    """``report`` with more that is known of the same figures."""
    return replace(report, findings=_worst_first([*found, *report.findings]))


def _bounded(findings: Sequence[Finding]) -> list[Finding]:
    """The first of each kind, and how many more there are: nobody reads a million sentences."""
    kinds: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        problem = finding.fields.get("problem")
        kinds[finding.code if problem is None else problem.code].append(finding)
    kept: list[Finding] = []
    for alike in kinds.values():
        kept += alike[:MOST_OF_A_KIND]
        if len(alike) > MOST_OF_A_KIND:
            fields = {"count": len(alike) - MOST_OF_A_KIND}
            kept.append(Finding(alike[0].level, "more_of_a_kind", fields, alike[-1].place))
    return kept


def _worst_first(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    order = list(Level)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.level)))


def _doubt(doubt: Doubt) -> Finding:
    level = Level.NOTE if doubt.is_note else Level.DOUBTFUL
    return Finding(level, doubt.code, doubt.fields, doubt.place)


def _unreadable(problem: DataError) -> Finding:
    """The reader's own sentence already says place, value and what is allowed."""
    return Finding(Level.WRONG, "unreadable", {"problem": problem}, problem.fields.get("place"))
