"""How a plan is divided, as part of a link: round trip, and what cannot be taken is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.allocation_links import MOST_IN_LINK, Division, Kind, from_params, to_params
from simulator.allocation_table import Way
from simulator.allocation_units import REST
from simulator.errors import ScenarioError
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION

UNITS = {"H44.07": "department", "H44.08": "department", "H44.100": "commune"}
LEVERS = [lever.code for lever in EDITION.levers]


def levels(listed: str) -> dict[str, str]:
    if listed not in ("", "other-list"):
        raise ScenarioError("unknown_parameter", name=f"div.list={listed}")
    return UNITS


def read(**params: str) -> tuple[Division, int, list[ScenarioError]]:
    return from_params({name.replace("__", "."): text for name, text in params.items()},
                       EDITION, levels)  # fmt: skip


@st.composite
def divisions(draw: st.DrawFn) -> Division:
    division = Division(
        listed=draw(st.sampled_from(["", "other-list"])),
        level=draw(st.sampled_from(["", "department", "commune"])),
        way=draw(st.sampled_from(list(Way))), with_rest=draw(st.booleans()),
    )  # fmt: skip
    places = st.tuples(
        st.sampled_from(list(Kind)), st.sampled_from(LEVERS), st.sampled_from([*UNITS, REST])
    )
    for place in draw(st.lists(places, max_size=MOST_IN_LINK)):
        division = division.with_figure(*place, draw(st.integers(0, 999_999_999)))
    return division


@given(division=divisions())
def test_a_division_comes_back_from_its_link(division: Division) -> None:
    params = to_params(division)
    assert from_params({"b": "x", "ON_TIME": "5", **params}, EDITION, levels) == (division, 0, [])


def test_an_ordinary_division_needs_nothing_in_the_link() -> None:
    assert to_params(Division()) == {}
    assert from_params({"b": "x"}, EDITION, lambda listed: pytest.fail("loaded")) == (
        Division(), 0, [],
    )  # fmt: skip


def test_shares_are_written_as_one_parameter_per_lever() -> None:
    division = Division(way=Way.CAPACITY)
    division = division.with_figure(Kind.FIXED, "ON_TIME", "H44.08", 50)
    division = division.with_figure(Kind.FIXED, "ON_TIME", "H44.07", 100)
    division = division.with_figure(Kind.FLOORS, "ON_TIME", "H44.100", 7)
    assert to_params(division) == {
        "div.way": "capacity",
        "share.ON_TIME": "H44.07:100,H44.08:50",
        "least.ON_TIME": "H44.100:7",
    }
    assert division.with_figure(Kind.FIXED, "ON_TIME", "H44.07", None).fixed == (
        ("ON_TIME", "H44.08", 50),
    )  # fmt: skip


def test_too_many_shares_stay_out_and_the_link_says_how_many() -> None:
    figures = tuple(("ON_TIME", f"H44.{k}", k) for k in range(MOST_IN_LINK + 1))
    params = to_params(Division(way=Way.CAPACITY, fixed=figures), MOST_IN_LINK)
    assert params == {"div.way": "capacity", "div.more": "61"}
    assert from_params(params, EDITION, levels) == (Division(way=Way.CAPACITY), 61, [])
    fewer = to_params(Division(fixed=figures[:-1]), MOST_IN_LINK)
    assert len(fewer["share.ON_TIME"].split(",")) == 60
    # What is saved holds all of them.
    whole = to_params(Division(way=Way.CAPACITY, fixed=figures))
    assert len(whole.pop("share.ON_TIME").split(",")) == 61
    assert whole == {"div.way": "capacity"}


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"share__ON_TIME": "H44.99:5"}, "allocation_unknown_unit"),
        ({"share__ON_TIME": "5"}, "allocation_unknown_unit"),
        ({"share__ON_TIME": "H44.07:-5"}, "not_a_number"),
        ({"share__ON_TIME": "H44.07:1.5"}, "not_a_number"),
        ({"least__ON_TIME": "H44.07:"}, "not_a_number"),
        ({"share__NONE": "H44.07:5"}, "unknown_lever"),
        ({"div__way": "fair"}, "unknown_parameter"),
        ({"div__level": "district"}, "unknown_parameter"),
        ({"div__rest": "yes"}, "unknown_parameter"),
        ({"div__list": "gone"}, "unknown_parameter"),
        ({"div__more": "many"}, "unknown_parameter"),
        ({"div__colour": "red"}, "unknown_parameter"),
    ],
)
def test_what_makes_no_sense_is_named_and_the_rest_is_kept(params, code) -> None:
    kept = {"least__SYNCED_WITH_DVCQG_PERSONAL_STORAGE": "H44.08:3"}
    division, more, problems = read(**params, **kept)
    assert [problem.code for problem in problems][:1] == [code]
    assert more == 0
    if "div__list" not in params:
        assert division == Division(
            floors=(("SYNCED_WITH_DVCQG_PERSONAL_STORAGE", "H44.08", 3),)
        )  # fmt: skip
    for language in LANGUAGES:
        assert all(explain(problem, language, EDITION) for problem in problems)


def test_figures_of_some_levers_can_be_taken_out() -> None:
    division = Division(fixed=(("A", "H44.07", 1), ("B", "H44.07", 2)), floors=(("A", "X", 3),))
    assert division.only(lambda lever, unit: lever == "A") == replace(
        division, fixed=(("A", "H44.07", 1),)
    )
    assert division.count == 3
