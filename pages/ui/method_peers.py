"""How the peers are thought to move, and how often that held: a section of *Phương pháp*."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import sqrt
from statistics import fmean

import streamlit as st

from simulator.calibration import LEVELS, Check, Coverage, Kind, calibration
from simulator.captures import SHIPPED
from simulator.movement import Basis, Movement, default_movement
from simulator.numbers import format_date, format_number, format_percent
from simulator.peers_mode import DRAWS, PeersMode
from simulator.period import period_of
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_ahead import Question, RankAhead, rank_ahead

Rows = list[dict[str, object]]
Compared = list[tuple[str, tuple[Coverage, ...]]]
TableOf = Callable[[Rows, Speech, str], None]
# What is said per day is said for a stretch that a reader can picture, too.
STRETCH = 10
NEAR = 5


def draw_movement(view: View, say: Speech, table: TableOf) -> None:
    """The section; ``table`` draws rows under the names of the catalogue's ``tables``."""
    st.subheader(say("method_peers.title"), anchor=False)
    ahead = rank_ahead(_question(view))
    movement = ahead.movement if ahead and ahead.movement else default_movement()
    st.markdown(_basis(view, ahead, say))
    st.markdown(_fitted(movement, say))
    st.markdown("\n".join(f"- {line}" for line in _model(movement, ahead, say)))
    _coverage(say, table)
    st.markdown(f"**{say('method_peers.weak')}**")
    st.markdown(_weak(say))


def _weak(say: Speech) -> str:
    usual = default_movement()
    period = period_of(SHIPPED[1], usual.days[-1])
    return say(
        "method_peers.weak_text", days=say.count(round(usual.span)), jumps=len(usual.jumps),
        last=format_date(usual.days[-1]), end=format_date(period.last.isoformat()),
        times=format_number(float(period.remaining_days) / usual.span, 1, say.language),
    )  # fmt: skip


def _question(view: View) -> Question:
    """What the scenario asks of its peers at the end of the period, where they move."""
    ahead = view.rank_ahead
    asked = ahead.question if ahead else Question(view.scenario.baseline, view.scenario.unit)
    return replace(asked, mode=PeersMode.UNCERTAIN, until="")


def _basis(view: View, ahead: RankAhead | None, say: Speech) -> str:
    if ahead is None or ahead.movement is None:
        return say("method_peers.basis_none", unit=literal(view.unit.name))
    days = ahead.movement.own_days
    first, last = (format_date(days[k]) if days else "" for k in (0, -1))
    return say(
        f"method_peers.basis_{ahead.movement.basis}",
        unit=literal(view.unit.name), own=len(days), own_first=first, own_last=last,
    )  # fmt: skip


def _fitted(movement: Movement, say: Speech) -> str:
    key = "fitted_partly" if movement.basis is Basis.PARTLY else "fitted"
    return say(
        f"method_peers.{key}",
        intervals=len(movement.days) - 1, captures=len(movement.days),
        first=format_date(movement.days[0]), last=format_date(movement.days[-1]),
        days=say.count(round(movement.span)), units=movement.units, draws=say.count(DRAWS),
    )  # fmt: skip


def _points(hundredths: float, say: Speech, *, sign: bool = False) -> str:
    """Points of what is no score: not bound to whole hundredths."""
    return format_number(hundredths / 100, 2, say.language, sign=sign)


def _model(movement: Movement, ahead: RankAhead | None, say: Speech) -> Iterable[str]:
    """The parts of the model, one sentence each."""
    yield say(
        "method_peers.drift",
        day=_points(movement.drift, say, sign=True),
        ten=_points(movement.drift * STRETCH, say, sign=True),
    )
    if any(movement.own.values()):
        lowest, highest = (end(movement.own.values()) * STRETCH for end in (min, max))
        yield say(
            "method_peers.own",
            lowest=_points(lowest, say, sign=True), highest=_points(highest, say, sign=True),
        )  # fmt: skip
    for part, deviation in (("shift", movement.shift), ("noise", movement.noise)):
        yield say(
            f"method_peers.{part}",
            day=_points(deviation, say), ten=_points(deviation * sqrt(STRETCH), say),
        )  # fmt: skip
    percent = format_percent(100 * sqrt(movement.unrest), say.language, 0)
    yield say("method_peers.unrest", percent=percent)
    yield _jumps(movement, say)
    yield _correlation(movement, ahead, say)


def _jumps(movement: Movement, say: Speech) -> str:
    expected = movement.jump_rate * movement.units * STRETCH
    return say(
        "method_peers.jumps" if movement.jumps_seen else "method_peers.jumps_borrowed",
        count=movement.jumps_seen or len(movement.jumps), units=movement.units,
        lowest=_points(min(movement.jumps), say, sign=True),
        highest=_points(max(movement.jumps), say, sign=True),
        ten=format_number(expected, 1, say.language),
        mean=_points(movement.jump_rate * STRETCH * fmean(movement.jumps), say, sign=True),
    )  # fmt: skip


def _correlation(movement: Movement, ahead: RankAhead | None, say: Speech) -> str:
    five = format_number(movement.correlation(NEAR), 2, say.language)
    if ahead is None or ahead.last is None or not ahead.days:
        return say("method_peers.correlation_five", five=five)
    return say(
        "method_peers.correlation",
        five=five, end=format_number(movement.correlation(ahead.days), 2, say.language),
        last=format_date(ahead.last.isoformat()), days=say.count(round(ahead.days)),
    )  # fmt: skip


def _coverage(say: Speech, table: TableOf) -> None:
    found = calibration()
    count = len(found.left_out)
    st.markdown(f"**{say('method_peers.coverage')}**")
    st.markdown(_reading(say))
    pooled = say("method_peers.pooled", count=count)
    shown = [(_route(check, say), check.coverages) for check in found.forward]
    each = [(_route(check, say), check.coverages) for check in found.left_out]
    st.markdown(_verdict_of_each(each, say))
    st.markdown(_verdict([*shown, (pooled, found.pooled)], say))
    rows = [row for check in found.forward for row in _rows(*_told(check, say), say)]
    rows += _rows(pooled, say("method_peers.fitted_others", count=count - 1), found.pooled, say)
    table(rows, say, "calibration")
    st.caption(
        say(
            "method_peers.coverage_text", intervals=count,
            known=say("tables.held_place_known"), others=found.left_out[0].coverages[0].cases - 1,
        )
    )  # fmt: skip
    with st.expander(say("method_peers.each")):
        if out := _outside(each, say):
            st.markdown(say("method_peers.each_which", which="; ".join(out)))
        others = say("method_peers.fitted_others", count=count - 1)
        rows = [row for name, parts in each for row in _rows(name, others, parts, say)]
        table(rows, say, "calibration-each")


def _reading(say: Speech) -> str:
    """What the last row says of the claim a leader reads, in words."""
    found = calibration()
    half, most = (found.pool(Kind.PLACE_KNOWN, level) for level in LEVELS)
    return say(
        "method_peers.reading", count=len(found.left_out), cases=most.cases,
        hits=most.hits, percent=_share(most, say), expected=round(most.expected),
        half=half.hits, half_percent=_share(half, say), half_expected=round(half.expected),
    )  # fmt: skip


def _share(coverage: Coverage, say: Speech) -> str:
    return format_percent(100 * coverage.hits / coverage.cases, say.language, 0)


def _route(check: Check, say: Speech) -> str:
    start, target = format_date(check.start), format_date(check.target)
    return say("method_peers.route", start=start, target=target)


def _told(check: Check, say: Speech) -> tuple[str, str, tuple[Coverage, ...]]:
    days = check.movement.days
    count, last = len(days) - 1, format_date(days[-1])
    fitted = say("method_peers.fitted_on", count=count, last=last)
    return _route(check, say), fitted, check.coverages


def _rows(name: str, fitted: str, coverages: Iterable[Coverage], say: Speech) -> Rows:
    """One row per level, one column per kind."""
    rows: Rows = []
    for level in LEVELS:
        row: dict[str, object] = {"forecast": name, "fitted": fitted, "level": say.cap(level * 100)}
        row |= {f"held_{one.kind}": _cell(one, say) for one in coverages if one.level == level}
        rows.append(row)
    return rows


def _cell(coverage: Coverage, say: Speech) -> str:
    cell = say(
        "method_peers.cell", hits=coverage.hits, cases=coverage.cases,
        expected=round(coverage.expected), low=coverage.low, high=coverage.high,
    )  # fmt: skip
    return cell if coverage.holds else say("method_peers.cell_out", cell=cell)


def _outside(rows: Compared, say: Speech) -> list[str]:
    found = []
    for route, coverages in rows:
        for one in (one for one in coverages if not one.holds):
            way = "more" if one.hits > one.high else "fewer"
            kind, level = say(f"tables.held_{one.kind}").lower(), say.cap(one.level * 100)
            found.append(say(f"method_peers.{way}", route=route, kind=kind, level=level))
    return found


def _verdict(rows: Compared, say: Speech) -> str:
    count, out = sum(len(coverages) for _, coverages in rows), _outside(rows, say)
    if not out:
        return say("method_peers.all_hold", count=count)
    return say("method_peers.some_out", out=len(out), count=count, which="; ".join(out))


def _verdict_of_each(rows: Compared, say: Speech) -> str:
    every = [one for _, coverages in rows for one in coverages]
    out = sum(not one.holds for one in every)
    return say(
        "method_peers.each_out" if out else "method_peers.each_hold",
        out=out, count=len(every), where=say("method_peers.each"),
        expected=format_number(sum(one.surprise for one in every), 1, say.language),
    )  # fmt: skip
