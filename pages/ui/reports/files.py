"""The files of a report: one to fetch them all, each alone, with their sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePosixPath

import streamlit as st

from simulator.errors import DataError
from simulator.numbers import format_number
from simulator.presentation.literal import literal, unbroken
from simulator.presentation.speech import Speech
from simulator.reports.made import File
from simulator.reports.worker import Ticket
from simulator.reports.worker_states import Done

OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
    ".zip": "application/zip",
}
# What people read and sign stands in the list itself, what goes with it in a box.
READ = (".docx", ".pdf", ".xlsx")
MOST_ROWS = 12


def draw_files(ticket: Ticket, made: Done, say: Speech) -> None:
    """All files: the archive first, then what one reads, then pictures and tables."""
    names = [file.name for file in made.files]
    with st.container(key="report-files", gap="small"):
        st.download_button(
            say("reports.all_files", count=len(names), size=_size(made.archive, say)),
            data=partial(_content, ticket, None), file_name=made.archive.name, mime=TYPES[".zip"],
            key=f"report-zip-{ticket.key}", on_click="ignore", type="primary",
            icon=":material/folder_zip:",
        )  # fmt: skip
        read = [name for name in names if _ending(name) in READ][:MOST_ROWS]
        _draw_rows(ticket, made.files, read, say)
        others = [name for name in names if name not in read]
        if others:
            box = st.expander(
                say("reports.other_files", count=len(others)), key=f"report-others-{ticket.key}",
                on_change="rerun",
            )  # fmt: skip
            if box.open:
                with box:
                    _draw_rows(ticket, made.files, others, say)


def _draw_rows(ticket: Ticket, files: Sequence[File], names: Sequence[str], say: Speech) -> None:
    for number, file in enumerate(files):
        if file.name in names:
            data: Callable[[], bytes] = partial(_content, ticket, number)
            st.download_button(
                f"{literal(file.name)} · {_size(file, say)}", data=data,
                file_name=PurePosixPath(file.name).name,
                mime=TYPES.get(_ending(file.name), "application/octet-stream"),
                key=f"report-file-{ticket.key}-{number}", on_click="ignore", type="tertiary",
                icon=":material/download:",
            )  # fmt: skip


def _content(ticket: Ticket, number: int | None) -> bytes:
    """Looked up when it is asked for: what a browser shows must not keep it in memory."""
    state = ticket.state
    if not isinstance(state, Done):
        raise DataError("report_gone")
    return (state.archive if number is None else state.files[number]).content


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _size(file: File, say: Speech) -> str:
    """In kilobytes, from one megabyte in those."""
    kilobytes = len(file.content) / 1000
    if kilobytes < 1000:
        return unbroken(say("reports.kilobytes", size=say.count(max(round(kilobytes), 1))))
    megabytes = format_number(kilobytes / 1000, 1, say.language)
    return unbroken(say("reports.megabytes", size=megabytes))
