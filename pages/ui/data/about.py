"""What files do not say of themselves: period, day of the figures, source, a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from pages.ui.horizon import today
from simulator.imports import About, period_words
from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.readers import Stated
from simulator.reading_tables import short_name

KINDS = ("ytd", "month", "quarter", "months", "year")
OLDEST = 2022
LEVELS = ("province", "department", "commune", "district")
LONGEST_NAME = 120


def ask(units: Sequence[str], stated: Stated, mark: str, say: Speech) -> About | None:
    """The form; None while something that has to be known is still missing.

    ``units``: names of the units in the files, the first stands for them; ``stated``: what is
    known of the files; ``mark`` of the files: what was said of others is not said of these.
    """
    left, right, complete = st.columns([4, 2, 3], gap="medium", vertical_alignment="bottom")
    with left:
        period = _period(stated.period, mark, say)
    with right:
        captured = _captured(stated.captured_at, mark, say)
    is_complete = complete.checkbox(
        say("data.is_complete"), help=say("data.is_complete_help"), key=f"about-complete-{mark}"
    )
    suggested = _name(units, period, captured, say)
    name = st.text_input(
        say("data.name"), max_chars=LONGEST_NAME, key=f"about-name-{mark}", placeholder=suggested,
        help=say("data.name_help"),
    )  # fmt: skip
    source = st.text_input(
        say("data.source"), stated.source, max_chars=300,
        key=f"about-source-{mark}-{stated.source}", help=say("data.source_help"),
    )  # fmt: skip
    if not captured or not period:
        return None
    return About(name.strip() or suggested, source.strip(), period, captured, is_complete)


def _period(stated: str, mark: str, say: Speech) -> str:
    """Code of the period: its kind, its year, and which part of it."""
    kind, year, part = _taken_apart(stated)
    columns = st.columns([5, 2, 2])
    chosen = columns[0].selectbox(
        say("data.period"), KINDS, index=KINDS.index(kind) if kind else None,
        key=f"about-kind-{mark}", format_func=lambda key: say(f"data.period_{key}"),
        placeholder=say("data.period_choose"),
    )  # fmt: skip
    years = sorted({*range(OLDEST, today().year + 1), year}, reverse=True)
    year = columns[1].selectbox(
        say("data.year"), years, index=years.index(year),
        key=f"about-year-{mark}", format_func=str,
    )  # fmt: skip
    choices = {"month": range(1, 13), "quarter": range(1, 5), "months": range(2, 12)}
    if chosen in choices:
        numbers = list(choices[chosen])
        part = columns[2].selectbox(
            say(f"data.which_{chosen}"), numbers, key=f"about-{chosen}-{mark}",
            index=numbers.index(part) if part in numbers else 0,
        )  # fmt: skip
    return CODES[chosen](year, part) if chosen else ""


CODES: dict[str, Callable[[int, int], str]] = {
    "ytd": lambda year, _: f"{year}-ytd",
    "month": lambda year, part: f"{year}-{part:02d}",
    "quarter": lambda year, part: f"{year}-Q{part}",
    "months": lambda year, part: f"{year}-{part}m",
    "year": lambda year, _: f"{year}",
}


def _taken_apart(code: str) -> tuple[str, int, int]:
    """Kind, year and part of a period's code; no kind where there is none."""
    year, _, rest = code.partition("-")
    if not year.isdigit():
        return "", today().year, 0
    digits = "".join(char for char in rest if char.isdigit())
    part = int(digits) if digits else 0
    if rest == "":
        return "year", int(year), 0
    if rest == "ytd":
        return "ytd", int(year), 0
    kind = "quarter" if rest[0] == "Q" else "months" if rest[-1] == "m" else "month"
    return kind, int(year), part


def _captured(stated: str, mark: str, say: Speech) -> str:
    """ISO day on which the figures were read; it is asked, as no file tells it."""
    known = date.fromisoformat(stated[:10]) if stated else None
    if known is not None and not date(OLDEST, 1, 1) <= known <= today():
        st.warning(say("data.stated_day", day=format_date(known.isoformat())))
        stated, known = "", None
    day = st.date_input(
        say("data.captured"), known, min_value=date(OLDEST, 1, 1), max_value=today(),
        format="DD/MM/YYYY", key=f"about-captured-{mark}", help=say("data.captured_help"),
    )  # fmt: skip
    if day is None:
        return ""
    # A workbook may know the minute; a day chosen by hand is a whole day.
    return stated if day == known else day.isoformat()


def _name(units: Sequence[str], period: str, captured: str, say: Speech) -> str:
    first, others = short_name(units[0]), len(units) - 1
    whose = first if not others else say("data.name_units", first=first, others=others)
    words = period_words(period, captured, say.language)
    return f"{whose}: {words[:1].lower()}{words[1:]}"[:LONGEST_NAME]
