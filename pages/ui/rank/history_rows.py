"""Rows of the chart and of the table of *Diễn biến thứ hạng*; no Streamlit inside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from pages.ui.rank.story import Story
from simulator.numbers import format_date
from simulator.peers_mode import PeersMode
from simulator.presentation.speech import Speech
from simulator.rank_history import PlaceAhead, PlacesRead

# Pixels: height of a label, width of a letter, and what parts two days on the axis.
LABEL, LETTER, APART = 15, 8, 6
TICKS = (5, 10, 20, 50)
MOST_TICKS = 10

Row = dict[str, Any]


def day_labels(readings: Sequence[PlacesRead]) -> list[str]:
    """``dd/mm`` of each reading, with the hour where a day was read twice."""
    twice = Counter(one.day for one in readings)
    return [
        f"{format_date(one.day)[:5]} {one.moment:%H:%M}"
        if twice[one.day] > 1
        else format_date(one.day)[:5]
        for one in readings
    ]


def positions(readings: Sequence[PlacesRead]) -> list[float]:
    """Where each reading stands between the first (0) and the last (1), by time."""
    start, whole = readings[0].moment, readings[-1].moment - readings[0].moment
    return [(one.moment - start) / whole if whole else 1.0 for one in readings]


def chart_rows(story: Story, say: Speech) -> pd.DataFrame:
    """Rows for ``bump_chart``, with the places they stand for.

    ``to``: the place beside which a label stands, or the other end of an interval.
    """
    rows: list[Row] = [*_axes(story)]
    kinds = [("faint", story.faint), ("named", story.named), ("own", (story.unit,))]
    kinds.insert(2, ("other", (story.other,) if story.other else ()))
    for kind, codes in kinds:
        for code in codes:
            rows += _line(story, code, kind, say)
    rows += [*_names(story, say), *_ahead(story, say)]
    columns = ("kind", "line", "unit", "label", "tip", "at", "place", "to", "least")
    table = pd.DataFrame(rows, columns=columns)
    first, last = story.window
    height = max(last - first, 1)
    drawn = {"y": (table["place"] - first) / height, "y2": (table["to"] - first) / height}
    return table.assign(**{name: table[name].fillna("") for name in columns[:5]}, **drawn)


def _line(story: Story, code: str, kind: str, say: Speech) -> Iterator[Row]:
    """The places of one unit, a row for each reading; none where it is missing or outside."""
    (first, last), readings = story.window, story.history.readings
    started = kind not in ("own", "other")
    for at, one in zip(positions(readings), readings, strict=True):
        place = one.places.get(code)
        if place is None or not first <= place <= last:
            yield {"kind": kind, "line": kind, "unit": code, "at": at}
            continue
        tip = _tip(story, one, code, say)
        yield {"kind": kind, "line": kind, "unit": code, "at": at, "place": place, "tip": tip}
        if not started:
            started = True
            yield {"kind": "start", "line": kind, "at": at, "place": place, "label": str(place)}


def _tip(story: Story, reading: PlacesRead, code: str, say: Speech) -> str:
    return say(
        "rank_history.tip", name=story.history.names[code], rank=reading.places[code],
        of=reading.of, points=say.points(reading.totals[code]), day=format_date(reading.day),
    )  # fmt: skip


def _axes(story: Story) -> Iterator[Row]:
    first, last = story.window
    step = next((one for one in TICKS if (last - first) / one <= MOST_TICKS), TICKS[-1])
    ticks = {first, *range(step, last + 1, step)}
    for place in sorted(ticks):
        if place == first or place - first > step / 2:
            yield {"kind": "tick", "place": place, "label": str(place)}
    readings = story.history.readings
    at, labels = positions(readings), day_labels(readings)
    for place_in_time, label, least in zip(at, labels, _least(at, labels), strict=True):
        yield {"kind": "day", "at": place_in_time, "label": label, "least": least}


def _least(at: Sequence[float], labels: Sequence[str]) -> list[float]:
    """Pixels the history must have for each day to be written beside those before it in turn:
    the last, the first, then always the one that has most room."""
    width = LETTER * max(map(len, labels)) + APART
    room = {k: at[-1] - at[k] for k in range(len(at) - 1)}
    least = [0.0] * len(at)
    following = 0
    while room:
        least[following] = width / room.pop(following)
        for k in room:
            room[k] = min(room[k], abs(at[k] - at[following]))
        following = max(room, key=lambda k: room[k], default=0)
    return least


def _names(story: Story, say: Speech) -> Iterator[Row]:
    """What stands at the right end: name and place of the units that are told apart."""
    latest, names = story.history.latest, story.history.names
    lines = [("own", story.unit), *[("named", code) for code in story.named]]
    lines += [("other", story.other)] if story.other else []
    totals = latest.totals
    lines = [(kind, code) for kind, code in lines if code in totals]
    lines.sort(key=lambda item: (latest.places[item[1]], -totals[item[1]], item[1]))
    rows: list[Row] = []
    for kind, code in lines:
        rank = latest.places[code]
        label = say("rank_history.label", rank=rank, name=names[code])
        tip = _tip(story, latest, code, say)
        rows.append({"kind": "name", "line": kind, "place": rank, "label": label, "tip": tip})
    after = story.after
    if after is not None:
        tip = after_words(story, say)
        yield {"kind": "after", "line": "after", "at": 1, "place": after.rank, "tip": tip}
        if after.rank != latest.places.get(story.unit):
            label = say(
                "rank_history.label", rank=after.rank, name=say(f"rank_history.{after.kind}_label")
            )
            name = {"kind": "after_name", "line": "after", "label": label, "tip": tip}
            rows.append(name | {"place": after.rank})
            rows.sort(key=lambda row: int(row["place"]))
    places = [int(row["place"]) for row in rows]
    own = next((k for k, row in enumerate(rows) if row["line"] == "own"), 0)
    spots = spread(places, own, max(LABEL / story.row, 1.0), story.window)
    for row, spot in zip(rows, spots, strict=True):
        yield row | {"to": spot}


def spread(places: Sequence[int], fixed: int, gap: float, bounds: tuple[int, int]) -> list[float]:
    """``places`` (ascending) moved apart to ``gap`` for labels; the one at ``fixed`` stays
    unless an end of the picture pushes it."""
    spots = [float(place) for place in places]
    for k in range(fixed - 1, -1, -1):
        spots[k] = min(spots[k], spots[k + 1] - gap)
    for k in range(fixed + 1, len(spots)):
        spots[k] = max(spots[k], spots[k - 1] + gap)
    low, high = bounds
    for k in range(len(spots)):
        spots[k] = max(spots[k], low + k * gap)
    for k in range(len(spots)):
        last = len(spots) - 1 - k
        spots[last] = min(spots[last], max(high, low + len(spots) * gap) - k * gap)
    return spots


def _ahead(story: Story, say: Speech) -> Iterator[Row]:
    ahead = story.ahead
    if ahead is None:
        return
    tip = ahead_words(ahead, say)
    yield {"kind": "ahead", "label": format_date(ahead.last.isoformat())[:5]}
    for kind, (best, worst) in (("wide", ahead.nearly_sure), ("likely", ahead.likely)):
        yield {"kind": kind, "place": best, "to": worst, "tip": tip}
    best, worst = ahead.nearly_sure
    for kind, end in (("best", best), ("worst", worst)):
        if end != ahead.middle:
            yield {"kind": kind, "place": end, "label": str(end)}
    yield {"kind": "middle", "place": ahead.middle, "label": str(ahead.middle), "tip": tip}


def after_words(story: Story, say: Speech) -> str:
    """What the diamond is; empty without one."""
    after, latest = story.after, story.history.latest
    if after is None:
        return ""
    return say(
        f"rank_history.{after.kind}", rank=after.rank, of=after.of, name=story.name,
        points=say.points(after.total), listed=say.points(latest.totals.get(story.unit)),
        day=format_date(latest.day), last=format_date(after.last),
    )  # fmt: skip


def ahead_words(ahead: PlaceAhead, say: Speech) -> str:
    """What the column on the right says."""
    told: dict[str, Any] = {
        "last": format_date(ahead.last.isoformat()), "middle": ahead.middle, "of": ahead.of,
    }  # fmt: skip
    if ahead.mode is PeersMode.UNCERTAIN:
        for name, (best, worst) in (("likely", ahead.likely), ("wide", ahead.nearly_sure)):
            one = best == worst
            told[name] = best if one else say("rank_history.interval", best=best, worst=worst)
    return say(f"rank_history.ahead_{ahead.mode.value}", **told)


def places_table(story: Story, say: Speech) -> pd.DataFrame:
    """Code, name, place and points of every unit at each reading, by its present place."""
    history = story.history
    now = history.latest.places
    codes = sorted(history.names, key=lambda code: (now.get(code, story.of + 1), code))
    columns: dict[str, Any] = {
        say("tables.code"): codes, say("tables.name"): [history.names[code] for code in codes],
    }  # fmt: skip
    for one, day in zip(history.readings, day_labels(history.readings), strict=True):
        places = [one.places.get(code) for code in codes]
        totals = [one.totals.get(code) for code in codes]
        columns[say("rank_history.rank_on", day=day)] = pd.array(places, dtype="Int64")
        columns[say("rank_history.points_on", day=day)] = [
            None if total is None else total / 100 for total in totals
        ]
    return pd.DataFrame(columns)
