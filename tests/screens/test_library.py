"""The screen *Thư viện*: saved scenarios, their versions, files of them, and presets."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.comparing import choice
from pages.ui.library import listing, rows, shelf, side_by_side, words
from pages.ui.library.offers import offers_for
from pages.ui.shell import PAGES
from simulator import scenario_files
from simulator.links import to_params
from simulator.own_figures import OWN_FIGURES
from simulator.presentation.csv_file import csv_bytes
from simulator.presentation.literal import JOINER
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.presets import from_preset, presets
from simulator.scenario import Scenario
from simulator.store import Actor, NewVersion, Version, open_store
from simulator.store.scenarios import Scenarios
from tests.screens import one_part
from tests.screens.test_screens import figure, opened, total

LIBRARY = f"pages/screens/{PAGES['thu-vien'][0]}"
SIMULATE = f"pages/screens/{PAGES['mo-phong'][0]}"
LIST = "vn-2026-10-10"
PHU_THO = Scenario(LIST, "H44", (("ON_TIME", 3000.0), ("ORIGINAL_RESULT_AVAILABLE", 50_000.0)))
AHEAD = Scenario(LIST, "H44", (("ON_TIME", 3000.0),), until="2026-12-31")
UNPUBLISHED = "H53"
WILD = "<script>alert(1)</script> **đậm** [x](http://vi.du) $x$ :red[đỏ]"


pytestmark = pytest.mark.usefixtures("place")


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def content(name: str, scenario: Scenario = PHU_THO, author: str = "An", note: str = ""):
    view = evaluate(scenario)
    after, baseline = view.projection.after, view.baseline
    standing = after.standing
    return NewVersion(
        name, author, note, view.edition.code, baseline.id, baseline.fingerprint,
        scenario.unit, to_params(scenario, view.edition, baseline.fingerprint), after.total,
        standing.rank if standing else None, standing.of if standing else None,
    )  # fmt: skip


def saved(name: str, scenario: Scenario = PHU_THO, author: str = "An", note: str = "") -> Version:
    return open_store().scenarios.create(content(name, scenario, author, note), "10.0.0.1")


def part(**link: str) -> AppTest:
    """The screen below the headline."""
    whole = {"b": LIST, "u": "H44"} | link
    return one_part.part("pages.ui.library.parts", "draw_library", whole)


def said(app: AppTest) -> str:
    kinds = ("markdown", "caption", "text", "subheader", "info", "success", "warning", "error")
    return "\n".join(str(item.value) for kind in kinds for item in app.get(kind))


def names(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["Tên kịch bản"])


def pick(app: AppTest, version: Version) -> AppTest:
    box = next(item for item in app.selectbox if item.key.startswith("library-choice-"))
    return box.set_value(version.scenario_id).run()


def press(app: AppTest, key: str) -> AppTest:
    return next(item for item in app.button if item.key.startswith(key)).click().run()


def named(app: AppTest, what: str, name: str) -> AppTest:
    """Type a name for an action that asks for one, and do it."""
    if not any(item.key.startswith(f"library-name-{what}-") for item in app.text_input):
        press(app, f"ask-library-{what}-")
    field = next(item for item in app.text_input if item.key.startswith(f"library-name-{what}-"))
    field.set_value(name)
    return press(app, f"library-do-{what}-")


def test_looking_creates_no_store_and_tells_how_to_save(store):
    app = part()
    assert not app.exception
    assert "Chưa có kịch bản nào được lưu" in said(app)
    assert "Dọn sạch hồ sơ quá hạn" in said(app)
    assert not app.dataframe
    assert not store.exists()


def test_the_list_shows_what_the_store_holds_and_is_searched_without_diacritics():
    first = saved("Kế hoạch quý IV", note="Họp ngày 20")
    saved("Số hóa", Scenario(LIST, "H19", (("ON_TIME", 100.0),)), author="Trần Thị Bình")
    app = part()
    assert not app.exception
    table = app.dataframe[0].value
    newest = listing.read().rows[0].kept.newest
    assert list(table["Tên kịch bản"]) == ["Số hóa", "Kế hoạch quý IV"]
    assert list(table["Tổng điểm"]) == [newest.content.total / 100, first.content.total / 100]
    assert table["Hạng"][1] == f"{first.content.place}/34"
    assert list(table["Người lập"]) == ["Trần Thị Bình", "An"]
    assert list(table["Đơn vị"]) == ["Đồng Nai", "Phú Thọ"]
    assert list(table["Phiên bản"]) == [1, 1]
    assert abs(table["Lưu lúc"][0] - datetime.now().astimezone(rows.VIETNAM).replace(tzinfo=None)) \
        .total_seconds() < 60  # fmt: skip
    for typed, found in (("DONG nai", ["Số hóa"]), ("HOP NGAY", ["Kế hoạch quý IV"]), ("zz", [])):
        app.text_input(key="library-search").set_value(typed).run()
        assert (names(app) if app.dataframe else []) == found
    assert "Không có kịch bản nào khớp" in said(app)
    app.text_input(key="library-search").set_value("").run()
    units = next(item for item in app.get("button_group") if "library-units" in item.key)
    units.set_value("unit").run()
    assert names(app) == ["Kế hoạch quý IV"]


def test_opening_gives_exactly_the_saved_figures_and_marks_what_is_open():
    version = saved("Kế hoạch", AHEAD)
    app = opened(LIBRARY, b=LIST, u="H19")
    press(app, "library-open-")
    assert not app.exception
    # The jump to Mô phỏng itself is made in a browser.
    app.switch_page(SIMULATE).run()
    assert app.session_state["scenario"] == AHEAD
    shown = Speech("vi").points(version.content.total)
    assert total(app) == shown
    assert figure(app, "rank").startswith(f"{version.content.place}/")
    app.switch_page(LIBRARY).run()
    assert names(app) == ["▸ Kế hoạch"]
    press(app, "library-compare-")
    assert app.session_state["compared-scenarios"] == (f"{version.scenario_id}.1",)


def test_duplicate_rename_archive_delete_and_the_way_back():
    version = saved("Gốc")
    app = part()
    app.text_input(key="library-who-list").set_value("Lê Cường").run()
    named(app, "duplicate", "Bản của tôi")
    assert not app.exception
    copy = listing.read().rows[0].kept.newest
    assert (copy.content.name, copy.content.author) == ("Bản của tôi", "Lê Cường")
    assert copy.content.parameters == version.content.parameters
    assert app.toast[0].value == "Đã tạo kịch bản “Bản của tôi”."
    # The new one is chosen; a name that is empty is refused in a sentence.
    named(app, "rename", "  ")
    assert "chưa có tên" in said(app)
    named(app, "rename", "Tên mới")
    assert names(app) == ["Tên mới", "Gốc"]
    pick(app, version)
    press(app, f"library-archive-{version.scenario_id}")
    assert names(app) == ["Tên mới"]
    assert "Đã lưu trữ “Gốc”" in said(app)
    press(app, "library-undo")
    assert len(names(app)) == 2
    pick(app, version)
    press(app, f"library-delete-{version.scenario_id}")
    assert names(app) == ["Tên mới"]
    assert "Đã xóa “Gốc”" in said(app)
    press(app, "library-undo")
    assert len(names(app)) == 2
    # Without anything left to take back, nothing is offered.
    assert not [item for item in app.button if item.key == "library-undo"]
    log = [(event.action.value, event.who) for event in open_store().events()]
    assert log[:4] == [
        ("scenario_undeleted", "Lê Cường"), ("scenario_deleted", "Lê Cường"),
        ("scenario_unarchived", "Lê Cường"), ("scenario_archived", "Lê Cường"),
    ]  # fmt: skip


def test_a_scenario_somebody_else_deletes_is_told_and_brought_back_from_the_folded_list():
    version = saved("Gốc")
    app = part()
    open_store().scenarios.delete(version.scenario_id, Actor("Bình"))
    press(app, f"library-archive-{version.scenario_id}")
    assert "“Gốc” đã bị người khác xóa" in said(app)
    box = next(item for item in app.expander if "đã xóa" in item.label)
    assert box.label == "Kịch bản đã xóa (1)"
    app.session_state["library-box-deleted"] = True
    app.run()
    press(app, f"library-back-{version.scenario_id}")
    (kept,) = open_store().scenarios.listed()
    assert (kept.id, kept.deleted_at) == (version.scenario_id, None)


def test_versions_made_from_the_same_one_are_visible_and_an_older_one_is_brought_back():
    first = saved("Gốc")
    scenarios = open_store().scenarios
    other = content("Gốc", replace(PHU_THO, settings=(("ON_TIME", 9000.0),)), "Bình")
    scenarios.save(first.scenario_id, other, 1)
    scenarios.save(first.scenario_id, content("Gốc mới", author="Cường"), 1)
    app = part()
    app.session_state[f"library-versions-{first.scenario_id}"] = True
    app.run()
    assert not app.exception
    table = app.dataframe[1].value
    assert list(table["Số"]) == [3, 2, 1]
    assert list(table["Dựa trên"])[:2] == [
        "cùng dựa trên phiên bản 1 (với 2)", "cùng dựa trên phiên bản 1 (với 3)",
    ]  # fmt: skip
    assert "Các phiên bản 2, 3 cùng dựa trên phiên bản 1" in said(app)
    box = next(item for item in app.selectbox if item.key.startswith("library-version-"))
    box.set_value(1).run()
    # Meanwhile somebody saves once more: told, and both stay; and it is no longer archived.
    scenarios.save(first.scenario_id, content("Gốc mới", author="Dũng"), 3)
    scenarios.archive(first.scenario_id, Actor("Dũng"))
    press(app, "library-newest-")
    assert "đưa vào lưu trữ" in app.toast[0].value
    assert listing.read().rows[0].kept.archived_at is None
    found = scenarios.versions(first.scenario_id)
    assert found[-1].content.parameters == other.parameters
    assert (found[-1].number, found[-1].based_on, found[-1].content.name) == (5, 2, "Gốc mới")
    assert "Trong lúc đó Dũng đã lưu phiên bản 4" in said(app)
    assert "Cường" not in said(app).split("Trong lúc đó")[1].split("\n")[0]


def test_a_file_is_shown_then_kept_or_opened_and_a_wrong_one_is_told():
    made = content("Từ huyện", author="Nguyễn Văn B")
    whole = scenario_files.written(replace(made, total=10_000, place=1, pool_size=34))
    wrong = {
        "cắt": (whole[:200], "bị hỏng hoặc bị cắt"),
        "lạ": (b'{"a": 1}', "không phải tệp kịch bản"),
        "to": (b" " * 300_000, "lớn hơn mức cho phép"),
    }
    app = part()
    app.session_state["library-box-file_box"] = True
    app.run()
    for name, (file, sentence) in wrong.items():
        app.file_uploader[0].set_value((f"{name}.json", file, "application/json")).run()
        assert not app.exception
        assert sentence in said(app)
        assert not [item for item in app.button if item.key == "library-keep-file"]
    app.file_uploader[0].set_value(("tep.json", whole, "application/json")).run()
    assert "Người lập: Nguyễn Văn B" in said(app)
    assert "Đúng hạn" in said(app) or "hồ sơ" in said(app)
    assert listing.read().rows == ()
    app.text_input(key="library-who-file").set_value("Lê Cường").run()
    app.button(key="library-keep-file").click().run()
    assert names(app) == ["Từ huyện"]
    assert listing.read().rows[0].content.author == "Nguyễn Văn B"
    # Who took it in is not who made it, and what it shows is not what the file claims.
    assert open_store().events()[0].who == "Lê Cường"
    assert listing.read().rows[0].content == made
    lost = replace(made, name="Mất số liệu", baseline="nap-000000000000", parameters={})
    file = scenario_files.written(lost)
    app.file_uploader[0].set_value(("mat.json", file, "application/json")).run()
    app.button(key="library-keep-file").click().run()
    kept = listing.read().rows[0].content
    assert kept == replace(lost, total=None, place=None, pool_size=None)


def test_a_preset_brings_what_was_shown_and_leaves_locked_levers():
    locked = replace(PHU_THO, locks=("ORIGINAL_RESULT_AVAILABLE",))
    offers = {offer.preset.code: offer for offer in offers_for(locked)}
    assert offers["digitised"].held == ("ORIGINAL_RESULT_AVAILABLE",)
    assert dict(offers["digitised"].settings)["ORIGINAL_RESULT_AVAILABLE"] == 50_000
    app = opened(
        LIBRARY, b=LIST, u="H44", ON_TIME="3000", ORIGINAL_RESULT_AVAILABLE="50000",
        lock="ORIGINAL_RESULT_AVAILABLE",
    )  # fmt: skip
    app.button(key="library-use-everything").click().run()
    assert not app.exception
    now = app.session_state["scenario"]
    assert now.settings == offers["everything"].settings
    assert now.change("ORIGINAL_RESULT_AVAILABLE") == 50_000
    assert now.locks == ("ORIGINAL_RESULT_AVAILABLE",)
    assert total(app) == Speech("vi").points(offers["everything"].total)
    app.button(key="step-undo").click().run()
    assert app.session_state["scenario"].settings == PHU_THO.settings


@pytest.mark.parametrize("until", ["", "2026-12-31"])
def test_without_locks_a_preset_is_that_of_the_engine(until):
    view = evaluate(Scenario(LIST, "H44", until=until))
    for offer, preset in zip(offers_for(view.scenario), presets("2026-portal"), strict=True):
        made = from_preset(preset, view.edition, view.unit, view.outlook, view.peers)
        assert dict(offer.settings) == made.settings
        projection = evaluate(replace(view.scenario, settings=offer.settings)).projection
        assert (offer.total, offer.change) == (projection.after.total, projection.total_change)
        assert offer.moves == bool(made.settings)


def test_where_nothing_is_published_a_preset_tells_why_not():
    app = part(u=UNPUBLISHED)
    shown = said(app)
    assert shown.count("Không áp dụng được") == len(presets("2026-portal"))
    assert "không có số liệu công bố" in shown
    assert "không thay đổi gì" not in shown
    assert all(item.disabled for item in app.button if item.key.startswith("library-use-"))
    assert "chưa có kịch bản mẫu" in said(part(b="tth-2022", u=""))


def test_a_name_is_never_formatting_nor_a_formula(say):
    saved(WILD, note=WILD)
    saved("=1+1")
    app = part()
    pick(app, listing.read().rows[1].kept.newest)
    assert not app.exception
    shown = [str(item.value) for item in app.subheader]
    assert shown == [
        r"\<script\>alert\(1\)\</script\> \*\*đậm\*\* \[x\]\(http\:"
        + JOINER
        + r"//vi.du\) \$x\$ \:red\[đỏ\]"
    ]
    table = rows.file_table(listing.read().rows, say)
    assert csv_bytes(table, "vi").decode("utf-8-sig").splitlines()[1].startswith("'=1+1;")


def test_without_the_pin_nothing_is_changed_or_lost():
    version = saved("Gốc")
    open_store().pin.set("246810", Actor("Văn phòng"))
    app = part()
    press(app, f"library-delete-{version.scenario_id}")
    assert names(app) == ["Gốc"]
    assert "PIN" in said(app)
    named(app, "rename", "Tên mới")
    assert names(app) == ["Gốc"]
    assert any(item.value == "Tên mới" for item in app.text_input)


def test_figures_that_are_gone_are_told_and_the_levers_still_named(say):
    lost = replace(content("Cũ"), baseline="nap-000000000000")
    open_store().scenarios.create(lost)
    app = opened(LIBRARY, b=LIST, u="H19")
    assert not app.exception
    assert said(app).count("máy này không có") == 1
    edition = evaluate(PHU_THO).edition
    assert edition.lever_by_code["ON_TIME"].name["vi"] in words.changes(lost, say)
    # Opening it leaves the session where it is; the frame tells why.
    press(app, "library-open-")
    assert not app.exception
    assert said(app).count("máy này không có") == 2
    assert app.session_state["scenario"].unit == "H19"


def test_a_store_that_breaks_while_one_works_leaves_the_screens_that_need_none(store):
    saved("Gốc")
    app = opened(SIMULATE, b=LIST, u="H44")
    before = total(app)
    open_store().close()
    (store / "simulator.db").write_bytes(b"garbage" * 2000)
    OWN_FIGURES.refresh()
    app.run()
    assert not app.exception
    assert total(app) == before
    for name in ("thu-vien", "so-sanh", "du-lieu"):
        app.switch_page(f"pages/screens/{PAGES[name][0]}").run()
        assert not app.exception, name
        assert name == "so-sanh" or "không phải kho của chương trình" in said(app)


def test_long_scenarios_are_cut_and_say_how_many_levers_are_left(say):
    offer = next(one for one in offers_for(PHU_THO) if one.preset.code == "everything")
    lines = words.changes(content("Tất cả", replace(PHU_THO, settings=offer.settings)), say)
    assert len(lines) == 2 + words.MOST_LEVERS
    assert lines[-1] == f"và {len(offer.settings) - words.MOST_LEVERS} đòn bẩy khác"


def test_totals_have_the_decimals_their_rules_can_claim(say):
    saved("Ước tính", Scenario("tth-2022", "tth", (("ORIGINAL_RESULT_AVAILABLE", 20.0),)))
    saved("Chính xác")
    listed = listing.read().rows
    table = rows.shelf_table(listed, "", say)
    shown = shelf.styled(table, listed, say).to_html()
    assert f">{say.points(listed[0].content.total)}<" in shown
    assert f">{Speech('vi', 1).points(listed[1].content.total)}<" in shown


def test_equal_names_have_different_labels_and_the_comparison_has_four_places(say):
    for _ in range(3):
        saved("Trùng tên")
    labels = shelf.choice_labels(listing.read().rows, say)
    assert len(set(labels.values())) == 3
    assert side_by_side.added(("~",), ("a.1", "~")) == ("~", "a.1")
    assert side_by_side.added(("a.1", "b.1", "c.1", "d.1"), ("e.1",)) is None
    assert choice.PRESET == "preset."


def test_fifty_scenarios_are_read_once_per_change(monkeypatch):
    asked, whole = [], Scenarios.listed
    monkeypatch.setattr(
        Scenarios, "listed",
        lambda self, deleted=False: asked.append(deleted) or whole(self, deleted),
    )  # fmt: skip
    for k in range(50):
        first = saved(f"Kịch bản {k}")
        open_store().scenarios.save(first.scenario_id, first.content, 1)
    OWN_FIGURES.refresh()  # A store that is there since less than a second counts as none yet.
    listed = listing.read()
    assert [row.kept.versions for row in listed.rows] == [2] * 50
    assert asked == [False, True]
    for _ in range(20):
        assert listing.read() is listed
        assert len(listing.found(listing.read().rows, "kich ban 49")) == 1
    assert asked == [False, True]
    saved("Mới")
    assert len(listing.read().rows) == 51
    assert asked == [False, True] * 2
