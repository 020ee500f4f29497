"""*Dữ liệu*: an office takes in its own figures, keeps, compares and deletes them."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.data import fetching
from pages.ui.shell import PAGES
from simulator.baseline_files import load_baseline
from simulator.fetch.client import fetch
from simulator.own_figures import OWN_FIGURES
from simulator.presentation.literal import literal
from simulator.store import open_store
from tests.portal_server import PHU_THO, FakeTime, figures_of, running
from tests.screens.test_screens import baseline_picker, opened, total, words
from tests.test_imports import written

SIMULATE = f"pages/screens/{PAGES['mo-phong'][0]}"
DATA = f"pages/screens/{PAGES['du-lieu'][0]}"


pytestmark = pytest.mark.usefixtures("place")


def on_data(**link: str) -> AppTest:
    return opened(DATA, **link)


def dropped(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/octet-stream"))
    return app.run()


def figures(tmp_path, baseline_id: str = "phutho-2026-ytd") -> bytes:
    path = tmp_path / "figures.csv"
    written(baseline_id, path)
    return path.read_bytes()


def keep(app: AppTest, day: date = date(2026, 9, 26)) -> AppTest:
    kind = next(box for box in app.selectbox if box.key.startswith("about-kind-"))
    kind.set_value("ytd")
    app.date_input[0].set_value(day).run()
    return app.button(key="keep-figures").click().run()


def taken_in(tmp_path) -> AppTest:
    return keep(dropped(on_data(), "so-lieu.csv", figures(tmp_path)))


def part(app: AppTest, name: str) -> AppTest:
    group = next(item for item in app.get("button_group") if item.key == "data-part")
    return group.set_value(name).run()


def test_nothing_is_kept_or_created_by_looking(store):
    app = on_data()
    assert not app.exception
    assert not store.exists()


def test_files_are_checked_named_kept_and_opened(tmp_path):
    app = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    assert not app.exception
    assert "Đọc được **13** đơn vị" in words(app)
    # The day is asked, not guessed: without it nothing can be kept.
    assert app.button(key="keep-figures").disabled
    app = keep(app)
    assert not app.exception
    assert "Đã nạp" in words(app)
    # The jump to Mô phỏng itself is made in a browser (tests/browser/test_data.py).
    app.button(key="open-kept").click().run()
    app.switch_page(SIMULATE).run()
    assert total(app) == "61,89"
    assert baseline_picker(app).value.startswith("nap-")


def test_the_newest_whole_figures_open_the_app(tmp_path):
    taken_in(tmp_path)
    app = opened()
    assert baseline_picker(app).value.startswith("nap-")
    assert total(app) == "61,89"


def test_a_wrong_file_keeps_nothing_and_says_where(tmp_path, store):
    lines = figures(tmp_path).decode().splitlines()
    wrong = next(k for k, line in enumerate(lines) if line.startswith("H44,") and "ON_TIME" in line)
    cells = lines[wrong].split(",")
    lines[wrong] = ",".join([*cells[:-3], "999999999", *cells[-2:]])
    content = "\n".join(lines).encode()
    app = dropped(on_data(), "so-lieu.csv", content)
    assert not app.exception
    assert not [button for button in app.button if button.key == "keep-figures"]
    shown = words(app)
    assert f"so-lieu.csv dòng {wrong + 1}" in shown
    assert "Chưa nạp được" in shown
    assert not store.exists()


def test_a_script_in_a_name_is_shown_as_text(tmp_path):
    text = "unit,name,level,code,numerator,denominator\n"
    text += 'H44,"<script>alert(1)</script>",province,ON_TIME,90,100\n'
    app = dropped(on_data(), "x<img src=x>.csv", text.encode())
    assert not app.exception
    pages = "\n".join(item.proto.body for item in app.get("html"))
    assert "<script>alert" not in pages
    assert "<img src=x" not in pages


def test_the_same_file_is_recognised(tmp_path):
    taken_in(tmp_path)
    app = dropped(on_data(), "lai.csv", figures(tmp_path))
    assert "Đã nạp trước đây trong" in words(app)
    assert "không nạp trùng" in words(keep(app))
    assert len(OWN_FIGURES.listed()) == 1


def test_deleted_figures_come_back(tmp_path):
    taken_in(tmp_path)
    kept = OWN_FIGURES.listed()[0].id
    app = part(on_data(b=kept), "shelf")
    key = next(table.key for table in app.dataframe if table.key.startswith("shelf-"))
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    app.run()
    app.button(key=f"delete-{kept}").click().run()
    assert "Đã xóa" in words(app)
    assert OWN_FIGURES.listed() == ()
    # The screens that showed them go on with others.
    assert baseline_picker(app).value == "vn-2026-10-10"
    app.button(key="undo-delete").click().run()
    assert [entry.id for entry in OWN_FIGURES.listed()] == [kept]


def test_two_readings_are_compared():
    app = part(on_data(), "compare")
    assert not app.exception
    assert "đơn vị có thay đổi" in words(app)


def test_fetching_is_off_unless_an_administrator_allows_it():
    app = on_data()
    assert not [box for box in app.expander if "trực tiếp từ Cổng" in box.label]


def test_what_is_fetched_is_shown_before_and_checked_like_files(tmp_path, monkeypatch):
    baseline = load_baseline("phutho-2026-ytd")
    passing = FakeTime()
    with running(figures_of(baseline, "H44", PHU_THO)) as portal:
        monkeypatch.setenv("SIMULATOR_FETCH", "on")
        monkeypatch.setenv("SIMULATOR_PORTAL_URL", portal.address)
        monkeypatch.setattr(fetching, "fetch", partial(fetch, pace=passing.pace()))
        app = on_data()
        assert not app.exception
        app.selectbox(key="fetch-unit-vi").set_value(PHU_THO).run()
        assert portal.seen == []
        assert len([block for block in app.code if "rootDepartmentId" in block.value]) == 6
        app.button(key="fetch-send").click().run()
        assert not app.exception
        assert len(portal.seen) == 6
    assert "Đọc được" in words(app)
    # The day of the fetch is known; nothing has to be typed.
    app.button(key="keep-figures").click().run()
    assert "Đã nạp" in words(app)
    kept = OWN_FIGURES.listed()[0]
    assert (kept.period, kept.captured_at[:10]) == ("2026-ytd", "2026-10-12")


def test_figures_somebody_else_deleted_give_way_to_those_that_open_the_app(tmp_path):
    taken_in(tmp_path)
    kept = OWN_FIGURES.listed()[0]
    app = opened(SIMULATE, b=kept.id)
    assert total(app) == "61,89"
    open_store().delete(kept.id)
    OWN_FIGURES.refresh()
    app.run()
    assert not app.exception
    assert "đã bị xóa" in words(app)
    assert baseline_picker(app).value == "vn-2026-10-10"


def test_a_name_is_never_formatting(tmp_path):
    app = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    name = next(box for box in app.text_input if box.key.startswith("about-name-"))
    name.set_value("**đậm** [bấm](http://vi.du) $x$ :red[đỏ]").run()
    app = keep(app)
    assert literal("**đậm** [bấm](http://vi.du) $x$ :red[đỏ]") in words(app)
