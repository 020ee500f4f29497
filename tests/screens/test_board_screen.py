"""The lever board as the server draws it, and its native stand-in with the same state."""

from __future__ import annotations

import json
import zlib
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from simulator.text import catalogue
from tests.screens.shipped import DRAWN
from tests.screens.test_screens import SCREENS, enter, opened, slider, total

SIMULATE = SCREENS[1]


def board(app: AppTest) -> dict[str, Any]:
    """What the page gets to fill the board with."""
    (element,) = app.get("bidi_component")
    found: dict[str, Any] = json.loads(zlib.decompress(element.proto.bytes))
    return found


def lever(app: AppTest, code: str) -> dict[str, Any]:
    return next(item for item in board(app)["levers"] if item["code"] == code)


def summed(steps: list[int]) -> list[int]:
    level, values = 0, []
    for step in steps:
        level += step
        values.append(level)
    return values


@pytest.mark.parametrize(("baseline", "language"), DRAWN)
def test_the_board_is_drawn_for_every_shipped_baseline(baseline: str, language: str) -> None:
    app = opened(SIMULATE, inputs="board", b=baseline, lang=language)
    assert not app.exception
    assert len(board(app)["levers"]) == 24
    assert app.button(key="use-plain").label == catalogue(language)["board.use_plain"]


def test_the_board_stands_where_the_link_says_and_knows_what_it_is_worth() -> None:
    app = opened(SIMULATE, inputs="board", ON_TIME="20000")
    shown = lever(app, "ON_TIME")
    stops, totals, gains = (summed(shown[name]) for name in ("stops", "totals", "gains"))
    assert stops[shown["at"]] == 20000
    assert (totals[shown["at"]], gains[shown["at"]]) == (6285, 67)
    assert (totals[-1], shown["best"]) == (6444, 226)
    ranks = board(app)["headline"]["ranks"]
    assert ranks[shown["ranks"][-1][1]]["value"] == "10/34"
    assert shown["entry"]["text"] == "+20.000"
    assert board(app)["headline"]["now"]["total"]["value"] == total(app) == "62,85"


def test_a_lever_that_is_full_says_why() -> None:
    app = opened(SIMULATE, inputs="board", b="phutho-2026-ytd")
    shown = lever(app, "ONLINE_SUBMISSION")
    assert shown["best"] == 0
    assert shown["at"] > shown["flat"]["from"] == shown["marks"][1]["at"]
    assert "đủ từ 50%" in shown["flat"]["why"]
    assert "không tăng thêm" in shown["bestText"]


def test_digitised_dossiers_stop_at_those_with_a_result_and_the_board_says_so() -> None:
    app = opened(SIMULATE, inputs="board", b="phutho-2026-ytd")
    shown = lever(app, "SO_HOA_GIAY_TO_GIAI_QUYET")
    assert "Không thể vượt" in shown["flat"]["why"]
    assert shown["flat"]["from"] < len(shown["stops"]) - 1


def test_without_peers_or_a_total_the_board_says_what_is_not_known() -> None:
    app = opened(SIMULATE, inputs="board", b="tth-2022")
    shown = lever(app, "ORIGINAL_RESULT_AVAILABLE")
    assert board(app)["decimals"] == 1
    assert board(app)["headline"]["ranks"][shown["ranks"][0][1]]["value"] == "—"


def test_the_native_widgets_keep_what_the_board_was_set_to_and_back() -> None:
    app = opened(SIMULATE, inputs="board", ON_TIME="20000", lock="PETITION_NEW")
    app.button(key="use-plain").click().run()
    assert not app.get("bidi_component")
    assert slider(app, "ON_TIME").value == 20000
    enter(app, "ON_TIME", "3.000")
    app.button(key="use-board").click().run()
    shown = lever(app, "ON_TIME")
    assert summed(shown["stops"])[shown["at"]] == 3000
    assert lever(app, "PETITION_NEW")["locked"]


def test_a_refused_entry_stands_in_both() -> None:
    app = opened(SIMULATE, ON_TIME="20000")
    enter(app, "ON_TIME", "abc")
    app.button(key="use-board").click().run()
    assert lever(app, "ON_TIME")["problem"]["text"] == "abc"
    assert "không phải là số" in lever(app, "ON_TIME")["problem"]["why"]
    app.button(key="use-plain").click().run()
    assert app.text_input(key="exact-ON_TIME").value == "abc"
    assert len(app.error) == 1


def test_if_the_board_cannot_load_the_widgets_take_over_and_a_link_still_offers_the_board() -> None:
    app = opened(SIMULATE, inputs="board", ON_TIME="20000")
    app.button(key="board-failed").click().run()
    assert not app.get("bidi_component")
    assert slider(app, "ON_TIME").value == 20000
    assert app.info[0].value == catalogue("vi")["board.failed"]
    assert "inputs" not in app.session_state["written-params"]
    app.button(key="use-board").click().run()
    assert app.get("bidi_component")


def test_a_locked_lever_is_kept_by_the_native_widgets_and_by_reset_all() -> None:
    app = opened(SIMULATE, ON_TIME="20000", OVERDUE_FLAG_REPAIRED="1000")
    app.button(key="lock-ON_TIME").click().run()
    assert slider(app, "ON_TIME").disabled
    assert app.button(key="reset-ON_TIME").disabled
    enter(app, "ON_TIME", "5000")
    assert "đang khóa" in app.error[0].value
    assert total(app) == "62,88"
    app.button(key="reset-all").click().run()
    assert total(app) == "62,85"
    assert app.session_state["written-params"]["lock"] == "ON_TIME"
    app.button(key="lock-ON_TIME").click().run()
    enter(app, "ON_TIME", "")
    assert total(app) == "62,18"


def test_an_unknown_way_of_moving_levers_is_explained() -> None:
    app = opened(SIMULATE, inputs="wheel")
    assert "inputs" in app.warning[0].value
    assert app.get("bidi_component")


def test_starting_values_are_asked_for_below_the_board() -> None:
    app = opened(SIMULATE, inputs="board")
    app.session_state["starting-values"] = True
    app.run()
    app.text_input(key="assume-n-ONLINE_SERVICE_USED-vn-2026-10-10-H44").set_value("516")
    app.text_input(key="assume-d-ONLINE_SERVICE_USED-vn-2026-10-10-H44").set_value("1.884")
    form = "assume-ONLINE_SERVICE_USED-vn-2026-10-10-H44"
    next(b for b in app.button if b.proto.form_id == form).click().run()
    assert summed(lever(app, "ONLINE_SERVICE_USED")["gains"])[-1] == 290
    assert app.button(key="unassume-ONLINE_SERVICE_USED")


def test_a_lever_with_nothing_left_to_change_says_so() -> None:
    app = opened(SIMULATE, inputs="board", b="tth-2022", u="000.00.20.H57")
    shown = lever(app, "OVERDUE_FLAG_REPAIRED")
    assert shown["reason"] == "Đang được đủ điểm. Không còn trường hợp nào để thay đổi."
