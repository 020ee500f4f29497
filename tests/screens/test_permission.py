"""The edit PIN on screen: who may change what, how it is set, and what the log tells of it."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
import uvicorn
from streamlit.testing.v1 import AppTest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from pages.ui import log, permission, who
from simulator.errors import DataError
from simulator.own_figures import OWN_FIGURES
from simulator.presentation import csv_file
from simulator.presentation.speech import Speech
from simulator.store import THIS_MACHINE, Action, Actor, Event, open_store
from simulator.store.pin import FIRST_WAIT, FREE_EACH
from simulator.text import LANGUAGES, catalogue
from tests.screens.conftest import ADDRESS
from tests.screens.test_data import dropped, figures, keep, on_data, part, taken_in
from tests.screens.test_screens import words

PIN = "Quê-hương 1975"
MANAGER = Actor("Lê Văn Dũng", "10.0.0.2")
REFUSED = "cơ quan đã đặt mã PIN cho việc lưu, nhập và xóa"
VI = Speech("vi")

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture(autouse=True)
def seen_at_once(monkeypatch):
    """What another process does to the PIN is seen without waiting for a second."""
    monkeypatch.setattr(permission, "SECOND", 0.0)


def give(app: AppTest, pin: str) -> AppTest:
    """Type the PIN in the line and press Enter."""
    field(app, "pin-entry").set_value(pin)
    return pressed(app, "pin-form")


def field(app: AppTest, start: str):
    return next(box for box in app.text_input if box.key.startswith(start))


def pressed(app: AppTest, form: str) -> AppTest:
    return next(b for b in app.button if b.proto.form_id.startswith(form)).click().run()


def is_asked(app: AppTest) -> bool:
    return any((box.key or "").startswith("pin-entry") for box in app.text_input)


def opened_box(app: AppTest, name: str) -> AppTest:
    app.session_state[f"{name}-vi"] = True
    return app.run()


def chosen_row(app: AppTest) -> AppTest:
    app = part(app, "shelf")
    key = next(table.key for table in app.dataframe if table.key.startswith("shelf-"))
    app.session_state[key] = {"selection": {"rows": [0], "columns": [], "cells": []}}
    return app.run()


def done() -> list[tuple[str, str, str]]:
    """What the log tells, the oldest first."""
    return [(e.action.value, e.who, e.client) for e in reversed(open_store().events(1000))]


def test_without_a_pin_nothing_is_asked_and_the_log_tells_who_took_figures_in(tmp_path):
    app = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    assert not is_asked(app)
    field(app, "take-in-who").set_value("  <script>alert(1)</script>\n**Ánh** ").run()
    app = keep(app)
    assert "Đã nạp" in words(app)
    assert not is_asked(app)
    typed = "<script>alert(1)</script> **Ánh**"
    assert done() == [("figures_imported", typed, ADDRESS)]
    assert OWN_FIGURES.listed()[0].id == open_store().entries()[0].id
    assert open_store().entries()[0].imported_by == typed
    app = opened_box(app, "log")
    assert not app.exception
    # In a table, which shows text as text, and nowhere else.
    table = next(t.value for t in app.dataframe if "Người làm" in t.value.columns)
    assert list(table["Người làm"]) == [typed]
    assert "alert(1)" not in words(app)


def test_taking_figures_in_waits_for_the_pin_and_loses_nothing(tmp_path):
    open_store().pin.set(PIN, MANAGER)
    app = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    assert is_asked(app)
    field(app, "take-in-who").set_value("Ánh").run()
    app = keep(app)
    assert REFUSED in words(app)
    assert OWN_FIGURES.listed() == ()
    app = give(app, "sai")
    assert "Mã PIN chưa đúng" in words(app)
    app = give(app, PIN)
    assert not is_asked(app)
    assert not app.error
    # File, day and name are still there: one press is enough.
    app = app.button(key="keep-figures").click().run()
    assert "Đã nạp" in words(app)
    assert done() == [
        ("pin_set", MANAGER.name, MANAGER.client),
        ("pin_refused", "Ánh", ADDRESS),
        ("figures_imported", "Ánh", ADDRESS),
    ]


def test_own_figures_are_renamed_deleted_and_brought_back_with_the_pin_only(tmp_path):
    taken_in(tmp_path)
    kept = OWN_FIGURES.listed()[0]
    open_store().pin.set(PIN, MANAGER)
    app = chosen_row(on_data(b=kept.id))
    app.button(key=f"ask-rename-{kept.id}").click().run()
    app.text_input(key=f"name-{kept.id}").set_value("Tên khác")
    for key in (f"rename-{kept.id}", f"delete-{kept.id}"):
        app.button(key=key).click().run()
        assert REFUSED in words(app)
    assert [entry.name for entry in open_store().entries()] == [kept.title["vi"]]
    assert app.text_input(key=f"name-{kept.id}").value == "Tên khác"
    app = give(app, PIN)
    for key in (f"rename-{kept.id}", f"delete-{kept.id}", "undo-delete"):
        app.button(key=key).click().run()
    assert [entry.name for entry in open_store().entries()] == ["Tên khác"]
    # Somebody changes the PIN: the same session is asked again before it deletes anything else.
    open_store().pin.set("khác hẳn", MANAGER)
    app = chosen_row(app)
    assert is_asked(app)
    app.button(key=f"delete-{kept.id}").click().run()
    assert len(open_store().entries()) == 1
    app = give(app, "khác hẳn")
    app.button(key=f"delete-{kept.id}").click().run()
    open_store().pin.set(PIN, MANAGER)
    app.run()
    for key in (f"back-{kept.id}", f"ask-purge-{kept.id}", f"purge-{kept.id}"):
        app.button(key=key).click().run()
    assert len(open_store().entries(deleted=True)) == 1
    app = give(app, PIN)
    app.button(key=f"purge-{kept.id}").click().run()
    assert not app.exception
    assert open_store().entries(deleted=True) == ()
    assert [action for action, *_ in done()] == [
        "figures_imported", "pin_set", "figures_renamed", "figures_deleted", "figures_undeleted",
        "pin_set", "figures_deleted", "pin_set", "figures_purged",
    ]  # fmt: skip


def test_a_dialog_over_a_screen_that_asks_for_the_pin_asks_for_it_too(tmp_path):
    taken_in(tmp_path)
    open_store().pin.set(PIN, MANAGER)
    app = part(on_data(), "shelf")
    app.button(key="open-scenario-dialog").click().run()
    assert not app.exception
    asked = {box.key for box in app.text_input if box.key.startswith("pin-entry")}
    assert asked == {"pin-entry-vi", "pin-entry-saving-vi"}


def test_shipped_figures_ask_for_nothing():
    open_store().pin.set(PIN, MANAGER)
    app = part(on_data(), "shelf")
    assert not is_asked(app)


def test_guessing_through_the_screen_is_slowed_and_logged_by_address(tmp_path, comes_from):
    open_store().pin.set(PIN, MANAGER)
    app = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    for number in range(FREE_EACH):
        assert "Mã PIN chưa đúng" in words(give(app, f"sai {number}"))
    told = words(give(app, PIN))
    waiting = timedelta(seconds=int(re.findall(r"hãy chờ (\d+) giây", told)[0]))
    assert FIRST_WAIT - timedelta(seconds=10) < waiting <= FIRST_WAIT
    # A reload, or another window of the same machine, waits too; another machine does not.
    again = give(dropped(on_data(), "so-lieu.csv", figures(tmp_path)), PIN)
    assert "hãy chờ" in words(again)
    assert is_asked(again)
    comes_from("10.0.0.6")
    assert not is_asked(give(again, PIN))
    assert [action for action, *_ in done()] == ["pin_set", *["pin_refused"] * FREE_EACH]
    assert {client for _, _, client in done()[1:]} == {ADDRESS}


def test_an_empty_entry_is_no_attempt(tmp_path):
    open_store().pin.set(PIN, MANAGER)
    app = give(dropped(on_data(), "so-lieu.csv", figures(tmp_path)), "  ")
    assert "Ô mã PIN còn trống" in words(app)
    assert len(done()) == 1


def entered(app: AppTest, form: str, **typed: str) -> AppTest:
    for name, text in typed.items():
        app.text_input(key=f"pin-{form}-vi-{name}").set_value(text)
    return pressed(app, f"pin-{form}-")


def test_the_pin_is_set_changed_and_cleared_on_screen(tmp_path):
    app = opened_box(on_data(), "office-pin")
    assert "ai mở được ứng dụng này cũng lưu" in words(app)
    app = entered(app, "set", new=PIN, again="khác")
    assert "không giống nhau" in words(app)
    app = entered(app, "set", new="123", again="123")
    assert "từ 6 đến 64" in words(app)
    assert open_store().events() == ()
    app = entered(app, "set", new=PIN, again=PIN, who="Dũng")
    assert "Đã đặt mã PIN" in words(app)
    # Who set it need not give it; whoever opens the app has to.
    app = dropped(app, "so-lieu.csv", figures(tmp_path))
    assert not is_asked(app)
    other = dropped(on_data(), "so-lieu.csv", figures(tmp_path))
    assert is_asked(other)
    # Changing and clearing ask for it again, and a wrong entry counts.
    app = entered(app, "change", present="sai", new="mã mới", again="mã mới")
    assert "Mã PIN chưa đúng" in words(app)
    app = entered(app, "clear", present="sai")
    assert "Mã PIN chưa đúng" in words(app)
    app = entered(app, "change", present=PIN, new="mã mới", again="mã mới")
    assert "Đã đổi mã PIN" in words(app)
    assert open_store().pin.check("mã mới", MANAGER)
    app = entered(app, "clear", present="mã mới")
    assert "Đã bỏ mã PIN" in words(app)
    assert not is_asked(other.run())
    assert not app.exception
    assert done() == [
        (action, "Dũng", ADDRESS)
        for action in ("pin_set", "pin_refused", "pin_refused", "pin_set", "pin_cleared")
    ]


def test_a_new_pin_that_cannot_be_set_is_told_before_the_present_one_counts():
    open_store().pin.set(PIN, MANAGER)
    app = opened_box(on_data(), "office-pin")
    for new in ("", "12345", " 1234 "):
        app = entered(app, "change", present="sai", new=new, again=new)
        assert "từ 6 đến 64" in words(app)
    assert [action for action, *_ in done()] == ["pin_set"]


def test_of_two_who_set_the_first_pin_the_later_one_is_told():
    app = opened_box(on_data(), "office-pin")
    open_store().pin.set(PIN, MANAGER)
    app = entered(app, "set", new="của tôi", again="của tôi")
    assert "vừa được người khác đặt" in words(app)
    assert open_store().pin.check(PIN, MANAGER)


def test_asking_creates_no_store(tmp_path):
    assert not permission.is_needed()
    permission.require()
    app = opened_box(opened_box(on_data(), "office-pin"), "log")
    assert "Nhật ký còn trống" in words(app)
    assert not (tmp_path / "kept").exists()


def test_a_locked_session_is_refused_even_within_the_second_that_is_remembered(monkeypatch):
    monkeypatch.setattr(permission, "SECOND", 60.0)
    monkeypatch.setattr(permission, "_PRESENT", permission._Present())
    open_store()
    assert not permission.is_needed()
    open_store().pin.set(PIN, MANAGER)
    assert not permission.is_needed()
    with pytest.raises(DataError, match="pin_needed"):
        permission.require()
    assert permission.is_needed()


# The log


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_its_words_in_the_log(language):
    told = [catalogue(language)[f"log.{action.value}"] for action in Action]
    assert len(set(told)) == len(Action)


def test_the_log_shows_the_newest_finds_without_diacritics_and_has_a_file(monkeypatch):
    monkeypatch.setattr(log, "SHOWN", 3)
    for number in range(4):
        open_store().pin.set(PIN, Actor(f"Ánh {number}", "10.0.0.8"))
    open_store().pin.clear(Actor("=Bình", THIS_MACHINE))
    app = opened_box(on_data(), "log")
    table = rows_of(app)
    assert list(table["Người làm"]) == ["=Bình", "Ánh 3", "Ánh 2"]
    assert list(table["Từ máy"]) == ["máy chủ", "10.0.0.8", "10.0.0.8"]
    assert list(table["Việc đã làm"]) == ["Bỏ mã PIN", *["Đặt hoặc đổi mã PIN"] * 2]
    # Further back than what is shown.
    field(app, "log-search").set_value("anh 0").run()
    assert list(rows_of(app)["Người làm"]) == ["Ánh 0"]
    field(app, "log-search").set_value(f"{open_store().events(1)[0].at:%Y}").run()
    assert len(rows_of(app)) == 3
    field(app, "log-search").set_value("không có gì như thế").run()
    assert "Không có dòng nào khớp" in words(app)
    whole = pd.DataFrame(log._rows(log._events(log.IN_FILE), VI))
    file = pd.read_csv(io.BytesIO(csv_file.csv_bytes(whole, "vi")), sep=";")
    assert list(file["Người làm"]) == ["'=Bình", "Ánh 3", "Ánh 2", "Ánh 1", "Ánh 0"]


def rows_of(app: AppTest) -> pd.DataFrame:
    return next(t.value for t in app.dataframe if "Người làm" in t.value.columns)


# Where somebody comes from


@pytest.mark.parametrize(
    ("connection", "address"),
    [
        (None, THIS_MACHINE),
        ("127.0.0.1", THIS_MACHINE),
        ("127.8.9.1", THIS_MACHINE),
        ("::1", THIS_MACHINE),
        ("::ffff:127.0.0.1", THIS_MACHINE),
        ("10.0.0.7", "10.0.0.7"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("FD00:0:0::0005", "fd00::5"),
        ("fe80::1%eth0", "fe80::1%eth0"),
        ("unix:", "unix:"),
    ],
)
def test_one_machine_has_one_address(connection, address):
    assert who.address_of(connection) == address


@pytest.mark.parametrize(
    ("peer", "forwarded", "seen"),
    [
        # A machine of the network may say what it likes.
        ("10.0.0.7", "10.0.0.99", "10.0.0.7"),
        ("10.0.0.7", "127.0.0.1", "10.0.0.7"),
        # A proxy on this machine adds the last hop, whatever it was handed before.
        ("127.0.0.1", "10.0.0.7", "10.0.0.7"),
        ("127.0.0.1", "10.0.0.99, 10.0.0.7", "10.0.0.7"),
        ("127.0.0.1", "127.0.0.1, 10.0.0.7", "10.0.0.7"),
        ("::1", "10.0.0.7", "10.0.0.7"),
        # Without a hop it is this machine itself; no other header counts.
        ("127.0.0.1", "", THIS_MACHINE),
    ],
)
def test_only_a_proxy_on_this_machine_says_who_is_behind_it(peer, forwarded, seen, monkeypatch):
    """uvicorn with the defaults Streamlit starts it with; it is what our address stands on."""
    monkeypatch.delenv("FORWARDED_ALLOW_IPS", raising=False)
    found = []

    async def app(scope, receive, send):
        found.append(scope["client"][0])

    config = uvicorn.Config(app)
    config.load()
    layer = config.loaded_app
    assert isinstance(layer, ProxyHeadersMiddleware)
    headers = [(b"x-real-ip", b"10.0.0.98"), (b"forwarded", b"for=10.0.0.97")]
    if forwarded:
        headers.append((b"x-forwarded-for", forwarded.encode()))
    scope = {"type": "websocket", "client": (peer, 1), "headers": headers, "scheme": "ws"}
    asyncio.run(layer(scope, None, None))
    assert [who.address_of(one) for one in found] == [seen]


def test_a_name_is_one_line_of_bounded_length():
    assert who._clean("  Lê\nVăn\u202e  Dũng\0 ") == "Lê Văn Dũng"
    assert len(who._clean("ẫ" * 1000)) == who.LONGEST_NAME


def test_a_row_has_the_time_of_vietnam_and_a_dash_for_what_was_not_said():
    event = Event(datetime(2026, 10, 10, 17, 30, 0, 999, UTC), "", "", Action.PIN_REFUSED, "")
    (row,) = log._rows((event,), VI)
    assert [str(cell) for cell in row.values()] == [
        "2026-10-11 00:30:00", "None", "None", "Nhập sai mã PIN", "None",
    ]  # fmt: skip
