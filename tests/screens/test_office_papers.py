"""The dialog of letterhead and templates: for this time, for the office, and back again."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document
from streamlit.testing.v1 import AppTest

from pages.ui import permission
from pages.ui.reports import office, office_kept
from simulator.errors import DataError
from simulator.presentation.literal import JOINER
from simulator.presentation.view import evaluate
from simulator.reports.documents.tags import SECTIONS
from simulator.reports.documents.templates import check_template, shipped_template
from simulator.reports.letterhead import letterhead_of, to_fields
from simulator.reports.order import Letterhead, Part
from simulator.scenario import Scenario
from simulator.store import Actor, open_store
from simulator.store.engine import Database
from simulator.store.paper_records import MOST_BYTES
from tests.screens import one_part
from tests.screens.conftest import ADDRESS

UNIT = {"b": "phutho-2026-ytd", "u": "H44"}
VIEW = evaluate(Scenario("phutho-2026-ytd", "H44"))
GUESS = letterhead_of(VIEW.baseline, VIEW.unit, "vi")
BINH = Actor("Bình", "10.0.0.8")

pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture(autouse=True)
def seen_at_once(monkeypatch):
    """What another process does to the PIN is seen without waiting for a second."""
    monkeypatch.setattr(permission, "SECOND", 0.0)


def dialog(**link: str) -> AppTest:
    """The dialog, opened."""
    app = one_part.part("pages.ui.reports.office", "draw_button", UNIT | link)
    return app.button(key="ask-office-papers").click().run()


def field(app: AppTest, name: str):
    boxes = [*app.text_input, *app.text_area]
    return next(box for box in boxes if (box.key or "").endswith(f"-{name}"))


def press(app: AppTest, label: str) -> AppTest:
    # The last one: what is for a template stands below what is for the letterhead.
    app = [one for one in app.button if one.label == label][-1].click().run()
    assert not app.exception
    return app


def told(app: AppTest) -> str:
    """What it says, without the marks that keep names from being read as Markdown."""
    kinds = ("caption", "markdown", "success", "warning", "error", "info")
    lines = [str(item.value) for kind in kinds for item in app.get(kind)]
    return "\n".join(lines).replace("\\", "").replace(JOINER, "")


def is_own(app: AppTest) -> bool:
    return "office-letterheads" in app.session_state


def used(app: AppTest, language: str = "vi") -> Letterhead:
    """What papers of the session would be headed with."""
    own = app.session_state["office-letterheads"] if is_own(app) else {}
    kept = office_kept.kept_letterhead("H44", language)
    if found := own.get(("H44", language)):
        return found
    return office_kept.from_fields(kept.fields) if kept else office_kept.suggested(VIEW, language)


def log() -> list[tuple[str, str, str, str]]:
    return [(one.action.value, one.who, one.client, one.what) for one in open_store().events()]


def drop(app: AppTest, content: bytes, name: str = "mau.docx") -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    assert not app.exception
    return app


def changed(part: Part = Part.PAPER, words: str = "Mẫu của Sở") -> bytes:
    """The shipped template with a line of the office's own."""
    document = Document(io.BytesIO(shipped_template(part, "vi")))
    document.add_paragraph(words)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


# Letterhead


def test_the_fields_begin_with_what_the_name_suggests():
    app = dialog()
    assert not app.exception
    assert {name: field(app, name).value for name in to_fields(GUESS)} == to_fields(GUESS)
    assert "gợi ý theo tên đơn vị" in told(app)
    assert next(one for one in app.button if one.label == "Trở về gợi ý").disabled


def test_looking_and_using_something_once_creates_no_store(store):
    app = dialog()
    field(app, "signer").set_value("Trần Văn B")
    app = press(app, "Dùng cho lần này")
    assert "trong phiên này" in told(app)
    assert used(app) == replace(GUESS, signer="Trần Văn B")
    assert field(app, "signer").value == "Trần Văn B"
    assert not store.exists()
    # Another session knows nothing of it.
    assert field(dialog(), "signer").value == ""
    app = press(app, "Bỏ thể thức của lần này")
    assert used(app) == GUESS
    assert not store.exists()


def test_what_is_kept_is_there_for_everybody_until_somebody_goes_back():
    app = dialog()
    field(app, "signer").set_value("Trần Văn B")
    field(app, "office").set_value("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    field(app, "who").set_value("Ánh")
    app = press(app, "Lưu cho đơn vị này")
    assert "Đã lưu thể thức" in told(app)
    wanted = replace(GUESS, signer="Trần Văn B", office="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")
    assert used(app) == wanted
    other = dialog()
    assert field(other, "signer").value == "Trần Văn B"
    assert "Ánh lưu lúc" in told(other)
    # Of this unit and this language only.
    assert office_kept.kept_letterhead("H44.01", "vi") is None
    assert used(app, "en") == office_kept.suggested(VIEW, "en")
    other = press(other, "Trở về gợi ý")
    assert field(other, "signer").value == ""
    assert log() == [
        ("letterhead_cleared", "", ADDRESS, "H44 (vi)"),
        ("letterhead_set", "Ánh", ADDRESS, "H44 (vi)"),
    ]


def test_of_two_who_save_at_once_the_later_is_told_what_was_replaced():
    app = dialog()
    other = to_fields(replace(GUESS, signer="Lê *Thị* C"))
    open_store().papers.set_letterhead("H44", "vi", other, BINH)
    field(app, "signer").set_value("Trần Văn B")
    app = press(app, "Lưu cho đơn vị này")
    (warning,) = [str(one.value) for one in app.warning]
    assert "Bình lưu lúc" in warning
    assert r"Họ và tên người ký\: Lê \*Thị\* C" in warning
    assert "Nơi nhận" not in warning
    assert used(app).signer == "Trần Văn B"
    # Saving again replaces nobody else's.
    assert not press(app, "Lưu cho đơn vị này").warning


def test_a_letterhead_that_cannot_be_kept_is_refused_and_what_was_typed_stays():
    app = dialog()
    field(app, "authority").set_value(" ")
    field(app, "signer").set_value("Trần Văn B")
    for button in ("Lưu cho đơn vị này", "Dùng cho lần này"):
        app = press(app, button)
        assert "ô cơ quan ban hành còn trống" in told(app)
        assert field(app, "signer").value == "Trần Văn B"
    assert used(app) == GUESS


def test_keeping_waits_for_the_pin_and_loses_nothing():
    open_store().pin.set("mã của tôi", BINH)
    app = dialog()
    field(app, "signer").set_value("Trần Văn B")
    app = press(app, "Lưu cho đơn vị này")
    assert "cơ quan đã đặt mã PIN" in told(app)
    assert office_kept.kept_letterhead("H44", "vi") is None
    field(app, "vi").set_value("mã của tôi")
    app = next(b for b in app.button if b.proto.form_id.startswith("pin-form")).click().run()
    assert not app.error
    app = press(app, "Lưu cho đơn vị này")
    assert used(app).signer == "Trần Văn B"
    # For this time only no PIN is asked.
    open_store().pin.set("mã khác hẳn", BINH)
    field(app, "signer").set_value("C")
    assert used(press(app, "Dùng cho lần này")).signer == "C"
    # What is kept for everybody stays when that is dropped, and needs the PIN to go.
    assert used(press(app, "Bỏ thể thức của lần này")).signer == "Trần Văn B"
    assert "cơ quan đã đặt mã PIN" in told(press(app, "Trở về gợi ý"))
    assert used(app).signer == "Trần Văn B"


def test_the_english_letterhead_is_another_one():
    app = dialog()
    app.radio[0].set_value("en").run()
    assert field(app, "authority").value == "PEOPLE'S COMMITTEE\nOF PHÚ THỌ PROVINCE"
    field(app, "signer").set_value("B")
    app = press(app, "Lưu cho đơn vị này")
    assert office_kept.kept_letterhead("H44", "en").fields["signer"] == "B"
    assert office_kept.kept_letterhead("H44", "vi") is None


def test_the_dialog_speaks_english():
    app = dialog(lang="en")
    assert not app.exception
    assert field(app, "authority").value == "PEOPLE'S COMMITTEE\nOF PHÚ THỌ PROVINCE"
    assert "Keep for this unit" in [one.label for one in app.button]


# Templates


def test_a_template_is_checked_kept_and_used_and_the_shipped_one_comes_back():
    content = changed()
    app = drop(dialog(), content, "mẫu *của* Sở.docx")
    assert "mẫu *của* Sở.docx: mẫu dùng được, có đủ các thẻ" in told(app)
    assert r"\*của\*" in str(app.info[0].value)
    app = press(app, "Lưu cho cơ quan")
    assert "Đã lưu mẫu" in told(app)
    assert office_kept.templates_for("vi") == {Part.PAPER: content}
    assert office_kept.templates_for("en") == {}
    assert "Mẫu của cơ quan: mẫu *của* Sở.docx" in told(dialog())
    app = press(app, "Về mẫu có sẵn")
    assert office_kept.templates_for("vi") == {}
    assert [action for action, *_ in log()] == ["template_cleared", "template_set"]


def test_a_template_of_this_time_is_of_this_session_only(store):
    app = dialog()
    app.radio[1].set_value(Part.PAGE).run()
    app = press(drop(app, changed(Part.PAGE)), "Dùng cho lần này")
    own = app.session_state["office-templates"]
    assert list(own) == [(Part.PAGE, "vi")]
    assert "Mẫu của lần này: mau.docx" in told(app)
    assert not store.exists()
    assert office_kept.templates_for("vi") == {}
    open_store().papers.set_template("page", "vi", "của Bình.docx", b"1", BINH)
    app = press(app.run(), "Bỏ mẫu của lần này")
    assert "Mẫu của cơ quan: của Bình.docx" in told(app)
    assert office_kept.templates_for("vi") == {Part.PAGE: b"1"}


def test_a_file_that_is_no_template_is_refused_with_the_reason():
    for content, name in ((b"x", "hỏng.docx"), (b"", "rỗng.docx")):
        app = drop(dialog(), content, name)
        assert app.error
        assert not [one for one in app.button if one.label == "Lưu cho cơ quan"]
    app = drop(dialog(), b"PK" + b"x" * MOST_BYTES, "lớn.docx")
    assert "lớn hơn 5 MB" in told(app)


def test_a_template_that_lacks_a_section_says_which():
    document = Document(io.BytesIO(shipped_template(Part.PAPER, "vi")))
    name = SECTIONS[Part.PAPER][-1]
    for paragraph in document.paragraphs:
        if name in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    written = io.BytesIO()
    document.save(written)
    assert name in check_template(written.getvalue(), Part.PAPER, "vi")
    app = drop(dialog(), written.getvalue())
    # Nothing is said of tags that the shipped one leaves out too.
    assert f"Mẫu không có các thẻ: {name};" in told(app)


def test_of_two_who_replace_a_template_the_later_is_told():
    app = drop(dialog(), changed())
    open_store().papers.set_template("paper", "vi", "của Bình.docx", b"1", BINH)
    app = press(app, "Lưu cho cơ quan")
    (warning,) = [str(one.value) for one in app.warning]
    assert "của Bình.docx" in warning
    assert "Bình lưu lúc" in warning
    assert log()[0][3] == "paper (vi): của Bình.docx → mau.docx"


def test_replacing_a_template_waits_for_the_pin():
    open_store().pin.set("mã của tôi", BINH)
    app = press(drop(dialog(), changed()), "Lưu cho cơ quan")
    assert "cơ quan đã đặt mã PIN" in told(app)
    assert office_kept.templates_for("vi") == {}


def test_a_template_that_was_replaced_is_read_anew():
    papers = open_store().papers
    for content in (b"1", b"2", b"1"):
        papers.set_template("page", "vi", "a.docx", content, BINH)
        assert office_kept.templates_for("vi") == {Part.PAGE: content}
        assert office_kept.templates_for("vi") == {Part.PAGE: content}


# A store that cannot be used


def test_without_a_usable_store_the_session_goes_on_and_is_told(monkeypatch):
    open_store().papers.set_letterhead("H44", "vi", to_fields(GUESS), BINH)

    def broken(_self):
        raise DataError("store_unavailable", location="kho", detail="mất kết nối")

    monkeypatch.setattr(Database, "reading", broken)
    monkeypatch.setattr(Database, "writing", broken)
    app = dialog()
    assert not app.exception
    assert "Chưa đọc được thể thức và mẫu đã lưu" in told(app)
    assert field(app, "authority").value == GUESS.authority
    field(app, "signer").set_value("Trần Văn B")
    app = press(app, "Lưu cho đơn vị này")
    assert app.error
    assert field(app, "signer").value == "Trần Văn B"
    app = press(app, "Dùng cho lần này")
    assert app.session_state["office-letterheads"]["H44", "vi"].signer == "Trần Văn B"
    app = press(drop(app, changed()), "Dùng cho lần này")
    assert (Part.PAPER, "vi") in app.session_state["office-templates"]
    assert office_kept.templates_for("vi") == {}


def test_a_damaged_template_is_not_replaced_by_another_one_in_silence():
    open_store().papers.set_template("paper", "vi", "a.docx", b"1", BINH)
    with open_store()._database.writing() as connection:
        connection.exec_driver_sql("UPDATE document_templates SET content = x'00'")
    with pytest.raises(DataError, match="store_damaged"):
        office.templates_for("vi")
