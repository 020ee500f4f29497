"""Units and settings for tests: made by hand, drawn by Hypothesis, or shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import strategies as st

from simulator.baseline import UNKNOWN, Basis, Evidence, Unit
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.levers import LeverRange, lever_range
from simulator.rank import group_scores
from simulator.rule_files import load_edition
from simulator.rules import Edition

EDITION = load_edition("2026-portal")
NO_CASES = Evidence(Basis.NONE)


def counts(numerator: float, denominator: float) -> Evidence:
    return Evidence(Basis.COUNTS, numerator, denominator)


def rate(percent: float) -> Evidence:
    return Evidence(Basis.RATE, percent, 100.0)


def make_unit(
    evidence: Mapping[str, Evidence] | None = None,
    groups: Mapping[str, int] | None = None,
    total: int | None = None,
    code: str = "X",
    pool: str | None = "pool",
) -> Unit:
    """A unit that publishes ``evidence`` (indicator -> evidence), ``groups`` and ``total``."""
    evidence = evidence or {}
    return Unit(
        code=code, name=code, short_name=code, level="commune", pool=pool,
        groups=groups or {}, total=total,
        evidence=tuple(evidence.get(item.code, UNKNOWN) for item in EDITION.indicators),
    )  # fmt: skip


def full_unit(share: float = 0.5, size: int = 1000) -> Unit:
    """All indicators known as counts: ``share`` of ``size`` cases each."""
    return make_unit({item.code: counts(int(share * size), size) for item in EDITION.indicators})


def shipped_units() -> list[tuple[str, str]]:
    """``(baseline id, unit code)`` of every unit of every shipped baseline."""
    return [(name, code) for name in baseline_ids() for code in load_baseline(name).units]


def units_with_parts() -> list[tuple[str, str]]:
    """The shipped units of which at least one indicator is known."""
    return [
        (name, code)
        for name, code in shipped_units()
        if any(item is not UNKNOWN for item in load_baseline(name).unit(code).evidence)
    ]


def load_unit(place: tuple[str, str]) -> tuple[Edition, Unit]:
    baseline = load_baseline(place[0])
    return baseline.edition, baseline.unit(place[1])


def usable_levers(edition: Edition, unit: Unit) -> list[LeverRange]:
    """Ranges of the levers that can be used on ``unit``, in the order of the edition."""
    ranges = (lever_range(edition, unit, lever) for lever in edition.levers)
    return [bounds for bounds in ranges if bounds.usable]


def changes(bounds: LeverRange) -> st.SearchStrategy[float]:
    """Changes the lever can take: whole units, or hundredths of a percentage point."""
    if bounds.basis is Basis.RATE:
        low, high = round(bounds.low * 100), round(bounds.high * 100)
        inside = st.integers(low, high).map(lambda k: min(max(k / 100, bounds.low), bounds.high))
        return inside | st.sampled_from([bounds.low, bounds.high])
    low, high = int(bounds.low), int(bounds.high)
    return (st.integers(low, high) | st.sampled_from([low, high])).map(float)


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    """What may be known about one indicator."""
    kind = draw(st.sampled_from(["counts", "counts", "counts", "rate", "none", "unknown"]))
    if kind == "counts":
        denominator = draw(st.integers(1, 60) | st.integers(1, 700_000))
        return counts(float(draw(st.integers(0, denominator))), float(denominator))
    if kind == "rate":
        return rate(draw(st.integers(0, 10_000)) / 100)
    return NO_CASES if kind == "none" else UNKNOWN


@st.composite
def random_units(draw: st.DrawFn) -> Unit:
    """Units with any mixture of evidence; group scores and total published or not."""
    unit = make_unit({item.code: draw(evidences()) for item in EDITION.indicators})
    groups = {}
    for group in EDITION.groups:
        published = draw(st.none() | st.integers(0, 100 * group.maximum))
        if published is not None:
            groups[group.code] = published
    unit = replace(unit, groups=groups)
    known = [score for score in group_scores(EDITION, unit).values() if score is not None]
    near = min(10_000, max(0, sum(known) + draw(st.integers(-20, 20))))
    return replace(unit, total=draw(st.none() | st.just(near) | st.integers(0, 10_000)))


@st.composite
def what_ifs(draw: st.DrawFn) -> tuple[Edition, Unit, dict[str, float]]:
    """A random or shipped unit with random settings, each within its bounds."""
    if draw(st.booleans()):
        edition, unit = load_unit(draw(st.sampled_from(units_with_parts())))
    else:
        edition, unit = EDITION, draw(random_units())
    chosen = draw(st.lists(st.sampled_from(usable_levers(edition, unit) or [None]), max_size=8))
    settings = {bounds.lever.code: draw(changes(bounds)) for bounds in chosen if bounds is not None}
    return edition, unit, settings
