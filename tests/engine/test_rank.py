"""Places, ties and classes."""

from __future__ import annotations

import pytest

from simulator.baseline import Baseline
from simulator.project import project
from simulator.rank import class_of, peers_of, standing, to_next_class
from tests.engine.units import EDITION, counts, make_unit


def baseline(*units, **fields) -> Baseline:
    text = {"vi": "x", "en": "x"}
    defaults = {
        "id": "test", "title": text, "edition": EDITION, "period": "", "period_text": text,
        "captured_at": "2026-10-10", "source": "",
    }  # fmt: skip
    return Baseline(**{**defaults, **fields}, units={unit.code: unit for unit in units})


def no_other(_: str) -> Baseline:
    raise AssertionError("no other baseline may be read")


def test_equal_totals_share_a_rank_and_the_next_is_skipped():
    totals = {"A": 9000, "B": 8000, "C": 8000, "D": 7000}
    ranks = [
        standing(score, {k: v for k, v in totals.items() if k != code}).rank
        for code, score in totals.items()
    ]
    assert ranks == [1, 2, 2, 4]


def test_a_tie_is_said():
    assert standing(8000, {"A": 8000, "B": 7000}).tied
    assert not standing(8000, {"A": 8001, "B": 7999}).tied


def test_points_to_the_next_rank_are_one_hundredth_more_than_the_gap():
    place = standing(6189, {"A": 6300, "B": 6210, "C": 6000, "D": 100})
    assert (place.rank, place.of, place.to_next, place.lead) == (3, 5, 22, 189)


def test_the_first_has_nothing_to_gain_and_the_last_no_lead():
    assert standing(10_000, {"A": 1}).to_next is None
    assert standing(0, {"A": 1}).lead is None


def test_alone_one_is_first_of_one():
    place = standing(5000, {})
    assert (place.rank, place.of, place.tied) == (1, 1, False)


@pytest.mark.parametrize(
    ("hundredths", "code"),
    [
        (0, "WEAK"),
        (4999, "WEAK"),
        (5000, "AVERAGE"),
        (6999, "AVERAGE"),
        (7000, "FAIR"),
        (7999, "FAIR"),
        (8000, "GOOD"),
        (8999, "GOOD"),
        (9000, "EXCELLENT"),
        (10_000, "EXCELLENT"),
    ],
)
def test_class_at_its_edges(hundredths, code):
    assert class_of(EDITION, hundredths).code == code


@pytest.mark.parametrize(
    ("hundredths", "code", "missing"),
    [(4999, "AVERAGE", 1), (5000, "FAIR", 2000), (6189, "FAIR", 811), (8999, "EXCELLENT", 1)],
)
def test_points_to_the_next_class(hundredths, code, missing):
    above, points = to_next_class(EDITION, hundredths)
    assert (above.code, points) == (code, missing)


def test_above_excellent_there_is_no_class():
    assert to_next_class(EDITION, 9000) is None


def test_the_simulated_unit_replaces_its_own_row():
    own = make_unit({"ON_TIME": counts(0, 100)}, groups={"TDGQ": 0}, total=5000, code="A")
    other = make_unit(total=5100, code="B")
    source = baseline(own, other)
    peers = peers_of(source, own, no_other)
    assert dict(peers.totals) == {"B": 5100}
    projection = project(EDITION, own, {"ON_TIME": 10.0}, peers)
    assert (projection.before.standing.rank, projection.after.standing.rank) == (2, 1)
    assert projection.after.standing.of == 2


def test_pools_are_never_mixed():
    own = make_unit(total=5000, code="A", pool="departments")
    source = baseline(
        own,
        make_unit(total=6000, code="B", pool="communes"),
        make_unit(total=4000, code="C", pool="departments"),
    )
    assert dict(peers_of(source, own, no_other).totals) == {"C": 4000}


def test_peers_without_a_total_are_not_counted():
    own = make_unit(total=5000, code="A")
    source = baseline(own, make_unit(total=4000, code="B"), make_unit(code="C"))
    assert dict(peers_of(source, own, no_other).totals) == {"B": 4000}


def test_peers_stand_highest_first():
    own = make_unit(total=5000, code="A")
    others = [make_unit(total=total, code=str(total)) for total in (4000, 6000, 5500)]
    peers = peers_of(baseline(own, *others), own, no_other)
    assert [unit.total for unit in peers.units] == [6000, 5500, 4000]


def test_a_unit_in_no_pool_or_in_an_incomplete_one_has_no_peers():
    other = make_unit(total=4000, code="B")
    lonely = make_unit(total=5000, code="A", pool=None)
    assert peers_of(baseline(lonely, other), lonely, no_other) is None
    listed = make_unit(total=5000, code="A")
    source = baseline(listed, other, incomplete_pools=frozenset({"pool"}))
    assert peers_of(source, listed, no_other) is None


def test_an_incomplete_list_of_another_baseline_is_not_borrowed_either():
    own = make_unit(total=5000, code="A")
    partly = baseline(make_unit(total=4000, code="B"), incomplete_pools=frozenset({"pool"}))
    assert peers_of(baseline(own, peers_from="other"), own, lambda _: partly) is None


def test_borrowed_peers_leave_out_the_unit_itself():
    own = make_unit(total=5000, code="A")
    lender = baseline(make_unit(total=5050, code="A"), make_unit(total=4000, code="B"), id="lender")
    peers = peers_of(baseline(own, peers_from="lender"), own, lambda _: lender)
    assert peers.borrowed
    assert peers.baseline_id == "lender"
    assert dict(peers.totals) == {"B": 4000}
