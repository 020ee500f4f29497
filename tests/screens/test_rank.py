"""*Xếp hạng*: how sure a place is, what gains one, who comes from behind."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from simulator.library import load
from simulator.peers_mode import PeersMode
from simulator.rank import standing, unit_total
from simulator.rank_ahead import Question, rank_ahead
from tests.screens.test_screens import WITH_HEADLINE, figure, opened, words

SCREEN = "pages/screens/xep_hang.py"
MOVED = {"b": "vn-2026-10-10", "u": "H44", "ON_TIME": "20000"}
AFTER = 6285


def choose(app: AppTest, key: str, value: str) -> AppTest:
    """Choose on a segmented control whose key begins with ``key``."""
    return (
        next(one for one in app.segmented_control if one.key.startswith(key)).set_value(value).run()
    )


def link(app: AppTest) -> dict[str, str]:
    return {key: "".join(value) for key, value in app.query_params.items()}


@pytest.mark.parametrize("screen", WITH_HEADLINE)
def test_every_rank_carries_its_interval_and_says_that_peers_are_held(screen: str) -> None:
    app = opened(screen, **MOVED)
    known = rank_ahead(Question("vn-2026-10-10", "H44"))
    assert known
    best, middle, worst = known.ends(AFTER)
    assert figure(app, "rank", "label") == "Xếp hạng (đối thủ giữ nguyên)"
    assert figure(app, "rank", "range") == (
        f"đến 31/12, với điểm này, đối thủ biến động:\nquanh hạng {middle} (90%: {best}–{worst})"
    )


@pytest.mark.parametrize("screen", WITH_HEADLINE)
@pytest.mark.parametrize(
    "link",
    [
        {"b": "vn-2026-10-10", "u": "H44", "peers": "fixed"},
        {"b": "vn-2026-10-10", "u": "H44", "peers": "trend"},
        {"b": "vn-2026-10-10", "u": "H44", "until": "2026-12-31"},
        {"b": "gialai-2026-10-10", "u": "H21.20"},
        {"b": "tth-2022", "u": "000.00.31.H57"},
    ],
)
def test_a_rank_without_a_move_carries_one_of_both_too(screen: str, link: dict[str, str]) -> None:
    app = opened(screen, **link)
    told = figure(app, "rank", "range") or figure(app, "rank", "label")
    assert "/" in figure(app, "rank")
    assert any(word in told for word in ("90%", "theo xu hướng", "đối thủ giữ nguyên"))


def test_the_modes_are_in_the_link_and_change_what_stands_beside_the_rank() -> None:
    app = choose(opened(SCREEN, **MOVED), "peers-vi", "fixed")
    assert figure(app, "rank", "range") == ""
    assert link(app)["peers"] == "fixed"
    assert "seed" not in link(app)
    app = choose(app, "peers-vi", "trend")
    on_trend = rank_ahead(Question("vn-2026-10-10", "H44", PeersMode.TREND))
    assert on_trend
    place = on_trend.outcomes.place(AFTER, 1)
    assert f"theo xu hướng: hạng {place}" in figure(app, "rank", "range")
    app = choose(app, "peers-vi", "uncertain")
    assert link(app)["seed"] == "1"
    assert "90%" in figure(app, "rank", "range")
    # Another unit is looked at the same way.
    app = choose(app, "peers-vi", "trend")
    next(box for box in app.selectbox if box.key.startswith("pick-unit")).set_value("H56").run()
    assert link(app)["peers"] == "trend"


def test_a_link_with_a_seed_gives_the_figures_of_that_seed() -> None:
    def chance(**more: str) -> str:
        found = re.search(r"Khả năng đạt từ hạng 18 trở lên: \*\*(.*?)\*\*",
                          words(opened(SCREEN, **MOVED, **more)))  # fmt: skip
        assert found
        return found[1]

    known = rank_ahead(Question("vn-2026-10-10", "H44", seed=7))
    assert known
    percent = 100 * known.outcomes.chances_at_least(AFTER)[17]
    assert chance(seed="7") == f"{percent:.1f}%".replace(".", ",")
    assert chance(seed="7") == chance(seed="7")
    assert chance(own="moves") != chance()


@pytest.mark.parametrize(
    ("wrong", "part"),
    [
        ({"seed": "-1"}, "-1"),
        ({"seed": "x"}, "x"),
        ({"seed": "99999999999"}, "99999999999"),
        ({"peers": "asleep"}, "asleep"),
        ({"own": "yes"}, "yes"),
    ],
)
def test_what_a_link_says_wrongly_of_the_peers_is_told_and_the_rest_kept(
    wrong: dict[str, str], part: str
) -> None:
    app = opened(SCREEN, **MOVED, **wrong)
    assert not app.exception
    assert part in words(app)
    assert figure(app, "total") == "62,85"


def test_a_seed_is_typed_and_a_wrong_one_refused_beside_the_field() -> None:
    app = opened(SCREEN, **MOVED)
    field = next(item for item in app.text_input if item.key.startswith("seed-"))
    app = field.set_value("4294967296").run()
    assert "4294967296" in words(app)
    assert link(app)["seed"] == "1"
    field = next(item for item in app.text_input if item.key.startswith("seed-"))
    app = field.set_value("42").run()
    assert link(app)["seed"] == "42"
    assert "4294967296" not in words(app)


def test_the_points_needed_agree_with_the_ranking_of_the_engine() -> None:
    app = opened(SCREEN, **MOVED)
    table = next(item.value for item in app.dataframe if "Đối thủ giữ nguyên" in item.value.columns)
    assert list(table["Hạng"]) == [19, 18, 16, 14, 9]
    assert list(table["Mục tiêu"])[:2] == ["giữ hạng này", "tăng 1 bậc"]
    baseline = load("vn-2026-10-10")
    others = {
        unit.code: total
        for unit in baseline.units.values()
        if unit.code != "H44" and (total := unit_total(baseline.edition, unit)) is not None
    }
    assert table["Đối thủ giữ nguyên"][0] == "đã đủ"
    for wanted, told in zip(table["Hạng"][1:], table["Đối thủ giữ nguyên"][1:], strict=True):
        more = round(100 * float(told.replace(",", ".")))
        assert standing(AFTER + more, others).rank <= wanted
        assert standing(AFTER + more - 2, others).rank > wanted
    sure = [float(cell.replace(",", ".")) for cell in table["Đối thủ biến động, khả năng 80%"]]
    assert sure == sorted(sure)


def test_the_place_of_a_commune_is_among_the_communes_of_its_province() -> None:
    app = opened(SCREEN, b="gialai-2026-10-10", u="H21.100")
    assert figure(app, "rank").endswith("/135")
    assert "34 tỉnh, thành phố" in words(app)  # whose movements stand in
    app = choose(app, "rank-part", "list")
    listed = next(item.value for item in app.dataframe if len(item.value) > 100)
    assert len(listed) == 135
    assert all(code.startswith("H21.") for code in listed["Mã"])


def test_units_without_dossiers_are_set_apart() -> None:
    app = choose(opened(SCREEN, b="gialai-2026-10-10", u="H21.05"), "rank-part", "list")
    codes = [list(item.value["Mã"]) for item in app.dataframe if "Mã" in item.value.columns]
    assert len(codes) == 2
    assert len(codes[0]) == 13
    assert codes[1] == ["H21.20"]
    assert "Xếp riêng" in words(app)


def test_who_may_pass_is_told_with_the_chance_and_nobody_where_peers_are_held() -> None:
    app = opened(SCREEN, **MOVED)
    behind = next(item.value for item in app.dataframe if "Khả năng vượt (%)" in item.value.columns)
    known = rank_ahead(Question("vn-2026-10-10", "H44"))
    assert known
    chances = known.outcomes.chances_above(AFTER).values()
    assert list(behind["Khả năng vượt (%)"]) == sorted(behind["Khả năng vượt (%)"], reverse=True)
    assert behind["Khả năng vượt (%)"].iloc[0] in [round(100 * chance, 1) for chance in chances]
    held = words(choose(app, "peers-vi", "fixed"))
    assert "thứ tự với các đơn vị đứng sau không đổi" in held


def test_screens_of_units_without_a_list_say_why_there_is_no_rank() -> None:
    app = opened(SCREEN, b="phutho-2026-08")
    assert "Không xếp hạng" in words(app)


def test_what_was_looked_at_is_still_there_after_another_screen() -> None:
    app = opened(SCREEN, **MOVED)
    app.selectbox(key="wanted-vn-2026-10-10-H44").set_value(12).run()
    assert "Khả năng đạt từ hạng 12 trở lên" in words(app)
    app = choose(app, "rank-part", "list")
    app.switch_page("pages/screens/tong_quan.py").run()
    app.switch_page(SCREEN).run()
    assert "Bảng xếp hạng" in words(app)
    app = choose(app, "rank-part", "chances")
    assert "Khả năng đạt từ hạng 12 trở lên" in words(app)
