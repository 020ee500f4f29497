"""How the plan is divided: among whose figures, which units, in which way."""

from __future__ import annotations

import streamlit as st

from pages.ui.dividing import by_hand
from pages.ui.following import follow
from pages.ui.view import current
from simulator.allocation_links import Division
from simulator.allocation_table import Way
from simulator.allocation_units import units_below
from simulator.baseline import Baseline
from simulator.numbers import format_date
from simulator.period import captured_moment
from simulator.presentation.dividing.found import LEVELS, listed_of, lists_of
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def draw_controls(view: View, division: Division, say: Speech) -> None:
    """One row of controls, and what the chosen way means; the session follows them."""
    lists = lists_of(view.baseline.id, view.unit.code)
    listed = listed_of(view, division)
    with st.container(horizontal=True, vertical_alignment="bottom", key="dividing-controls"):
        if len(lists) > 1:
            _list(view, lists, listed, say)
        _level(view, listed, division, say)
        _way(division, say)
        _rest(division, say)
    lines = [say(f"dividing.way_{division.way}_how")]
    if len(lists) == 1:
        lines.append(literal(say("dividing.one_list", **_about(view, listed, say))))
    when, own = (format_date(one.captured_at)[:10] for one in (listed, view.baseline))
    if when and own and when != own:
        key = "other_day" if view.outlook is None or _is_newer(listed, view) else "other_day_ahead"
        lines.append(f":orange[{say(f'dividing.{key}', when=when, own=own)}]")
    st.caption("  \n".join(lines))


def _is_newer(listed: Baseline, view: View) -> bool:
    read, own = listed.captured_at, view.baseline.captured_at
    return captured_moment(read) > captured_moment(own)


def _about(view: View, listed: Baseline, say: Speech) -> dict[str, object]:
    return {
        "title": say.name(listed.title), "count": len(units_below(listed, view.unit.code)),
        "when": format_date(listed.captured_at) or say("unit.unknown"),
    }  # fmt: skip


def _list(view: View, lists: tuple[Baseline, ...], listed: Baseline, say: Speech) -> None:
    titles = {one.id: say("dividing.list_title", **_about(view, one, say)) for one in lists}
    # The browser sends labels, so other labels are another picker.
    place = "-".join([view.baseline.id, view.unit.code, *titles, say.language])
    key = follow(f"dividing-list-{place}", listed.id)
    st.selectbox(
        say("dividing.list"), list(titles), list(titles).index(listed.id), key=key,
        format_func=titles.__getitem__,
        on_change=_listed, args=(key, lists[0].id), width=420,
    )  # fmt: skip


def _listed(key: str, nearest: str) -> None:
    chosen = st.session_state[key]
    by_hand.choose(current().scenario, listed="" if chosen == nearest else chosen)


def _level(view: View, listed: Baseline, division: Division, say: Speech) -> None:
    there = {unit.level for unit in units_below(listed, view.unit.code)}
    levels = ["", *(level for level in LEVELS if level in there)]
    if len(levels) < 3 and not division.level:
        return
    key = follow(f"dividing-level-{'-'.join(levels)}-{say.language}", division.level)
    st.segmented_control(
        say("dividing.level"), levels, key=key, default=division.level, required=True,
        on_change=_changed, args=(key, "level"),
        format_func=lambda level: say(f"dividing.level_{level or 'all'}"),
    )  # fmt: skip


def _way(division: Division, say: Speech) -> None:
    key = follow(f"dividing-way-{say.language}", division.way)
    st.segmented_control(
        say("dividing.way"), list(Way), key=key, default=division.way, required=True,
        on_change=_changed, args=(key, "way"), format_func=lambda way: say(f"dividing.way_{way}"),
    )  # fmt: skip


def _rest(division: Division, say: Speech) -> None:
    key = follow("dividing-rest", division.with_rest)
    st.toggle(
        say("dividing.with_rest"), division.with_rest, key=key, on_change=_changed,
        args=(key, "with_rest"), help=say("dividing.with_rest_help"),
    )  # fmt: skip


def _changed(key: str, name: str) -> None:
    # No choice at all: a browser that draws the page anew meanwhile.
    if st.session_state[key] is not None:
        by_hand.choose(current().scenario, **{name: st.session_state[key]})
