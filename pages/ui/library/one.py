"""The chosen scenario: what it is, what it changes, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from pages.ui import dialogs, kept, opening, permission, shell
from pages.ui.library import changing, listing, side_by_side, words
from pages.ui.library.listing import Row
from simulator import scenario_files
from simulator.errors import SimulatorError
from simulator.numbers import format_date, format_points
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import KeptScenario, NewVersion, Version
from simulator.store.scenario_records import MOST_NAME
from simulator.text import explain


def draw_one(row: Row, say: Speech) -> None:
    """Everything about ``row``, with its actions."""
    with st.container(border=True, key="library-one"):
        st.subheader(literal(words.one_line(row.content.name)), anchor=False)
        _actions(row.kept, say)
        draw_content(row.content, say, _kept_words(row.kept, say))


def _kept_words(one: KeptScenario, say: Speech) -> Sequence[str]:
    when = words.when(one.newest.saved_at)
    lines = [say("library.saved", when=when, number=one.newest.number)]
    if one.archived_at is not None:
        lines.append(say("library.archived_at", when=words.when(one.archived_at)))
    return lines


def draw_content(content: NewVersion, say: Speech, more: Sequence[str] = ()) -> None:
    """Note, origin, what it showed, what it changes and what has to be known; ``more`` lines on
    how it is kept. Of the store or of a file: names are never formatting."""
    if content.note.strip():
        st.text(content.note.strip())
    st.text("\n".join([*_origin(content, say), *more]))
    st.text(
        "\n".join([say("library.changes"), *(f"• {line}" for line in words.changes(content, say))])
    )
    for doubt in words.doubts(content):
        sentence = literal(explain(doubt, say.language))
        if isinstance(doubt, SimulatorError):
            st.warning(sentence)
        else:
            st.info(sentence)


def _origin(content: NewVersion, say: Speech) -> list[str]:
    about = listing.about_of(content)
    title = content.baseline if about.title is None else say.name(about.title)
    day = format_date(about.captured_at)
    lines = [
        say("library.of_unit", unit=about.unit_name),
        say("library.made_by", author=content.author or say("saving.nobody")),
        say("library.made_on", title=title, day=day) if day
        else say("library.made_on_unknown", title=title),
    ]  # fmt: skip
    if content.total is not None:
        total = format_points(content.total, about.decimals, say.language)
        key = "showed" if content.place is None else "showed_rank"
        rank = words.rank(content, say)
        lines.append(say(f"library.{key}", total=total, rank=rank))
    return lines


def open_version(version: Version) -> None:
    """Put it into the session; where its figures are gone the frame tells so."""
    if opening.open_version(version):
        shell.go(shell.SIMULATE)
    st.rerun()


def _actions(one: KeptScenario, say: Speech) -> None:
    version = one.newest
    with st.container(horizontal=True, gap="small", key="library-actions"):
        if st.button(
            say("library.open"), key=f"library-open-{one.id}", type="primary",
            icon=":material/login:",
        ):  # fmt: skip
            open_version(version)
        side_by_side.draw_button((kept.mark(version),), f"library-compare-{one.id}", say)
        copy = say("saving.copy_of", name=version.content.name)[:MOST_NAME]
        _with_name("duplicate", copy, version, partial(changing.duplicate, version.content), say)
        _with_name("rename", version.content.name, version, partial(changing.rename, one), say)
        st.download_button(
            say("library.file"), data=partial(scenario_files.written, version.content,
                                              version.saved_at),
            file_name=scenario_files.file_name(version.content), mime="application/json",
            key=f"library-file-{kept.mark(version)}", on_click="ignore",
            icon=":material/download:",
        )  # fmt: skip
        is_archived = one.archived_at is not None
        st.button(
            say("library.unarchive" if is_archived else "library.archive"),
            key=f"library-archive-{one.id}", args=(one,),
            on_click=changing.unarchive if is_archived else changing.archive,
            help=say("library.archive_help"),
        )  # fmt: skip
        st.button(
            say("library.delete"), key=f"library-delete-{one.id}", on_click=changing.delete,
            args=(one,), icon=":material/delete:",
        )  # fmt: skip


def _with_name(
    what: str, suggested: str, version: Version, do: Callable[[str], bool], say: Speech
) -> None:
    """An action that asks for a name; its field is another one for every version."""
    place = f"{what}-{kept.mark(version)}-{say.language}"
    # The button is the same one after a new version: the keyboard comes back to it.
    button = f"library-{what}-{version.scenario_id}"

    def content() -> None:
        permission.draw(say, f"-{what}")
        # A form: Enter is enough.
        with st.form(f"library-form-{place}", border=False):
            name = st.text_input(
                say("saving.name"), suggested, key=f"library-name-{place}", max_chars=MOST_NAME
            )
            pressed = st.form_submit_button(
                say(f"library.{what}_do"), key=f"library-do-{place}", type="primary"
            )
        if pressed and do(name.strip()):
            dialogs.done()
        changing.draw_problem(say)

    dialogs.behind_button(button, say(f"library.{what}"), content)
