"""What a check found, worst first: every sentence says what, where and what to do."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from pages.ui import draw
from simulator.checks import Level, Report
from simulator.presentation.speech import Speech
from simulator.rules import Edition

# Enough to see what kind of mistake it is; all of them can be downloaded.
SHOWN = 40


def draw_findings(report: Report, edition: Edition, say: Speech) -> None:
    """Three lists; nothing found is said too."""
    if not report.findings:
        st.success(say("data.nothing_found"))
        return
    for level in Level:
        found = report.of(level)
        if not found:
            continue
        title = say(f"data.level_{level.value}", count=len(found))
        with st.expander(title, expanded=level is not Level.NOTE, icon=ICONS[level]):
            sentences = [finding.sentence(say.language, edition) for finding in found[:SHOWN]]
            items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
            st.html(f'<ul class="findings findings-{level.value}">{items}</ul>')
            if len(found) > SHOWN:
                st.caption(say("data.more_findings", count=len(found) - SHOWN))
    draw.download(_table(report, edition, say), say, "findings")


ICONS = {
    Level.WRONG: ":material/block:",
    Level.DOUBTFUL: ":material/help:",
    Level.NOTE: ":material/info:",
}


def _table(report: Report, edition: Edition, say: Speech) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                say("data.column_level"): say(f"data.level_name_{finding.level.value}"),
                say("data.column_finding"): finding.sentence(say.language, edition),
            }
            for finding in report.findings
        ]
    )
