"""Every shipped figure: reproduced by the rules, or a difference that is listed here."""

from __future__ import annotations

import csv
from collections import Counter

import numpy as np
import pytest

from simulator.baseline import Basis, model_scores
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.contributions import contributions
from simulator.paths import BASELINES
from simulator.project import project, project_many
from simulator.rank import class_of, group_scores, peers_of, standing, unit_total
from simulator.score import to_hundredths
from tests.engine.units import load_unit, shipped_units

SHIPPED = {
    "vn-2026-10-10": 34,
    "gialai-2026-10-10": 149,
    "phutho-2026-ytd": 13,
    "phutho-2026-08": 13,
    "vn-2026-09-26": 34,
    "bencau-2023-02": 11,
    "binhthuan-2023": 4,
    "nari-2023-10m": 1,
    "province-2023-11": 1,
    "tth-2022": 31,
}
# Group scores that differ from the sum of their printed indicators: (indicators, published).
GROUPS_OFF = {("vn-2026-10-10", "H55", "CKMB"): (811, 810)}
# Totals that differ from the sum of their six printed groups: (groups, published).
TOTALS_OFF = {
    ("bencau-2023-02", "ben-cau"): (5350, 5339),
    ("binhthuan-2023", "binhthuan"): (6010, 6008),
    ("tth-2022", "tth"): (5400, 5410),
}


def rows(baseline_id: str, kind: str) -> list[dict[str, str]]:
    path = BASELINES / baseline_id / f"{kind}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_all_shipped_baselines_load_with_all_their_units():
    assert {name: len(load_baseline(name).units) for name in baseline_ids()} == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_group_scores_and_totals_are_those_of_the_file(name):
    baseline = load_baseline(name)
    for row in rows(name, "scores"):
        unit = baseline.unit(row["unit"])
        shown = unit.total if row["group"] == "TOTAL" else unit.groups.get(row["group"])
        assert shown == (to_hundredths(float(row["points"])) if row["points"] else None)


@pytest.mark.parametrize("name", SHIPPED)
def test_without_settings_the_published_state_stays_exactly(name):
    baseline = load_baseline(name)
    for unit in baseline.units.values():
        projection = project(baseline.edition, unit, {})
        published = group_scores(baseline.edition, unit)
        assert projection.after.groups == projection.before.groups == published
        assert unit.groups.items() <= published.items()
        assert projection.after.total == projection.before.total
        assert projection.after.total == unit_total(baseline.edition, unit)
        assert projection.after.indicators == projection.before.indicators
        assert projection.counts.numerators == unit.numerators
        assert projection.counts.denominators == unit.denominators
        assert projection.total_change == 0
        assert projection.notices == ()
        assert contributions(projection) == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_levers_at_zero_change_nothing_in_the_vector_path(name):
    baseline = load_baseline(name)
    for unit in baseline.units.values():
        settings = dict.fromkeys(baseline.edition.lever_by_code, np.zeros(1))
        outcome = project_many(baseline.edition, unit, settings)
        assert not any(row.any() for row in outcome.group_change.values())
        expected = unit_total(baseline.edition, unit)
        assert outcome.total is None if expected is None else list(outcome.total) == [expected]


def test_every_printed_indicator_score_is_reproduced():
    cases = 0
    for place in shipped_units():
        edition, unit = load_unit(place)
        for score, item in zip(model_scores(edition, unit), unit.evidence, strict=True):
            if item.published is not None:
                assert score == item.published, (place, item)
                cases += 1
    assert cases > 1000


def test_every_fully_known_group_of_2026_is_the_sum_of_its_indicators():
    differences, cases = {}, 0
    for name, code in shipped_units():
        edition, unit = load_unit((name, code))
        scores = model_scores(edition, unit)
        for group, positions in edition.group_positions.items():
            parts = [scores[k] for k in positions]
            if edition.estimate or None in parts or group not in unit.groups:
                continue
            cases += 1
            if sum(parts) != unit.groups[group]:
                differences[name, code, group] = (sum(parts), unit.groups[group])
    assert differences == GROUPS_OFF
    assert cases > 250


def test_every_published_total_is_the_sum_of_its_groups():
    differences, cases = {}, 0
    for name, code in shipped_units():
        edition, unit = load_unit((name, code))
        if unit.total is None or len(unit.groups) < len(edition.groups):
            continue
        cases += 1
        if sum(unit.groups.values()) != unit.total:
            differences[name, code] = (sum(unit.groups.values()), unit.total)
    assert differences == TOTALS_OFF
    assert cases > 200


def ranked(name: str, pool: str) -> list[tuple[int, int, int]]:
    """``(published rank, computed rank, units with that total)`` of every unit of a pool."""
    baseline = load_baseline(name)
    units = [unit for unit in baseline.units.values() if unit.pool == pool]
    totals = Counter(unit_total(baseline.edition, unit) for unit in units)
    result = []
    for unit in units:
        peers = peers_of(baseline, unit, load_baseline)
        total = unit_total(baseline.edition, unit)
        place = standing(total, peers.totals)
        assert place.of == len(units)
        assert place.tied == (totals[total] > 1)
        result.append((unit.published_rank, place.rank, totals[total]))
    return sorted(result)


@pytest.mark.parametrize(
    ("name", "pool", "size"),
    [
        pytest.param("vn-2026-10-10", "provinces", 34, id="34 provinces in October"),
        pytest.param("vn-2026-09-26", "provinces", 34, id="34 provinces in September"),
        pytest.param("gialai-2026-10-10", "H21-departments", 14, id="Gia Lai's departments"),
        pytest.param("gialai-2026-10-10", "H21-communes", 135, id="Gia Lai's communes"),
        pytest.param("tth-2022", "tth-districts", 9, id="Thừa Thiên Huế's districts"),
    ],
)
def test_published_ranks_follow_from_the_totals(name, pool, size):
    """The portal numbers units of equal total one after the other; here they share a rank."""
    places = ranked(name, pool)
    assert [published for published, _, _ in places] == list(range(1, size + 1))
    for published, computed, sharing in places:
        assert computed <= published < computed + sharing


def test_34_provinces_of_october_have_no_ties():
    assert all(published == rank for published, rank, _ in ranked("vn-2026-10-10", "provinces"))


def test_classes_of_the_34_provinces_on_10_october():
    baseline = load_baseline("vn-2026-10-10")
    classes = Counter(
        class_of(baseline.edition, unit.total).code for unit in baseline.units.values()
    )
    assert classes == {"AVERAGE": 34}


def test_phu_tho_borrows_the_other_33_provinces_of_the_same_day():
    baseline = load_baseline("phutho-2026-ytd")
    peers = peers_of(baseline, baseline.unit("H44"), load_baseline)
    assert peers.borrowed
    assert peers.baseline_id == "vn-2026-09-26"
    assert len(peers.units) == 33
    assert "H44" not in peers.totals


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("phutho-2026-08", "H44", id="no other province in August"),
        pytest.param("phutho-2026-ytd", "H44.07", id="only some communes of Phú Thọ"),
        pytest.param("binhthuan-2023", "binhthuan", id="one of 63 provinces"),
        pytest.param("tth-2022", "tth", id="one of 63 provinces in 2022"),
        pytest.param("nari-2023-10m", "nari", id="a district in no list"),
    ],
)
def test_an_incomplete_list_gives_no_rank(name, unit):
    baseline = load_baseline(name)
    assert peers_of(baseline, baseline.unit(unit), load_baseline) is None


def test_a_figure_is_either_a_whole_count_or_a_rate_of_100_or_absent():
    for place in shipped_units():
        edition, unit = load_unit(place)
        for item, evidence in zip(edition.indicators, unit.evidence, strict=True):
            if evidence.basis is Basis.RATE:
                assert evidence.denominator == 100, (place, item.code)
            elif evidence.basis is Basis.COUNTS:
                assert float(evidence.numerator).is_integer(), (place, item.code)
                assert evidence.denominator > 0 or item.at_zero != "null", (place, item.code)
            else:
                assert evidence.numerator == evidence.denominator == 0, (place, item.code)
