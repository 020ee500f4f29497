"""Draws what the frame has to say of what was just opened or saved (:mod:`pages.ui.banner`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from pages.ui import banner, kept, opening, written
from pages.ui.banner import Banner
from pages.ui.comparing import choice
from pages.ui.data.comparison import change_of, count_table, points_of
from pages.ui.version_words import version_words
from simulator import library
from simulator.baseline import Baseline
from simulator.changes import UnitChange
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.scenario_opening import Opened, what_changed
from simulator.store import Saved
from simulator.text import explain

MOST_LINES = 2


def draw(view: View, say: Speech, to_comparison: Callable[[], None]) -> None:
    """One box, until it is put away or the session goes to other figures or another unit.

    ``to_comparison`` goes to the screen that lays scenarios side by side.
    """
    shown = banner.banner()
    if shown is None:
        return
    with st.container(key="banner"):
        if shown.saved is not None:
            _draw_saved(shown.saved, say, to_comparison)
        if shown.said and shown.edition is not None:
            _draw_said(shown, say)
        if shown.opened is not None:
            _draw_opened(shown, shown.opened, view, say)


def _draw_saved(saved: Saved, say: Speech, to_comparison: Callable[[], None]) -> None:
    """What others did while this was made: theirs and this are both there."""
    lines = [say("saving.saved", name=saved.version.content.name, number=saved.version.number)]
    if saved.was_deleted:
        lines.append(say("saving.was_deleted"))
    elif saved.was_archived:
        lines.append(say("saving.was_archived"))
    if saved.meanwhile:
        others = "; ".join(version_words(version, say) for version in saved.meanwhile)
        lines.append(say("saving.meanwhile", others=others))
    st.warning(literal(" ".join(lines)))
    with st.container(horizontal=True):
        if saved.meanwhile:
            newest = saved.meanwhile[-1]
            if st.button(say("saving.compare_both"), key="compare-both", type="primary"):
                choice.set_tokens((kept.mark(saved.version), kept.mark(newest)))
                banner.put_away()
                to_comparison()
            st.button(
                say("saving.open_other", number=newest.number), key="open-other",
                on_click=opening.open_version, args=(newest,),
            )  # fmt: skip
        st.button(say("saving.put_away"), key="put-away", on_click=banner.put_away)


def _draw_said(shown: Banner, say: Speech) -> None:
    """The first lines; the others can be opened, so that the figures stay where they are."""
    lines = [literal(explain(one, say.language, shown.edition)) for one in shown.said]
    words, away = st.columns([8, 1], vertical_alignment="center")
    with words:
        st.info("\n\n".join(lines[:MOST_LINES]))
        if len(lines) > MOST_LINES:
            with st.expander(say("saving.more_lines", count=len(lines) - MOST_LINES)):
                st.markdown("\n".join(f"* {line}" for line in lines[MOST_LINES:]))
    away.button(
        say("saving.put_away"), key="put-away", on_click=banner.put_away, type="tertiary"
    )  # fmt: skip


def _draw_opened(shown: Banner, opened: Opened, view: View, say: Speech) -> None:
    name = opened.content.name
    problems = opened.problems if opened.scenario is None else ()
    lines = [explain(one, say.language, view.edition) for one in (*problems, *opened.notices)]
    if name:
        lines = [say("saving.opened", name=name), *lines]
    draw_lines = st.info if opened.scenario else st.warning
    draw_lines("\n\n".join(map(literal, lines)))
    buttons = st.container(horizontal=True)
    with buttons:
        if opened.newer is not None:
            st.button(
                _to_newer_label(opened, say), key="to-newer", on_click=opening.to_newer,
                icon=":material/update:",
            )  # fmt: skip
        if shown.made_on is not None:
            st.button(
                say("saving.to_own", when=_read(_baseline(shown.made_on))), key="to-own",
                on_click=opening.to_own, icon=":material/history:",
            )  # fmt: skip
        keep = "keep_own" if opened.newer and opened.scenario else "put_away"
        st.button(say(f"saving.{keep}"), key="put-away", on_click=banner.put_away)
    _draw_changes(shown, opened, say)


def _to_newer_label(opened: Opened, say: Speech) -> str:
    when = _read(library.unbroken(opened.newer or ""))
    return say("saving.to_newer" if opened.scenario else "saving.to_nearest", when=when)


def _read(baseline: Baseline | None) -> str:
    return format_date(baseline.captured_at) if baseline is not None else ""


def _baseline(opened: Opened) -> Baseline | None:
    """The figures it is shown on; None where it is not, or somebody deleted them meanwhile."""
    return None if opened.scenario is None else library.unbroken(opened.scenario.baseline)


def _draw_changes(shown: Banner, opened: Opened, say: Speech) -> None:
    """What differs for the unit between the figures it was made on and the newer ones."""
    try:
        if shown.made_on is not None:
            before, after = _baseline(shown.made_on), _baseline(opened)
        else:
            before = _baseline(opened)
            after = library.unbroken(opened.newer) if opened.newer else None
        if before is None or after is None:
            return
        box = st.expander(say("saving.changes"), key="banner-changes", on_change="rerun")
        if not box.open:
            return
        found = what_changed(before, after, opened.content.unit)
    except SimulatorError as problem:
        st.caption(literal(explain(problem, say.language)))
        return
    with box:
        for notice in found.notices:
            st.caption(literal(explain(notice, say.language)))
        spoken = Speech(say.language, after.edition.decimals)
        days = _read(before) or say("data.before"), _read(after) or say("data.after")
        st.dataframe(
            _table(found.units[0], after, days, spoken), hide_index=True,
            placeholder=say("unit.unknown"),
        )  # fmt: skip
        if found.units[0].counts:
            written.show(count_table(found.units[0], after.edition, say), say)


def _table(unit: UnitChange, after: Baseline, days: tuple[str, str], say: Speech) -> Styler:
    """The total, and the groups that moved, on both days."""
    pairs = {say("tables.total"): unit.total} | {
        say.name(group.name): unit.groups[group.code] for group in after.edition.groups
    }
    change = say("tables.change_points")
    rows = [
        {
            say("tables.name"): name,
            days[0]: points_of(pair[0]), days[1]: points_of(pair[1]), change: change_of(pair),
        }
        for name, pair in pairs.items()
        if pair[0] != pair[1] or pair is unit.total
    ]  # fmt: skip

    def written(value: float, sign: bool = False) -> str:
        return say.points(round(100 * value), sign=sign)

    style = pd.DataFrame(rows).style.format(written, subset=list(days), na_rep=say("unit.unknown"))
    return style.format(partial(written, sign=True), subset=[change], na_rep=say("unit.unknown"))
