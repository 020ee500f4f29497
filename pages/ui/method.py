"""Content of *Phương pháp*: generated from the rule files and the shipped figures."""

from __future__ import annotations

from functools import cache

import pandas as pd
import streamlit as st

from pages.ui import draw, method_peers, written
from simulator.backtest import backtests
from simulator.numbers import format_date, format_points
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.reproduce import Mismatch, Reproduction, reproduction
from simulator.rule_files import load_edition
from simulator.rules import Edition

evidence = cache(reproduction)


def draw_method(view: View, say: Speech) -> None:
    """The whole screen."""
    st.markdown(say("method.intro"))
    _rules(view.edition, say)
    _evidence(evidence(), say)
    _backtest(say)
    method_peers.draw_movement(view, say, _table)
    st.subheader(say("method.plans"), anchor=False)
    st.markdown(say("method.plans_text"))
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(say("method.semantics"), anchor=False)
        st.markdown(say("method.semantics_text"))
    with right:
        st.subheader(say("method.limits"), anchor=False)
        st.markdown(say("method.limits_text"))
    st.subheader(say("method.scenarios"), anchor=False)
    st.markdown(say("method.scenarios_text"))
    st.subheader(say("method.reports"), anchor=False)
    st.markdown(say("method.reports_text"))
    st.subheader(say("method.own_data"), anchor=False)
    st.markdown(say("method.own_data_text"))
    _couplings(view.edition, say)
    _levers(view.edition, say)


def _table(rows: list[dict[str, object]], say: Speech, name: str) -> None:
    """A table and its download; columns are keys of the catalogue's ``tables``."""
    table = pd.DataFrame(rows)
    table = table.rename(columns={column: say(f"tables.{column}") for column in table.columns})
    with st.container(key=f"lawyer-{name}"):
        st.table(written.shown(table, say), hide_index=True, border="horizontal")
    draw.download(table, say, name)


def _rules(edition: Edition, say: Speech) -> None:
    st.subheader(say("method.rules"), anchor=False)
    st.markdown(
        say(
            "method.rules_of",
            title=say.name(edition.title),
            source=say.name(edition.source),
            since=format_date(edition.valid_from),
        )
    )
    model = load_edition(edition.differences_from) if edition.differences_from else edition
    if edition.differences_from:
        st.markdown(say("method.assumed_rules", title=say.name(model.title)))
    st.caption(say("method.formula"))
    classes = ", ".join(
        say("method.class_from", name=say.name(item.name), points=str(int(item.lowest)))
        for item in edition.classes
    )
    st.caption(say("method.classes", classes=classes))
    rows: list[dict[str, object]] = [
        {
            "group": say.name(edition.group_by_code[item.group].name),
            "indicator": say.name(item.name),
            "formula": f"{say.name(item.numerator)} / {say.name(item.denominator)}",
            "maximum": item.maximum,
            "cap": say.cap(item.cap_percent),
            "at_zero": say(f"method.{item.at_zero}"),
            "status": say(f"method.{item.status}"),
            "cases": item.verified_cases,
            "source": say.name(item.source),
            "legal": say.name(item.legal_reference),
            "note": say.name(item.note),
        }
        for item in model.indicators
    ]
    _table(rows, say, "rules")


def _evidence(report: Reproduction, say: Speech) -> None:
    st.subheader(say("method.evidence"), anchor=False)
    wrong = len(report.indicator_mismatches)
    published = sum(item.rows for item in report.indicators)
    groups = sum(item.rows for item in report.groups)
    st.markdown(
        say(
            "method.evidence_summary", exact=published - wrong, published=published,
            distinct=sum(item.cases for item in report.indicators),
            groups_exact=groups - len(report.group_mismatches), groups=groups,
        )
    )  # fmt: skip
    st.markdown(f"**{say('method.exceptions')}**")
    mismatches = [*report.indicator_mismatches, *report.group_mismatches]
    if not report.indicator_mismatches:
        st.markdown(say("method.no_exceptions", count=len(report.group_mismatches)))
    if mismatches:
        _table([_mismatch(item, say) for item in mismatches], say, "exceptions")


def _backtest(say: Speech) -> None:
    """How far the do-nothing line was off so far."""
    st.subheader(say("method.backtest"), anchor=False)
    for item in backtests():
        st.markdown(
            "- "
            + say(
                "method.backtest_row",
                start=format_date(item.start), target=format_date(item.target), units=item.units,
                mean=format_points(round(item.mean), 2, say.language),
                absolute=format_points(round(item.mean_absolute), 2, say.language),
                largest=format_points(item.largest, 2, say.language), near=item.near,
            )
        )  # fmt: skip


def _mismatch(item: Mismatch, say: Speech) -> dict[str, object]:
    return {
        "name": item.name,
        "indicator": item.what,
        "printed": format_points(item.published, 2, say.language),
        "computed": format_points(item.computed, 2, say.language),
        "baseline": item.source,
    }


def _couplings(edition: Edition, say: Speech) -> None:
    st.subheader(say("method.couplings"), anchor=False)
    rows: list[dict[str, object]] = [
        {
            "indicator": say.name(edition.indicator(item.indicator).name),
            "kind": say(f"method.{item.kind}"),
            "name": say.name(edition.indicator(item.partner).name),
            "help": say.name(item.text),
        }
        for item in edition.couplings
    ]
    _table(rows, say, "couplings")


def _levers(edition: Edition, say: Speech) -> None:
    st.subheader(say("method.levers"), anchor=False)
    rows: list[dict[str, object]] = [
        {
            "lever": say.name(lever.name),
            "moves": ", ".join(
                say.name(edition.indicator(move.indicator).name) for move in lever.moves
            )
            or say("method.nothing"),
            "responsible": say.name(lever.responsible),
            "help": say.name(lever.help),
            "code": lever.code,
        }
        for lever in edition.levers
    ]
    _table(rows, say, "levers-list")
