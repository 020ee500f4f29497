"""Scenarios that are shipped: what each would bring to this unit, and the way to try it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import banner, kept, shell, state
from pages.ui.comparing import choice
from pages.ui.library import side_by_side
from pages.ui.library.offers import Offer, offers_for
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

BREAK = "  \n"  # of a line, in Markdown
# What says why nothing comes of it; the other notices are told when it is used.
NOTHING = "preset_nothing"
WHY_NOT = ("preset_unpublished", "preset_no_rates", NOTHING)


def draw_presets(view: View, say: Speech) -> None:
    """One row each, so that they can be compared."""
    offers = offers_for(view.scenario)
    if not offers:
        st.info(say("library.no_presets"))
        return
    unit = literal(view.unit.short_name)
    st.caption(say(f"library.presets_{'ahead' if view.outlook else 'whole'}", unit=unit))
    with st.container(key="library-presets", gap="small"):
        for offer in offers:
            _draw(offer, view, say)


def _draw(offer: Offer, view: View, say: Speech) -> None:
    preset = offer.preset
    about, brought, buttons = st.columns([9, 3.4, 3.2], gap="medium", vertical_alignment="center")
    lines = [f"**{say.name(preset.name)}**", say.name(preset.note)]
    if offer.held:
        names = (say.name(view.edition.lever_by_code[code].name) for code in offer.held)
        lines.append(say("library.held", levers=", ".join(names)))
    about.markdown(BREAK.join(lines))
    brought.markdown(BREAK.join(brought_words(offer, view, say)))
    with buttons.container(horizontal=True, gap="small"):
        if st.button(
            say("library.use"), key=f"library-use-{preset.code}", disabled=not offer.moves,
            help=say("library.use_help"),
        ):  # fmt: skip
            _use(offer, view)
        if offer.moves:
            token = f"{choice.PRESET}{preset.code}"
            side_by_side.draw_button((token,), f"library-compare-{preset.code}", say)


def brought_words(offer: Offer, view: View, say: Speech) -> list[str]:
    """The change, the total and the rank; or why nothing can come of it."""
    if not offer.moves:
        why = [notice for notice in offer.notices if notice.code in WHY_NOT]
        # Why nothing moves is said by the others, where there are any.
        why = [notice for notice in why if notice.code != NOTHING] or why
        reasons = (literal(explain(notice, say.language, view.edition)) for notice in why)
        return [say("library.not_applicable"), *reasons]
    lines = [
        say("library.brings", change=say.points(offer.change, sign=True)),
        say("library.brings_total", total=say.points(offer.total)),
    ]
    after, before = offer.standing, offer.before
    if after is not None:
        key = "brings_rank" if before is not None else "brings_rank_only"
        first = before.rank if before is not None else ""
        lines.append(say(f"library.{key}", before=first, after=after.rank, of=after.of))
    return lines


def _use(offer: Offer, view: View) -> None:
    """Its settings instead of those of the session; locked levers stay, and it can be undone."""
    state.set_scenario(replace(state.scenario(), settings=offer.settings), is_opened=True)
    # It is another scenario, not a version of the one that was open.
    kept.set_opened(None)
    state.forget_link_problems()
    state.forget_entry_problems()
    banner.tell(offer.notices, view.edition)
    shell.go(shell.SIMULATE)
