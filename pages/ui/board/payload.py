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
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pages.ui.assumptions import is_asked_at
from pages.ui.board.saturation import why_flat
from pages.ui.headline_figures import (
    class_figure,
    figures,
    moved_label,
    moved_note,
    printed_rank,
    rank_figure,
)
from pages.ui.lever_words import entry_example, unusable_reason
from pages.ui.state import EntryProblem
from pages.ui.view import Speech, View, contributions_of, curves_of
from simulator.baseline import Basis
from simulator.levers import LeverRange
from simulator.numbers import format_date, in_last_decimal, shown_percent
from simulator.rank import to_next_class_many
from simulator.response import Curve
from simulator.rules import Group, Lever, Reach
from simulator.scenario import Scenario
from simulator.text import explain

# Changes of a rate have up to six decimals; they travel as whole millionths.
MILLIONTHS = 1_000_000
PERCENT_DECIMALS = 1
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


class Standings:
    """Words of every class and rank that the curves reach, each sent once."""

    def __init__(self, view: View, say: Speech) -> None:
        self.view, self.say = view, say
        self.classes = [
            asdict(class_figure(view, reached, "{points}", say)) for reached in view.edition.classes
        ]
        self.ranks: list[dict[str, str]] = []
        self._seen: dict[tuple[int, bool], int] = {}

    def class_steps(self, curve: Curve) -> list[list[int]]:
        """``[from stop, position in classes]`` wherever the class changes."""
        if curve.classes is None:
            unknown = asdict(class_figure(self.view, None, "", self.say))
            self.classes = [unknown]
            return [[0, 0]]
        return [[start, int(curve.classes[start])] for start in _steps(curve.classes)]

    def rank_steps(self, curve: Curve) -> list[list[int]]:
        """``[from stop, position in ranks]`` wherever rank or tie changes."""
        if curve.ranks is None or curve.tied is None:
            self.ranks = [asdict(printed_rank(self.view, True, self.say))]
            return [[0, 0]]
        return [
            [start, self._rank(int(curve.ranks[start]), bool(curve.tied[start]))]
            for start in _steps(2 * curve.ranks + curve.tied)
        ]

    def _rank(self, rank: int, tied: bool) -> int:
        if (rank, tied) not in self._seen:
            self._seen[rank, tied] = len(self.ranks)
            self.ranks.append(asdict(rank_figure(self.view, rank, tied, self.say)))
        return self._seen[rank, tied]


def _steps(values: npt.NDArray[Any]) -> list[int]:
    """Positions where a run of equal values begins."""
    return [0, *(np.flatnonzero(np.diff(values)) + 1).tolist()]


def _group(view: View, group: Group, say: Speech) -> dict[str, Any]:
    level = view.projection.after.groups[group.code]
    return {
        "code": group.code, "name": say.name(group.name), "colour": group.colour,
        "of": say("charts.of_max", points="{points}", maximum=str(group.maximum)),
        "unknown": say("unit.unknown"),
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
        "stops": _differences(curve.changes * _scale(bounds)),
        **_value(bounds, curve, say),
        **_scores(view, lever, curve, say),
        "classes": standings.class_steps(curve),
        "ranks": standings.rank_steps(curve),
        "marks": _marks(view, bounds, curve, say),
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


def _differences(values: npt.NDArray[Any]) -> list[int]:
    """First value, then differences between neighbours, as whole numbers."""
    whole = np.rint(values).astype(np.int64)
    steps = whole.copy()
    steps[1:] -= whole[:-1]
    listed: list[int] = steps.tolist()
    return listed


def _value(bounds: LeverRange, curve: Curve, say: Speech) -> dict[str, Any]:
    """What the thumb says: the change, and where it leads to as count and rate."""
    unit = say(f"unit.{bounds.count_unit}")
    moved = say("board.change", change="{change}", unit=unit)
    if not bounds.moves_own_numerator:
        if not bounds.lever.moves:
            moved += f" · {say('method.nothing')}"
        return {"words": {"still": moved, "moved": moved}}
    rates = _rates(curve.counts.tobytes(), curve.wholes.tobytes())
    rate = "{rate}%"
    if bounds.basis is Basis.RATE:
        words = {"still": rate, "moved": f"{moved} → {rate}"}
        return {"words": words, "rates": rates}
    count = say("board.count", count="{count}", unit=unit, rate=rate)
    if bounds.coming:
        count = say("board.count_ahead", count=count, ahead="{ahead}%")
    return {
        "aheadRates": _ahead_rates(bounds, curve),
        "words": {
            "still": count,
            "moved": say("board.moved", change="{change}", count=count),
            "taken": say("board.taken", change="{change}", taken="{taken}", count=count),
        },
        "rates": rates,
        "counts": _differences(curve.counts),
    }


# A move changes the counts of one or two indicators; the rates of all others are as before.
@lru_cache(maxsize=512)
def _rates(counts: bytes, wholes: bytes) -> list[int]:
    """Rates in tenths of a percent, as they are shown, from two arrays of counts."""
    percent = 100 * np.frombuffer(counts) / np.frombuffer(wholes)
    shown = [shown_percent(rate, PERCENT_DECIMALS) for rate in percent.tolist()]
    return _differences(np.array(shown) * 10**PERCENT_DECIMALS)


def _ahead_rates(bounds: LeverRange, curve: Curve) -> list[int] | None:
    """Rates of the cases still to come, in tenths of a percent."""
    if not bounds.coming:
        return None
    good = (bounds.good + curve.changes).tobytes()
    return _rates(good, np.full(len(curve.changes), bounds.coming).tobytes())


def _scores(view: View, lever: Lever, curve: Curve, say: Speech) -> dict[str, Any]:
    """Total, its change, the lever's own gain, and the groups it reaches."""

    def shown(hundredths: npt.NDArray[np.float64]) -> list[int]:
        return _differences(in_last_decimal(hundredths, say.decimals))

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


def _marks(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[dict[str, Any]]:
    """Where now and the cap are, as stops; the cap as the other levers let it be reached."""
    line = say("board.line" if view.outlook else "levers.now")
    marks = [{"kind": "now", "at": curve.position(0.0), "text": line}]
    if bounds.moves_own_numerator and not view.is_held_down(bounds.lever):
        full = np.flatnonzero(100 * curve.counts >= bounds.cap_percent * curve.wholes)
        # At the first stop already: the cap lies below what the lever offers.
        if len(full) and full[0] > 0:
            text = say("levers.cap", rate=say.cap(bounds.cap_percent))
            marks.append({"kind": "cap", "at": int(full[0]), "text": text})
        # Where a partner holds the count before its cap.
        held = np.flatnonzero(curve.counts >= curve.counts[-1])
        if not len(full) and 0 < held[0] < len(curve.changes) - 1:
            marks.append({"kind": "cap", "at": int(held[0]), "text": say("board.limit")})
    return marks + _reach_marks(view, bounds, curve, say)


def _reach_marks(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[dict[str, Any]]:
    """Up to where the rate can still come until the end of the period."""
    if bounds.coming and bounds.moves_own_numerator:
        rate = say.percent(100 * float(curve.counts[-1] / curve.wholes[-1]))
        return [
            {"kind": "reach", "at": len(curve.changes) - 1, "text": say("board.most", rate=rate)}
        ]
    if view.outlook or view.reach is None:
        return []
    position = view.edition.position[bounds.lever.indicator]
    counts = view.reach.ceiling.counts
    if bounds.lever.reach is not Reach.COMING or not bounds.moves_own_numerator:
        return []
    best = counts.numerators[position] / counts.denominators[position]
    beyond = np.flatnonzero(curve.counts > best * curve.wholes)
    if not len(beyond):
        return []
    last = format_date(view.reach.outlook.period.last.isoformat())
    text = say("board.reach", last=last[:5], rate=say.percent(100 * best))
    return [{"kind": "reach", "at": max(int(beyond[0]) - 1, 0), "text": text}]


def _best(curve: Curve, say: Speech) -> str:
    if curve.best > 0:
        return say("board.best", points=say.points(curve.best, sign=True))
    worst = int(curve.gains.min())
    if curve.position(0.0) == 0 and worst < 0:
        return say("board.worst", points=say.points(worst))
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
