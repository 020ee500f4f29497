"""What the session asks of its reports, and the order that comes of it; nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from pages.ui import kept, state, who
from pages.ui.comparing.offered import is_something
from pages.ui.horizon import today
from pages.ui.reports import office
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports.order import DOCUMENTS, Order, Part
from simulator.store import NewVersion
from simulator.store.scenario_records import MOST_NAME

_ASKED = "asked-report"
# Beside the one of now.
MOST_OTHERS = 3


@dataclass(frozen=True)
class Asked:
    """``others``: marks of saved versions, alternatives to the scenario of now; ``language``
    empty: that of the screen; ``day`` None: today."""

    parts: tuple[Part, ...] = (Part.PAPER, Part.PAGE, Part.WORKBOOK)
    others: tuple[str, ...] = ()
    language: str = ""
    day: date | None = None
    with_pdf: bool = False

    @property
    def has_documents(self) -> bool:
        return any(part in DOCUMENTS for part in self.parts)


def asked() -> Asked:
    found: Asked = st.session_state.get(_ASKED, Asked())
    return found


def change(**given: Any) -> None:
    """Ask for something else from now on."""
    st.session_state[_ASKED] = replace(asked(), **given)


def with_part(part: Part, is_wanted: bool) -> None:
    """Parts stay in the order in which they are offered."""
    wanted = {*asked().parts, part} if is_wanted else {*asked().parts} - {part}
    change(parts=tuple(one for one in Part if one in wanted))


def content_of_now(view: View, say: Speech) -> NewVersion:
    """The session's scenario with the name it has, or one that says it has none."""
    before = kept.opened()
    if before is None:
        key = "unsaved" if is_something(view) else "present"
        return kept.content_of_now(say(f"reports.{key}"), who.name(), "")
    content = before.content
    name = content.name
    if kept.is_changed():
        name = say("reports.changed_since", name=name)[:MOST_NAME]
    return kept.content_of_now(name, content.author, content.note)


def others_of(view: View) -> tuple[NewVersion, ...]:
    """The alternatives as they were saved; what is gone, or follows other rules, is left out."""
    found = (kept.version_of(mark) for mark in asked().others)
    return tuple(
        one.content for one in found if one is not None and one.content.edition == view.edition.code
    )


def order_of_now(view: View, say: Speech) -> Order:
    """What is ordered if somebody presses the button now."""
    wanted, in_language = asked(), language()
    templates = office.templates_for(in_language) if wanted.has_documents else {}
    return Order(
        chosen=(content_of_now(view, say), *others_of(view)), parts=wanted.parts,
        language=in_language, day=order_day(),
        letterhead=office.letterhead_for(view, in_language),
        with_pdf=wanted.with_pdf and wanted.has_documents,
        templates={part: one for part, one in templates.items() if part in wanted.parts},
    )  # fmt: skip


def language() -> str:
    """The language reports are made in."""
    return asked().language or state.language()


def order_day() -> date:
    """The day documents bear."""
    return asked().day or today()
