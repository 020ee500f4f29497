"""Published figures are tests: the rules give what the portal printed, to the hundredth."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from simulator.readers import read_files
from simulator.reproduce import reproduction
from simulator.rules import Edition
from simulator.scorecard import UnitScore, score_reading

# The collection of real figures lies beside the repository and is not part of it.
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_shared = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the collection of real figures ../shared/data is not here"
)
# Printed group scores that differ from the sum of their own printed indicators.
GROUPS_OFF = {("H55", "CKMB"): (810, 811)}

NATIONAL = [
    f"national/{name}_2026-10-10.csv" for name in ("provinces", "components", "progress", "payment")
]
GIALAI = ["units/gialai_units_2026-10-10.csv", "units/gialai_components_2026-10-10.csv"]
PERIODS = ("year", "month", "month-recapture", "year-formality")


def sources() -> dict[str, list[Path]]:
    """Files that belong together: one capture and one period each."""
    found = {
        "34 provinces on 10 October 2026": [SHARED / name for name in NATIONAL],
        "Gia Lai's units on 10 October 2026": [SHARED / name for name in GIALAI],
    }
    for period in PERIODS:
        found[f"Phú Thọ, {period}"] = sorted(SHARED.glob(f"portal/phutho/*/{period}.json"))
    return found


def read(edition: Edition, name: str) -> tuple[UnitScore, ...]:
    return score_reading(edition, read_files(sources()[name], edition))


def test_every_shipped_indicator_score_is_reproduced():
    result = reproduction()
    assert result.indicator_mismatches == ()
    assert result.cases == result.exact > 800
    assert result.rows > 1200


def test_the_only_shipped_group_score_that_differs_is_thai_nguyens_transparency():
    wrong = reproduction().group_mismatches
    assert {(item.unit, item.what): (item.published, item.computed) for item in wrong} == GROUPS_OFF
    assert wrong[0].name == "Thái Nguyên"


def test_groups_whose_parts_are_never_printed_are_verified_through_their_sums():
    groups = {item.code: item for item in reproduction().groups}
    assert groups["ONLINE"].exact == groups["ONLINE"].cases > 0
    assert groups["TTTT"].exact == groups["TTTT"].cases > 20
    assert groups["TTTT"].explained > 40


def test_the_rules_state_as_many_verified_cases_as_the_shipped_data_holds(edition):
    stated = {item.code: item.verified_cases for item in edition.indicators}
    counted = {item.code: item.verified_cases for item in reproduction().indicators}
    assert stated == counted, "run python -m simulator reproduce and correct indicators.csv"


def test_a_wrong_published_score_would_be_listed(edition, tmp_path):
    header = "unit,indicator,basis,numerator,denominator,points,flag,raw,note\n"
    row = "H1,PUBLISH_ON_TIME,counts,1,48,{points},,,\n"
    (tmp_path / "right.csv").write_text(header + row.format(points=0.12), encoding="utf-8")
    (tmp_path / "wrong.csv").write_text(header + row.format(points=0.13), encoding="utf-8")
    result = reproduction(published=tmp_path)
    (wrong,) = result.indicator_mismatches
    assert (wrong.source, wrong.published, wrong.computed) == ("wrong", 13, 12)


@needs_shared
@pytest.mark.parametrize("name", sources())
def test_every_score_of_the_collection_is_exact(edition, name):
    units = read(edition, name)
    compared = [
        (item.published, item.counted)
        for unit in units
        for item in unit.indicators
        if item.published is not None
    ]
    groups = {
        (unit.unit, group): (published, unit.groups[group])
        for unit in units
        for group, published in unit.published_groups.items()
        if unit.groups[group] is not None
    }
    print(f"{name}: {len(compared)} indicator scores, {len(groups)} group scores compared")
    assert all(published == counted for published, counted in compared)
    wrong = {key: pair for key, pair in groups.items() if pair[0] != pair[1]}
    assert wrong == ({key: GROUPS_OFF[key] for key in GROUPS_OFF if key in groups})
    assert len(compared) + len(groups) > 0


@needs_shared
def test_no_score_of_the_collection_is_left_out(edition):
    found: Counter[str] = Counter()
    for name in sources():
        for unit in read(edition, name):
            found["indicators"] += sum(item.published is not None for item in unit.indicators)
            found["groups"] += sum(
                unit.groups[group] is not None for group in unit.published_groups
            )
    print(dict(found))
    assert found == {"indicators": 1232, "groups": 370}


@needs_shared
def test_the_six_files_of_one_period_give_phu_thos_total(edition):
    units = {unit.unit: unit for unit in read(edition, "Phú Thọ, year")}
    assert units["H44"].total == 6189
    assert len(units["H44"].indicators) == len(edition.indicators)
    assert units["H44"].groups == units["H44"].published_groups


@needs_shared
def test_a_province_without_group_parts_keeps_its_published_total(edition):
    units = {unit.unit: unit for unit in read(edition, "34 provinces on 10 October 2026")}
    assert len(units) == 34
    assert units["H20"].published_total == 6880
    assert units["H20"].total is None
