"""New figures against those of the same unit and period that were read before them."""

from __future__ import annotations

from simulator.baseline import Baseline, Basis
from simulator.checks.findings import Finding, Level
from simulator.readers.records import Reading


def earlier_findings(reading: Reading, before: Baseline) -> list[Finding]:
    """Running counts that became smaller: another period, or the portal counted anew."""
    fallen: dict[str, tuple[float, float]] = {}
    for row in reading.rows:
        unit = before.units.get(row.unit.key)
        if unit is None or row.is_rate or not row.denominator:
            continue
        known = unit.evidence[before.edition.position[row.code]]
        if known.basis is Basis.COUNTS and row.denominator < known.denominator:
            pair = (known.denominator, row.denominator)
            # The largest of its counts tells a reader most.
            fallen[row.unit.key] = max(pair, fallen.get(row.unit.key, pair))
    if not fallen:
        return []
    unit_code, (was, is_now) = next(iter(fallen.items()))
    fields = {
        "count": len(fallen), "example": unit_code, "before": was, "now": is_now,
        "captured_at": before.captured_at[:10],
    }  # fmt: skip
    return [Finding(Level.DOUBTFUL, "counts_below_earlier", fields)]
