"""What each scenario leads to, as rows of the table; no Streamlit inside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pages.ui.headline_figures import LOSS, SAME, published, span, tone
from simulator.numbers import in_last_decimal
from simulator.peers_mode import PeersMode
from simulator.presentation.priority_tables import hours_text
from simulator.presentation.speech import Speech
from simulator.rules import Group
from simulator.scenario_comparison import Comparison, Result

# Where the columns differ in one of these, a mark would call best what is only something else.
NO_BEST = {
    "compare_units_differ", "compare_figures_differ", "compare_periods_differ",
    "compare_days_differ",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """``text`` on screen with ``small`` beside it, ``value`` in the file; ``why``: of a dash."""

    text: str
    value: float | int | str | None = None
    small: str = ""
    tone: str = SAME
    why: str = ""
    is_best: bool = False


@dataclass(frozen=True)
class Line:
    """A row: the present first, then the scenarios. ``unit``: of the values in the file; ``tip``:
    on hover."""

    label: str
    cells: tuple[Cell, ...]
    unit: str = ""
    tip: str = ""


BLANK = Cell("")


def result_lines(found: Comparison, say: Speech) -> list[Line]:
    """Total, class, change, rank, interval and effort, then the groups."""
    return [
        _total(found, say),
        _class(found, say),
        _change(found, say),
        _rank(found, say),
        _interval(found, say),
        _hours(found, say),
        *(_group(found, group, say) for group in found.results[0].projection.edition.groups),
    ]


def unknown(why: str, say: Speech) -> Cell:
    return Cell(say("unit.unknown"), why=why)


def _marked(
    found: Comparison, cells: Sequence[Cell], values: Sequence[float | None]
) -> tuple[Cell, ...]:
    """``cells`` with the best marked: the highest of ``values``, one per scenario. The present,
    which comes first, does not compete."""
    known = [value for value in values if value is not None]
    codes = {notice.code for notice in found.notices}
    if len(set(known)) < 2 or codes & NO_BEST:
        return tuple(cells)
    best = max(known)
    pairs = zip(cells[1:], values, strict=True)
    return cells[0], *(replace(cell, is_best=value == best) for cell, value in pairs)


def _as_shown(hundredths: int | None, say: Speech) -> int | None:
    """With the decimals that are shown: what looks the same is equally good."""
    return None if hundredths is None else int(in_last_decimal(hundredths, say.decimals))


def _of(result: Result, is_now: bool, hundredths: int | None, say: Speech) -> str:
    return published(hundredths, say) if is_now else say.points(hundredths)


def _total(found: Comparison, say: Speech) -> Line:
    cells = []
    for result in (found.now, *found.results):
        total = result.state.total
        text = _of(result, result is found.now, total, say)
        cells.append(
            unknown(say("comparing.unknown_total"), say)
            if total is None
            else Cell(text, total / 100)
        )
    values = [_as_shown(result.state.total, say) for result in found.results]
    return Line(say("comparing.total"), _marked(found, cells, values),
                say("unit.points_axis"))  # fmt: skip


def _class(found: Comparison, say: Speech) -> Line:
    cells = []
    for result in (found.now, *found.results):
        reached = result.state.score_class
        name = "" if reached is None else say.name(reached.name)
        cells.append(Cell(name, name) if name else unknown(say("comparing.unknown_total"), say))
    return Line(say("comparing.class"), tuple(cells))


def _change(found: Comparison, say: Speech) -> Line:
    cells = [BLANK]
    values = []
    for result in found.results:
        change = result.projection.total_change
        values.append(_as_shown(change, say))
        cells.append(
            Cell(
                say.points(change, sign=True), change / 100,
                tone=tone(in_last_decimal(change, say.decimals)),
            )
        )  # fmt: skip
    return Line(say("comparing.change"), _marked(found, cells, values),
                say("unit.points_axis"))  # fmt: skip


def _rank(found: Comparison, say: Speech) -> Line:
    cells, values = [], []
    for result in (found.now, *found.results):
        place = result.state.standing
        values.append(None if place is None else -place.rank)
        if place is None:
            cells.append(unknown(say("comparing.not_ranked"), say))
            continue
        text = say("headline.rank_value", rank=place.rank, of=place.of)
        small = say("comparing.tied") if place.tied else ""
        cells.append(Cell(text, place.rank, small))
    return Line(say("comparing.rank"), _marked(found, cells, values[1:]))


def _interval(found: Comparison, say: Speech) -> Line:
    days = {
        result.ahead.last
        for result in found.results
        if result.ahead is not None and result.ahead.last is not None
    }
    cells = [_ends(result, len(days) > 1, say) for result in (found.now, *found.results)]
    if len(days) != 1:
        return Line(say("comparing.interval"), tuple(cells))
    return Line(say("comparing.interval_until", last=f"{days.pop():%d/%m}"), tuple(cells))


def _ends(result: Result, with_day: bool, say: Speech) -> Cell:
    """The interval of a scenario, or that the peers are held."""
    words = ends_words(result, say)
    if not words:
        return unknown(say("comparing.not_ranked"), say)
    ahead = result.ahead
    if with_day and ahead is not None and ahead.last is not None:
        words = say("comparing.interval_on", words=words, last=f"{ahead.last:%d/%m}")
    return Cell(words, words)


def ends_words(result: Result, say: Speech) -> str:
    """``11–31 (quanh 23)``, the place on the trend, or that the peers are held; empty without."""
    if result.ahead is None or result.ends is None:
        return ""
    best, middle, worst = result.ends
    if result.ahead.mode is PeersMode.FIXED:
        return say("comparing.interval_held")
    if result.ahead.mode is PeersMode.TREND:
        return say("comparing.interval_trend", place=middle)
    places = span((best, worst))
    return places if best == worst else say("comparing.interval_cell", places=places, place=middle)


def _hours(found: Comparison, say: Speech) -> Line:
    cells = [BLANK, *(Cell(hours_text(one.hours, say), one.hours) for one in found.results)]
    # No best: the hours shipped are examples, and to do nothing is no feat.
    return Line(say("comparing.hours"), tuple(cells), say("comparing.hours_unit"))


def _group(found: Comparison, group: Group, say: Speech) -> Line:
    cells = []
    for result in (found.now, *found.results):
        score = result.state.groups[group.code]
        change = result.projection.group_change[group.code] if result is not found.now else 0
        small = say.points(change, sign=True) if change else ""
        if score is None:
            cells.append(replace(unknown(say("comparing.unknown_group"), say), small=small))
            continue
        text = _of(result, result is found.now, score, say)
        cells.append(Cell(text, score / 100, small, LOSS if change < 0 else SAME))
    values = [_as_shown(one.state.groups[group.code], say) for one in found.results]
    name = say.name(group.name)
    return Line(
        say("comparing.group", name=name, maximum=group.maximum),
        _marked(found, cells, values), say("unit.points_axis"),
        say("comparing.group_tip", name=name, maximum=group.maximum),
    )  # fmt: skip


def is_best_marked(lines: Iterable[Line]) -> bool:
    return any(cell.is_best for line in lines for cell in line.cells)
