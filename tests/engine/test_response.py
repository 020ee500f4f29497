"""Response curves: every point is what the exact engine says, and the answers known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.baseline import Baseline, Unit
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.levers import lever_range
from simulator.outlook import Outlook, outlook
from simulator.project import project
from simulator.rank import peers_of
from simulator.response import Curve, response_curves
from simulator.stops import lever_stops

SETTINGS_EACH = 2


def stops_of(
    baseline: Baseline, unit: Unit, settings: dict[str, float], ahead: Outlook | None = None
) -> dict[str, list[float]]:
    edition = baseline.edition
    ranges = [lever_range(edition, unit, lever, ahead) for lever in edition.levers]
    return {
        bounds.lever.code: lever_stops(bounds, settings.get(bounds.lever.code, 0.0))
        for bounds in ranges
        if bounds.usable
    }


def curves_of(
    baseline: Baseline, unit: Unit, settings: dict[str, float], ahead: Outlook | None = None
) -> dict[str, Curve]:
    stops = stops_of(baseline, unit, settings, ahead)
    peers = peers_of(baseline, unit, load_baseline)
    return response_curves(baseline.edition, unit, settings, stops, peers, ahead)


def random_settings(stops: dict[str, list[float]], random: np.random.Generator) -> dict[str, float]:
    """About half of the levers, each at one of its stops."""
    chosen = {code: float(random.choice(values)) for code, values in stops.items()}
    return {code: change for code, change in chosen.items() if change and random.random() < 0.5}


def places() -> list[tuple[str, str]]:
    """Every shipped baseline: its first unit, or the last one that has a lever if that has none."""
    chosen = []
    for name in baseline_ids():
        baseline = load_baseline(name)
        usable = [code for code, unit in baseline.units.items() if stops_of(baseline, unit, {})]
        if usable:
            first = baseline.default_unit
            chosen.append((name, first if first in usable else usable[-1]))
    return chosen


RUNNING = ("phutho-2026-ytd", "vn-2026-10-10", "gialai-2026-10-10")


@pytest.mark.parametrize(
    ("place", "is_ahead"),
    [(place, False) for place in places()]
    + [(place, True) for place in places() if place[0] in RUNNING],
)
def test_every_point_of_every_curve_is_what_the_exact_engine_says(place, is_ahead):
    baseline = load_baseline(place[0])
    edition, unit = baseline.edition, baseline.unit(place[1])
    ahead = outlook(edition, unit, baseline.whole_period()) if is_ahead else None
    peers = peers_of(baseline, unit, load_baseline)
    random = np.random.default_rng(766)
    stops = stops_of(baseline, unit, {}, ahead)
    for settings in ({}, *(random_settings(stops, random) for _ in range(SETTINGS_EACH))):
        for code, curve in curves_of(baseline, unit, settings, ahead).items():
            own = edition.position[edition.lever_by_code[code].indicator]
            for k, change in enumerate(curve.changes.tolist()):
                one = project(edition, unit, {**settings, code: change}, peers, ahead)
                after, point = one.after, (place, settings, code, change)
                assert curve.total_change[k] == one.total_change, point
                assert curve.counts[k] == one.counts.numerators[own], point
                assert curve.wholes[k] == one.counts.denominators[own], point
                for group, moved in one.group_change.items():
                    level = curve.groups[group]
                    assert curve.group_change[group][k] == moved, point
                    assert (None if level is None else level[k]) == after.groups[group], point
                assert (curve.total is None) == (after.total is None), point
                if curve.total is not None:
                    assert curve.total[k] == after.total, point
                    assert edition.classes[curve.classes[k]] == after.score_class, point
                assert (curve.ranks is None) == (after.standing is None), point
                if curve.ranks is not None:
                    found = (curve.ranks[k], curve.tied[k])
                    assert found == (after.standing.rank, after.standing.tied), point


def test_phu_tho_gains_two_points_and_a_quarter_if_nothing_were_late(provinces):
    curve = curves_of(provinces, provinces.unit("H44"), {})["ON_TIME"]
    assert curve.changes[-1] == 73393
    assert (curve.gains[-1], curve.best) == (226, 226)
    assert (curve.ranks[-1], curve.ranks[curve.position(0.0)]) == (10, 19)


def test_the_famous_lever_is_flat_where_the_cap_was_reached(phu_tho):
    """Online submission stands at 98.6 %, full marks are reached at 50 %."""
    bounds = lever_range(
        phu_tho.edition, phu_tho.unit("H44"), phu_tho.edition.lever_by_code["ONLINE_SUBMISSION"]
    )
    curve = curves_of(phu_tho, phu_tho.unit("H44"), {})["ONLINE_SUBMISSION"]
    assert curve.best == 0
    assert curve.flat_from <= curve.position(bounds.change_to_cap) < curve.position(0.0)
    assert curve.gains[0] < 0


def test_finishing_the_late_backlog_is_worth_nothing_at_any_stop(provinces):
    curve = curves_of(provinces, provinces.unit("H44"), {})["OVERDUE_BACKLOG_CLEARED"]
    assert not curve.gains.any()
    assert (curve.best, curve.flat_from) == (0, 0)


def test_two_levers_on_one_count_leave_each_other_the_rest(provinces):
    """With all late dossiers repaired, handling more of them on time brings nothing."""
    curve = curves_of(provinces, provinces.unit("H44"), {"OVERDUE_FLAG_REPAIRED": 73393.0})
    assert curve["ON_TIME"].best == 0
    assert curve["ON_TIME"].total[0] < curve["ON_TIME"].total[-1] == 6444


def test_a_typed_value_is_a_stop_and_another_value_is_none(provinces):
    curves = curves_of(provinces, provinces.unit("H44"), {"ON_TIME": 12345.0})
    assert curves["ON_TIME"].changes[curves["ON_TIME"].position(12345.0)] == 12345
    with pytest.raises(ValueError, match="12346"):
        curves["ON_TIME"].position(12346.0)


def test_without_levers_there_are_no_curves(provinces):
    assert response_curves(provinces.edition, provinces.unit("H44"), {}, {}) == {}
