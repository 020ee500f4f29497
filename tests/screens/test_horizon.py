"""To the end of the period: the switch, the inflow, and the monthly plan."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from simulator.baseline_files import baseline_ids
from tests.screens.test_board_screen import board, lever, summed
from tests.screens.test_screens import enter, figure, opened, slider, total, words

SIMULATE, PLAN = "pages/screens/mo_phong.py", "pages/screens/ke_hoach.py"
YTD = {"b": "phutho-2026-ytd", "u": "H44"}
UNTIL = "2026-12-31"


def switch(app: AppTest, way: str) -> AppTest:
    key = next(b.key for b in app.get("button_group") if str(b.key).startswith("horizon-"))
    return app.button_group(key=key).set_value(way).run()


def test_looking_ahead_bounds_the_lever_by_what_is_still_to_come() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL)
    shown = lever(app, "ON_TIME")
    assert shown["marks"][-1]["text"] == "cao nhất 91,5%"
    groups = shown["groups"]["TDGQ"]
    assert summed(groups["points"])[-1] == 1829
    assert {item["code"] for item in board(app)["levers"]} >= {"RESULT_REPAIRED"}
    assert "Giữ nhịp hiện nay đến hết 31/12/2026" in words(app)


def test_as_if_for_the_whole_period_the_slider_shows_how_far_the_year_still_lets_it_come() -> None:
    app = opened(SIMULATE, inputs="board", **YTD)
    assert "đến 31/12 còn đạt 91,5%" in [mark["text"] for mark in lever(app, "ON_TIME")["marks"]]
    assert "RESULT_REPAIRED" not in {item["code"] for item in board(app)["levers"]}
    assert "từ 47,91 đến 83,66 điểm, cao nhất hạng 1" in words(app)


def test_the_present_rates_lead_to_the_published_score() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL)
    assert total(app) == "61,89"
    assert figure(app, "rank") == "16/34"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"until": "2027-01-31"}, "nằm sau kỳ"),
        ({"until": "2026-09-01"}, "nằm trước ngày lấy số liệu"),
        ({"until": "hôm nay"}, "không phải là ngày"),
        ({"until": UNTIL, "in.dossier": "-5"}, "không phải là số"),
        ({"until": UNTIL, "in.cars": "5"}, "tham số lạ"),
        ({"b": "province-2023-11", "u": "unnamed-province", "until": "2023-11-30"}, "ngày lấy"),
        ({"RESULT_REPAIRED": "5"}, "chỉ dùng khi tính đến hết kỳ"),
    ],
)
def test_a_link_that_cannot_look_ahead_is_explained(link: dict[str, str], sentence: str) -> None:
    app = opened(SIMULATE, inputs="board", **(YTD | link))
    assert not app.exception
    assert sentence in app.warning[0].value.replace("\\", "")


def test_each_way_of_looking_keeps_its_own_levers() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, ON_TIME="20000")
    whole = total(app)
    switch(app, "ahead")
    assert (total(app), app.session_state["written-params"]["until"]) == ("61,89", UNTIL)
    switch(app, "whole")
    assert total(app) == whole
    assert "until" not in app.session_state["written-params"]


def test_a_custom_day_is_kept_while_the_whole_period_is_looked_at() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until="2026-10-31")
    switch(app, "whole")
    switch(app, "ahead")
    assert app.session_state["written-params"]["until"] == "2026-10-31"


def test_another_unit_of_the_same_figures_is_looked_at_the_same_way() -> None:
    app = opened(SIMULATE, inputs="board", b="vn-2026-10-10", u="H44", until=UNTIL)
    app.selectbox(key="pick-unit-vn-2026-10-10").set_value("H20").run()
    assert app.session_state["written-params"]["until"] == UNTIL
    app.selectbox(key="pick-baseline-vi").set_value("phutho-2026-08").run()
    assert "until" not in app.session_state["written-params"]


def test_rows_are_built_anew_when_levers_come_go_or_can_no_longer_be_used() -> None:
    whole = board(opened(SIMULATE, inputs="board", **YTD))
    ahead = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL))
    none = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL, **{"in.petition": "0"}))
    moved = board(opened(SIMULATE, inputs="board", **YTD, until=UNTIL, ON_TIME="500"))
    assert len({json.dumps(shown["identity"]) for shown in (whole, ahead, none)}) == 3
    assert ahead["identity"] == moved["identity"]
    assert whole["place"] != ahead["place"]


def test_a_native_slider_that_looks_ahead_is_another_one() -> None:
    """Its labels differ; under the same key the browser's label would move another lever."""
    whole = slider(opened(SIMULATE, **YTD), "ON_TIME").key
    ahead = slider(opened(SIMULATE, **YTD, until=UNTIL), "ON_TIME").key
    typed = slider(opened(SIMULATE, **YTD, until=UNTIL, **{"in.dossier": "5000"}), "ON_TIME").key
    assert len({whole, ahead, typed}) == 3


def test_a_target_beyond_the_ceiling_is_out_of_reach_since_a_day() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    enter(app, "ON_TIME", "=780000")
    said = app.error[0].value
    assert "ngoài tầm với" in said and "742.067" in said
    assert "đến ngày 01/05/2026" in said or "đến ngày 02/05/2026" in said


def test_day_and_inflow_are_typed_together() -> None:
    app = opened(SIMULATE, **YTD, until=UNTIL)
    place = f"phutho-2026-ytd-H44-{UNTIL}"
    app.session_state["inflow-box"] = True
    app.run()
    app.text_input(key=f"inflow-until-{place}").set_value("31/10/2026")
    app.text_input(key=f"inflow-dossier-{place}").set_value("60.000/tháng")
    next(b for b in app.button if b.proto.form_id == f"inflow-{place}").click().run()
    assert app.session_state["written-params"]["until"] == "2026-10-31"
    assert app.session_state["written-params"]["in.dossier"] == "69041"
    place = "phutho-2026-ytd-H44-2026-10-31"
    app.session_state["inflow-box"] = True
    app.run()
    app.text_input(key=f"inflow-dossier-{place}").set_value("nhiều")
    next(b for b in app.button if b.proto.form_id == f"inflow-{place}").click().run()
    assert "không phải là số" in app.error[0].value
    assert app.session_state["written-params"]["in.dossier"] == "69041"


def test_an_absurd_inflow_is_named_and_the_pace_used() -> None:
    app = opened(SIMULATE, inputs="board", **YTD, until=UNTIL, **{"in.dossier": "999999999"})
    assert not app.exception
    assert "lớn bất thường" in app.warning[0].value
    assert "213.383" in words(app)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("baseline", baseline_ids())
def test_the_plan_is_drawn_for_every_shipped_baseline(baseline: str, language: str) -> None:
    assert not opened(PLAN, b=baseline, lang=language).exception


def test_the_plan_adds_up_to_the_setting() -> None:
    app = opened(PLAN, **YTD, until=UNTIL, ON_TIME="18000", RESULT_REPAIRED="50000")
    assert not app.exception
    path = app.table[0].value
    more = path.groupby("Đòn bẩy")["Nhiều hơn giữ nhịp"].sum()
    assert sorted(more) == [18000, 50000]
    assert path["Cần đạt"].max() <= 68905
