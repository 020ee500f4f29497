"""Which readings of a list count as its history: shipped ones, an office's own, and neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from simulator import library
from simulator.captures import (
    PROVINCES_CSV,
    Capture,
    captures_of,
    readings,
    renewed,
    shipped_captures,
    totals_by_day,
)
from simulator.checks import check_files
from simulator.errors import RulesError
from simulator.imports import About
from simulator.movement import Basis, default_movement, movement_of
from simulator.numbers import VIETNAM
from simulator.own_figures import OWN_FIGURES, keep
from simulator.rule_files import load_edition
from simulator.store import open_store

EDITION = load_edition("2026-portal")
SHIPPED_DAYS = [
    "2026-09-17", "2026-09-26", "2026-09-30", "2026-10-05", "2026-10-06", "2026-10-08",
    "2026-10-09", "2026-10-10",
]  # fmt: skip
START = datetime(2026, 3, 1, tzinfo=VIETNAM)
DEPARTMENTS = "H21-departments"


def reading(hours: float, *totals: int) -> Capture:
    codes = [f"A{k}" for k in range(len(totals))]
    return Capture(START + timedelta(hours=hours), dict(zip(codes, totals, strict=True)), "test")


def hours(captures) -> list[float]:
    return [(one.moment - START) / timedelta(hours=1) for one in captures]


def test_shipped_readings_are_those_at_which_something_was_new():
    """On 1 and 7 October the portal showed what it had shown before."""
    assert [one.day for one in shipped_captures()] == SHIPPED_DAYS
    assert set(totals_by_day()) - set(SHIPPED_DAYS) == {"2026-10-01", "2026-10-07"}
    assert {len(one.totals) for one in shipped_captures()} == {34}
    assert {one.source for one in shipped_captures()} == {PROVINCES_CSV.name}


def test_the_last_reading_is_that_of_the_figures_themselves():
    found = captures_of("vn-2026-10-10", "provinces")
    assert [one.day for one in found] == SHIPPED_DAYS
    assert found[-1].source == "vn-2026-10-10"
    assert found[-1].moment.isoformat() == "2026-10-10T14:00:40+07:00"
    assert found[:-1] == shipped_captures()[:-1]
    assert found[-1].totals == totals_by_day()["2026-10-10"]


def test_only_earlier_readings_count():
    found = captures_of("vn-2026-09-26", "provinces")
    assert [one.day for one in found] == SHIPPED_DAYS[:2]
    assert found[-1].totals == totals_by_day()["2026-09-26"]


@pytest.mark.parametrize("pool", [DEPARTMENTS, "H21-communes"])
def test_a_list_that_was_read_once_has_one_reading(pool):
    (only,) = captures_of("gialai-2026-10-10", pool)
    units = library.load("gialai-2026-10-10").units.values()
    assert dict(only.totals) == {unit.code: unit.total for unit in units if unit.pool == pool}


def test_a_list_nobody_knows_when_it_was_read_has_no_history():
    baseline = replace(library.load("vn-2026-10-10"), captured_at="")
    assert readings(baseline, "provinces") == ()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([], []),
        ([reading(0, 1)], [0]),
        ([reading(24, 2), reading(0, 1)], [0, 24]),
        ([reading(0, 1), reading(24, 1), reading(48, 2)], [0, 48]),
        # A mended one takes the place of the one it mends.
        ([reading(0, 1), reading(24, 2), reading(35, 3)], [0, 35]),
        ([reading(0, 1), reading(24, 2), reading(36, 3)], [0, 24, 36]),
        # Mended back to what had been there before: nothing was new at all.
        ([reading(0, 1), reading(24, 2), reading(25, 1)], [0]),
        ([reading(0, 1), reading(0, 2)], [0]),
    ],
)
def test_frozen_and_mended_readings_are_left_out(given, kept):
    assert hours(renewed(given)) == kept


def test_many_readings_a_day_are_thinned_out_and_not_lost():
    """Every eight hours for ten days: each is less than half a day after the one before."""
    found = renewed(reading(8 * k, k) for k in range(31))
    assert hours(found) == [16 * k for k in range(16)]
    found = renewed(reading(k, k) for k in range(100))
    assert hours(found)[-1] == 99
    assert {after - before for before, after in pairwise(hours(found))} == {12}


def test_the_day_of_a_reading_is_the_last_it_holds_anything_of():
    assert reading(0, 1).day == "2026-02-28"
    assert reading(0.5, 1).day == "2026-03-01"


def test_a_unit_twice_on_a_day_is_refused(tmp_path):
    path = tmp_path / "twice.csv"
    path.write_text(
        "date,unit,total,source\n2026-09-17,H01,60.35,x\n2026-09-18,H01,60.35,x\n"
        "2026-09-17,H01,60.36,x\n",
        encoding="utf-8",
    )
    with pytest.raises(RulesError) as error:
        totals_by_day(path)
    assert (error.value.code, error.value.fields) == (
        "duplicate", {"code": "H01", "file": "twice.csv", "line": 4},
    )  # fmt: skip


def departments() -> dict[str, int]:
    units = library.load("gialai-2026-10-10").units.values()
    return {unit.code: unit.total for unit in units if unit.pool == DEPARTMENTS}


def keep_list(folder, day: str, totals: Mapping[str, int], *, whole: bool = True) -> str:
    """Keep totals of Gia Lai's departments as an office would; the id they got."""
    units = library.load("gialai-2026-10-10").units
    rows = [
        f'{code},"{units[code].name}",department,TOTAL,,,{total / 100}'
        for code, total in totals.items()
    ]
    path = folder / f"{day}.csv"
    path.write_text(
        "\n".join(["unit,name,level,code,numerator,denominator,score", *rows]), encoding="utf-8"
    )
    about = About(path.stem, "test", "2026-ytd", day, whole)
    done = keep(check_files([path], EDITION), EDITION, about, [(path.name, path.read_bytes())])
    OWN_FIGURES.refresh()
    return done.id


def moved(by: int) -> dict[str, int]:
    return {code: total + by for code, total in departments().items()}


def sources(baseline_id: str) -> list[str]:
    return [one.source for one in captures_of(baseline_id, DEPARTMENTS)]


def test_an_office_s_own_readings_make_the_history_of_its_list(place):
    first = keep_list(place, "2026-10-01", moved(-40))
    assert sources("gialai-2026-10-10") == [first, "gialai-2026-10-10"]
    second = keep_list(place, "2026-10-05", moved(-15))
    later = keep_list(place, "2026-10-12", moved(25))
    assert sources("gialai-2026-10-10") == [first, second, "gialai-2026-10-10"]
    assert sources(later) == [first, second, "gialai-2026-10-10", later]
    assert sources(second) == [first, second]
    found = captures_of(later, DEPARTMENTS)
    assert movement_of(found).basis is Basis.PARTLY
    # Eleven days of its own beside the 23 of the provinces.
    drift = (65 + 23 * default_movement().drift) / (11 + 23)
    assert movement_of(found).drift == pytest.approx(drift)


def test_deleted_readings_are_no_history(place):
    first = keep_list(place, "2026-10-01", moved(-40))
    open_store().delete(first)
    OWN_FIGURES.refresh()
    assert sources("gialai-2026-10-10") == ["gialai-2026-10-10"]


def test_incomplete_lists_are_left_out(place):
    keep_list(place, "2026-10-01", moved(-40), whole=False)
    assert sources("gialai-2026-10-10") == ["gialai-2026-10-10"]


@pytest.mark.parametrize(("lacking", "counts"), [(1, True), (2, True), (3, False), (9, False)])
def test_a_list_that_misses_more_than_a_fifth_of_the_units_is_another_list(place, lacking, counts):
    """14 departments: 12 are 86 %, 11 are 79 %."""
    codes = list(departments())
    totals = {code: total for code, total in moved(-40).items() if code not in codes[-lacking:]}
    partly = keep_list(place, "2026-10-01", totals)
    expected = [partly, "gialai-2026-10-10"] if counts else ["gialai-2026-10-10"]
    assert sources("gialai-2026-10-10") == expected


def test_own_readings_of_all_provinces_extend_what_is_shipped(place):
    later = library.load("vn-2026-10-10")
    path = place / "vn.csv"
    rows = [
        f'{unit.code},"{unit.name}",province,TOTAL,,,{(unit.total + 10 + k) / 100}'
        for k, unit in enumerate(later.units.values())
    ]
    path.write_text(
        "\n".join(["unit,name,level,code,numerator,denominator,score", *rows]), encoding="utf-8"
    )
    about = About("vn", "test", "2026-ytd", "2026-10-20", True)
    done = keep(check_files([path], EDITION), EDITION, about, [(path.name, path.read_bytes())])
    OWN_FIGURES.refresh()
    found = captures_of(done.id, "provinces")
    assert [one.day for one in found] == [*SHIPPED_DAYS, "2026-10-20"]
    assert found[-1].source == done.id
    # What came later is no history of the earlier.
    assert captures_of("vn-2026-10-10", "provinces")[-1].source == "vn-2026-10-10"


def test_figures_the_library_does_not_know_have_the_same_history():
    baseline = library.load("vn-2026-10-10")
    assert readings(baseline, "provinces") == captures_of("vn-2026-10-10", "provinces")
