"""What the page may ask the server for, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st

from pages.ui import state
from pages.ui.board import component, files
from simulator.scenario import Scenario

START = Scenario("vn-2026-10-10", "H44")


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A session without a browser."""
    made: dict[str, Any] = {}
    monkeypatch.setattr(st, "session_state", made)
    state.set_scenario(START)
    state.set_language("vi")
    return made


PLACE = [START.baseline, START.unit, START.until]


def send(session: dict[str, Any], sent: object) -> Scenario:
    if isinstance(sent, dict):
        sent = {"place": PLACE} | sent
    session[component.KEY] = {"act": sent}
    component._act()
    return state.scenario()


def act(
    session: dict[str, Any], do: object, lever: object = None, value: object = None
) -> Scenario:
    """One action of a board of its own."""
    action = {"number": 1, "do": do, "lever": lever, "value": value}
    return send(session, {"mount": f"board-{len(session)}-{do}-{value}", "actions": [action]})


def test_a_move_an_entry_a_lock_and_a_reset_reach_the_scenario(session: dict[str, Any]) -> None:
    assert act(session, "set", "ON_TIME", 20000).change("ON_TIME") == 20000
    assert act(session, "type", "PETITION_NEW", "3").change("PETITION_NEW") == 3
    assert act(session, "lock", "ON_TIME", True).locks == ("ON_TIME",)
    assert act(session, "reset", "PETITION_NEW").settings == (("ON_TIME", 20000),)
    assert act(session, "lock", "ON_TIME", False).locks == ()
    assert act(session, "reset_all") == START


def test_an_action_is_done_once_however_often_it_is_sent(session: dict[str, Any]) -> None:
    first = {"number": 1, "do": "set", "lever": "ON_TIME", "value": 500}
    second = {"number": 2, "do": "set", "lever": "ON_TIME", "value": 1000}
    send(session, {"mount": "a", "actions": [first, second]})
    assert state.scenario().change("ON_TIME") == 1000
    send(session, {"mount": "a", "actions": [first]})
    assert state.scenario().change("ON_TIME") == 1000
    send(session, {"mount": "b", "actions": [first]})
    assert state.scenario().change("ON_TIME") == 500


def test_actions_on_two_levers_that_arrive_together_are_both_done(session: dict[str, Any]) -> None:
    actions = [
        {"number": 4, "do": "set", "lever": "ON_TIME", "value": 500},
        {"number": 5, "do": "set", "lever": "PETITION_NEW", "value": 1},
    ]
    assert len(send(session, {"mount": "a", "actions": actions}).settings) == 2


@pytest.mark.parametrize(
    ("do", "lever", "value"),
    [
        ("set", "ON_TIME", float("nan")),
        ("set", "ON_TIME", float("inf")),
        ("set", "ON_TIME", "20000"),
        ("set", "ON_TIME", None),
        ("set", "ON_TIME", True),
        ("set", "ON_TIME", 10**400),
        ("set", "ON_TIME", [1]),
        ("set", "NO_SUCH_LEVER", 1),
        ("set", {"a": 1}, 1),
        ("type", "ON_TIME", 3000),
        ("lock", "ON_TIME", "yes"),
        ("delete", "ON_TIME", 1),
        (["set"], "ON_TIME", 1),
    ],
)
def test_what_is_no_action_does_nothing(
    session: dict[str, Any], do: object, lever: object, value: object
) -> None:
    assert act(session, do, lever, value) == START
    assert state.entry_problems() == {}


@pytest.mark.parametrize(
    "there",
    [Scenario("vn-2026-10-10", "H20"), Scenario("vn-2026-10-10", "H44", until="2026-12-31")],
    ids=["another unit", "the end of the period"],
)
def test_a_move_made_just_before_the_place_changed_is_not_done_there(
    session: dict[str, Any], there: Scenario
) -> None:
    move = {"number": 1, "do": "set", "lever": "ON_TIME", "value": 500}
    state.set_scenario(there)
    assert send(session, {"mount": "a", "actions": [move]}).settings == ()


@pytest.mark.parametrize(
    "sent", [None, 5, "x", [], {}, {"actions": 3}, {"actions": [None, 1, {"do": "reset_all"}]}]
)
def test_what_is_no_message_does_nothing(session: dict[str, Any], sent: object) -> None:
    assert send(session, sent) == START


@pytest.mark.parametrize("value", [-1e9, 1e9, 0.5])
def test_a_value_the_engine_refuses_is_explained_and_the_old_one_kept(
    session: dict[str, Any], value: float
) -> None:
    act(session, "set", "ON_TIME", 20000)
    assert act(session, "set", "ON_TIME", value).change("ON_TIME") == 20000
    assert "ON_TIME" in state.entry_problems()
    act(session, "set", "ON_TIME", 500)
    assert state.entry_problems() == {}


def test_a_locked_lever_is_not_moved_by_a_board_that_does_not_know_yet(
    session: dict[str, Any],
) -> None:
    act(session, "lock", "ON_TIME", True)
    assert act(session, "set", "ON_TIME", 500).settings == ()
    assert state.entry_problems()["ON_TIME"].error.code == "lever_locked"


def test_a_refused_entry_can_be_put_away(session: dict[str, Any]) -> None:
    act(session, "type", "ON_TIME", "abc")
    act(session, "forget", "ON_TIME")
    assert state.entry_problems() == {}


def test_of_an_endless_list_only_the_end_is_done(session: dict[str, Any]) -> None:
    actions = [
        {"number": k, "do": "set", "lever": "ON_TIME", "value": 500 * (1 + k % 100)}
        for k in range(1, 5001)
    ]
    assert send(session, {"mount": "a", "actions": actions}).change("ON_TIME") == 500


def test_an_endless_entry_is_cut(session: dict[str, Any]) -> None:
    act(session, "type", "ON_TIME", "9" * 100_000)
    assert len(state.entry_problems()["ON_TIME"].text) == component.LONGEST_TEXT


def test_the_files_of_the_board_name_nothing_outside() -> None:
    assert {"board.js", "board.css", "loader.js"} <= set(files.FILES)
    for name, content in files.FILES.items():
        text = content.decode("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text and "//cdn" not in text, name
        assert "innerHTML" not in text, name
