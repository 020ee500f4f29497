"""What holds for every unit and every setting."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from simulator.contributions import TOTAL_LIMIT, contributions
from simulator.lever_settings import parse_setting
from simulator.levers import lever_range
from simulator.project import project
from simulator.rank import group_scores, standing, unit_total
from tests.engine.units import (
    EDITION,
    NO_CASES,
    changes,
    counts,
    full_unit,
    make_unit,
    random_units,
    rate,
    usable_levers,
    what_ifs,
)

CASES = what_ifs()


@given(CASES)
def test_scores_stay_within_their_bounds(case):
    edition, unit, settings = case
    after = project(edition, unit, settings).after
    for score, item in zip(after.indicators, edition.indicators, strict=True):
        assert score is None or 0 <= score <= 100 * item.maximum
    for group in edition.groups:
        score = after.groups[group.code]
        assert score is None or 0 <= score <= 100 * group.maximum
    assert after.total is None or 0 <= after.total <= 10_000


@given(CASES)
def test_counts_stay_possible_and_couplings_hold(case):
    edition, unit, settings = case
    after = project(edition, unit, settings).counts
    for numerator, denominator in zip(after.numerators, after.denominators, strict=True):
        assert 0 <= numerator <= denominator
    for kind, k, partner in edition.count_couplings:
        bases = {unit.evidence[k].basis, unit.evidence[partner].basis}
        if kind == "limit" and len(bases) == 1 and bases <= {"counts", "rate"}:
            excess = max(0, unit.numerators[k] - unit.numerators[partner])
            assert after.numerators[k] <= after.numerators[partner] + excess + 1e-9


@given(CASES, st.data())
def test_more_of_a_helpful_lever_is_never_worse_and_of_a_harmful_one_never_better(case, data):
    edition, unit, settings = case
    levers = usable_levers(edition, unit)
    assume(levers)
    bounds = data.draw(st.sampled_from(levers))
    less, more = sorted(data.draw(st.tuples(changes(bounds), changes(bounds))))
    low = project(edition, unit, {**settings, bounds.lever.code: less})
    high = project(edition, unit, {**settings, bounds.lever.code: more})
    if bounds.lever.direction == "harmful":
        low, high = high, low
    assert low.total_change <= high.total_change
    for group in edition.group_by_code:
        assert low.group_change[group] <= high.group_change[group]


@given(CASES, st.data())
def test_a_lever_moves_only_its_own_groups(case, data):
    edition, unit, settings = case
    levers = usable_levers(edition, unit)
    assume(levers)
    bounds = data.draw(st.sampled_from(levers))
    before = project(edition, unit, settings)
    after = project(edition, unit, {**settings, bounds.lever.code: data.draw(changes(bounds))})
    moved = {
        group
        for group in edition.group_by_code
        if before.group_change[group] != after.group_change[group]
    }
    assert moved <= edition.lever_groups[bounds.lever.code]


@given(CASES)
def test_the_total_moves_by_its_groups_unless_it_is_held(case):
    edition, unit, settings = case
    projection = project(edition, unit, settings)
    change = sum(projection.group_change.values())
    before = unit_total(edition, unit)
    if before is None:
        assert projection.total_change == change
    else:
        assert projection.after.total == min(max(before + change, 0), 10_000)
        assert projection.total_change == projection.after.total - before


@given(CASES)
def test_contributions_add_up_exactly(case):
    edition, unit, settings = case
    projection = project(edition, unit, settings)
    parts = contributions(projection)
    assert sum(part.hundredths for part in parts) == projection.total_change
    levers = [part for part in parts if part.lever != TOTAL_LIMIT]
    for part in levers:
        assert part.hundredths == sum(part.by_group.values())
        assert set(part.by_group) <= edition.lever_groups[part.lever]
    for group, change in projection.group_change.items():
        assert sum(part.by_group.get(group, 0) for part in levers) == change


@given(CASES, st.randoms(use_true_random=False))
def test_nothing_depends_on_the_order_of_the_settings(case, random):
    edition, unit, settings = case
    shuffled = list(settings.items())
    random.shuffle(shuffled)
    first, second = project(edition, unit, settings), project(edition, unit, dict(shuffled))
    assert first.after == second.after
    assert contributions(first) == contributions(second)


@given(CASES)
def test_a_lever_that_moves_no_count_contributes_0_and_changes_nothing(case):
    edition, unit, settings = case
    null = "OVERDUE_BACKLOG_CLEARED"
    bounds = lever_range(edition, unit, edition.lever_by_code[null])
    assume(bounds.usable and bounds.high >= 1)
    without = {code: change for code, change in settings.items() if code != null}
    projection = project(edition, unit, {**without, null: bounds.high})
    assert projection.after == project(edition, unit, without).after
    (part,) = [part for part in contributions(projection) if part.lever == null]
    assert (part.hundredths, part.by_group) == (0, {})


@given(st.integers(0, 1000))
def test_equal_levers_contribute_equally_within_a_hundredth(change):
    settings = {"ON_TIME": change // 2, "OVERDUE_FLAG_REPAIRED": change // 2}
    parts = contributions(project(EDITION, full_unit(share=0.2), settings))
    for group in ("TDGQ", "MDHL"):
        points = [part.by_group.get(group, 0) for part in parts]
        assert max(points, default=0) - min(points, default=0) <= 1


@given(random_units(), st.data())
def test_beyond_the_cap_a_lever_earns_0(unit, data):
    capped = [item.code for item in EDITION.indicators if item.cap_percent < 100]
    code = data.draw(st.sampled_from(capped))
    item = EDITION.indicator(code)
    denominator = data.draw(st.integers(1, 10_000))
    numerator = data.draw(st.integers(-int(-denominator * item.cap_percent // 100), denominator))
    parts = list(unit.evidence)
    parts[EDITION.position[code]] = counts(numerator, denominator)
    parts[EDITION.position["DOSSIER_SYNC"]] = NO_CASES
    parts[EDITION.position["ON_TIME"]] = NO_CASES
    unit = replace(unit, evidence=tuple(parts))
    more = project(EDITION, unit, {code: float(denominator - numerator)})
    assert more.total_change == 0
    assert more.is_saturated(EDITION.position[code])


@given(st.sampled_from(EDITION.indicators), st.integers(1, 10**6), st.data())
def test_change_to_cap_is_the_smallest_change_with_full_marks(item, denominator, data):
    numerator = data.draw(st.integers(0, denominator))
    unit = make_unit({item.code: counts(numerator, denominator)})
    bounds = lever_range(EDITION, unit, EDITION.lever_by_code[item.code])
    reached = numerator + bounds.change_to_cap
    # In whole numbers: 100 * reached / denominator is at least the cap, one less is not.
    assert 100 * reached >= item.cap_percent * denominator
    assert 100 * (reached - 1) < item.cap_percent * denominator
    if numerator < reached:
        after = project(EDITION, unit, {item.code: bounds.change_to_cap})
        assert after.is_saturated(EDITION.position[item.code])


@given(CASES)
def test_every_lever_can_be_pulled_to_both_ends_and_typed_as_a_number(case):
    edition, unit, _ = case
    for bounds in usable_levers(edition, unit):
        for end in (bounds.low, bounds.high):
            projection = project(edition, unit, {bounds.lever.code: end})
            assert not [n for n in projection.notices if n.code == "cut_at_all"]
            if bounds.basis != "rate":
                assert parse_setting(f"{end:+.0f}", bounds) == end


@given(st.integers(1, 10**6), st.integers(0, 10_000), st.data())
def test_a_target_rate_is_reached_by_the_smallest_whole_count(denominator, hundredths, data):
    numerator = data.draw(st.integers(0, denominator))
    unit = make_unit({"PAY_DOSSIER": counts(numerator, denominator)})
    bounds = lever_range(EDITION, unit, EDITION.lever_by_code["PAY_DOSSIER"])
    text = f"{hundredths // 100},{hundredths % 100:02}%"
    reached = numerator + parse_setting(text, bounds)
    assert 10_000 * reached >= hundredths * denominator
    assert 10_000 * (reached - 1) < hundredths * denominator


@given(random_units(), st.data())
def test_zero_settings_change_nothing(unit, data):
    zeros = dict.fromkeys(data.draw(st.lists(st.sampled_from(list(EDITION.lever_by_code)))), 0.0)
    projection = project(EDITION, unit, zeros)
    assert projection.after == projection.before
    assert projection.after.groups == group_scores(EDITION, unit)
    assert projection.settings == {}
    assert projection.notices == ()


@given(st.lists(st.integers(0, 10_000), max_size=40), st.integers(0, 10_000), st.randoms())
def test_permuting_peers_changes_nothing(totals, score, random):
    peers = {str(k): total for k, total in enumerate(totals)}
    shuffled = list(peers.items())
    random.shuffle(shuffled)
    assert standing(score, peers) == standing(score, dict(shuffled))


@given(st.lists(st.integers(0, 10_000), max_size=40), st.integers(0, 10_000))
def test_the_points_to_the_next_rank_pass_exactly_the_next_one(totals, score):
    peers = {str(k): total for k, total in enumerate(totals)}
    place = standing(score, peers)
    assert place.rank == 1 + sum(total > score for total in totals)
    assert place.of == len(totals) + 1
    if place.to_next is None:
        assert place.rank == 1
    else:
        passed = standing(score + place.to_next, peers)
        assert passed.rank < place.rank
        assert standing(score + place.to_next - 1, peers).tied
    if place.lead is not None:
        assert standing(score - place.lead, peers).tied
        assert standing(score - place.lead - 1, peers).rank > place.rank


def test_an_unpublished_petition_indicator_does_not_move():
    unit = make_unit({"PETITION_PROCESSING_ON_TIME": NO_CASES}, groups={"MDHL": 1600}, total=6000)
    projection = project(EDITION, unit, {"PETITION_NEW": 1.0})
    assert projection.total_change == -600
    assert sum(part.hundredths for part in contributions(projection)) == -600


def test_a_rate_above_its_partner_keeps_its_last_bit():
    for percent in range(0, 10_001, 7):
        unit = make_unit({
            "ORIGINAL_RESULT_AVAILABLE": rate(2.2),
            "SO_HOA_GIAY_TO_GIAI_QUYET": rate(percent / 100),
        })  # fmt: skip
        assert project(EDITION, unit, {}).counts.numerators == unit.numerators
