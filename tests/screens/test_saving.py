"""Saving from the frame, what it tells, and opening what was made on older figures."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import opening
from pages.ui.shell import PAGES
from simulator.errors import ScenarioError
from simulator.store import Actor, open_store
from tests.screens.test_screens import enter, opened, total, words

SIMULATE = f"pages/screens/{PAGES['mo-phong'][0]}"
LINK = {"b": "phutho-2026-08", "u": "H44"}
NAME = "Dọn <script>alert(1)</script> *quá hạn*"
SAFE = r"Dọn \<script\>alert\(1\)\</script\> \*quá hạn\*"

pytestmark = pytest.mark.usefixtures("place")


def menu(app: AppTest) -> AppTest:
    """The dialog behind the scenario's name, opened."""
    return app.button(key="open-scenario-dialog").click().run()


def save(app: AppTest, name: str = "", author: str = "", way: str = "") -> AppTest:
    """Save in the dialog, as a person does."""
    menu(app)
    if way:
        next(one for one in app.radio if one.key.startswith("save-way-")).set_value(way).run()
    for field, text in (("name", name), ("author", author)):
        if text:
            box = next(one for one in app.text_input if one.key.startswith(f"save-{field}-"))
            box.set_value(text)
    next(one for one in app.button if one.key.startswith("save-do-")).click().run()
    assert not app.exception
    return app


def link_of(app: AppTest) -> dict[str, str]:
    """The address of the moment, as somebody else opens it."""
    written = app.session_state["written-params"]
    return {name: text for name, text in written.items() if name != "inputs"}


def toasts(app: AppTest) -> list[str]:
    return [str(toast.value) for toast in app.toast]


def test_what_one_saves_another_opens_by_its_link_and_both_keep_what_they_save():
    an = opened(SIMULATE, ON_TIME="2000", **LINK)
    save(an, NAME, "An")
    assert toasts(an) == [f"Đã lưu “{SAFE}”, phiên bản 1."]
    (kept,) = open_store().scenarios.listed()
    assert (kept.newest.content.name, kept.newest.content.author) == (NAME, "An")
    assert kept.newest.content.total == 6020
    link = link_of(an)
    assert link["s"] == f"{kept.id}.1"

    binh = opened(SIMULATE, **link)
    assert total(binh) == total(an) == "60,20"
    enter(an, "ON_TIME", "3000")
    save(an)
    enter(binh, "ON_TIME", "5000")
    save(binh, author="Bình")
    assert toasts(binh) == []
    (told,) = [str(one.value) for one in binh.warning]
    assert "phiên bản 3" in told
    assert "Phiên bản 2 · An" in told
    assert "Cả hai đều được giữ" in told
    levers = [one.content.parameters["ON_TIME"] for one in open_store().scenarios.versions(kept.id)]
    assert levers == ["2000", "3000", "5000"]
    menu(an)
    assert any("phiên bản 3 mới hơn, Bình lưu" in str(one.value) for one in an.warning)
    an.button(key="open-newest").click().run()
    assert total(an) == total(binh)
    binh.button(key="compare-both").click().run()
    assert binh.session_state["compared-scenarios"] == (f"{kept.id}.3", f"{kept.id}.2")


def test_back_to_what_was_saved_and_back_to_the_present_are_two_ways():
    app = opened(SIMULATE, ON_TIME="2000", **LINK)
    now = total(opened(SIMULATE, **LINK))
    save(app, "Một")
    saved = total(app)
    enter(app, "ON_TIME", "5000")
    assert "Khác phiên bản 1 đã lưu của “Một” (60,20 điểm)" in words(app)
    menu(app)
    assert "Đã thay đổi từ khi mở phiên bản này" in words(app)
    app.button(key="reset-to-saved").click().run()
    assert total(app) == saved
    assert "Kịch bản “Một”, phiên bản 1" in words(app)
    # Done, and the dialog is over.
    assert not [one for one in app.button if one.key == "reset-to-saved"]
    menu(app)
    assert "Đúng như phiên bản đã lưu" in words(app)
    assert app.button(key="reset-to-saved").disabled
    app.button(key="reset-to-now").click().run()
    assert total(app) == now
    app.button(key="step-undo").click().run()
    assert total(app) == saved
    save(app, "Hai", way="scenario")
    assert sorted(one.newest.content.name for one in open_store().scenarios.listed()) == [
        "Hai", "Một",
    ]  # fmt: skip


def test_what_was_open_comes_back_with_what_is_undone():
    app = opened(SIMULATE, ON_TIME="2000", **LINK)
    save(app, "Một")
    first = app.session_state["written-params"]["s"]
    enter(app, "ON_TIME", "5000")
    save(app, "Hai", way="scenario")
    second = app.session_state["written-params"]["s"]
    app.query_params.clear()
    for key, text in {**LINK, "s": first, "ON_TIME": "2000", "t.total": "90"}.items():
        app.query_params[key] = text
    app.run()
    assert app.session_state["written-params"]["t.total"] == "90"
    app.button(key="step-undo").click().run()
    written = app.session_state["written-params"]
    assert (written["s"], written["ON_TIME"], written.get("t.total")) == (second, "5000", None)
    app.button(key="step-redo").click().run()
    written = app.session_state["written-params"]
    assert (written["s"], written["ON_TIME"], written["t.total"]) == (first, "2000", "90")


def test_a_name_given_by_somebody_else_stays_and_so_does_the_own_one():
    app = opened(SIMULATE, ON_TIME="2000", **LINK)
    save(app, "Cũ", "An")
    (kept,) = open_store().scenarios.listed()
    open_store().scenarios.rename(kept.id, "Mới", Actor("Bình"))
    enter(app, "ON_TIME", "3000")
    menu(app)
    for box in app.text_input:
        if box.key.startswith("save-author-"):
            box.set_value("")
    next(one for one in app.button if one.key.startswith("save-do-")).click().run()
    assert open_store().scenarios.version(kept.id).content.name == "Mới"
    assert app.session_state["who-name"] == "An"


def test_one_that_somebody_deleted_says_so_and_is_back_when_it_is_saved():
    app = opened(SIMULATE, ON_TIME="2000", **LINK)
    save(app, "Một")
    (kept,) = open_store().scenarios.listed()
    open_store().scenarios.delete(kept.id, Actor("Bình"))
    link = link_of(app)
    other = menu(opened(SIMULATE, **link))
    assert any("đã bị xóa" in str(one.value) for one in other.warning)
    enter(other, "ON_TIME", "3000")
    save(other)
    assert any("lần lưu này đã khôi phục" in str(one.value) for one in other.warning)
    open_store().scenarios.archive(kept.id, Actor("Bình"))
    enter(other, "ON_TIME", "4000")
    save(other)
    assert any("lưu trữ" in str(one.value) for one in other.warning)
    open_store().scenarios.delete(kept.id, Actor("Bình"))
    save(other)
    # Told here, not where the session goes next.
    next(one for one in other.selectbox if one.key.startswith("pick-baseline-")).set_value(
        "vn-2026-10-10"
    ).run()
    assert not any("khôi phục" in str(one.value) for one in other.warning)
    # One of another unit is not what this link is about.
    strange = opened(SIMULATE, b="vn-2026-10-10", u="H21", s=link["s"])
    assert "s" not in strange.session_state["written-params"]


def test_a_refused_save_keeps_what_was_typed():
    app = opened(SIMULATE, ON_TIME="2000", **LINK)
    save(app, "   ", "An")
    assert [str(one.value) for one in app.error] == [
        "Kịch bản chưa có tên; hãy đặt tên rồi lưu lại."
    ]
    assert next(one for one in app.text_input if one.key.startswith("save-author-")).value == "An"
    open_store().pin.set("246810", Actor())
    box = next(one for one in app.text_input if one.key.startswith("save-name-"))
    box.set_value("Có tên")
    next(one for one in app.button if one.key.startswith("save-do-")).click().run()
    assert "mã PIN" in str(app.error[0].value)
    assert open_store().scenarios.listed() == ()
    next(one for one in app.text_input if one.key.startswith("pin-entry")).set_value("246810")
    next(one for one in app.button if one.proto.form_id.startswith("pin-form")).click().run()
    next(one for one in app.button if one.key.startswith("save-do-")).click().run()
    (kept,) = open_store().scenarios.listed()
    assert kept.newest.content.name == "Có tên"


def test_a_link_made_on_older_figures_offers_both():
    older, assumed = "vn-2026-09-26", {"a.ON_TIME": "90000-100000", "ON_TIME": "5000"}
    app = opened(SIMULATE, b=older, u="H44", **assumed)
    first = total(app)
    assert "đã được đọc lại ngày 10/10/2026" in str(app.info[0].value)
    app.session_state["banner-changes"] = True
    app.run()
    assert any("Số hóa hồ sơ" in str(frame.value.to_dict()) for frame in app.dataframe)
    app.button(key="to-newer").click().run()
    assert app.session_state["scenario"].baseline == "vn-2026-10-10"
    assert "có thể bị tính hai lần" in str(app.info[0].value)
    app.button(key="to-own").click().run()
    assert (app.session_state["scenario"].baseline, total(app)) == (older, first)
    app.button(key="put-away").click().run()
    assert not app.info
    # One that only looks at older figures has nothing to be told.
    looked = opened(SIMULATE, b=older, u="H44")
    assert not any("đọc lại" in str(one.value) for one in looked.info)


def test_a_link_whose_figures_are_gone_offers_the_nearest():
    app = opened(SIMULATE, b="0123456789ab", u="H44", e="2026-portal", ON_TIME="5000")
    assert any("0123456789ab" in str(one.value) for one in app.warning)
    app.button(key="to-newer").click().run()
    scenario = app.session_state["scenario"]
    assert (scenario.unit, scenario.change("ON_TIME")) == ("H44", 5000)


def test_on_newer_figures_it_is_still_the_same_scenario(tmp_path):
    app = opened(
        SIMULATE, b="vn-2026-09-26", u="H44", **{"a.ON_TIME": "90000-100000"}, ON_TIME="5000"
    )
    save(app, "Một")
    link = link_of(app)
    (kept,) = open_store().scenarios.listed()
    other = opened(SIMULATE, **link)
    other.button(key="to-newer").click().run()
    assert other.session_state["written-params"]["s"] == f"{kept.id}.1"
    open_store().scenarios.save(kept.id, kept.newest.content, 1)
    save(other)
    assert any("Cả hai đều được giữ" in str(one.value) for one in other.warning)


def test_newer_figures_that_are_deleted_before_the_click_are_told(monkeypatch):
    app = opened(
        SIMULATE, b="vn-2026-09-26", u="H44", **{"a.ON_TIME": "90000-100000"}, ON_TIME="5000"
    )

    def gone(_opened):
        raise ScenarioError("deleted_figures", name="Bộ mới")

    monkeypatch.setattr(opening, "on_newer", gone)
    app.button(key="to-newer").click().run()
    assert not app.exception
    assert any("Bộ mới" in str(one.value) for one in app.warning)
    assert app.session_state["scenario"].baseline == "vn-2026-09-26"
