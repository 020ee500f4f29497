"""Own effort values back to the examples, out as a file, and in from one."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from pages.ui import moves
from pages.ui.view import current
from simulator.effort_files import OwnEffort, RowProblem, read_own, write_own
from simulator.errors import DataError
from simulator.presentation.effort import own_of, with_own
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

MOST_MEGABYTES = 1
# Whoever has so many mistakes has another file in hand.
MOST_TOLD = 10


def draw_transfer(view: View, say: Speech) -> None:
    """Reset, download and upload of the own hours and capacities."""
    asked = view.scenario
    reset, download, _ = st.columns([2, 2, 3])
    reset.button(
        say("effort.reset"), key="effort-reset", on_click=_reset, help=say("effort.reset_help"),
        disabled=not (asked.hours or asked.per_month), width="stretch",
    )  # fmt: skip
    download.download_button(
        say("effort.download"), data=lambda: write_own(own_of(view), view.edition, say.language),
        file_name=say("effort.file_name"), mime="text/csv", key="effort-download",
        on_click="ignore", help=say("effort.download_help"), width="stretch",
        icon=":material/download:",
    )  # fmt: skip
    file = st.file_uploader(
        say("effort.upload"), type="csv", help=say("effort.upload_help"),
        key=f"effort-file-{view.baseline.id}-{view.unit.code}", max_upload_size=MOST_MEGABYTES,
    )  # fmt: skip
    if file is not None:
        draw_file(view, file.name, file.getvalue(), say)


def _reset() -> None:
    moves.plan_with(replace(current().scenario, hours=(), per_month=()))


def draw_file(view: View, name: str, content: bytes, say: Speech) -> None:
    """What is wrong in the file, or the way to use it."""
    try:
        own, problems = read_own(content, name, view.edition)
    except DataError as error:
        st.error(literal(explain(error, say.language, view.edition)))
        return
    if problems:
        st.error(literal(problem_words(view, problems, say)))
        return
    used = with_own(view, own)
    if used == view.scenario:
        st.success(say("effort.file_used"))
        return
    counts = {"hours": len(own.hours), "months": len(own.per_month)}
    st.info(say("effort.file_ready", **counts))
    st.button(say("effort.file_use"), key="effort-file-use", on_click=_use, args=(own,))


def _use(own: OwnEffort) -> None:
    moves.plan_with(with_own(current(), own))


def problem_words(view: View, problems: tuple[RowProblem, ...], say: Speech) -> str:
    """One line for each row that cannot be used, and that nothing was taken."""
    lines = [say("effort.file_wrong", count=len(problems))]
    for problem in problems[:MOST_TOLD]:
        column = say(f"effort.{problem.column}") if problem.column else ""
        why = explain(problem.error, say.language, view.edition)
        if column:
            lines.append(say("effort.file_cell", line=problem.line, column=column, why=why))
        else:
            lines.append(say("effort.file_row", line=problem.line, why=why))
    if len(problems) > MOST_TOLD:
        lines.append(say("effort.file_more", count=len(problems) - MOST_TOLD))
    return "\n\n".join(lines)
