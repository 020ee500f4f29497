"""The scalar and the numpy path agree bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.project import project, project_many
from simulator.score import CHUNK, score_many, score_unit, totals_many
from tests.engine.units import (
    EDITION,
    changes,
    counts,
    load_unit,
    make_unit,
    random_units,
    units_with_parts,
    usable_levers,
)

INDICATORS = len(EDITION.indicators)


def random_counts(units: int, seed: int, shared: bool) -> tuple[np.ndarray, np.ndarray]:
    """Counts of ``units`` columns with many small and some zero denominators."""
    random = np.random.default_rng(seed)
    highest = random.choice([1, 3, 50, 700_000], size=(INDICATORS, 1))
    columns = 1 if shared else units
    denominators = np.floor(random.random((INDICATORS, columns)) * (highest + 1))
    numerators = np.floor(random.random((INDICATORS, units)) * (denominators + 1))
    return np.minimum(numerators, denominators), denominators


def scalar_scores(numerators: np.ndarray, denominators: np.ndarray) -> np.ndarray:
    wide = np.broadcast_to(denominators, numerators.shape)
    return np.array(
        [
            score_unit(EDITION, row, whole)
            for row, whole in zip(numerators.T.tolist(), wide.T.tolist(), strict=True)
        ]
    ).T


@pytest.mark.parametrize("shared", [False, True], ids=["own denominators", "shared denominators"])
@pytest.mark.parametrize("units", [1, 2, 150, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
def test_many_units_score_as_one_by_one(units, shared):
    numerators, denominators = random_counts(units, seed=units, shared=shared)
    expected = scalar_scores(numerators, denominators)
    assert np.array_equal(score_many(EDITION, numerators, denominators), expected)
    groups, totals = totals_many(EDITION, numerators, denominators)
    for row, positions in zip(groups, EDITION.group_positions.values(), strict=True):
        assert np.array_equal(row, expected[list(positions)].sum(axis=0))
    assert np.array_equal(totals, expected.sum(axis=0))


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.booleans())
def test_random_small_tables_score_as_one_by_one(seed, units, shared):
    numerators, denominators = random_counts(units, seed, shared)
    expected = scalar_scores(numerators, denominators)
    assert np.array_equal(score_many(EDITION, numerators, denominators), expected)
    assert np.array_equal(totals_many(EDITION, numerators, denominators)[1], expected.sum(axis=0))


@pytest.mark.parametrize("shared", [False, True], ids=["own denominators", "shared denominators"])
def test_units_without_any_case_score_as_one_by_one(shared):
    zeros = np.zeros((INDICATORS, 5))
    whole = zeros[:, :1] if shared else zeros
    assert np.array_equal(score_many(EDITION, zeros, whole), scalar_scores(zeros, whole))
    assert totals_many(EDITION, zeros, whole)[1].tolist() == [1400.0] * 5


def test_scoring_does_not_change_its_input():
    numerators, denominators = random_counts(30, seed=1, shared=False)
    kept = numerators.copy(), denominators.copy()
    totals_many(EDITION, numerators, denominators)
    score_many(EDITION, numerators, denominators)
    assert np.array_equal(numerators, kept[0])
    assert np.array_equal(denominators, kept[1])


def test_no_units_give_no_scores():
    empty = np.empty((INDICATORS, 0))
    assert score_many(EDITION, empty, empty).shape == (INDICATORS, 0)
    groups, totals = totals_many(EDITION, empty, empty)
    assert groups.shape == (6, 0)
    assert totals.shape == (0,)


def compare_paths(edition, unit, data, what_ifs: int = 4) -> None:
    """Draw ``what_ifs`` settings of ``unit`` and compare both paths."""
    levers = usable_levers(edition, unit)
    rows = {
        bounds.lever.code: [data.draw(changes(bounds)) for _ in range(what_ifs)]
        for bounds in levers
        if data.draw(st.booleans())
    }
    arrays = {code: np.array(row) for code, row in rows.items()}
    many = project_many(edition, unit, arrays)
    for k in range(what_ifs if rows else 1):
        one = project(edition, unit, {code: row[k] for code, row in rows.items()})
        assert column(many.group_change, k) == one.group_change
        assert column(many.groups, k) == one.after.groups
        assert many.total_change[k] == one.total_change
        if one.after.total is None:
            assert many.total is None
        else:
            assert many.total[k] == one.after.total


def column(rows, k: int) -> dict[str, float | None]:
    """What-if ``k`` of every group."""
    return {group: None if row is None else row[k] for group, row in rows.items()}


@given(st.sampled_from(units_with_parts()), st.data())
def test_many_what_ifs_of_a_shipped_unit_project_as_one_by_one(place, data):
    compare_paths(*load_unit(place), data)


@given(random_units(), st.data())
def test_many_what_ifs_of_a_random_unit_project_as_one_by_one(unit, data):
    compare_paths(EDITION, unit, data)


@pytest.mark.parametrize("place", units_with_parts(), ids="/".join)
def test_every_lever_at_both_ends_projects_as_one_by_one(place):
    edition, unit = load_unit(place)
    for bounds in usable_levers(edition, unit):
        ends = [bounds.low, bounds.high]
        many = project_many(edition, unit, {bounds.lever.code: np.array(ends)})
        for k, end in enumerate(ends):
            one = project(edition, unit, {bounds.lever.code: end})
            assert column(many.group_change, k) == one.group_change


def test_petitions_that_are_not_published_do_not_move_in_either_path():
    unit = make_unit({"PETITION_PROCESSING_ON_TIME": counts(5, 10)}, groups={"MDHL": 1000})
    many = project_many(EDITION, unit, {"PETITION_NEW": np.array([0.0, 5.0])})
    assert many.total is None
    assert many.group_change["MDHL"].tolist() == [0.0, -100.0]
