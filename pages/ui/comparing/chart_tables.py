"""Rows of the charts; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pages.ui.headline_figures import span
from simulator.peers_mode import PeersMode
from simulator.presentation.charts import GHOST
from simulator.presentation.side_charts import COLOURS
from simulator.presentation.speech import Speech
from simulator.scenario_comparison import Comparison, Result


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _columns(found: Comparison, names: Sequence[str], say: Speech) -> list[tuple[str, Result]]:
    return list(zip((say("comparing.now"), *names), (found.now, *found.results), strict=True))


def groups_table(found: Comparison, names: Sequence[str], say: Speech) -> pd.DataFrame:
    """Rows for ``beside_chart``; ``names``: of the scenarios."""
    rows = []
    for group in found.now.projection.edition.groups:
        for k, (name, result) in enumerate(_columns(found, names, say)):
            score = result.state.groups[group.code]
            fields = {
                "column": name, "group": say.name(group.name), "points": say.points(score),
                "maximum": group.maximum,
            }  # fmt: skip
            change = say.points(result.projection.group_change[group.code], sign=True)
            tip = say(f"comparing.group_{'bar' if k else 'now'}_tip", change=change, **fields)
            rows.append(
                {
                    "name": say("comparing.group", name=fields["group"], maximum=group.maximum),
                    "series": k, "points": _points(score), "maximum": group.maximum,
                    "colour": COLOURS[k - 1] if k else GHOST, "label": str(k), "tip": tip,
                }
            )  # fmt: skip
    return pd.DataFrame(rows).astype({"points": float})


def places_table(found: Comparison, names: Sequence[str], say: Speech) -> pd.DataFrame:
    """Rows for ``side_places_chart``; ``names``: of the scenarios."""
    rows = []
    for k, (name, result) in enumerate(_columns(found, names, say)):
        standing, ends = result.state.standing, _moving_ends(result)
        rank = say("unit.unknown") if standing is None else str(standing.rank)
        places = span((ends[0], ends[1])) if ends else ""
        fields = {"column": name, "points": say.points(result.state.total), "rank": rank}
        key = "comparing.place_tip_interval" if ends else "comparing.place_tip"
        rows.append(
            {
                "name": name, "colour": COLOURS[k - 1] if k else GHOST, "now": k == 0,
                "total": _points(result.state.total), "total_label": fields["points"],
                "place": standing.rank if standing else None,
                "best": ends[0] if ends else None, "worst": ends[1] if ends else None,
                "place_label": _with_interval(rank, places, say), "rank": rank,
                "tip": say(key, places=places, **fields),
            }
        )  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(("total", "place", "best", "worst"), float))


def _with_interval(rank: str, places: str, say: Speech) -> str:
    if places in ("", rank):
        return rank
    return say("comparing.place_label", rank=rank, places=places)


def _moving_ends(result: Result) -> tuple[int, int] | None:
    """Ends of the interval where the peers move."""
    if result.ahead is None or result.ends is None or result.ahead.mode is PeersMode.FIXED:
        return None
    return result.ends[0], result.ends[2]
