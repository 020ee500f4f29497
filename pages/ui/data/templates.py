"""Workbooks to fill in."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from simulator.presentation.speech import Speech
from simulator.rule_files import load_edition
from simulator.templates import template

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EDITION = "2026-portal"


def draw_templates(say: Speech) -> None:
    """The empty one, and the same with an example."""
    st.subheader(say("data.templates"), anchor=False)
    st.caption(say("data.templates_help"))
    for example in (False, True):
        key = "example" if example else "empty"
        st.download_button(
            say(f"data.template_{key}"), data=lambda example=example: made(say.language, example),
            file_name=say(f"data.template_{key}_file"), mime=WORKBOOK, key=f"template-{key}",
            on_click="ignore", icon=":material/table_view:", width="stretch",
        )  # fmt: skip


@lru_cache(maxsize=4)
def made(language: str, example: bool) -> bytes:
    return template(load_edition(EDITION), language, example)
