"""What ``check``, ``compare``, ``baselines`` and ``reproduce`` print: JSON objects with fixed keys,
and readable text."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.changes import Changes
from simulator.checks import Level, Report
from simulator.cli_output import Json, points, table
from simulator.library import Listed
from simulator.reproduce import Mismatch, Reproduction
from simulator.rules import Edition
from simulator.score import to_points
from simulator.text import say


def check_json(report: Report, edition: Edition, language: str) -> Json:
    """``{"usable", "units", "reproduced", "published", "findings": [...]}``, worst first."""
    return {
        "edition": edition.code,
        "usable": report.is_usable,
        "units": len(report.units),
        "reproduced": report.reproduced,
        "published": report.published,
        "findings": [
            {
                "level": finding.level.value,
                "code": finding.code if "problem" not in finding.fields
                else finding.fields["problem"].code,
                "text": finding.sentence(language, edition),
            }
            for finding in report.findings
        ],
    }  # fmt: skip


def check_text(report: Report, edition: Edition, language: str) -> str:
    """One line per finding, then what they come to."""
    lines = [
        f"{say(language, f'check.{finding.level.value}')}  {finding.sentence(language, edition)}"
        for finding in report.findings
    ]
    numbers = {level.value: len(report.of(level)) for level in Level}
    key = "usable" if report.is_usable else "refused"
    verdict = say(
        language, f"check.{key}", units=len(report.units), exact=report.reproduced,
        published=report.published, wrong=numbers["wrong"],
    )  # fmt: skip
    return "\n".join([*lines, say(language, "check.counts", **numbers), verdict])


def changes_json(found: Changes, warnings: Sequence[str]) -> Json:
    """``{"units": [...], "added", "gone", "warnings"}``; pairs are before and after."""
    return {
        "units": [
            {
                "unit": change.unit,
                "total": [to_points(score) for score in change.total],
                "groups": {
                    code: [to_points(score) for score in pair]
                    for code, pair in change.groups.items()
                },
                "counts": {
                    one.indicator: {"before": list(one.before), "after": list(one.after)}
                    for one in change.counts
                },
            }
            for change in found.units
        ],
        "added": list(found.added),
        "gone": list(found.gone),
        "warnings": list(warnings),
    }


def changes_text(found: Changes, edition: Edition, warnings: Sequence[str], language: str) -> str:
    """One row per unit: total before, after and the change, then the change of every group."""
    heads = [say(language, "cli.changed_unit"), say(language, "cli.changed_total"), "", "±"]
    rows = [[*heads, *edition.group_by_code]]
    for change in found.units:
        totals = [points(score, edition, language) for score in change.total]
        moved = [_moved(pair, edition, language) for pair in change.groups.values()]
        rows.append([change.name, *totals, _moved(change.total, edition, language), *moved])
    lines = [table(rows)]
    for key, codes in (("added", found.added), ("gone", found.gone)):
        if codes:
            lines.append(say(language, f"cli.{key}", units=", ".join(codes)))
    lines.extend(say(language, "cli.warning", text=warning) for warning in warnings)
    return "\n".join(lines)


def _moved(pair: tuple[int | None, int | None], edition: Edition, language: str) -> str:
    before, after = pair
    known = None if before is None or after is None else after - before
    return points(known, edition, language, sign=True)


def baseline_json(entry: Listed, language: str) -> Json:
    return {
        "id": entry.id,
        "title": entry.title[language],
        "edition": entry.edition,
        "period": entry.period,
        "captured_at": entry.captured_at,
        "units": entry.units,
    }


def baselines_text(entries: Sequence[Json]) -> str:
    keys = ("id", "edition", "period", "captured_at", "units", "title")
    return table([list(keys), *([str(entry[key]) for key in keys] for entry in entries)])


def reproduction_json(result: Reproduction) -> Json:
    return {
        "edition": result.edition,
        "rows": result.rows,
        "cases": result.cases,
        "exact": result.exact,
        "indicators": [
            {"code": item.code, "rows": item.rows, "cases": item.cases, "exact": item.exact,
             "through_group": item.through_group}
            for item in result.indicators
        ],
        "groups": [
            {"code": item.code, "rows": item.rows, "cases": item.cases, "exact": item.exact,
             "explained": item.explained}
            for item in result.groups
        ],
        "exceptions": [
            {"source": item.source, "unit": item.unit, "name": item.name, "what": item.what,
             "published": to_points(item.published), "computed": to_points(item.computed)}
            for item in _exceptions(result)
        ],
    }  # fmt: skip


def reproduction_text(result: Reproduction, edition: Edition, language: str) -> str:
    """Counts per indicator and group, then what differs."""
    words = ["rows", "cases", "exact"]
    rows = [[say(language, f"cli.{word}") for word in ["indicator", *words]]]
    for item in result.indicators:
        # Where the parts are never printed, the group sum is the evidence.
        exact = str(item.exact) if item.rows else f"({item.through_group})"
        rows.append([item.code, str(item.rows), str(item.cases), exact])
    rows.append(["", str(result.rows), str(result.cases), str(result.exact)])
    groups = [[say(language, f"cli.{word}") for word in ["checked_groups", *words]]]
    groups += [[g.code, str(g.rows), str(g.cases), str(g.exact)] for g in result.groups]
    lines = [table(rows), "", table(groups), "", say(language, "cli.exceptions")]
    for wrong in _exceptions(result):
        values = [points(score, edition, language) for score in (wrong.published, wrong.computed)]
        lines.append(f"{wrong.name} {wrong.what} {values[0]} / {values[1]} ({wrong.source})")
    return "\n".join(lines)


def _exceptions(result: Reproduction) -> list[Mismatch]:
    return [*result.indicator_mismatches, *result.group_mismatches]
