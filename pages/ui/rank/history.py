"""*Diễn biến thứ hạng*: the ranks of a list over time, and the place on the day looked at."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.ui import draw
from pages.ui.rank.history_rows import after_words, ahead_words, chart_rows, places_table
from pages.ui.rank.story import EACH_SIDE, WHOLE, After, Story
from simulator.numbers import format_date, format_number
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank_history import place_ahead, rank_history
from simulator.search import folded

ROW_HEIGHT, MOST_ROWS = 35, 12


def draw_history(view: View, say: Speech) -> None:
    """Title, chart and table; a sentence where there is only one reading, and nothing at all for
    a unit that is not ranked."""
    story = story_of(view)
    if story is None:
        return
    st.subheader(say("rank_history.title"), anchor=False)
    if len(story.history.readings) == 1:
        day = format_date(story.history.latest.day)
        st.info(say("rank_history.one_reading", day=day))
        return
    story = replace(story, other=_compared(view, story, say))
    count = len(story.history.readings)
    draw.chart(
        "bump", chart_rows(story, say), say, "",
        say("rank_history.alt", name=story.name, count=count), story.height,
    )  # fmt: skip
    st.caption(literal(legend(story, say)))
    with st.expander(say("rank_history.table")):
        _table(view, story, say)


def story_of(view: View) -> Story | None:
    """What there is to tell of the unit looked at; None without peers or readings."""
    if view.peers is None or view.unit.pool is None:
        return None
    history = rank_history(view.peers, view.unit.pool)
    if history is None:
        return None
    state, after = view.projection.after, None
    listed = history.latest.totals.get(view.unit.code)
    if state.total is not None and state.standing is not None and state.total != listed:
        after = After(state.standing.rank, state.standing.of, state.total, *_kind(view))
    ahead = place_ahead(view.rank_ahead, state.total)
    name = view.unit.short_name
    return Story(history, view.unit.code, name, after=after, ahead=ahead)


def _kind(view: View) -> tuple[str, str]:
    """Why the unit stands elsewhere than in the list, and the day it looks to."""
    if view.outlook is not None:
        return "until", view.outlook.period.last.isoformat()
    return ("after" if view.changed else "own_figures"), ""


def _compared(view: View, story: Story, say: Speech) -> str | None:
    """One more unit, chosen on the screen only: it is no part of the scenario."""
    names = story.history.names
    others = sorted(names.keys() - {story.unit}, key=lambda code: (folded(names[code]), code))
    chosen: str | None = st.selectbox(
        say("rank_history.compare"),
        others, index=None, format_func=lambda code: f"{names[code]} · {code}",
        placeholder=say("rank_history.compare_none"),
        key=f"rank-compare-{say.language}-{view.baseline.id}-{story.unit}", width=420,
    )  # fmt: skip
    return chosen


def legend(story: Story, say: Speech) -> str:
    """What the lines, the diamond and the column are."""
    said = [say("rank_history.legend", name=story.name, each=EACH_SIDE)]
    if story.of > WHOLE:
        first, last = story.window
        fields = {"first": first, "last": last, "of": story.of, "name": story.name}
        said.append(say("rank_history.window", faint=len(story.faint), **fields))
    listed = [one.places.keys() for one in story.history.readings]
    if story.of > WHOLE or any(codes != listed[-1] for codes in listed):
        said.append(say("rank_history.gap"))
    said.append(after_words(story, say))
    said.append(ahead_words(story.ahead, say) if story.ahead else "")
    return " ".join(sentence for sentence in said if sentence)


def _table(view: View, story: Story, say: Speech) -> None:
    """Every unit at each reading; the own row and the compared one stand out."""
    table = places_table(story, say)
    marked = {story.unit, story.other}

    def highlight(row: pd.Series) -> list[str]:
        mine = row.iloc[0] in marked
        return [
            "font-weight: 700; background-color: rgba(43, 108, 176, 0.18)" if mine else ""
        ] * len(row)

    def points(value: float) -> str:
        return format_number(value, say.decimals, say.language)

    shown = table.style.format(
        dict.fromkeys(table.select_dtypes("float").columns, points), na_rep=say("unit.unknown")
    ).apply(highlight, axis=1)
    height = ROW_HEIGHT * (min(len(table), MOST_ROWS) + 1) + 3
    unknown = say("unit.unknown")
    st.dataframe(shown, hide_index=True, height=height, placeholder=unknown)
    draw.download(table, say, "rank-history", view)
