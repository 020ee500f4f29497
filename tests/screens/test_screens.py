"""Every screen, drawn by Streamlit's own test runner in both languages."""

from __future__ import annotations

import html
import re

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox, SelectSlider

from pages.ui.shell import PAGES
from simulator.baseline_files import baseline_ids
from simulator.text import catalogue
from tests.paths import PROJECT

TIMEOUT = 30
SCREENS = [f"pages/screens/{script}" for script, _ in PAGES.values()]
# *Dữ liệu* is about figures, not about the unit that is simulated.
WITH_HEADLINE = [screen for screen in SCREENS if not screen.endswith("du_lieu.py")]


def opened(screen: str = SCREENS[0], inputs: str = "plain", **link: str) -> AppTest:
    """The app as a person finds it who follows a link.

    Levers are moved with Streamlit's widgets here; the board needs a browser.
    """
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=TIMEOUT)
    for key, value in ({"inputs": inputs} | link).items():
        app.query_params[key] = value
    app.run()
    if screen != SCREENS[0]:
        app.switch_page(screen).run()
    return app


def slider(app: AppTest, lever: str) -> SelectSlider[float]:
    return next(item for item in app.select_slider if item.key.startswith(f"slider-{lever}-"))


def enter(app: AppTest, lever: str, text: str) -> AppTest:
    """Type an exact value for a lever and press Enter."""
    app.text_input(key=f"exact-{lever}").set_value(text)
    return next(b for b in app.button if b.proto.form_id == f"entry-{lever}").click().run()


def baseline_picker(app: AppTest) -> Selectbox[str]:
    return next(item for item in app.selectbox if item.key.startswith("pick-baseline-"))


def figure(app: AppTest, name: str, part: str = "value") -> str:
    """A part (label, value, note) of a figure of the headline."""
    pages = [item.proto.body for item in app.get("html")]
    found = re.search(rf'data-figure="{name}".*?figure-{part}"[^>]*>(.*?)<', "".join(pages), re.S)
    assert found, f"no {name} in the headline"
    return html.unescape(found[1])


def total(app: AppTest) -> str:
    return figure(app, "total")


def headline(app: AppTest) -> list[str]:
    return [figure(app, name) for name in ("total", "class", "rank")]


def words(app: AppTest) -> str:
    """All sentences on the screen."""
    kinds = ("markdown", "caption", "text", "subheader", "info", "success", "warning", "error")
    said = [str(item.value) for kind in kinds for item in app.get(kind)]
    return "\n".join([*said, *(item.proto.body for item in app.get("html"))])


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("screen", WITH_HEADLINE)
def test_screen_is_drawn_in_the_language_of_the_link(screen: str, language: str) -> None:
    app = opened(screen, lang=language, ON_TIME="20000")
    assert not app.exception
    assert figure(app, "total", "label") == catalogue(language)["headline.total_projected"]
    assert total(app) == {"vi": "62,85", "en": "62.85"}[language]


@pytest.mark.parametrize("baseline", baseline_ids())
def test_every_screen_is_drawn_for_every_shipped_baseline(baseline: str) -> None:
    app = opened(b=baseline)
    assert not app.exception
    for screen in SCREENS[1:]:
        assert not app.switch_page(screen).run().exception, screen


def test_figures_of_an_estimate_claim_one_decimal_only() -> None:
    app = opened(SCREENS[1], b="tth-2022", ORIGINAL_RESULT_AVAILABLE="20")
    shown = " ".join([*headline(app), words(app)])
    assert "ước tính" in figure(app, "total", "label")
    assert re.search(r"\d,\d", total(app))
    assert not re.search(r"\d,\d\d điểm", shown)


def test_a_slider_moves_total_class_and_rank() -> None:
    app = opened(SCREENS[1])
    before = headline(app)
    slider(app, "ON_TIME").set_value(73393.0).run()
    after = headline(app)
    assert before == ["62,18", "Trung bình", "19/34"]
    assert after == ["64,44", "Trung bình", "10/34"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3.000", "62,30"),
        ("+3000", "62,30"),
        ("3000 hồ sơ", "62,30"),
        ("90%", "62,44"),
        ("", "62,18"),
    ],
)
def test_exact_values_are_typed_as_offices_write_them(typed: str, expected: str) -> None:
    app = opened(SCREENS[1], ON_TIME="500")
    enter(app, "ON_TIME", typed)
    assert total(app) == expected


@pytest.mark.parametrize("typed", ["abc", "-1000000", "NaN", "1e309", "120%", "12,345", "0,5"])
def test_a_wrong_entry_is_refused_beside_the_field_and_nothing_is_lost(typed: str) -> None:
    app = opened(SCREENS[1], ON_TIME="20000")
    enter(app, "ON_TIME", typed)
    assert len(app.error) == 1
    assert total(app) == "62,85"
    assert app.text_input(key="exact-ON_TIME").value == typed


def test_reset_one_and_reset_all() -> None:
    app = opened(SCREENS[1], ON_TIME="20000", OVERDUE_FLAG_REPAIRED="1000")
    app.button(key="reset-ON_TIME").click().run()
    assert total(app) == "62,22"
    app.button(key="reset-all").click().run()
    assert total(app) == "62,18"


def test_levers_stay_when_moving_between_screens_and_units() -> None:
    app = opened(SCREENS[1], ON_TIME="20000")
    for screen in (*WITH_HEADLINE, SCREENS[1]):
        app.switch_page(screen).run()
        assert total(app) == "62,85"
    app.selectbox(key="pick-unit-vn-2026-10-10").set_value("H20").run()
    assert total(app) == "68,80"
    app.selectbox(key="pick-unit-vn-2026-10-10").set_value("H44").run()
    assert total(app) == "62,85"


def test_the_backlog_earns_nothing_and_says_so() -> None:
    app = opened(SCREENS[1], OVERDUE_BACKLOG_CLEARED="3000")
    assert total(app) == "62,18"
    assert "không đổi điểm trong kỳ" in str(slider(app, "OVERDUE_BACKLOG_CLEARED").options)


def test_an_unpublished_indicator_takes_an_assumption_and_gives_it_back() -> None:
    app = opened(SCREENS[1])
    app.session_state["open-ONLINE"] = True
    app.run()
    assert not [s for s in app.select_slider if "ONLINE_SERVICE_USED" in s.key]
    app.text_input(key="assume-n-ONLINE_SERVICE_USED-vn-2026-10-10-H44").set_value("516")
    app.text_input(key="assume-d-ONLINE_SERVICE_USED-vn-2026-10-10-H44").set_value("1.884")
    next(
        b for b in app.button if "assume-ONLINE_SERVICE_USED" in (b.proto.form_id or "")
    ).click().run()
    enter(app, "ONLINE_SERVICE_USED", "100%")
    assert total(app) == "65,08"
    app.button(key="unassume-ONLINE_SERVICE_USED").click().run()
    assert total(app) == "62,18"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"ON_TIME": "NaN"}, "không phải là số"),
        ({"ON_TIME": "1e309"}, "không phải là số"),
        ({"ON_TIME": "-999999999"}, "nằm ngoài phạm vi"),
        ({"NO_SUCH_LEVER": "1"}, "Không có đòn bẩy"),
        ({"e": "2022-2025"}, "phiên bản quy tắc"),
        ({"a.ON_TIME": "1-2"}, "đã được công bố"),
    ],
)
def test_a_wrong_link_is_explained_and_the_rest_is_kept(
    link: dict[str, str], sentence: str
) -> None:
    app = opened(SCREENS[1], OVERDUE_FLAG_REPAIRED="3000", **link)
    assert sentence in re.sub(r"\\", "", app.warning[0].value)
    assert total(app) == "62,30"


@pytest.mark.parametrize(
    ("link", "sentence"),
    [
        ({"u": "H99"}, "Không có đơn vị"),
        ({"b": "<script>alert(1)</script>"}, "'<script>alert(1)</script>', máy này không có"),
    ],
)
def test_levers_of_a_unit_that_is_not_here_are_not_those_of_another(
    link: dict[str, str], sentence: str
) -> None:
    app = opened(SCREENS[1], OVERDUE_FLAG_REPAIRED="3000", **link)
    assert sentence in re.sub(r"\\", "", app.warning[0].value)
    assert total(app) == "62,18"


def test_na_ri_is_shown_as_inconsistent() -> None:
    assert "không nhất quán" in words(opened(b="nari-2023-10m"))


def test_not_published_is_a_dash_and_never_zero() -> None:
    app = opened(b="province-2023-11")
    assert total(app) == "—"
    assert figure(app, "rank") == "—"


def test_an_assumption_that_tightens_a_bound_lets_the_lever_go_and_says_so() -> None:
    app = opened(
        SCREENS[1],
        b="vn-2026-09-26",
        **{"a.DOSSIER_RECEIVING_SATISFACTION": "50-100"},
        DOSSIER_RECEIVING_SATISFACTION="50",
    )
    app.text_input(key="assume-n-ON_TIME-vn-2026-09-26-H44").set_value("60")
    app.text_input(key="assume-d-ON_TIME-vn-2026-09-26-H44").set_value("100")
    form = "assume-ON_TIME-vn-2026-09-26-H44"
    next(b for b in app.button if b.proto.form_id == form).click().run()
    assert not app.exception
    assert "nằm ngoài phạm vi" in app.warning[0].value


def test_what_was_suggested_for_one_unit_never_stands_in_the_form_of_another() -> None:
    app = opened(SCREENS[1])
    app.session_state["open-ONLINE"] = True
    app.run()
    assert app.text_input(key="assume-n-ONLINE_SERVICE_USED-vn-2026-10-10-H44").value == "516"
    app.selectbox(key="pick-unit-vn-2026-10-10").set_value("H21").run()
    assert app.text_input(key="assume-n-ONLINE_SERVICE_USED-vn-2026-10-10-H21").value == ""


def test_an_assumption_that_contradicts_the_published_group_is_said_to() -> None:
    app = opened(SCREENS[1], b="vn-2026-10-10", u="H56", **{"a.ON_TIME": "400000-800000"})
    assert "không giải thích được" in words(app)


@pytest.mark.parametrize(("typed", "expected"), [("3,000", "62.30"), ("+3000", "62.30")])
def test_english_numbers_are_typed_the_english_way(typed: str, expected: str) -> None:
    assert total(enter(opened(SCREENS[1], lang="en"), "ON_TIME", typed)) == expected


def test_the_pickers_follow_a_link_opened_in_a_running_session() -> None:
    app = opened(SCREENS[1], lang="en")
    app.query_params.clear()
    for key, value in {"b": "gialai-2026-10-10", "u": "H21.181", "lang": "vi"}.items():
        app.query_params[key] = value
    app.run()
    assert baseline_picker(app).value == "gialai-2026-10-10"
    assert app.selectbox(key="pick-unit-gialai-2026-10-10").value == "H21.181"
    assert figure(app, "total", "label") == catalogue("vi")["headline.total"]


def test_an_address_the_browser_sends_late_does_not_undo_a_move() -> None:
    app = opened(SCREENS[1], lang="en", ON_TIME="500")
    old = dict(app.session_state["written-params"])
    enter(app, "ON_TIME", "3000")
    app.query_params.clear()
    for key, value in old.items():
        app.query_params[key] = value
    app.run()
    assert total(app) == "62.30"


def test_full_marks_are_said_where_several_levers_lead_to_them_together() -> None:
    app = opened(SCREENS[1], ON_TIME="50000", OVERDUE_FLAG_REPAIRED="50000")
    assert slider(app, "ON_TIME").label.endswith("670.094 hồ sơ · 100,0% · đã đạt tối đa")
    assert "không vượt quá 100%" in app.warning[0].value
