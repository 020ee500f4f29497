"""What indicators without figures could still add."""

from __future__ import annotations

from dataclasses import replace

from simulator import library
from simulator.project import project
from simulator.unpublished import Unpublished, unpublished


def test_hidden_indicators_can_add_their_maxima_less_what_the_group_already_shows():
    baseline = library.load("vn-2026-10-10")
    best = project(baseline.edition, baseline.unit("H44"), {})
    # The group stands at 8.48 of 12 points, and none of its parts is published.
    names = ("ONLINE_SUPPLY", "ONLINE_SERVICE_USED", "ONLINE_SUBMISSION")
    assert unpublished(best) == Unpublished({"ONLINE": 352}, 352, {"ONLINE": names})


def test_where_every_part_is_published_nothing_is_open():
    baseline = library.load("phutho-2026-ytd")
    best = project(baseline.edition, baseline.unit("H44"), {})
    assert unpublished(best) == Unpublished({}, 0, {})


def test_a_group_is_never_lifted_above_its_maximum_and_the_total_not_above_the_full_one():
    baseline = library.load("vn-2026-10-10")
    best = project(baseline.edition, baseline.unit("H44"), {})
    nearly = replace(best.after, groups={**best.after.groups, "ONLINE": 1190}, total=9995)
    found = unpublished(replace(best, after=nearly))
    assert found.groups == {"ONLINE": 10}
    assert found.total == 5


def test_a_group_that_is_not_known_is_bounded_by_what_the_total_holds_besides_the_others():
    baseline = library.load("vn-2026-10-10")
    best = project(baseline.edition, baseline.unit("H44"), {})
    groups = {**best.before.groups, "ONLINE": None}
    state = replace(best.before, groups=groups)
    found = unpublished(replace(best, before=state, after=state))
    assert found.groups == {"ONLINE": 1200}
    assert found.total == 1200 - 848
