"""What levers cost: the shipped examples, own values, and rising prices."""

from __future__ import annotations

import shutil

import pytest

from simulator.baseline_files import load_baseline
from simulator.effort import EFFORT, LeverEffort, default_effort, hours, segments
from simulator.errors import RulesError, ScenarioError
from simulator.levers import lever_range
from simulator.outlook import outlook
from simulator.rule_files import editions, load_edition
from tests.engine.units import EDITION, counts, make_unit, rate

STEPS = ((0.9, 2.0), (0.98, 4.0))


def bounds_of(code: str, unit, ahead=None):
    return lever_range(EDITION, unit, EDITION.lever_by_code[code], ahead)


@pytest.mark.parametrize("code", editions())
def test_every_lever_of_every_edition_has_an_example_value_with_a_reason(code):
    effort = default_effort(code)
    assert set(effort.levers) == {lever.code for lever in load_edition(code).levers}
    assert "ví dụ" in effort.source["vi"]
    assert "xample" in effort.source["en"]
    for lever, own in effort.levers.items():
        harmful = load_edition(code).lever_by_code[lever].direction == "harmful"
        assert (own.hours == 0) == harmful
        assert own.per_month is None
        assert own.note["vi"] != own.note["en"]


def test_units_get_dearer_near_all_cases():
    bounds = bounds_of("PUBLISH_ON_TIME", make_unit({"PUBLISH_ON_TIME": counts(50, 100)}))
    effort = LeverEffort(8.0, STEPS)
    assert segments(bounds, effort) == ((40.0, 8.0), (8.0, 16.0), (2.0, 32.0))
    assert hours(bounds, effort, 40) == 320
    assert hours(bounds, effort, 41) == 336
    assert hours(bounds, effort, 50) == 320 + 128 + 64
    assert hours(bounds, effort, 0) == hours(bounds, effort, -3) == 0


def test_a_lever_that_is_nearly_there_is_dear_from_the_start():
    bounds = bounds_of("PUBLISH_ON_TIME", make_unit({"PUBLISH_ON_TIME": counts(99, 100)}))
    assert segments(bounds, LeverEffort(8.0, STEPS)) == ((1.0, 32.0),)


def test_ahead_the_rate_is_that_of_the_cases_to_come():
    figures = load_baseline("vn-2026-10-10")
    unit = figures.unit("H44")
    ahead = outlook(EDITION, unit, figures.whole_period())
    bounds = bounds_of("ON_TIME", unit, ahead)
    found = segments(bounds, LeverEffort(1.5, STEPS))
    assert [price for _, price in found] == [1.5, 3.0, 6.0]
    assert found[0][0] == pytest.approx(0.9 * bounds.coming - bounds.good)
    assert sum(width for width, _ in found) == pytest.approx(bounds.high)


def test_a_percentage_point_stands_for_a_number_of_cases():
    bounds = bounds_of("ONLINE_SUPPLY", make_unit({"ONLINE_SUPPLY": rate(50.0)}))
    assert hours(bounds, LeverEffort(16.0, (), None, per_point=20), 2.5) == 800


def test_a_lever_that_cannot_be_used_has_no_segments():
    assert segments(bounds_of("ON_TIME", make_unit()), LeverEffort(1.0)) == ()


def test_own_values_replace_the_examples_and_say_so():
    effort = default_effort("2026-portal")
    own = effort.with_own({"ON_TIME": 2.5}, {"ON_TIME": 4000})
    assert own.levers["ON_TIME"].hours == 2.5
    assert own.levers["ON_TIME"].per_month == 4000
    assert own.levers["ON_TIME"].note is None
    assert own.levers["PAY_DOSSIER"] == effort.levers["PAY_DOSSIER"]
    assert own.source != effort.source
    assert effort.with_own({}, {}) is effort


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (({"NO_SUCH": 1.0}, {}), "unknown_lever"),
        (({"ON_TIME": -1.0}, {}), "effort_out_of_range"),
        (({"ON_TIME": float("nan")}, {}), "effort_out_of_range"),
        (({}, {"ON_TIME": -1.0}), "effort_out_of_range"),
    ],
)
def test_own_values_that_make_no_sense_are_refused(given, code):
    with pytest.raises(ScenarioError) as caught:
        default_effort("2026-portal").with_own(*given)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("hours = 8\n", "hours = -8\n", "not_allowed", True),
        ("per_point = 20\n", "", "missing_key", True),
        ("steps = [[90, 2], [98, 4]]", "steps = [[90, 4], [98, 2]]", "not_allowed", True),
        ("steps = [[90, 2], [98, 4]]", "steps = [90, 2]", "not_allowed", True),
        ('code = "PUBLISH_ON_TIME"', 'code = "PUBLISH"', "not_allowed", True),
        ('code = "PUBLISH_ON_TIME"', 'code = "ON_TIME"', "duplicate", True),
        ('note.vi = "Soạn', 'node.vi = "Soạn', "unexpected_key", True),
        ('edition = "2026-portal"', 'edition = "2027"', "not_allowed", True),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, old, new, code, line):
    shutil.copytree(EFFORT, tmp_path / "effort")
    path = tmp_path / "effort" / "2026-portal.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        default_effort("2026-portal", tmp_path / "effort")
    assert caught.value.code == code
    assert ("line" in caught.value.fields) == line


def test_a_lever_without_effort_is_named(tmp_path):
    shutil.copytree(EFFORT, tmp_path / "effort")
    path = tmp_path / "effort" / "2026-portal.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.rindex("[[lever]]")], encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        default_effort("2026-portal", tmp_path / "effort")
    assert caught.value.code == "effort_lever_missing"
    assert caught.value.fields["codes"] == "DOSSIER_RECEIVING_SATISFACTION"
