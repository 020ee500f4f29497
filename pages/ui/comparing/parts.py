"""The parts of the screen: what is compared, the table, the charts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.ui import draw, shell
from pages.ui.comparing import chart_tables, choice, lines
from pages.ui.comparing.combine import draw_combine, numbered
from pages.ui.comparing.differences import difference_lines, shared_words
from pages.ui.comparing.file import file_table
from pages.ui.comparing.found import compared
from pages.ui.comparing.lines import Line
from pages.ui.comparing.offered import (
    Chosen,
    Refused,
    default_tokens,
    kept_scenarios,
    labels,
    resolved,
    three_presets,
)
from pages.ui.comparing.table import markup
from pages.ui.following import follow
from simulator.errors import SimulatorError
from simulator.presentation import side_charts as charts
from simulator.presentation.effort import effort_of
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, evaluate
from simulator.scenario_comparison import MOST_COLUMNS, Comparison
from simulator.store import KeptScenario
from simulator.text import explain

# The saved total no longer is what a scenario leads to.
LOUD = {"scenario_figures_differ", "scenario_figures_differ_only", "scenario_total_differs"}
STYLE = Path(__file__).parent / "style.css"


def draw_comparing(view: View, say: Speech) -> None:
    """The whole screen."""
    st.html(STYLE)
    try:
        kept = kept_scenarios()
    except SimulatorError as problem:
        kept = ()
        why = explain(problem, say.language)
        st.warning(literal(say("comparing.store_failed", why=why)))
    tokens = choice.tokens() or default_tokens(view)
    columns, refused = resolved(view, tokens, kept, say)
    choosing, tools = st.columns([7, 3], vertical_alignment="bottom")
    with choosing:
        _choose(view, tokens, kept, say)
    _draw_refused(view, columns, refused, say)
    if not columns:
        _draw_empty(view, say)
        return
    found = compared(tuple(column.scenario for column in columns))
    results, differences = lines.result_lines(found, say), difference_lines(found, say)
    with tools, st.container(horizontal=True, key="comparing-tools"):
        draw_combine(view, columns, say)
        if not choice.tokens():
            _presets_button(view, say)
        draw.download(
            lambda: file_table(found, numbered(columns, say), say), say,
            f"comparison-{view.unit.code}", label=say("comparing.download"),
        )  # fmt: skip
    _draw_doubts(view, columns, found, say)
    left, right = st.columns([13, 9], gap="medium")
    with left, st.container(key="comparing-table", gap="small"):
        codes = {notice.code for notice in found.notices}
        st.html(
            markup(
                columns, results, differences, say,
                is_now_of_first=bool(codes & {"compare_units_differ", "compare_figures_differ"}),
            )
        )  # fmt: skip
        _legend(columns, results, say)
    with right, st.container(key="comparing-charts", gap="small"):
        _draw_charts(found, numbered(columns, say), say)
    _boxes(columns, found, view, say)


def _choose(view: View, tokens: Sequence[str], kept: Sequence[KeptScenario], say: Speech) -> None:
    options = labels(view, kept, tokens, say)
    # The browser sends labels, so with other labels it is another field.
    key = f"comparing-choice-{hash((say.language, *options.values()))}"
    st.multiselect(
        say("comparing.choose", most=MOST_COLUMNS), list(options), list(tokens),
        key=follow(key, list(tokens)),
        format_func=options.__getitem__, max_selections=MOST_COLUMNS, select_all=False,
        placeholder=say("comparing.choose_example"), on_change=_take, args=(key,),
    )  # fmt: skip


def _take(key: str) -> None:
    choice.set_tokens(st.session_state[key])


def _draw_refused(
    view: View, columns: Sequence[Chosen], refused: Sequence[Refused], say: Speech
) -> None:
    """What cannot be shown, and what had to be left out of what is shown."""
    said = [say("comparing.left_out", name=one.name, why=one.why) for one in refused]
    for name, column in zip(numbered(columns, say), columns, strict=True):
        for problem in column.problems:
            why = explain(problem, say.language, view.edition)
            said.append(say("comparing.of_column", column=name, why=why))
    if said:
        st.warning("\n\n".join(map(literal, said)))


def _draw_doubts(view: View, columns: Sequence[Chosen], found: Comparison, say: Speech) -> None:
    """What makes the columns hard to lay beside each other, or other than they were saved."""
    said = [explain(notice, say.language, view.edition) for notice in found.notices]
    said += _notes(view, columns, say, is_loud=True)
    if said:
        st.caption("  \n".join(f":orange[{literal(line)}]" for line in said))


def _notes(view: View, columns: Sequence[Chosen], say: Speech, *, is_loud: bool) -> list[str]:
    """What is to be known of each scenario; ``is_loud``: that it is not what was saved."""
    said = []
    for name, column in zip(numbered(columns, say), columns, strict=True):
        notices = [one for one in column.notices if (one.code in LOUD) == is_loud]
        lines = [explain(notice, say.language, view.edition) for notice in notices]
        if column.held and not is_loud:
            held = (say.name(view.edition.lever_by_code[code].name) for code in column.held)
            lines.append(say("library.held", levers=", ".join(held)))
        said += [say("comparing.of_column", column=name, why=line) for line in lines]
    return said


def _draw_empty(view: View, say: Speech) -> None:
    with_presets = bool(three_presets(view))
    st.info(say("comparing.empty" if with_presets else "comparing.empty_no_presets"))
    with st.container(horizontal=True):
        if with_presets:
            _presets_button(view, say, is_first=True)
        if st.button(say("comparing.to_simulate"), key="comparing-simulate"):
            shell.go(shell.SIMULATE)


def _presets_button(view: View, say: Speech, *, is_first: bool = False) -> None:
    found = three_presets(view)
    if found:
        st.button(
            say("comparing.three_presets"), key="comparing-presets", on_click=choice.set_tokens,
            args=(found,), type="primary" if is_first else "secondary",
        )  # fmt: skip


def _legend(columns: Sequence[Chosen], results: Sequence[Line], say: Speech) -> None:
    """What the marks mean, and whose hours these are."""
    sources = dict.fromkeys(
        say.name(effort_of(evaluate(column.scenario)).source) for column in columns
    )
    key = "comparing.legend" if lines.is_best_marked(results) else "comparing.legend_one"
    st.caption(literal(say(key, hours=" / ".join(sources))))


def _draw_charts(found: Comparison, names: Sequence[str], say: Speech) -> None:
    st.subheader(say("comparing.groups_chart"), anchor=False, help=say("comparing.groups_how"))
    groups = chart_tables.groups_table(found, names, say)
    height = charts.BAND * groups["name"].nunique() + charts.BARE_AXIS
    draw.chart("beside", groups, say, "", say("comparing.groups_chart"), height)
    st.subheader(say("comparing.places_chart"), anchor=False, help=say("comparing.places_how"))
    places = chart_tables.places_table(found, names, say)
    axes = f"{say('comparing.total')}|{say('ranking.place_axis')}"
    height = charts.ROW * len(places) + charts.AXIS
    draw.chart("side-places", places, say, axes, say("comparing.places_chart"), height)


def _boxes(columns: Sequence[Chosen], found: Comparison, view: View, say: Speech) -> None:
    """What is alike, and what is to be known of each; drawn when they are opened."""
    alike = shared_words(found, say)
    notes = _notes(view, columns, say, is_loud=False)
    boxes = {name: said for name, said in (("shared", alike), ("notes", notes)) if said}
    if not boxes:
        return
    with st.container(key="comparing-boxes"):
        places = st.columns(len(boxes))
    for place, (name, said) in zip(places, boxes.items(), strict=True):
        title = say(f"comparing.{name}", count=len(said))
        box = place.expander(title, key=f"comparing-{name}-{title}", on_change="rerun")
        if box.open:
            box.markdown("\n".join(f"* {literal(line)}" for line in said))
