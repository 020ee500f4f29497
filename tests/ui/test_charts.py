"""Charts are functions from a table to Altair, read here as dictionaries without Streamlit."""

from __future__ import annotations

import pandas as pd
import pytest

from simulator.presentation import charts, figures, rank_tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.scenario import Scenario
from simulator.summary import losses

MOVED = Scenario(
    "vn-2026-10-10",
    "H44",
    (("ON_TIME", 20000.0), ("PETITION_NEW", 30.0), ("SO_HOA_GIAY_TO_GIAI_QUYET", 100000.0)),
)
BUILDERS = {
    "groups": charts.groups_chart,
    "waterfall": charts.waterfall_chart,
    "ladder": charts.ladder_chart,
    "losses": charts.losses_chart,
    "places": charts.places_chart,
}


@pytest.fixture
def say() -> Speech:
    return Speech("vi")


def tables(say: Speech) -> dict[str, pd.DataFrame]:
    view = evaluate(MOVED)
    lost = losses(view.projection)
    return {
        "groups": figures.groups_table(view, say),
        "waterfall": figures.waterfall_table(view, say),
        "ladder": figures.ladder_table(view, say),
        "places": rank_tables.places_table(view.rank_ahead, view.projection.after.total, say),
        "losses": pd.DataFrame(
            {
                "name": [figures.loss_name(loss, say) for loss in lost],
                "lost": [loss.lost / 100 for loss in lost],
                "room": [loss.lost / 100 for loss in lost],
                "colour": [loss.group.colour for loss in lost],
                "label": [say.points(-loss.lost) for loss in lost],
                "tip": [figures.loss_name(loss, say) for loss in lost],
            }
        ),
    }


def fields(spec: object) -> set[str]:
    """Names of all columns a specification refers to."""
    if isinstance(spec, dict):
        found = {spec["field"]} if isinstance(spec.get("field"), str) else set()
        return found.union(*map(fields, spec.values()))
    if isinstance(spec, list):
        return set().union(*map(fields, spec))
    return set()


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_chart_refers_only_to_columns_of_its_table(kind: str, say: Speech) -> None:
    table = tables(say)[kind].assign(row=0)
    spec = BUILDERS[kind](table, "vi", "Điểm").to_dict()
    assert fields(spec) <= set(table.columns)


@pytest.mark.parametrize("kind", BUILDERS)
@pytest.mark.parametrize(("language", "mark"), [("vi", ","), ("en", ".")])
def test_axes_write_numbers_in_the_language(kind: str, language: str, mark: str) -> None:
    spec = charts.compiled(kind, language, "x")
    assert spec["config"]["locale"]["number"]["decimal"] == mark
    assert "data" not in spec


@pytest.mark.parametrize("kind", BUILDERS)
def test_the_specification_never_changes_between_moves(kind: str) -> None:
    assert charts.compiled(kind, "vi", "x") is charts.compiled(kind, "vi", "x")


def test_the_steps_of_the_waterfall_lead_from_now_to_projected(say: Speech) -> None:
    view = evaluate(MOVED)
    table = figures.waterfall_table(view, say)
    steps = table.iloc[1:-1]
    before, after = view.projection.before.total, view.projection.after.total
    assert before is not None and after is not None
    assert list(steps["start"]) == [before / 100, *steps["end"][:-1]]
    assert list(steps["end"])[-1] == after / 100
    assert set(steps["kind"]) == {"gain", "loss"}


def test_the_ladder_shows_the_old_and_the_new_place_between_neighbours(say: Speech) -> None:
    table = figures.ladder_table(evaluate(MOVED), say)
    assert list(table["total"]) == sorted(table["total"], reverse=True)
    own = table[table["kind"] != "peer"]
    assert list(own["name"]) == ["17 · Phú Thọ · 63,23", "19 · Phú Thọ (trước) · 62,18"]
    assert list(own["tip"]) == [
        "Phú Thọ: hạng 17, 63,23 điểm", "Phú Thọ (trước): trước mô phỏng hạng 19, 62,18 điểm",
    ]  # fmt: skip
    peers = table[table["kind"] == "peer"]
    assert (peers["p05"] < peers["p50"]).all()
    assert (peers["p50"] < peers["p95"]).all()
    assert own[["p05", "p95"]].isna().all().all()


def test_ranks_in_the_table_are_the_competition_ranks_of_the_totals(say: Speech) -> None:
    table = figures.ranking_table(evaluate(MOVED))
    expected = [1 + int((table["total"] > total).sum()) for total in table["total"]]
    assert list(table["rank"]) == expected
    assert sorted(table["rank_before"]) == list(range(1, 35))


def test_lost_points_and_published_groups_add_up(say: Speech) -> None:
    view = evaluate(Scenario("vn-2026-10-10", "H44"))
    lost = sum(loss.lost for loss in losses(view.projection))
    total = view.projection.before.total
    assert total is not None
    assert lost == 10_000 - total
