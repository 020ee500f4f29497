"""Asking the portal itself, where an administrator allows it: shown before, gentle, stoppable."""

from __future__ import annotations

import streamlit as st

from pages.ui.horizon import today
from simulator.errors import ScenarioError
from simulator.fetch.client import fetch
from simulator.fetch.plan import Request, plan
from simulator.fetch.provinces import provinces
from simulator.fetch.requests_file import load_portal
from simulator.fetch.switch import is_enabled, portal_address
from simulator.numbers import format_date
from simulator.period import Period, period_of
from simulator.presentation.speech import Speech
from simulator.readers import Stated
from simulator.text import explain

_FETCHED = "fetched"


def draw_fetch(say: Speech) -> tuple[list[tuple[str, bytes]], Stated | None]:
    """What was fetched in this session, and of when; not on the screen where it is off."""
    if not is_enabled():
        return [], None
    with st.expander(say("fetch.title")):
        try:
            code, wanted = _plan(say)
            _show_plan(wanted, say)
            if st.button(say("fetch.send"), key="fetch-send", icon=":material/cloud_download:"):
                _send(code, wanted, say)
        except ScenarioError as problem:
            st.error(explain(problem, say.language))
        return _fetched(say)


def _plan(say: Speech) -> tuple[str, tuple[Request, ...]]:
    """Whose figures of which period, as the requests that would be sent."""
    portal = load_portal()
    st.caption(
        say("fetch.intro", address=portal_address(), pause=portal.pause)
    )  # fmt: skip
    left, right = st.columns(2)
    known = {one.portal_id: one for one in provinces()}
    whose = left.selectbox(
        say("fetch.province"), ["", *known], key=f"fetch-unit-{say.language}",
        format_func=lambda key: known[key].name if key else say("fetch.country"),
    )  # fmt: skip
    code = right.selectbox(
        say("fetch.period"), _periods(), key=f"fetch-period-{say.language}",
        format_func=lambda key: _period_name(key, say),
    )  # fmt: skip
    return code, plan(portal_address(), whose or None, _period(code))


def _periods() -> list[str]:
    """This year, and its months so far, the newest first."""
    now = today()
    months = [f"{now.year}-{month:02d}" for month in range(now.month, 0, -1)]
    return [f"{now.year}-ytd", *months]


def _period(code: str) -> Period:
    return period_of(code, today().isoformat())


def _period_name(code: str, say: Speech) -> str:
    if code.endswith("ytd"):
        return say("period.to_date", year=code[:4], captured=format_date(today().isoformat()))
    return say("period.month", month=str(int(code[5:])), year=code[:4])


def _show_plan(wanted: tuple[Request, ...], say: Speech) -> None:
    st.markdown(say("fetch.requests", count=len(wanted)))
    for request in wanted:
        st.text(say("fetch.request", name=say.name(request.name), url=request.url))
        st.code(request.body_text, language=None, wrap_lines=True)
        st.caption(say(f"fetch.{request.status}", source=say.name(request.source)))


def _send(code: str, wanted: tuple[Request, ...], say: Speech) -> None:
    """One after the other; leaving the page or pressing stop ends it after the one under way."""
    st.session_state.pop(_FETCHED, None)
    bar = st.progress(0.0, text=say("fetch.progress", done=0, total=len(wanted)))

    def show(done: int, total: int) -> None:
        # Streamlit stops the run here when the page was left.
        bar.progress(done / total, text=say("fetch.progress", done=done, total=total))

    st.button(say("fetch.cancel"), key="fetch-cancel")
    st.session_state[_FETCHED] = (code, fetch(wanted, on_progress=show))


def _fetched(say: Speech) -> tuple[list[tuple[str, bytes]], Stated | None]:
    code, found = st.session_state.get(_FETCHED, ("", None))
    if found is None:
        return [], None
    when = format_date(found.captured_at)
    st.success(say("fetch.done", count=len(found.files), captured_at=when))
    for problem in found.problems:
        st.error(explain(problem, say.language))
    if found.unasked:
        st.warning(say("fetch.incomplete", count=len(found.unasked)))
    source = say("data.source_default")
    return list(found.files), Stated(code, found.captured_at, source)
