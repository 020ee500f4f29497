"""The form that saves the session's scenario: as a new version, or as a new scenario."""

from __future__ import annotations

import streamlit as st

from pages.ui import banner, dialogs, kept, permission, state, who
from pages.ui.banner import Banner
from pages.ui.view import current
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.store import NewVersion, Saved, Version, open_store
from simulator.store.scenario_records import MOST_AUTHOR, MOST_NAME, MOST_NOTE
from simulator.text import explain

VERSION, SCENARIO = "version", "scenario"


def draw_form(say: Speech) -> None:
    """The fields and the button; what is typed survives whatever goes wrong."""
    view = current()
    first = st.container()
    before = kept.opened()
    way = _way(before, say)
    # Another version, another field: what was typed for one is not the name of another.
    place = f"{view.baseline.id}-{view.unit.code}-{kept.mark(before) if before else ''}-{way}"
    with st.form(f"save-{place}", border=False):
        content = _asked(before, way, place, say)
        st.caption(f"{_shows(view, say)} {say('saving.where')}")
        pressed = st.form_submit_button(
            say("saving.save"), type="primary", icon=":material/save:", key=f"save-do-{place}"
        )
    if pressed:
        _save(content, before if way == VERSION else None, say)
    # Drawn last: it may have been found only now that a PIN is needed.
    with first:
        permission.draw(say, "-saving")


def _way(before: Version | None, say: Speech) -> str:
    """Whether it becomes a version of what is open; asked where something is."""
    if before is None:
        return SCENARIO
    ways = {
        VERSION: say("saving.as_version", name=literal(before.content.name)),
        SCENARIO: say("saving.as_new"),
    }
    if not kept.is_changed():
        st.caption(say("saving.unchanged", number=before.number))
    chosen: str = st.radio(
        say("saving.way"), list(ways), format_func=ways.__getitem__,
        key=f"save-way-{kept.mark(before)}-{say.language}", label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _asked(before: Version | None, way: str, place: str, say: Speech) -> NewVersion:
    content = before.content if before else None
    # Somebody may have given it another name since: that one stays.
    name = kept.newest_of(before).content.name if before else ""
    if content is not None and way == SCENARIO:
        name = say("saving.copy_of", name=name)[:MOST_NAME]
    left, right = st.columns([3, 2])
    named = left.text_input(
        say("saving.name"), name, key=f"save-name-{place}", max_chars=MOST_NAME,
        placeholder=say("saving.name_example"),
    )  # fmt: skip
    author = right.text_input(
        say("saving.author"), who.name(), key=f"save-author-{place}", max_chars=MOST_AUTHOR,
        placeholder=say("saving.author_example"), help=say("saving.author_help"),
    )  # fmt: skip
    note = st.text_area(
        say("saving.note"), content.note if content else "", key=f"save-note-{place}",
        max_chars=MOST_NOTE, height=68,
    )  # fmt: skip
    return kept.content_of_now(named, author, note)


def _shows(view: View, say: Speech) -> str:
    after = view.projection.after
    fields = {"unit": literal(view.unit.short_name), "total": say.points(after.total)}
    if after.standing is None:
        return say("saving.shows", **fields)
    return say("saving.shows_rank", rank=after.standing.rank, of=after.standing.of, **fields)


def _save(content: NewVersion, before: Version | None, say: Speech) -> None:
    if content.author:
        who.set_name(content.author)
    client = who.actor(content.author).client
    try:
        permission.require()
        scenarios = open_store().scenarios
        if before is None:
            saved = Saved(scenarios.create(content, client))
        else:
            saved = scenarios.save(before.scenario_id, content, before.number, client)
    except SimulatorError as problem:
        st.error(literal(explain(problem, say.language)))
        return
    kept.set_opened(saved.version)
    state.forget_link_problems()
    dialogs.close()
    if saved.meanwhile or saved.was_deleted or saved.was_archived:
        banner.show(Banner(saved=saved))
    else:
        fields = {"name": literal(saved.version.content.name), "number": saved.version.number}
        st.toast(say("saving.saved", **fields), duration="long")
    # Closes the dialog; the frame tells what became of it.
    st.rerun()
