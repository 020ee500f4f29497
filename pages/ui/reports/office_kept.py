"""What heads the papers of this session: what was typed for this time, what the office keeps, or
what the unit's name suggests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import streamlit as st

from simulator.errors import SimulatorError
from simulator.presentation.view import View
from simulator.reports.letterhead import from_fields, letterhead_of
from simulator.reports.order import DOCUMENTS, Letterhead, Part
from simulator.store import KeptLetterhead, TemplateEntry, has_store, open_store, store_url
from simulator.store.papers import Papers
from simulator.store.problems import OF_THE_WHOLE

_LETTERHEADS, _TEMPLATES = "office-letterheads", "office-templates"
# Of 5 MB at most.
_CONTENTS = 6
Found = TypeVar("Found")


@dataclass(frozen=True)
class OwnTemplate:
    """A template for this session only."""

    name: str
    content: bytes


def letterhead_of_session(unit: str, language: str) -> Letterhead | None:
    found: dict[tuple[str, str], Letterhead] = st.session_state.get(_LETTERHEADS, {})
    return found.get((unit, language))


def set_letterhead(unit: str, language: str, letterhead: Letterhead | None) -> None:
    """Use ``letterhead`` in this session; None: what is kept, or suggested."""
    found = dict(st.session_state.get(_LETTERHEADS, {}))
    found.pop((unit, language), None)
    st.session_state[_LETTERHEADS] = found | (
        {(unit, language): letterhead} if letterhead else {}
    )  # fmt: skip


def template_of_session(part: Part, language: str) -> OwnTemplate | None:
    found: dict[tuple[Part, str], OwnTemplate] = st.session_state.get(_TEMPLATES, {})
    return found.get((part, language))


def set_template(part: Part, language: str, template: OwnTemplate | None) -> None:
    """Use ``template`` in this session; None: what is kept, or shipped."""
    found = dict(st.session_state.get(_TEMPLATES, {}))
    found.pop((part, language), None)
    st.session_state[_TEMPLATES] = found | ({(part, language): template} if template else {})


def problem() -> SimulatorError | None:
    """Why nothing that is kept can be read, None if it can be, or if nothing is kept."""
    try:
        _asked(Papers.listed)
    except SimulatorError as found:
        return found
    return None


def _asked(read: Callable[[Papers], Found]) -> Found | None:
    # Looking must not create a store.
    return read(open_store().papers) if has_store() else None


def _read(read: Callable[[Papers], Found]) -> Found | None:
    """None where the whole store cannot be used: that is told where the papers are ordered."""
    try:
        return _asked(read)
    except SimulatorError as found:
        if found.code not in OF_THE_WHOLE:
            raise
        return None


def kept_letterhead(unit: str, language: str) -> KeptLetterhead | None:
    """What the office keeps for the unit."""
    return _read(lambda papers: papers.letterhead(unit, language))


def kept_templates(language: str) -> dict[Part, TemplateEntry]:
    """The templates the office keeps."""
    listed = _read(Papers.listed) or ()
    return {Part(one.part): one for one in listed if one.language == language}


def letterhead_for(view: View, language: str) -> Letterhead:
    """Of this session, else as the office keeps it, else as the unit's name suggests."""
    own = letterhead_of_session(view.unit.code, language)
    if own is not None:
        return own
    kept = kept_letterhead(view.unit.code, language)
    return from_fields(kept.fields) if kept else suggested(view, language)


def suggested(view: View, language: str) -> Letterhead:
    return letterhead_of(view.baseline, view.unit, language)


def templates_for(language: str) -> dict[Part, bytes]:
    """The office's own templates, those of this session first.

    :class:`~simulator.errors.DataError` for one that is damaged: nothing else may take its place.
    """
    kept = kept_templates(language)
    found = {}
    for part in DOCUMENTS:
        own = template_of_session(part, language)
        content = own.content if own else content_of(kept[part]) if part in kept else b""
        if content:
            found[part] = content
    return found


def content_of(entry: TemplateEntry) -> bytes:
    """The file; empty if somebody just went back to the shipped template."""
    # By the moment too: whatever took its place meanwhile must not be known by its mark.
    return _content(store_url(), entry.part, entry.language, f"{entry.sha256} {entry.set_at}")


@lru_cache(maxsize=_CONTENTS)
def _content(url: str, part: str, language: str, _mark: str) -> bytes:
    kept = open_store(url).papers.template(part, language)
    return kept.content if kept else b""
