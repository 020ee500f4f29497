"""What changed between two readings: by hand, and what makes a comparison doubtful."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from simulator.baseline_files import load_baseline
from simulator.changes import changes
from simulator.cli import main
from simulator.errors import ScenarioError

SEPTEMBER, OCTOBER = load_baseline("vn-2026-09-26"), load_baseline("vn-2026-10-10")


def codes(found) -> list[str]:
    return [notice.code for notice in found.notices]


def test_phu_tho_lost_0_58_points_in_two_weeks():
    """62.76 on 26 September, 62.18 on 10 October; timeliness from 17.72 to 17.81."""
    found = {change.unit: change for change in changes(SEPTEMBER, OCTOBER).units}
    assert len(found) == 34
    assert found["H44"].total == (6276, 6218)
    before, after = found["H44"].groups["TDGQ"]
    assert (before, after) == (
        SEPTEMBER.units["H44"].groups["TDGQ"], OCTOBER.units["H44"].groups["TDGQ"],
    )  # fmt: skip
    # Components were not published in September.
    assert found["H44"].counts == ()


def test_a_frozen_refresh_is_named():
    again = replace(OCTOBER, id="again", captured_at="2026-10-11")
    assert codes(changes(OCTOBER, again)) == ["nothing_changed"]


def test_figures_given_in_the_wrong_order_are_named():
    assert "captures_reversed" in codes(changes(OCTOBER, SEPTEMBER))


def test_counts_that_fell_within_a_period_are_named_and_over_two_periods_not():
    year, august = load_baseline("phutho-2026-ytd"), load_baseline("phutho-2026-08")
    assert codes(changes(year, august)) == ["periods_differ"]
    fallen = replace(august, period=year.period)
    found = changes(year, fallen)
    assert codes(found) == ["counts_fell"]
    on_time = next(one for one in found.units[0].counts if one.indicator == "ON_TIME")
    assert (on_time.before, on_time.after) == ((528_684, 597_918), (144_625, 184_513))


def test_units_that_came_and_went_are_listed():
    units = dict(OCTOBER.units)
    units.pop("H20")
    smaller = replace(OCTOBER, units=units)
    assert changes(OCTOBER, smaller).gone == ("H20",)
    assert changes(smaller, OCTOBER).added == ("H20",)


@pytest.mark.parametrize(
    ("other", "code"),
    [("tth-2022", "editions_differ"), ("gialai-2026-10-10", "nothing_in_common")],
)
def test_what_cannot_be_compared_is_refused(other, code):
    with pytest.raises(ScenarioError) as refused:
        changes(OCTOBER, load_baseline(other))
    assert refused.value.code == code


def test_the_command_compares_shipped_figures_with_a_file(tmp_path, capsys):
    path = tmp_path / "new.csv"
    path.write_text("unit,TDGQ,total\nH44,18.1,63\n", encoding="utf-8")
    assert main(["compare", "vn-2026-10-10", str(path), "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    (unit,) = shown["units"]
    assert unit["total"] == [62.18, 63.0]
    assert len(shown["gone"]) == 33
    assert main(["compare", "vn-2026-09-26", "vn-2026-10-10", "--lang", "vi"]) == 0
    assert "Phú Thọ" in capsys.readouterr().out
    assert main(["compare", "vn-2026-10-10", str(tmp_path / "none.csv")]) == 2
