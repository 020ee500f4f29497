"""The templates of documents: which is used, the file itself, and another one in its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache, partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import permission, who
from pages.ui.reports import office_kept, office_told
from pages.ui.reports.office_kept import OwnTemplate
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.reports.order import DOCUMENTS, Part
from simulator.store import TemplateEntry, open_store
from simulator.store.paper_records import MOST_BYTES, check_size
from simulator.store.records import digest
from simulator.text import explain

PLACE = "templates"
MOST_MB = MOST_BYTES // 2**20
_ROUND, _CHECKED = "office-template-round", "office-template-checked"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class _Checked:
    """``mark``: of which file for which document; ``unused``: tags it leaves out."""

    mark: tuple[str, Part, str]
    unused: tuple[str, ...] = ()
    problem: SimulatorError | None = None


def draw(say: Speech, language: str) -> None:
    """One row for each document, and the field for another template."""
    st.caption(say("office_papers.templates_help"))
    kept = office_kept.kept_templates(language)
    for part in DOCUMENTS:
        _draw_row(part, kept.get(part), say, language)
    office_told.draw(PLACE, say)
    _draw_upload(kept, say, language)


def _draw_row(part: Part, kept: TemplateEntry | None, say: Speech, language: str) -> None:
    own = office_kept.template_of_session(part, language)
    about, buttons = st.columns([5, 4], vertical_alignment="center")
    about.markdown(f"**{say(f'office_papers.part_{part}')}**  \n{_in_use(own, kept, say)}")
    with buttons.container(horizontal=True, gap="small", horizontal_alignment="right"):
        st.download_button(
            say("office_papers.download"), partial(_content, part, own, kept, language),
            file_name=f"{part}-{language}.docx", mime=DOCX, on_click="ignore",
            key=f"office-download-{part}-{language}", icon=":material/download:", type="tertiary",
        )  # fmt: skip
        if own or kept:
            st.button(
                say("office_papers.drop_template_once" if own else "office_papers.shipped_again"),
                key=f"office-shipped-{part}-{language}", type="tertiary",
                on_click=_go_back, args=(part, language, own is not None, say),
                icon=":material/undo:",
            )  # fmt: skip


def _in_use(own: OwnTemplate | None, kept: TemplateEntry | None, say: Speech) -> str:
    if own is not None:
        return say("office_papers.template_of_session", file=literal(own.name))
    if kept is not None:
        when = literal(office_told.when(kept.set_at, kept.set_by, say))
        return say("office_papers.template_kept", file=literal(kept.name), when=when)
    return say("office_papers.template_shipped")


def _content(
    part: Part, own: OwnTemplate | None, kept: TemplateEntry | None, language: str
) -> bytes:
    # Libraries that only few sessions need.
    from simulator.reports.documents.templates import shipped_template

    content = own.content if own else office_kept.content_of(kept) if kept else b""
    return content or shipped_template(part, language)


def _draw_upload(kept: dict[Part, TemplateEntry], say: Speech, language: str) -> None:
    st.markdown(f"**{say('office_papers.replace')}**")
    place = f"{language}-{say.language}-{st.session_state.get(_ROUND, 0)}"
    part = st.radio(
        say("office_papers.replace_which"), DOCUMENTS, horizontal=True,
        format_func=lambda one: say(f"office_papers.part_{one}"), key=f"office-part-{place}",
    )  # fmt: skip
    file = st.file_uploader(
        say("office_papers.upload"), type=["docx"], key=f"office-upload-{place}",
        help=say("office_papers.upload_help", most=MOST_MB), max_upload_size=MOST_MB,
    )  # fmt: skip
    if file is None:
        return
    checked = _checked(file, part, language)
    if checked.problem is not None:
        st.error(literal(explain(checked.problem, say.language)))
        return
    told = "usable_but" if checked.unused else "usable"
    st.info(literal(say(f"office_papers.{told}", file=file.name, tags=", ".join(checked.unused))))
    seen = kept.get(part)
    with st.container(horizontal=True, gap="small"):
        st.button(
            say("office_papers.keep_template"), key=f"office-keep-{place}", type="primary",
            icon=":material/save:", on_click=_keep,
            args=(part, language, file.name, file.getvalue(), seen, say),
        )  # fmt: skip
        st.button(
            say("office_papers.use_once"), key=f"office-once-{place}", on_click=_use_once,
            args=(part, language, file.name, file.getvalue(), say),
            help=say("office_papers.use_once_help"),
        )  # fmt: skip


def _checked(file: UploadedFile, part: Part, language: str) -> _Checked:
    """Once for a file: a dialog is drawn anew with everything that is pressed in it."""
    from simulator.reports.documents.templates import check_template

    content = file.getvalue()
    mark = (digest(content), part, language)
    known: _Checked | None = st.session_state.get(_CHECKED)
    if known is not None and known.mark == mark:
        return known
    try:
        check_size(file.name, content)
        unused = check_template(content, part, language)
        # The day in three parts, which the shipped one leaves out too, is no lack.
        found = _Checked(mark, tuple(it for it in unused if it not in _left_out(part, language)))
    except SimulatorError as problem:
        found = _Checked(mark, problem=problem)
    st.session_state[_CHECKED] = found
    return found


@lru_cache
def _left_out(part: Part, language: str) -> tuple[str, ...]:
    """Tags that the shipped template does not use."""
    from simulator.reports.documents.templates import check_template, shipped_template

    return check_template(shipped_template(part, language), part, language)


def _keep(
    part: Part, language: str, name: str, content: bytes, seen: TemplateEntry | None, say: Speech
) -> None:
    try:
        permission.require()
        before = open_store().papers.set_template(part, language, name, content, who.actor())
    except SimulatorError as problem:
        office_told.refuse(PLACE, problem)
        return
    office_kept.set_template(part, language, None)
    _anew()
    if before is not None and before != seen:
        when = office_told.when(before.set_at, before.set_by, say)
        office_told.warn(PLACE, say("office_papers.template_replaced", file=before.name, when=when))
    else:
        office_told.tell(PLACE, say("office_papers.template_was_kept", file=name))


def _use_once(part: Part, language: str, name: str, content: bytes, say: Speech) -> None:
    office_kept.set_template(part, language, OwnTemplate(name, content))
    _anew()
    office_told.tell(PLACE, say("office_papers.template_used", file=name))


def _go_back(part: Part, language: str, is_once: bool, say: Speech) -> None:
    """What is for this time only goes first; then the office's own, which others use too."""
    try:
        if not is_once:
            permission.require()
            open_store().papers.clear_template(part, language, who.actor())
    except SimulatorError as problem:
        office_told.refuse(PLACE, problem)
        return
    office_kept.set_template(part, language, None)
    done = "template_once_dropped" if is_once else "template_back"
    office_told.tell(PLACE, say(f"office_papers.{done}"))


def _anew() -> None:
    """An empty field for the next file."""
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
