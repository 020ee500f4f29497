"""What a person may type for a lever, and what is refused with its reason."""

from __future__ import annotations

import pytest

from simulator.errors import ScenarioError
from simulator.lever_settings import check_setting, parse_setting
from simulator.levers import lever_range
from simulator.project import project
from simulator.text import explain
from tests.engine.units import EDITION, NO_CASES, counts, make_unit, rate

UNIT = make_unit(
    {
        "ON_TIME": counts(528_684, 597_918),
        "DOSSIER_RECEIVING_SATISFACTION": counts(528_464, 597_918),
        "ONLINE_SUBMISSION": rate(93.3),
        "PAY_DOSSIER": NO_CASES,
        "PETITION_PROCESSING_ON_TIME": counts(296, 570),
        "PETITION_HANDLING_SATISFACTION": counts(230, 570),
    }
)


def bounds_of(lever: str, unit=UNIT):
    return lever_range(EDITION, unit, EDITION.lever_by_code[lever])


@pytest.mark.parametrize(
    ("lever", "text", "change"),
    [
        pytest.param("ON_TIME", "3000", 3000, id="a number is a change"),
        pytest.param("ON_TIME", "+3000", 3000, id="a plus is allowed"),
        pytest.param("ON_TIME", "-200", -200, id="a minus takes away"),
        pytest.param("ON_TIME", "3.000", 3000, id="a dot groups thousands"),
        pytest.param("ON_TIME", "3.000 hồ sơ", 3000, id="the unit may be written"),
        pytest.param("ON_TIME", "=528684", 0, id="the count as it is changes nothing"),
        pytest.param("ON_TIME", "=530.000", 1316, id="an equals sign sets the count to reach"),
        pytest.param("ON_TIME", "95%", 39_339, id="a rate is reached by the next whole dossier"),
        pytest.param("ON_TIME", "95,5%", 42_328, id="a rate with a decimal comma"),
        pytest.param("ON_TIME", "100%", 69_234, id="everything"),
        pytest.param("ON_TIME", "0%", -528_684, id="nothing"),
        pytest.param("ONLINE_SUBMISSION", "95%", 1.7, id="a rate from a printed rate"),
        pytest.param("ONLINE_SUBMISSION", "100%", 6.7, id="all from a printed rate"),
        pytest.param("ONLINE_SUBMISSION", "0%", -93.3, id="none from a printed rate"),
        pytest.param("ONLINE_SUBMISSION", "-3,3", -3.3, id="percentage points"),
        pytest.param("ONLINE_SUBMISSION", "+5 điểm %", 5, id="percentage points in words"),
        pytest.param("ONLINE_SUBMISSION", "=95", 1.7, id="a rate to reach without the sign"),
        pytest.param("PETITION_NEW", "2", 2, id="two new petitions"),
        pytest.param("OVERDUE_BACKLOG_CLEARED", "500", 500, id="500 of the late backlog"),
    ],
)
def test_entries(lever, text, change):
    assert parse_setting(text, bounds_of(lever)) == pytest.approx(change, abs=1e-9)


@pytest.mark.parametrize(
    ("lever", "text", "message"),
    [
        ("ON_TIME", "", "'' is not a number; type for example 3000, 3.000 or 95%."),
        ("ON_TIME", "nan", "'nan' is not a number; type for example 3000, 3.000 or 95%."),
        ("ON_TIME", "1e309", "'1e309' is not a number; type for example 3000, 3.000 or 95%."),
        ("ON_TIME", "٣", "'٣' is not a number; type for example 3000, 3.000 or 95%."),
        ("ON_TIME", "٣%", "'٣%' is not a number; type for example 3000, 3.000 or 95%."),
        ("ON_TIME", "12,345",
         "'12,345' can be read as 12345 or as 12.3450; type it without a separator."),
        ("ON_TIME", "0,5", "Handle on time instead of late: 0.50 is not a whole number."),
        ("ON_TIME", "70.000",
         "Handle on time instead of late: 70,000 is out of bounds; possible: −528,684 to 69,234."),
        ("ON_TIME", "101%", "Handle on time instead of late: a rate of 101% is above 100%."),
        ("ONLINE_SUBMISSION", "7",
         "Raise the online-submission rate: 7 is out of bounds; possible: −93.30 to 6.70."),
        ("OVERDUE_FLAG_REPAIRED", "-1",
         "Repair wrongly flagged overdue dossiers: −1 is out of bounds; possible: 0 to 69,234."),
        ("PAY_DOSSIER", "1", "Have more dossiers paid online cannot be used here: "
         "there are no cases in this period."),
        ("ONLINE_SUPPLY", "1", "Supply more online services cannot be used here: the portal does "
         "not publish its counts; enter a starting value as an assumption."),
        ("ON_TIME", "5 điểm %",
         "'5 điểm %' is not a number; type for example 3000, 3.000 or 95%."),
        ("PETITION_NEW", "50%", "New petitions left unanswered: a target rate is not possible "
         "here; type a number instead."),
        ("PETITION_NEW", "=600", "New petitions left unanswered: a count to reach is not possible "
         "here; type the change instead."),
        ("OVERDUE_BACKLOG_CLEARED", "=600", "Finish the backlog that is already late: a count to "
         "reach is not possible here; type the change instead."),
        ("OVERDUE_BACKLOG_CLEARED", "50%", "Finish the backlog that is already late: a target "
         "rate is not possible here; type a number instead."),
        ("PETITION_NEW", "286",
         "New petitions left unanswered: 286 is out of bounds; possible: 0 to 285."),
    ],
)  # fmt: skip
def test_refusals_say_why(lever, text, message):
    with pytest.raises(ScenarioError) as error:
        parse_setting(text, bounds_of(lever))
    assert explain(error.value, "en", EDITION) == message
    assert explain(error.value, "vi", EDITION) != message


@pytest.mark.parametrize("change", [float("nan"), float("inf"), float("-inf")])
def test_a_setting_must_be_finite(change):
    with pytest.raises(ScenarioError) as error:
        check_setting(bounds_of("ON_TIME"), change)
    assert error.value.code == "not_a_number"


def test_an_unknown_lever_is_named():
    with pytest.raises(ScenarioError) as error:
        project(EDITION, UNIT, {"NOTHING": 1.0})
    assert explain(error.value, "en").startswith("There is no lever 'NOTHING'; available: PUBLISH")


def test_the_satisfaction_lever_reaches_only_the_dossiers_on_time():
    bounds = bounds_of("DOSSIER_RECEIVING_SATISFACTION")
    assert (bounds.low, bounds.high) == (-528_464, 220)


def test_a_rate_is_not_compared_with_a_partner_that_is_a_count():
    unit = make_unit({"ON_TIME": rate(99), "DOSSIER_RECEIVING_SATISFACTION": counts(500, 1000)})
    assert bounds_of("DOSSIER_RECEIVING_SATISFACTION", unit).high == 500


def test_new_petitions_cannot_be_counted_where_only_a_rate_is_known():
    unit = make_unit({"PETITION_PROCESSING_ON_TIME": rate(94)})
    bounds = bounds_of("PETITION_NEW", unit)
    assert (bounds.usable, bounds.reason) == (False, "lever_needs_counts")


def test_new_petitions_go_up_to_half_of_those_there_are_rounded_up():
    unit = make_unit({"PETITION_PROCESSING_ON_TIME": counts(20, 41)})
    assert bounds_of("PETITION_NEW", unit).high == 21


def test_a_unit_without_petitions_may_try_up_to_ten():
    unit = make_unit({"PETITION_PROCESSING_ON_TIME": NO_CASES})
    bounds = bounds_of("PETITION_NEW", unit)
    assert (bounds.low, bounds.high, bounds.usable) == (0, 10, True)


def test_a_rate_with_many_decimals_can_go_down_to_nothing():
    unit = make_unit({"ONLINE_SUBMISSION": rate(200 / 3)})
    change = parse_setting("0%", bounds_of("ONLINE_SUBMISSION", unit))
    after = project(EDITION, unit, {"ONLINE_SUBMISSION": change})
    assert after.counts.numerators[EDITION.position["ONLINE_SUBMISSION"]] == 0
