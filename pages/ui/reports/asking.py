"""The choices: which scenarios, which parts, in which language, of which day, signed by whom."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from pages.ui import kept
from pages.ui.comparing.offered import kept_scenarios, labels
from pages.ui.following import follow
from pages.ui.reports import asked, office
from pages.ui.reports.asked import MOST_OTHERS, content_of_now
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reports.documents.pdf import converter
from simulator.reports.order import Part
from simulator.store import KeptScenario
from simulator.text import LANGUAGES, explain


def draw_whose(view: View, say: Speech) -> None:
    """Which scenarios, and what the papers look like; the session keeps what is chosen."""
    st.subheader(say("reports.of_what"), anchor=False)
    _draw_now(view, say)
    _draw_others(view, say)
    st.subheader(say("reports.how"), anchor=False)
    _draw_language(say)
    _draw_day(say)
    office.draw_button(view, say, asked.language())


def draw_parts(say: Speech) -> None:
    """What the report consists of."""
    st.subheader(say("reports.parts"), anchor=False)
    with st.container(key="report-parts", gap="small"):
        for part in Part:
            _draw_part(part, say)
        _draw_pdf(say)


def _draw_now(view: View, say: Speech) -> None:
    """The scenario that is proposed, whose figures it moves, and what kind of paper it makes."""
    name = content_of_now(view, say).name
    captured = format_date(view.baseline.captured_at) or say("unit.unknown")
    st.markdown(say("reports.proposed", name=literal(name), unit=literal(view.unit.short_name)))
    st.caption(
        literal(
            say(
                "reports.figures", source=say.name(view.baseline.title),
                period=say.name(view.baseline.period_text), captured=captured,
            )
        )
    )  # fmt: skip
    for key in _remarks(view):
        st.caption(say(f"reports.{key}"))


def _remarks(view: View) -> list[str]:
    """What an empty or weak set of figures means for the papers."""
    found = {
        "nothing_moved": not view.projection.settings,
        "no_total": view.projection.before.total is None,
        "estimate": view.edition.estimate,
    }
    return [key for key, is_so in found.items() if is_so]


def _draw_others(view: View, say: Speech) -> None:
    try:
        saved = kept_scenarios()
    except SimulatorError as problem:
        why = explain(problem, say.language)
        st.warning(literal(say("reports.store_failed", why=why)))
        return
    offered = _offered(view, saved, say)
    chosen = [mark for mark in asked.asked().others if mark in offered]
    if not offered:
        st.caption(say("reports.no_others"))
        return
    # The browser sends labels, so with other labels it is another field.
    key = f"report-others-{hash((say.language, *offered.values()))}"
    st.multiselect(
        say("reports.others", most=MOST_OTHERS), list(offered), chosen, key=follow(key, chosen),
        format_func=offered.__getitem__, max_selections=MOST_OTHERS, select_all=False,
        placeholder=say("reports.others_example"), help=say("reports.others_help"),
        on_change=lambda: asked.change(others=tuple(st.session_state[key])),
    )  # fmt: skip


def _offered(view: View, saved: Sequence[KeptScenario], say: Speech) -> dict[str, str]:
    """Saved versions under the same rules with their labels, but for the one that is proposed."""
    before = kept.opened()
    own = kept.mark(before) if before is not None and not kept.is_changed() else ""
    found = labels(view, saved, (), say)
    return {
        mark: label for mark, label in found.items() if kept.MARK.fullmatch(mark) and mark != own
    }


def _draw_part(part: Part, say: Speech) -> None:
    is_wanted = part in asked.asked().parts
    key = follow(f"report-part-{part}", is_wanted)
    st.checkbox(
        say(f"reports.part_{part}"), is_wanted, key=key,
        on_change=lambda: asked.with_part(part, bool(st.session_state[key])),
    )  # fmt: skip
    st.caption(say(f"reports.about_{part}"))


def _draw_pdf(say: Speech) -> None:
    if converter() is None:
        st.caption(say("reports.pdf_missing"))
        return
    wanted = asked.asked()
    key = follow("report-pdf", wanted.with_pdf)
    st.toggle(
        say("reports.pdf"), wanted.with_pdf, key=key, disabled=not wanted.has_documents,
        on_change=lambda: asked.change(with_pdf=bool(st.session_state[key])),
    )  # fmt: skip


def _draw_language(say: Speech) -> None:
    key = follow(f"report-language-{say.language}", asked.language())
    st.segmented_control(
        say("reports.language"), LANGUAGES, key=key, default=asked.language(), required=True,
        format_func=lambda code: say(f"reports.language_{code}"),
        # No choice at all: a browser that draws the page anew meanwhile.
        on_change=lambda: asked.change(language=st.session_state[key] or asked.language()),
    )  # fmt: skip


def _draw_day(say: Speech) -> None:
    key = follow("report-day", asked.order_day())
    st.date_input(
        say("reports.day"), asked.order_day(), key=key, format="DD/MM/YYYY",
        on_change=partial(_take_day, key),
    )  # fmt: skip


def _take_day(key: str) -> None:
    asked.change(day=st.session_state[key])
