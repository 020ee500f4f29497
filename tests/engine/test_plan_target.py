"""What is asked of a plan: as a link and back, and what cannot be asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.plan_goals import Goal
from simulator.plan_target import (
    CERTAINTIES,
    PREFIX,
    Target,
    from_params,
    parse_certainty,
    parse_hours,
    parse_points,
    parse_rank,
    to_params,
)
from simulator.rule_files import editions, load_edition
from simulator.text import LANGUAGES, explain
from simulator.uncertainty import still
from tests.engine.units import EDITION

GROUPS = {group.code: group.maximum for group in EDITION.groups}
NAMES = [PREFIX + name for name in ("total", "class", "rank", "certainty", "hours", "group.TDGQ")]


@st.composite
def targets(draw: st.DrawFn) -> Target:
    chosen = draw(st.lists(st.sampled_from(sorted(GROUPS)), unique=True))
    groups = tuple(sorted((code, draw(st.integers(0, 100 * GROUPS[code]))) for code in chosen))
    return Target(
        total=draw(st.none() | st.integers(0, 10_000)),
        score_class=draw(st.none() | st.sampled_from([item.code for item in EDITION.classes])),
        rank=draw(st.none() | st.integers(1, 999_999)),
        certainty=draw(st.none() | st.sampled_from(CERTAINTIES) | st.integers(1, 99).map(percent)),
        groups=groups,
        hours=draw(st.none() | st.integers(0, 10**10).map(lambda cents: cents / 100)),
    )


def percent(certainty: int) -> float:
    return certainty / 100


@pytest.mark.parametrize("certainty", [0.000001, 0.00002, 0.123456, 0.999999])
def test_a_certainty_keeps_all_its_decimals_in_a_link(certainty):
    target = Target(rank=3, certainty=certainty)
    assert from_params(to_params(target), EDITION) == (target, [])


@given(targets())
def test_a_target_comes_back_from_its_link(target):
    params = to_params(target)
    assert all(name.startswith(PREFIX) for name in params)
    assert from_params(params, EDITION) == (target, [])
    assert from_params({**params, "u": "H44", "ON_TIME": "5"}, EDITION) == (target, [])


def test_a_link_reads_as_somebody_would_write_it():
    target = Target(6550, "FAIR", 10, 0.8, (("TDGQ", 1800),), None)
    assert to_params(target) == {
        "t.total": "65.5", "t.class": "FAIR", "t.rank": "10", "t.certainty": "0.8",
        "t.group.TDGQ": "18",
    }  # fmt: skip
    assert to_params(Target(hours=5000.0)) == {"t.hours": "5000"}
    assert to_params(Target(hours=0.000001)) == {"t.hours": "0.000001"}
    assert to_params(Target()) == {}


@given(st.dictionaries(st.sampled_from(NAMES) | st.text().map(PREFIX.__add__), st.text()))
def test_any_link_gives_a_target_and_typed_errors_in_both_languages(params):
    target, problems = from_params(params, EDITION)
    assert from_params(to_params(target), EDITION) == (target, [])
    for problem in problems:
        assert isinstance(problem, ScenarioError)
        assert all(explain(problem, language, EDITION) for language in LANGUAGES)
    taken = len(to_params(target))
    assert taken + len(problems) >= len({name.strip() for name in params} & set(NAMES))


@given(st.text(alphabet="0123456789.,-+e ١%") | st.text())
def test_a_number_is_read_or_refused_with_what_was_typed(text):
    for parse in (parse_rank, parse_certainty, parse_hours, lambda text: parse_points(text, 100)):
        value, refused = read(parse, text)
        assert refused == text[:40] if value is None else value >= 0


def read(parse: Callable[[str], float], text: str) -> tuple[float | None, str]:
    try:
        return parse(text), ""
    except ScenarioError as wrong:
        return None, wrong.fields["value"]


@given(st.integers(0, 10_000))
def test_points_are_read_to_the_hundredth(hundredths):
    assert parse_points(f"{hundredths / 100:.2f}", 100) == hundredths


@pytest.mark.parametrize("certainty", [None, 0.5])
def test_a_certainty_alone_asks_for_nothing(certainty):
    assert Target(certainty=certainty).is_empty
    for target in (Target(0), Target(score_class="FAIR"), Target(rank=1), Target(hours=0.0),
                   Target(groups=(("TDGQ", 0),))):  # fmt: skip
        assert not target.is_empty


WRONG = {
    "t.total=101": ("plan_goal_out_of_range", "from 0 to 100", "từ 0 đến 100"),
    "t.total=-1": ("plan_goal_out_of_range", "A goal of -1", "Mục tiêu -1"),
    "t.total=65,5": ("plan_goal_out_of_range", "A goal of 65,5", "Mục tiêu 65,5"),
    "t.total=65.123": ("plan_goal_out_of_range", "two decimals", "hai chữ số thập phân"),
    "t.total=": ("plan_goal_out_of_range", "from 0", "từ 0"),
    "t.class=SUPERB": ("plan_unknown_class", "EXCELLENT, GOOD, FAIR", "xếp loại “SUPERB”"),
    "t.rank=0": ("plan_rank_form", "such as 10", "ví dụ 10"),
    "t.rank=ten": ("plan_rank_form", "'ten'", "“ten”"),
    "t.rank=1.5": ("plan_rank_form", "'1.5'", "“1.5”"),
    "t.rank=١": ("plan_rank_form", "'١'", "“١”"),
    "t.certainty=1.5": ("plan_certainty", "below 1", "nhỏ hơn 1"),
    "t.certainty=1": ("plan_certainty", "below 1", "nhỏ hơn 1"),
    "t.certainty=0": ("plan_certainty", "above 0", "lớn hơn 0"),
    "t.certainty=nan": ("plan_certainty", "nan", "nan"),
    "t.group.XXXX=5": ("plan_unknown_group", "“XXXX”", "CKMB"),
    "t.group.TTTT=10.01": ("plan_goal_out_of_range", "from 0 to 10 ", "từ 0 đến 10,"),
    "t.hours=-5": ("plan_hours_form", "'-5'", "“-5”"),
    "t.hours=1e9": ("plan_hours_form", "100,000,000", "100.000.000"),
    "t.hours=100000001": ("plan_hours_form", "100,000,000", "100.000.000"),
    "t.places=3": ("unknown_parameter", "t.places", "t.places"),
}


@pytest.mark.parametrize("part", WRONG)
def test_a_wrong_part_of_a_link_is_told_and_the_rest_is_kept(part):
    name, _, text = part.partition("=")
    code, english, vietnamese = WRONG[part]
    other = {"t.hours": "7"} if name != "t.hours" else {"t.rank": "7"}
    target, (problem,) = from_params({name: text, **other}, EDITION)
    assert to_params(target) == other
    assert problem.code == code
    assert english in explain(problem, "en", EDITION)
    assert vietnamese in explain(problem, "vi", EDITION)


def test_the_goal_of_a_target_is_the_highest_of_what_it_asks():
    peers = still({"A": 7150, "B": 6500})
    assert Target(total=6500).goal(EDITION, None) == Goal(6500)
    assert Target(total=6500, score_class="FAIR").goal(EDITION, None) == Goal(7000)
    assert Target(score_class="FAIR", rank=1).goal(EDITION, peers) == Goal(7151)
    assert Target(rank=2, groups=(("TDGQ", 1800),)).goal(EDITION, peers) == Goal(
        6501, {"TDGQ": 1800}
    )


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (Target(), "plan_without_goal"),
        (Target(certainty=0.8), "plan_without_goal"),
        (Target(rank=3), "plan_unknown_rank"),
        (Target(score_class="KHA"), "plan_unknown_class"),
        (Target(groups=(("XXXX", 1),)), "plan_unknown_group"),
        (Target(groups=(("TTTT", 1001),)), "plan_goal_out_of_range"),
    ],
)
def test_a_target_that_makes_no_sense_on_a_unit_is_refused(target, code):
    with pytest.raises(ScenarioError) as caught:
        target.goal(EDITION, still({"A": 7000}))
    assert caught.value.code == code
    for language in LANGUAGES:
        assert explain(caught.value, language, EDITION)


@pytest.mark.parametrize("code", editions())
def test_groups_and_classes_are_those_of_the_edition(code):
    edition = load_edition(code)
    for item in edition.classes:
        assert from_params({"t.class": item.code}, edition) == (Target(score_class=item.code), [])
    for group in edition.groups:
        most = {f"t.group.{group.code}": str(group.maximum)}
        assert from_params(most, edition)[0].groups == ((group.code, 100 * group.maximum),)
