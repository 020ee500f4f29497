"""What is handed out of every lever, what is not, what the province keeps, and the score of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import shell
from simulator.allocation import Allocation
from simulator.allocation_links import Division
from simulator.allocation_table import Row
from simulator.errors import Notice
from simulator.levers import work_shown
from simulator.planning import own_effort
from simulator.presentation.dividing import rows, words
from simulator.presentation.dividing.found import Divided
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

GOAL = "muc-tieu"


def draw_summary(view: View, divided: Divided, division: Division, say: Speech) -> None:
    """The part."""
    found = divided.allocation
    st.subheader(say("dividing.summary"), anchor=False)
    _by_hand(view, divided, say)
    if found.rows:
        with st.container(key="dividing-summary"):
            st.table(rows.summary(view, found, say), hide_index=True, border="horizontal")
        st.caption(f"{say('dividing.getting_how')} {_effort(view, say)}")
        _covered(view, found, division, say)
        _silent(view, found, say)
    else:
        st.info(say("dividing.nothing_divided"))
        if st.button(say("dividing.go_goal"), key=f"dividing-go-{GOAL}"):
            shell.go(GOAL)
    if found.kept:
        st.markdown("\n".join([f"**{say('dividing.kept')}**", "", *_kept(view, found, say)]))


def few_units(rows_: Sequence[Row], say: Speech) -> list[str]:
    """How few units can get a share, where it is not all; once if it is so in all levers."""
    found: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for row in rows_:
        if row.without_counts:
            fields = {
                "units": say.count(len(row.cells)),
                "of": say.count(len(row.cells) + len(row.without_counts)),
                "share": rows.rate((row.listed_cases, row.all_cases), say),
                "silent": say.count(len(row.without_counts)),
            }
            found.setdefault(tuple(fields.items()), []).append(say.name(row.lever.name))
    if len(found) == 1 and all(row.without_counts for row in rows_):
        return [say("dividing.few_units", **dict(next(iter(found))))]
    return [
        say("dividing.few_units_of", lever=", ".join(levers), **dict(fields))
        for fields, levers in found.items()
    ]


def _kept(view: View, found: Allocation, say: Speech) -> list[str]:
    """What the province does itself, why, and who."""
    return [
        "* "
        + say(
            "dividing.kept_one", why=words.told(view, one.why, {}, say),
            change=say.count(work_shown(view.ranges[one.lever.code], one.change), sign=True),
            unit=say(f"unit.{view.ranges[one.lever.code].count_unit}"),
            responsible=say.name(one.lever.responsible),
        )
        for one in found.kept
    ]  # fmt: skip


def _by_hand(view: View, divided: Divided, say: Speech) -> None:
    """Figures set by hand that are not kept to at the moment."""
    known = words.names((own.unit for own in divided.allocation.units), say)
    for error in divided.refused:
        text = words.told(view, error, known, say)
        st.warning(say("dividing.refused", why=text))
    if divided.idle:
        st.caption(say("dividing.idle", count=divided.idle))
    cut = words.cut_units(divided.allocation)
    if cut:
        st.warning(say("dividing.cut", names=words.listed((u.short_name for u in cut), say)))


def _effort(view: View, say: Speech) -> str:
    asked = view.scenario
    effort = own_effort(view.edition, dict(asked.hours), dict(asked.per_month))
    return say("dividing.effort", source=say.name(effort.source))


def _covered(view: View, found: Allocation, division: Division, say: Speech) -> None:
    """The province's score with what is handed out, beside the plan's."""
    plan, covered = found.plan.after.total, found.covered.after.total
    if found.is_named:
        st.success(say("dividing.complete", total=say.points(plan)))
        return
    parts = [words.told(view, row_notice, {}, say) for row_notice in _shortfalls(found)]
    parts += [
        say(
            "dividing.unnamed", lever=say.name(row.lever.name), named=say.count(row.named),
            rest=say.count(row.handed - row.named),
        )
        for row in found.rows
        if row.handed > row.named
    ]  # fmt: skip
    if found.is_complete:
        st.warning("\n\n".join([*parts, say("dividing.unnamed_total", total=say.points(plan))]))
        return
    if plan is not None and covered is not None:
        parts.append(
            say(
                "dividing.incomplete", total=say.points(covered), plan=say.points(plan),
                missing=say.points(plan - covered),
            )
        )  # fmt: skip
    if not division.with_rest and any(row.listed_cases < row.all_cases for row in found.rows):
        parts.append(say("dividing.try_rest", name=say("dividing.with_rest")))
    st.warning("\n\n".join(parts))


def _shortfalls(found: Allocation) -> list[Notice]:
    return [one for one in found.notices if one.code == "allocation_shortfall"]


def _silent(view: View, found: Allocation, say: Speech) -> None:
    """Units that publish no counts, and cases that no unit accounts for."""
    notices = [one for one in found.notices if one.code != "allocation_shortfall"]
    if not notices:
        return
    # 120 of 149 units publish no counts in some lists: one box instead of a wall of words.
    with st.container(key="dividing-silent"), st.expander(say("dividing.silent")):
        known = words.names((own.unit for own in found.units), say)
        st.markdown("\n".join(f"* {words.told(view, one, known, say)}" for one in notices))
        if any(row.without_counts for row in found.rows):
            silent = dict.fromkeys(code for row in found.rows for code in row.without_counts)
            st.text(say("dividing.silent_units", names=", ".join(known[code] for code in silent)))
