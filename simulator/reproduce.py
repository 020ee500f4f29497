"""How exactly the rules reproduce what the portal published, over all shipped data.

Every published indicator score is compared with the engine, and every published group
score with the sum of its indicators. The parts of some groups (online service, payment)
are never printed: those rules are verified through the group score only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.baseline import Basis, Evidence, Unit
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.paths import BASELINES, DATA
from simulator.rule_files import load_edition
from simulator.rules import Edition
from simulator.score import (
    at_zero_hundredths,
    check_counts,
    indicator_hundredths,
    score_unit,
    to_hundredths,
)
from simulator.tables import read_table

PUBLISHED = DATA / "published"
EDITION = "2026-portal"


@dataclass(frozen=True)
class Mismatch:
    """A published score the rules do not give; both in hundredths of a point.

    ``what`` is the code of an indicator or group, ``source`` the baseline or file.
    """

    source: str
    unit: str
    name: str
    what: str
    published: int
    computed: int


@dataclass(frozen=True)
class IndicatorCount:
    """Evidence for the rule of one indicator.

    ``rows``: published scores; ``cases``: distinct (numerator, denominator, score);
    ``exact``: cases the rule reproduces. ``through_group``: distinct sums of its group
    reproduced, for indicators whose own score is never printed (then ``rows`` is 0).
    """

    code: str
    rows: int
    cases: int
    exact: int
    through_group: int

    @property
    def verified_cases(self) -> int:
        """What ``verified_cases`` of ``indicators.csv`` must say."""
        return self.exact if self.rows else self.through_group


@dataclass(frozen=True)
class GroupCount:
    """Published group scores whose indicators all were published too.

    ``rows``: such scores; ``cases``: distinct ones by counts and score; ``exact``: cases
    reproduced. ``explained``: further groups with one unpublished indicator whose
    remainder is a possible score of it, which is weaker evidence and counted nowhere else.
    """

    code: str
    rows: int
    cases: int
    exact: int
    explained: int


@dataclass(frozen=True)
class Reproduction:
    """Counts per indicator and group in the order of the edition, and what differs."""

    edition: str
    indicators: tuple[IndicatorCount, ...]
    groups: tuple[GroupCount, ...]
    indicator_mismatches: tuple[Mismatch, ...]
    group_mismatches: tuple[Mismatch, ...]

    @property
    def rows(self) -> int:
        return sum(item.rows for item in self.indicators)

    @property
    def cases(self) -> int:
        return sum(item.cases for item in self.indicators)

    @property
    def exact(self) -> int:
        return sum(item.exact for item in self.indicators)


@dataclass(frozen=True)
class _Shown:
    """One unit of one source; ``groups`` in hundredths."""

    source: str
    unit: str
    name: str
    evidence: Sequence[Evidence | None]
    groups: Mapping[str, int]


def reproduction(baselines: Path = BASELINES, published: Path = PUBLISHED) -> Reproduction:
    """Compare every published score of edition 2026-portal in the shipped data with the rules."""
    edition = load_edition(EDITION)
    shown = [*_baselines(edition, baselines), *_published(edition, published)]
    group_counts, group_mismatches = _check_groups(edition, shown)
    exact_groups = {item.code: item.exact for item in group_counts}
    counts, mismatches = [], []
    for k, item in enumerate(edition.indicators):
        through_group = exact_groups[item.group]
        count, wrong = _check_indicator(edition, k, shown, through_group)
        counts.append(count)
        mismatches.extend(wrong)
    return Reproduction(
        edition.code, tuple(counts), group_counts, tuple(mismatches), group_mismatches
    )


def _baselines(edition: Edition, folder: Path) -> Iterator[_Shown]:
    for baseline_id in baseline_ids(folder):
        baseline = load_baseline(baseline_id, folder)
        if baseline.edition.code == edition.code:
            for unit in baseline.units.values():
                yield _Shown(baseline_id, unit.code, unit.short_name, _printed(unit), unit.groups)


def _printed(unit: Unit) -> list[Evidence | None]:
    """Evidence as published; a value inferred from the group score would verify itself."""
    return [
        item if item.basis in (Basis.COUNTS, Basis.NONE) and not item.assumed else None
        for item in unit.evidence
    ]


def _published(edition: Edition, folder: Path) -> Iterator[_Shown]:
    for path in sorted(folder.glob("*.csv")):
        units: dict[str, list[Evidence | None]] = {}
        for row in read_table("indicators", path).to_pylist():
            evidence = units.setdefault(row["unit"], [None] * len(edition.indicators))
            numerator, denominator = row["numerator"] or 0.0, row["denominator"] or 0.0
            check_counts(numerator, denominator, row["indicator"])
            evidence[edition.position[row["indicator"]]] = Evidence(
                Basis(row["basis"]), numerator, denominator,
                None if row["points"] is None else to_hundredths(row["points"]),
            )  # fmt: skip
        for unit, evidence in units.items():
            yield _Shown(path.stem, unit, unit, evidence, {})


def _check_indicator(
    edition: Edition, k: int, shown: Iterable[_Shown], through_group: int
) -> tuple[IndicatorCount, list[Mismatch]]:
    item = edition.indicators[k]
    zero = at_zero_hundredths(edition)[k]
    rows = 0
    cases: dict[tuple[float, float, int], bool] = {}
    wrong = []
    for unit in shown:
        evidence = unit.evidence[k]
        if evidence is None or evidence.published is None:
            continue
        rows += 1
        computed = indicator_hundredths(
            evidence.numerator, evidence.denominator, item.maximum, item.cap_percent, zero
        )
        case = (evidence.numerator, evidence.denominator, evidence.published)
        cases[case] = computed == evidence.published
        if computed != evidence.published:
            wrong.append(
                Mismatch(unit.source, unit.unit, unit.name, item.code, evidence.published, computed)
            )
    count = IndicatorCount(
        item.code, rows, len(cases), sum(cases.values()), 0 if rows else through_group
    )
    return count, wrong


def _check_groups(
    edition: Edition, shown: Iterable[_Shown]
) -> tuple[tuple[GroupCount, ...], tuple[Mismatch, ...]]:
    rows: dict[str, int] = defaultdict(int)
    explained: dict[str, int] = defaultdict(int)
    cases: dict[str, dict[tuple[float, ...], bool]] = defaultdict(dict)
    wrong = []
    for unit in shown:
        scores = score_unit(
            edition,
            [item.numerator if item else 0.0 for item in unit.evidence],
            [item.denominator if item else 0.0 for item in unit.evidence],
        )
        for group, published in unit.groups.items():
            positions = edition.group_positions[group]
            known = [item for k in positions if (item := unit.evidence[k]) is not None]
            if len(known) < len(positions):
                explained[group] += _is_explained(edition, unit, group, scores)
                continue
            computed = sum(scores[k] for k in positions)
            rows[group] += 1
            case = [count for item in known for count in (item.numerator, item.denominator)]
            cases[group][(*case, published)] = computed == published
            if computed != published:
                wrong.append(
                    Mismatch(unit.source, unit.unit, unit.name, group, published, computed)
                )
    counts = tuple(
        GroupCount(
            group, rows[group], len(cases[group]), sum(cases[group].values()), explained[group]
        )
        for group in edition.group_by_code
    )
    return counts, tuple(wrong)


def _is_explained(edition: Edition, unit: _Shown, group: str, scores: Sequence[int]) -> bool:
    """True if the only unpublished indicator of the group, whose denominator another one
    shares, can have a whole count that gives the published group score."""
    positions = edition.group_positions[group]
    missing = [k for k in positions if unit.evidence[k] is None]
    shared = unit.evidence[edition.position["PAY_PROCEDURE"]]
    if [edition.indicators[k].code for k in missing] != ["FEE_PROCEDURE"] or shared is None:
        return False
    item = edition.indicators[missing[0]]
    rest = unit.groups[group] - sum(scores[k] for k in positions if k != missing[0])
    return any(
        indicator_hundredths(count, shared.denominator, item.maximum, item.cap_percent) == rest
        for count in range(int(shared.denominator) + 1)
    )
