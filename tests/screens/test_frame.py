"""The frame of every screen: undo and redo, and the link of the moment with its QR code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.ui import share, state
from pages.ui.shell import PAGES
from simulator.scenario import Scenario
from tests.screens.test_screens import enter, opened, total

SCREEN = f"pages/screens/{PAGES['mo-phong'][0]}"
PHU_THO = Scenario("vn-2026-10-10", "H44")


@pytest.fixture
def session(monkeypatch) -> dict:
    """A session of one's own."""
    kept: dict = {}
    monkeypatch.setattr(state.st, "session_state", kept)
    return kept


def test_changes_are_undone_one_by_one_and_done_again(session):
    steps = [PHU_THO.with_change("ON_TIME", float(change)) for change in (0, 2000, 4000)]
    for scenario in (*steps, steps[-1]):
        state.set_scenario(scenario)
    assert state.undo()
    assert state.scenario() == steps[1]
    assert state.undo()
    assert state.scenario() == steps[0]
    assert not state.undo()
    assert state.redo()
    assert state.redo()
    assert state.scenario() == steps[2]
    assert not state.redo()
    assert state.undo()
    state.set_scenario(PHU_THO.with_lock("ON_TIME", True))
    assert not state.redo()
    assert state.undo()
    assert state.scenario() == steps[1]


def test_another_unit_begins_anew_and_steps_are_bounded(session):
    for change in range(state.MOST_STEPS + 20):
        state.set_scenario(PHU_THO.with_change("ON_TIME", float(change)))
    assert sum(state.undo() for _ in range(state.MOST_STEPS + 20)) == state.MOST_STEPS
    assert state.scenario().change("ON_TIME") == 19.0
    state.set_scenario(replace(PHU_THO, unit="H21"))
    assert not state.undo()
    assert not state.redo()


def test_the_buttons_of_the_frame_undo_what_a_screen_changed():
    app = opened(SCREEN, b="vn-2026-10-10", u="H44", inputs="plain")
    first = total(app)
    enter(app, "ON_TIME", "+20000")
    last = total(app)
    assert last != first
    for name, after in (("undo", first), ("redo", last)):
        app.button(key=f"step-{name}").click().run()
        assert not app.exception
        assert total(app) == after
        assert not app.toast
    app.button(key="step-redo").click().run()
    assert [toast.value for toast in app.toast] == ["Không còn thay đổi nào để làm lại."]


def test_a_link_opened_on_the_server_itself_names_the_address_others_can_open():
    assert share.reachable("http://localhost:8501/mo-phong", "10.0.0.7") == (
        "http://10.0.0.7:8501/mo-phong"
    )
    assert share.reachable("http://127.0.0.1/a", "may-chu") == "http://may-chu/a"
    assert share.reachable("http://may-chu:8501/a", "10.0.0.7") == "http://may-chu:8501/a"
    assert share.reachable("http://localhost:8501/a", "localhost") == "http://localhost:8501/a"


def test_the_code_is_a_png_that_grows_with_the_link():
    short, long = (share.qr_code("http://10.0.0.7:8501/?b=" + "x" * count) for count in (10, 1400))
    assert short.startswith(b"\x89PNG")
    assert len(long) > len(short)


def test_a_link_too_long_for_a_code_is_shown_without_one(monkeypatch):
    monkeypatch.setattr(share, "link_of_now", lambda: "http://10.0.0.7:8501/?b=" + "x" * 3000)
    app = opened(SCREEN, b="vn-2026-10-10", u="H44", inputs="plain")
    app.button(key="share").click().run()
    assert not app.exception
    assert any("quá dài cho một mã QR" in str(one.value) for one in app.caption)
