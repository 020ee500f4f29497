"""Tables of saved scenarios and of their versions, to draw and to download; no Streamlit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from pages.ui.library import words
from pages.ui.library.listing import Row
from simulator.numbers import VIETNAM, format_date, format_points
from simulator.presentation.speech import Speech
from simulator.store import Version

OPEN = "▸"


def shelf_table(listed: Sequence[Row], opened: str, say: Speech) -> pd.DataFrame:
    """One row per scenario; totals and moments as such, so that they can be sorted.

    ``opened``: id of the one that is open, which is marked.
    """
    columns = ("name", "unit", "total", "rank", "author", "saved_at", "versions", "figures_day")
    made = [
        (
            _marked(row, opened, say), row.about.unit_name, _points(row.content.total),
            words.rank(row.content, say), row.content.author or None,
            _local(row.kept.newest.saved_at), row.kept.versions, _day(row.about.captured_at),
        )
        for row in listed
    ]  # fmt: skip
    table = pd.DataFrame(made, columns=[say(f"library.column_{name}") for name in columns])
    return table.astype({say("library.column_total"): float})


def _marked(row: Row, opened: str, say: Speech) -> str:
    name = words.one_line(row.content.name)
    if row.kept.archived_at is not None:
        name = say("library.archived_name", name=name)
    return f"{OPEN} {name}" if row.kept.id == opened else name


def file_table(listed: Sequence[Row], say: Speech) -> pd.DataFrame:
    """The same as a file, with notes and codes; names as they are."""
    made = [
        {
            say("library.column_name"): row.content.name,
            say("library.column_unit"): row.about.unit_name,
            say("tables.code"): row.content.unit,
            say("library.column_total"): _points(row.content.total),
            say("library.column_rank"): row.content.place,
            say("library.column_of"): row.content.pool_size,
            say("library.column_author"): row.content.author,
            say("library.column_saved_at"): words.when(row.kept.newest.saved_at),
            say("library.column_versions"): row.kept.versions,
            say("library.column_figures"): figures(row, say),
            say("library.column_figures_day"): format_date(row.about.captured_at),
            say("library.column_archived"): _moment(row.kept.archived_at),
            say("library.column_note"): row.content.note,
        }
        for row in listed
    ]
    return pd.DataFrame(made)


def figures(row: Row, say: Speech) -> str:
    """Title of the figures a scenario is made on; their id where they are not here."""
    return row.content.baseline if row.about.title is None else say.name(row.about.title)


def versions_table(versions: Sequence[Version], decimals: int, say: Speech) -> pd.DataFrame:
    """One row per version, the newest first."""
    beside = siblings(versions)
    made = [
        {
            say("library.column_number"): one.number,
            say("library.column_saved_at"): words.when(one.saved_at),
            say("library.column_author"): one.content.author or None,
            say("library.column_total"): _written(one.content.total, decimals, say),
            say("library.column_rank"): words.rank(one.content, say),
            say("library.column_based_on"): _based_on(one, beside, say),
            say("library.column_name"): words.one_line(one.content.name),
            say("library.column_note"): one.content.note or None,
        }
        for one in reversed(versions)
    ]
    return pd.DataFrame(made)


def siblings(versions: Sequence[Version]) -> dict[int, tuple[int, ...]]:
    """Numbers of the versions made from the same one, by the number of that one; only where
    there are several."""
    made: dict[int, list[int]] = defaultdict(list)
    for one in versions:
        if one.based_on is not None:
            made[one.based_on].append(one.number)
    return {based_on: tuple(numbers) for based_on, numbers in made.items() if len(numbers) > 1}


def _based_on(one: Version, beside: dict[int, tuple[int, ...]], say: Speech) -> str | None:
    if one.based_on is None:
        return None
    others = [number for number in beside.get(one.based_on, ()) if number != one.number]
    if not others:
        return say("library.based_on", number=one.based_on)
    shown = ", ".join(map(str, others))
    return say("library.based_on_too", number=one.based_on, others=shown)


def _written(hundredths: int | None, decimals: int, say: Speech) -> str | None:
    return None if hundredths is None else format_points(hundredths, decimals, say.language)


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _local(moment: datetime) -> datetime:
    """As clocks in Vietnam show it: tables know no time zones."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None, microsecond=0)


def _day(captured_at: str) -> datetime | None:
    if not captured_at:
        return None
    found = datetime.fromisoformat(captured_at)
    return found if found.tzinfo is None else _local(found)


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else words.when(moment)
