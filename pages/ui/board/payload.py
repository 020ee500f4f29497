"""What the lever board gets: response curves and words, nothing it would have to compute.

Scores are whole numbers of the last decimal shown, counts and rates are those of the engine.
Arrays are sent as differences between neighbours, which compress to a few bytes a curve.
The page (``web/``) only adds them up again, looks up the stop under the hand and formats.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.ui import lever_marks
from pages.ui.assumptions import is_asked_at
from pages.ui.board.readout import differences, readout
from pages.ui.board.saturation import why_flat
from pages.ui.board.standings import Standings
from pages.ui.headline_figures import figures, moved_label, moved_note
from pages.ui.lever_words import entry_example, unusable_reason
from pages.ui.state import EntryProblem
from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.numbers import in_last_decimal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, contributions_of, curves_of
from simulator.rank import to_next_class_many
from simulator.response import Curve
from simulator.rules import Group, Lever
from simulator.scenario import Scenario
from simulator.text import explain

# Changes of a rate have up to six decimals; they travel as whole millionths.
MILLIONTHS = 1_000_000
WORDS = (
    "hint", "sort", "sort_group", "sort_best", "lock", "unlock", "reset", "reset_help", "help",
    "spoken", "spoken_unranked", "gain", "enter_start",
)  # fmt: skip


def packed(payload: dict[str, Any]) -> bytes:
    """The payload as compressed JSON."""
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8"), level=6)


def payload(view: View, problems: Mapping[str, EntryProblem], say: Speech) -> dict[str, Any]:
    """Everything the board shows of ``view``; ``problems``: refused entries by lever."""
    curves = curves_of(view.scenario)
    standings = Standings(view, say)
    levers = [
        _lever(view, lever, curves.get(lever.code), standings, say)
        | {"problem": _problem(view, problems.get(lever.code), say)}
        for lever in view.levers
    ]
    return {
        "language": say.language,
        "decimals": say.decimals,
        # What the moves are meant for; it comes back with them.
        "place": place(view.scenario),
        # Rows are built anew only when this changes; otherwise they are filled again.
        "identity": [
            say.language, *place(view.scenario),
            *((lever["code"], lever.get("reason")) for lever in levers),
        ],
        "words": {
            "title": say("levers.title"),
            "reset_all": say("levers.reset_all"),
            "lock_help": say("levers.lock_help"),
            **{word: say.template(f"board.{word}") for word in WORDS},
        },
        "headline": {
            "now": {key: asdict(figure) for key, figure in figures(view, say).items()},
            "isMoved": view.changed,
            "total": {
                "label": moved_label(view, say), "note": moved_note(view, "{change}", say),
                "unknown": say("unit.unknown"),
            },
            "classes": standings.classes, "ranks": standings.ranks,
        },
        "groups": [_group(view, group, say) for group in view.edition.groups],
        "levers": levers,
    }  # fmt: skip


def place(scenario: Scenario) -> list[str]:
    """Whose levers the board shows."""
    return [scenario.baseline, scenario.unit, scenario.until]


def _group(view: View, group: Group, say: Speech) -> dict[str, Any]:
    level = view.projection.after.groups[group.code]
    return {
        "code": group.code, "name": say.name(group.name), "colour": group.colour,
        "of": say("charts.of_max", points="{points}", maximum=str(group.maximum)),
        "unknown": say("unit.unknown"), "reach": lever_marks.group_reach(view, group, say),
        "points": None if level is None else in_last_decimal(level, say.decimals),
        "change": in_last_decimal(view.projection.group_change[group.code], say.decimals),
    }  # fmt: skip


def _lever(
    view: View, lever: Lever, curve: Curve | None, standings: Standings, say: Speech
) -> dict[str, Any]:
    known = {
        "code": lever.code,
        "group": view.edition.indicator(lever.indicator).group,
        "name": say.name(lever.name),
        "help": [say.name(lever.help), say("levers.responsible", who=say.name(lever.responsible))],
    }
    bounds = view.ranges[lever.code]
    if curve is None:
        reason = unusable_reason(view, lever, say)
        return known | {"reason": reason, "asked": is_asked_at(view, lever)}
    change = view.scenario.change(lever.code)
    return known | {
        "at": curve.position(change),
        "scale": _scale(bounds),
        "isRate": bounds.basis is Basis.RATE,
        "stops": differences(curve.changes * _scale(bounds)),
        **readout(view, bounds, curve, say),
        **_scores(view, lever, curve, say),
        "classes": standings.class_steps(curve),
        "ranks": standings.rank_steps(curve),
        "marks": [asdict(mark) for mark in lever_marks.marks(view, bounds, curve, say)],
        "flat": {"from": curve.flat_from, "why": why_flat(view, lever, curve, say)},
        "best": curve.best,
        "bestText": _best(curve, say),
        "entry": _entry(bounds, change, say),
        "locked": lever.code in view.scenario.locks,
        "share": _share(view, lever, curve, change, say),
    }  # fmt: skip


def _problem(view: View, problem: EntryProblem | None, say: Speech) -> dict[str, str] | None:
    if problem is None:
        return None
    return {"text": problem.text, "why": explain(problem.error, say.language, view.edition)}


def _scale(bounds: LeverRange) -> int:
    whole = float(bounds.low).is_integer() and float(bounds.high).is_integer()
    return 1 if whole and bounds.basis is not Basis.RATE else MILLIONTHS


def _scores(view: View, lever: Lever, curve: Curve, say: Speech) -> dict[str, Any]:
    """Total, its change, the lever's own gain, and the groups it reaches."""

    def shown(hundredths: npt.NDArray[np.float64]) -> list[int]:
        return differences(in_last_decimal(hundredths, say.decimals))

    reached = view.edition.lever_groups[lever.code]
    return {
        "totals": None if curve.total is None else shown(curve.total),
        "missing": None
        if curve.total is None
        else shown(to_next_class_many(view.edition, curve.total)),
        "changes": shown(curve.total_change),
        "gains": shown(curve.gains),
        "groups": {
            code: {
                "points": None if (level := curve.groups[code]) is None else shown(level),
                "changes": shown(curve.group_change[code]),
            }
            for code in view.edition.group_positions
            if code in reached
        },
    }


def _best(curve: Curve, say: Speech) -> str:
    if curve.best > 0:
        return say("board.best", points=say.points(curve.best, sign=True))
    worst = int(curve.gains.min())
    if curve.position(0.0) == 0 and worst < 0:
        return say("board.worst", points=say.points(-worst))
    return say("board.best_none")


def _entry(bounds: LeverRange, change: float, say: Speech) -> dict[str, str]:
    return {
        "text": say.change(change, bounds.basis) if change else "",
        "label": say("levers.exact", unit=say(f"unit.short_{bounds.count_unit}")),
        "example": entry_example(bounds, say),
    }


def _share(view: View, lever: Lever, curve: Curve, change: float, say: Speech) -> str:
    """The lever's share of the whole change, where it differs from its gain on its own."""
    if not change:
        return ""
    gain = int(curve.gains[curve.position(change)])
    share = next(
        (part.hundredths for part in contributions_of(view.scenario) if part.lever == lever.code), 0
    )
    if share == gain:
        return ""
    return say("board.share", points=say.points(share, sign=True))
