"""How sure a rank is: what is asked of the peers, what can be answered, and what is said of it."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from simulator import library
from simulator.baseline import Baseline
from simulator.captures import captures_of
from simulator.errors import Notice
from simulator.movement import Basis, movement_of
from simulator.numbers import format_date
from simulator.peers_mode import DRAWS, SEED, PeersMode
from simulator.rank import peers_of, standing, unit_total
from simulator.rank_ahead import Question, RankAhead, ahead_of, rank_ahead
from simulator.text import LANGUAGES, explain
from simulator.uncertainty import drawn, trend
from tests.engine.units import counts
from tests.paths import PROJECT

COUNTRY, PHU_THO = "vn-2026-10-10", "H44"
# From 14:00:40 on 10 October to midnight of 31 December.
DAYS_LEFT = 82 + (9 * 3600 + 59 * 60 + 20) / 86_400


def asked(baseline: str = COUNTRY, unit: str = PHU_THO, **fields) -> RankAhead:
    found = rank_ahead(Question(baseline, unit, **fields))
    assert found is not None
    return found


def of_figures(baseline: Baseline, code: str, mode=PeersMode.UNCERTAIN, **fields) -> RankAhead:
    """The answer for figures that the library does not know."""
    unit = baseline.unit(code)
    peers = peers_of(baseline, unit, library.load)
    assert peers is not None
    return ahead_of(baseline, unit, peers, Question("made-up", code, mode, **fields))


def codes(found: RankAhead) -> list[str]:
    return [notice.code for notice in found.notices]


def test_without_a_day_it_looks_to_the_end_of_the_period():
    found = asked()
    assert (found.mode, found.last) == (PeersMode.UNCERTAIN, date(2026, 12, 31))
    assert found.days == pytest.approx(DAYS_LEFT)
    assert found.question == Question(COUNTRY, PHU_THO, PeersMode.UNCERTAIN, "", DRAWS, SEED, False)
    assert (found.outcomes.draws, found.outcomes.count) == (20_000, 34)


def test_it_looks_to_the_end_of_the_day_asked_for():
    found = asked(until="2026-10-31", draws=500)
    assert (found.last, found.days) == (date(2026, 10, 31), pytest.approx(DAYS_LEFT - 61))
    assert codes(found) == []
    near, far = (one.outcomes.totals(0.99)["H01"] for one in (found, asked(draws=500)))
    assert near < far


def test_peers_move_as_the_history_of_their_list_tells():
    found = asked(draws=500, seed=7)
    movement = movement_of(captures_of(COUNTRY, "provinces"))
    assert (found.movement, movement.basis) == (movement, Basis.OWN)
    peers = peers_of(library.load(COUNTRY), library.load(COUNTRY).unit(PHU_THO), library.load)
    expected = drawn(peers.totals, movement, found.days, 500, 7)
    assert np.array_equal(found.outcomes.places, expected.places)
    assert not np.array_equal(found.outcomes.places, asked(draws=500).outcomes.places)


@pytest.mark.parametrize("baseline", [COUNTRY, "vn-2026-09-26", "gialai-2026-10-10"])
def test_peers_that_are_held_give_the_place_they_have_now(baseline):
    figures = library.load(baseline)
    for code in list(figures.units)[::7]:
        unit = figures.unit(code)
        found = asked(baseline, code, mode=PeersMode.FIXED)
        peers = peers_of(figures, unit, library.load)
        score = unit_total(figures.edition, unit)
        rank = standing(score, peers.totals).rank
        assert found.interval(score) == (rank, rank)
        assert (found.mode, found.movement, found.notices) == (PeersMode.FIXED, None, ())
        assert found.days > 0


def test_on_their_trend_peers_are_certain_and_shifted():
    found = asked(mode=PeersMode.TREND)
    peers = peers_of(library.load(COUNTRY), library.load(COUNTRY).unit(PHU_THO), library.load)
    ends = trend(peers.totals, found.movement, found.days)
    assert (found.mode, found.outcomes.draws) == (PeersMode.TREND, 1)
    assert found.outcomes.totals(1.0) == ends
    assert ends != peers.totals
    rank = standing(6189, ends).rank
    assert found.interval(6189) == (rank, rank)


def test_the_interval_holds_nine_of_ten_draws():
    found = asked()
    best, worst = found.interval(6189)
    chances = found.outcomes.chances(6189)
    assert best < worst
    assert chances[best - 1 : worst].sum() >= 0.9
    assert chances[: best - 1].sum() <= 0.05
    assert chances[worst:].sum() <= 0.05
    many = found.many_ends(np.array([6000.0, 6189.0, 6500.0]))
    assert tuple(row[1] for row in many) == found.ends(6189)
    assert found.ends(6189)[::2] == (best, worst)
    assert best <= found.ends(6189)[1] <= worst
    assert np.all(np.diff(many[0]) <= 0)


def test_a_unit_may_move_like_its_peers():
    kept, moving = asked(draws=4000), asked(draws=4000, own=True)
    assert kept.outcomes.draws == moving.outcomes.draws == 4000
    assert kept.outcomes.codes == moving.outcomes.codes
    assert PHU_THO not in moving.outcomes.codes
    peers = peers_of(library.load(COUNTRY), library.load(COUNTRY).unit(PHU_THO), library.load)
    expected = drawn(peers.totals, moving.movement, moving.days, 4000, own=PHU_THO)
    assert np.array_equal(moving.outcomes.places, expected.places)
    assert not np.array_equal(moving.outcomes.chances(6189), kept.outcomes.chances(6189))


def test_borrowed_peers_move_from_the_day_they_were_read():
    """Phú Thọ's own figures borrow the list of 26 September, which had been read twice by then."""
    found = asked("phutho-2026-ytd", draws=500)
    lender = library.load("vn-2026-09-26").whole_period()
    assert found.days == pytest.approx((lender.ends - lender.captured).total_seconds() / 86_400)
    assert found.outcomes.count == 34
    assert found.movement.basis is Basis.PARTLY
    assert found.movement.own_days == ("2026-09-17", "2026-09-26")
    assert codes(found) == ["movement_partly", "movement_far"]
    assert [notice.fields for notice in found.notices] == [
        {"captures": 2, "units": 34}, {"days": 96, "span": 23},
    ]  # fmt: skip


def test_a_list_that_was_read_once_moves_as_the_provinces_do_and_this_is_said():
    units = library.load("gialai-2026-10-10").units.values()
    for pool, count in (("H21-departments", 14), ("H21-communes", 135)):
        code = next(unit.code for unit in units if unit.pool == pool)
        found = asked("gialai-2026-10-10", code, draws=100)
        assert found.outcomes.count == count
        assert found.movement.basis is Basis.DEFAULT
        assert codes(found) == ["movement_default", "movement_far"]
        assert found.notices[0].fields == {"captures": 1, "units": count}


def test_units_without_dossiers_do_not_move():
    country = library.load(COUNTRY)
    idle = country.unit("H01")
    evidence = list(idle.evidence)
    evidence[country.edition.position["ON_TIME"]] = counts(0, 0)
    units = {**country.units, "H01": replace(idle, evidence=tuple(evidence))}
    found = of_figures(replace(country, id="made-up", units=units), PHU_THO, draws=100)
    ends = [found.outcomes.totals(certainty) for certainty in (0.0, 1.0)]
    assert {totals["H01"] for totals in ends} == {idle.total}
    assert all(ends[0][code] < ends[1][code] for code in ends[0] if code != "H01")
    on_trend = of_figures(
        replace(country, id="made-up", units=units), PHU_THO, PeersMode.TREND
    ).outcomes.totals(1.0)
    assert on_trend["H01"] == idle.total


def test_a_look_more_than_twice_as_far_as_the_history_reaches_is_named():
    span = asked(draws=100).movement.span
    assert span == 23
    for until, told in (("2026-11-24", False), ("2026-11-25", True)):
        found = asked(until=until, draws=100)
        assert (found.days > 2 * span) == told
        assert codes(found) == (["movement_far"] if told else [])


@pytest.mark.parametrize("mode", [PeersMode.TREND, PeersMode.UNCERTAIN])
def test_in_a_period_that_is_over_peers_are_held(mode):
    over = replace(library.load(COUNTRY), id="made-up", period="2026-09")
    found = of_figures(over, PHU_THO, mode)
    assert (found.mode, found.question.mode) == (PeersMode.FIXED, mode)
    assert (found.days, found.movement, found.last) == (0.0, None, date(2026, 9, 30))
    assert codes(found) == ["peers_period_over"]
    assert found.notices[0].fields == {"last": "2026-09-30"}
    assert found.outcomes.draws == 1


@pytest.mark.parametrize("lacking", [{"captured_at": ""}, {"period": "some time"}])
@pytest.mark.parametrize("mode", list(PeersMode))
def test_where_it_is_not_known_when_figures_were_read_peers_are_held(lacking, mode):
    unknown = replace(library.load(COUNTRY), id="made-up", **lacking)
    found = of_figures(unknown, PHU_THO, mode)
    assert (found.mode, found.last, found.days) == (PeersMode.FIXED, None, 0.0)
    assert codes(found) == ["peers_capture_unknown"]
    assert found.interval(10_000) == (1, 1)


@pytest.mark.parametrize(
    ("baseline", "unit"),
    [("nari-2023-10m", "nari"), ("phutho-2026-ytd", "H44.107"), ("tth-2022", "tth")],
)
def test_a_unit_that_is_not_ranked_has_no_answer(baseline, unit):
    assert rank_ahead(Question(baseline, unit)) is None


def test_figures_of_the_library_get_the_same_answer_by_both_ways():
    for mode in PeersMode:
        here = of_figures(library.load(COUNTRY), PHU_THO, mode, draws=300)
        there = asked(mode=mode, draws=300)
        assert (here.mode, here.last, here.days, here.movement, here.notices) == (
            there.mode, there.last, there.days, there.movement, there.notices,
        )  # fmt: skip
        assert np.array_equal(here.outcomes.places, there.outcomes.places)


def test_an_answer_is_kept():
    assert rank_ahead(Question(COUNTRY, PHU_THO, draws=50)) is asked(draws=50)


def notices_of_the_module() -> set[str]:
    """Codes of the notices as the module writes them."""
    found = set()
    source = (PROJECT / "simulator" / "rank_ahead.py").read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
            code = node.args[0]
            if isinstance(code, ast.JoinedStr):
                found |= {f"movement_{basis}" for basis in (Basis.PARTLY, Basis.DEFAULT)}
            else:
                found.add(ast.literal_eval(code))
    return found


NOTICES = {
    "peers_capture_unknown": {},
    "peers_period_over": {"last": "2026-09-30"},
    "movement_partly": {"captures": 2, "units": 34},
    "movement_default": {"captures": 1, "units": 14},
    "movement_far": {"days": 96, "span": 23},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", NOTICES)
def test_every_notice_has_its_sentence_in_both_languages(language, code):
    assert notices_of_the_module() == set(NOTICES)
    sentence = explain(Notice(code, NOTICES[code]), language)
    assert "{" not in sentence
    for value in NOTICES[code].values():
        assert str(value) in sentence or format_date(value) in sentence
