"""Own effort values: the table, what is typed into it, and the file that takes them elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import effort_editor, state
from pages.ui.effort_edits import with_edits
from pages.ui.effort_transfer import problem_words
from simulator.effort_files import OwnEffort, read_own, write_own
from simulator.presentation.effort import conflicts, effort_of, levers_with_effort, own_of, with_own
from simulator.presentation.priorities_found import priorities_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.scenario import Scenario
from simulator.text import LANGUAGES, catalogue, explain
from tests.screens import one_part
from tests.screens.test_priorities import SCREEN
from tests.screens.test_screens import opened, words

PHU_THO = Scenario("vn-2026-10-10", "H44")
AHEAD = replace(PHU_THO, until="2026-12-31")
# Only rates were published then.
HUE = Scenario("tth-2022", "000.00.31.H57")


def edited(scenario: Scenario, lever: str, language: str = "vi", **cells: object):
    """The scenario after cells of a lever were edited, and the codes of what was refused."""
    view = evaluate(scenario)
    levers = levers_with_effort(view)
    changed, refused = with_edits(view, levers, {levers.index(lever): cells}, language)
    return changed, [(one.lever, one.column, one.text, one.error.code) for one in refused]


def table(scenario: Scenario, language: str = "vi"):
    view = evaluate(scenario)
    levers = levers_with_effort(view)
    found = effort_editor.effort_table(view, levers, Speech(language))
    return found.assign(code=levers).set_index("code")


def part(**link: str) -> AppTest:
    whole = {"b": PHU_THO.baseline, "u": PHU_THO.unit} | link
    return one_part.part("pages.ui.effort_editor", "draw_effort", whole)


def screen(**link: str) -> AppTest:
    """The whole screen *Ưu tiên* with the box open, for what changes the scenario."""
    app = opened(SCREEN, **({"b": PHU_THO.baseline, "u": PHU_THO.unit} | link))
    app.session_state["priorities-effort"] = True
    return app.run()


def errors(app: AppTest) -> str:
    """What is told as wrong, without the marks that keep it from being Markdown."""
    return "\n".join(str(item.value) for item in app.error).replace("\\", "")


# What is shown


def test_the_example_stands_beside_the_empty_cell_for_ones_own():
    row = table(PHU_THO).loc["ON_TIME"]
    assert (row["unit"], row["example"], row["hours"], row["per_month"]) == ("hồ sơ", "1,5", "", "")
    assert (row["floor"], row["locked"]) == ("", False)
    assert row["note"].startswith("Bố trí thêm người")
    assert row["steps"] == "từ 90%: ×2; từ 98%: ×4"


def test_own_values_are_written_the_local_way():
    own = (
        AHEAD.with_hours("ON_TIME", 2.5).with_per_month("ON_TIME", 1500)
        .with_floor("ON_TIME", 1000).with_lock("PAY_DOSSIER", True)
    )  # fmt: skip
    row = table(own).loc["ON_TIME"]
    assert (row["hours"], row["per_month"], row["floor"]) == ("2,5", "1.500", "1.000")
    row = table(own, "en").loc["ON_TIME"]
    assert (row["hours"], row["per_month"], row["floor"]) == ("2.5", "1,500", "1,000")
    assert table(own).loc["PAY_DOSSIER", "locked"]


def test_where_only_a_rate_is_known_hours_are_those_of_a_percentage_point():
    row = table(HUE.with_hours("ON_TIME", 0.05)).loc["ON_TIME"]
    assert (row["unit"], row["example"], row["hours"]) == ("điểm %", "1.500", "50")
    assert "1 điểm % tính là 1.000 trường hợp" in row["note"]


def test_risks_and_levers_that_cannot_be_used_are_not_in_the_table():
    shown = set(table(AHEAD).index)
    assert {"ON_TIME", "RESULT_REPAIRED", "OVERDUE_FLAG_REPAIRED"} <= shown
    assert shown.isdisjoint({"PETITION_NEW", "ONLINE_SUPPLY", "OVERDUE_BACKLOG_CLEARED"})
    assert "RESULT_REPAIRED" not in table(PHU_THO).index


def test_work_that_no_plan_takes_on_by_itself_says_so():
    notes = table(AHEAD)["note"]
    told = notes[notes.str.contains("Kế hoạch chỉ tính việc này khi")]
    assert list(told.index) == ["OVERDUE_FLAG_REPAIRED"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_line_says_whose_values_these_are_and_that_proportions_matter(language):
    known = catalogue(language)
    shown = words(part(lang=language))
    assert {"vi": "Giá trị ví dụ của phần mềm", "en": "Example values"}[language] in shown
    assert known["effort.proportions"] in shown
    shown = words(part(lang=language, **{"h.ON_TIME": "2.5"}))
    assert known["effort.whose_own"].format(own=1, of=17) in shown


def test_capacities_are_said_to_count_only_ahead():
    assert "chỉ có tác dụng khi chọn “Đến hết kỳ”" in words(part())
    assert "chỉ có tác dụng khi chọn “Đến hết kỳ”" not in words(part(until="2026-12-31"))


def test_a_unit_without_usable_levers_says_so():
    assert "không có đòn bẩy nào dùng được" in words(part(b="bencau-2023-02", u=""))


# What is typed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["2,5", "2.5"])
def test_hours_are_typed_with_a_comma_or_a_point(text, language):
    changed, refused = edited(PHU_THO, "ON_TIME", language, hours=text)
    assert (changed.hours, refused) == ((("ON_TIME", 2.5),), [])
    assert effort_of(evaluate(changed)).levers["ON_TIME"].hours == 2.5


def test_every_column_goes_to_its_place():
    changed, refused = edited(
        AHEAD, "ON_TIME", hours="2", per_month="1.500", floor="1.000", locked=False
    )
    assert refused == []
    assert (changed.hours, changed.per_month) == ((("ON_TIME", 2),), (("ON_TIME", 1500),))
    assert (changed.floors, changed.locks) == ((("ON_TIME", 1000),), ())
    assert edited(AHEAD, "PAY_DOSSIER", locked=True)[0].locks == ("PAY_DOSSIER",)


@pytest.mark.parametrize("empty", [None, "", "  "])
def test_an_emptied_cell_goes_back_to_the_example(empty):
    own = AHEAD.with_hours("ON_TIME", 2).with_per_month("ON_TIME", 9).with_floor("ON_TIME", 3)
    changed, refused = edited(own, "ON_TIME", hours=empty, per_month=empty, floor=empty)
    assert (changed, refused) == (AHEAD, [])


def test_hours_of_a_percentage_point_are_kept_for_a_case():
    changed, _ = edited(HUE, "ON_TIME", hours="50")
    assert changed.hours == (("ON_TIME", 0.05),)
    refused = edited(HUE, "ON_TIME", hours="99999999")[1]
    assert refused == [("ON_TIME", "hours", "99999999", "effort_out_of_range")]


@pytest.mark.parametrize("text", ["0,0004", "1,2345", "0,0015"])
def test_hours_of_a_percentage_point_too_fine_for_a_case_are_refused(text):
    """A case takes a thousandth of them, of which six decimals are kept."""
    assert edited(HUE, "ON_TIME", hours=text) == (
        HUE, [("ON_TIME", "hours", text, "effort_too_fine")]
    )  # fmt: skip
    levers = levers_with_effort(evaluate(HUE))
    row = {levers.index("ON_TIME"): {"hours": text}}
    ((refused,)) = with_edits(evaluate(HUE), levers, row, "vi")[1]
    assert "bội số của 0,001" in explain(refused.error, "vi", evaluate(HUE).edition)
    assert text in explain(refused.error, "vi", evaluate(HUE).edition)


def test_hours_of_a_percentage_point_keep_what_a_case_can_carry():
    changed, refused = edited(HUE, "ON_TIME", hours="1234,567")
    assert (dict(changed.hours), refused) == ({"ON_TIME": 1.234567}, [])
    row = table(changed).loc["ON_TIME"]
    assert row["hours"] == "1234,5670"


def test_a_lock_the_months_do_not_allow_is_refused_and_told():
    moved = AHEAD.with_change("ON_TIME", 4100).with_per_month("ON_TIME", 1500)
    assert edited(moved, "ON_TIME", locked=True) == (
        moved, [("ON_TIME", "locked", "True", "plan_lock_above_capacity")]
    )  # fmt: skip
    assert conflicts(evaluate(moved)) == []
    asked = moved.with_lock("ON_TIME", True)
    assert [one.code for one in conflicts(evaluate(asked))] == ["plan_lock_above_capacity"]
    # Another lever is judged by itself.
    repaired = AHEAD.with_change("OVERDUE_FLAG_REPAIRED", 500)
    repaired = repaired.with_per_month("OVERDUE_FLAG_REPAIRED", 10)
    assert [one.code for one in conflicts(evaluate(repaired))] == ["plan_lock_above_capacity"]
    assert edited(repaired, "PAY_DOSSIER", floor="5")[1] == []
    assert edited(AHEAD.with_change("ON_TIME", 4000).with_per_month("ON_TIME", 1500), "ON_TIME",
                  locked=True)[1] == []  # fmt: skip


def test_floors_of_rates_are_percentage_points():
    assert edited(HUE, "ON_TIME", floor="2,25")[0].floors == (("ON_TIME", 2.25),)


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("hours", "abc", "effort_form"),
        ("hours", "-1", "effort_out_of_range"),
        ("hours", "10.001", "effort_out_of_range"),
        ("hours", "1,500", "ambiguous_number"),
        ("hours", "=1+1", "effort_form"),
        ("per_month", "-1", "effort_out_of_range"),
        ("floor", "-1", "effort_floor_negative"),
        ("floor", "0,5", "not_whole"),
        ("floor", "9.999.999", "out_of_bounds"),
    ],
)
def test_a_wrong_cell_is_refused_and_nothing_else_is_lost(column, text, code):
    before = AHEAD.with_hours("PAY_DOSSIER", 3).with_per_month("ON_TIME", 7)
    changed, refused = edited(before, "ON_TIME", **{column: text})
    assert (changed, refused) == (before, [("ON_TIME", column, text, code)])


def test_of_several_cells_the_right_ones_are_taken():
    changed, refused = edited(AHEAD, "ON_TIME", hours="2", per_month="x", floor="5")
    assert (changed.hours, changed.per_month) == ((("ON_TIME", 2),), ())
    assert changed.floors == (("ON_TIME", 5),)
    assert [one[1] for one in refused] == ["per_month"]


def test_a_floor_the_months_or_a_lock_do_not_allow_is_refused():
    capped = AHEAD.with_per_month("ON_TIME", 1500)
    assert edited(capped, "ON_TIME", floor="4.100")[1][0][3] == "plan_floor_above_capacity"
    assert edited(capped, "ON_TIME", floor="4.000")[1] == []
    locked = AHEAD.with_lock("ON_TIME", True)
    assert edited(locked, "ON_TIME", floor="1")[1][0][3] == "plan_lock_below_floor"
    # As if for the whole period there is no capacity.
    assert edited(PHU_THO.with_per_month("ON_TIME", 1), "ON_TIME", floor="4.100")[1] == []


def test_cells_taken_before_are_not_judged_by_what_is_typed_later():
    """The editor tells all its edits every time: the floor stands, the capacity is refused."""
    before = AHEAD.with_floor("ON_TIME", 4000).with_per_month("ON_TIME", 1500)
    changed, refused = edited(before, "ON_TIME", floor="4.000", per_month="100")
    assert changed == before
    assert refused == [("ON_TIME", "per_month", "100", "plan_floor_above_capacity")]
    # A link asked for what cannot be: the same cell again is no new mistake.
    impossible = before.with_per_month("ON_TIME", 100)
    assert edited(impossible, "ON_TIME", floor="4.000") == (impossible, [])


def test_a_floor_no_plan_can_keep_is_told_above_the_table():
    asked = AHEAD.with_floor("ON_TIME", 4000).with_lock("ON_TIME", True)
    assert [one.code for one in conflicts(evaluate(asked))] == ["plan_lock_below_floor"]
    shown = words(part(until="2026-12-31", lock="ON_TIME", **{"min.ON_TIME": "4000"}))
    assert "đang khóa ở 0 nhưng phải đạt ít nhất 4.000" in shown


# The editor's edits on their way into the session


@pytest.fixture
def session(monkeypatch):
    """A session that looks at Phú Thọ, without Streamlit's runner."""
    kept: dict[str, object] = {}
    monkeypatch.setattr(st, "session_state", kept)
    state.set_scenario(AHEAD)
    return kept


def type_into(session, view: View, row: int, cells: dict[str, object]) -> effort_editor.Mounted:
    levers = levers_with_effort(view)
    mounted = effort_editor._mounted(view, levers, Speech("vi"))
    session[mounted.key] = {"edited_rows": {row: cells}}
    effort_editor._edited(mounted, levers, "vi")
    return mounted


def test_the_editor_stays_while_it_shows_what_holds(session):
    view = evaluate(AHEAD)
    first = type_into(session, view, 0, {"hours": "2,5"})
    assert state.scenario().hours == (("PUBLISH_ON_TIME", 2.5),)
    view = evaluate(state.scenario())
    assert effort_editor._mounted(view, levers_with_effort(view), Speech("vi")).key == first.key
    # Moving a lever changes nothing in it; a link or the reset does.
    moved = evaluate(state.scenario().with_change("ON_TIME", 5))
    assert effort_editor._mounted(moved, levers_with_effort(view), Speech("vi")).key == first.key
    other = effort_editor._mounted(evaluate(AHEAD), levers_with_effort(view), Speech("vi"))
    assert other.key != first.key
    assert list(other.table["hours"][:1]) == [""]


def test_a_refused_cell_goes_back_and_is_told(session):
    view = evaluate(AHEAD)
    first = type_into(session, view, 0, {"hours": "abc"})
    assert state.scenario() == AHEAD
    assert list(state.entry_problems()) == ["effort-hours-PUBLISH_ON_TIME"]
    again = effort_editor._mounted(view, levers_with_effort(view), Speech("vi"))
    assert again.key != first.key
    type_into(session, view, 1, {"hours": "3"})
    assert not state.entry_problems()
    assert state.scenario().hours == (("PUBLIC_UPDATE_ON_TIME", 3),)


def test_what_was_refused_is_told_in_a_sentence():
    app = screen()
    problem = state.EntryProblem("abc", edited_error("abc"))
    app.session_state["entry-problems"] = {"effort-hours-ON_TIME": problem}
    app.run()
    told = errors(app)
    assert "Chưa nhận ô “Giờ công của cơ quan” của “Giải quyết đúng hạn" in told
    assert "“abc” không phải là số; nhập ví dụ 2,5" in told


def edited_error(text: str):
    view = evaluate(PHU_THO)
    levers = levers_with_effort(view)
    return with_edits(view, levers, {0: {"hours": text}}, "vi")[1][0].error


# Back to the examples, out and in


def test_the_examples_come_back_and_locks_and_floors_stay():
    app = screen(lock="PAY_DOSSIER", **{"h.ON_TIME": "2", "cap.ON_TIME": "9", "min.ON_TIME": "3"})
    app.button(key="effort-reset").click().run()
    scenario = app.session_state["scenario"]
    assert (scenario.hours, scenario.per_month) == ((), ())
    assert (scenario.floors, scenario.locks) == ((("ON_TIME", 3),), ("PAY_DOSSIER",))
    assert app.button(key="effort-reset").disabled


def loaded(app: AppTest, content: bytes) -> AppTest:
    app.file_uploader[0].set_value(("gio-cong.csv", content, "text/csv"))
    return app.run()


def test_values_go_to_another_unit_by_file():
    view = evaluate(PHU_THO.with_hours("ON_TIME", 2.5).with_per_month("PAY_DOSSIER", 4000))
    app = loaded(screen(u="H21"), write_own(own_of(view), view.edition, "vi"))
    assert "1 giá trị giờ công và 1 mức tối đa" in words(app)
    app.button(key="effort-file-use").click().run()
    scenario = app.session_state["scenario"]
    assert scenario.unit == "H21"
    assert (scenario.hours, scenario.per_month) == (
        (("ON_TIME", 2.5),), (("PAY_DOSSIER", 4000),),
    )  # fmt: skip
    assert "Đang dùng các giá trị trong tệp." in words(app)


def test_a_file_counts_in_cases_also_where_only_rates_are_known():
    own = OwnEffort({"ON_TIME": 2.5}, {"ON_TIME": 4000})
    scenario = with_own(evaluate(HUE), own)
    assert (scenario.hours, scenario.per_month) == ((("ON_TIME", 2.5),), (("ON_TIME", 4),))
    assert own_of(evaluate(scenario)) == own
    assert table(scenario).loc["ON_TIME", "hours"] == "2.500"


def test_a_file_with_mistakes_is_told_by_line_and_changes_nothing():
    content = (
        "Mã đòn bẩy;Giờ công của cơ quan;Tối đa mỗi tháng\n"
        "ON_TIME;2;\n<b>X</b>![a](http://b.c);1;\nPAY_DOSSIER;=cmd;\n"
    ).encode()
    app = loaded(screen(**{"h.ON_TIME": "7"}), content)
    told = errors(app)
    assert "Chưa nhận gì từ tệp vì có 2 chỗ sai" in told
    assert "Dòng 3: Không có đòn bẩy nào mã" in told
    assert "Dòng 4, cột “Giờ công của cơ quan”" in told
    assert "![a]" not in app.error[0].value
    assert app.session_state["scenario"].hours == (("ON_TIME", 7),)
    assert not [button for button in app.button if button.key == "effort-file-use"]


def test_another_file_is_refused_in_a_sentence():
    app = loaded(part(), b"a;b\n1;2\n")
    assert "không phải tệp giờ công" in errors(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_many_mistakes_the_first_are_told_and_the_rest_counted(language):
    view, say = evaluate(PHU_THO), Speech(language)
    header = write_own(OwnEffort(), view.edition, language).splitlines(keepends=True)[0]
    _, problems = read_own(header + 14 * b"X\n", "x.csv", view.edition)
    told = problem_words(view, problems, say)
    assert len(told.split("\n\n")) == 12
    assert say("effort.file_more", count=4) in told


# What own values do


def test_own_hours_change_what_comes_first():
    def hours_of(scenario: Scenario) -> float:
        return next(one.hours for one in priorities_of(scenario) if one.lever == "PAY_PROCEDURE")

    doubled = edited(PHU_THO, "PAY_PROCEDURE", hours="16")[0]
    assert hours_of(doubled) == pytest.approx(2 * hours_of(PHU_THO))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_months_say_what_an_office_cannot_do(language):
    link = {"b": PHU_THO.baseline, "u": PHU_THO.unit, "until": "2026-12-31", "lang": language,
            "ON_TIME": "5000"}  # fmt: skip
    told = one_part.part("pages.ui.plan", "draw_plan", {**link, "cap.ON_TIME": "1500"}).warning
    assert len(told) == 1
    numbers = {"vi": ("5.000", "1.500", "4.064"), "en": ("5,000", "1,500", "4,064")}[language]
    assert all(number in told[0].value for number in numbers)
    assert "31/12/2026" in told[0].value
    assert not one_part.part("pages.ui.plan", "draw_plan", {**link, "cap.ON_TIME": "2000"}).warning
