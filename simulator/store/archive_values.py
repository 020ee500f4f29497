"""Values in the list of a backup, believed only if they are of the kind that is written there."""

from __future__ import annotations

from datetime import datetime


def text_of(value: object) -> str:
    """``value``, which must be a text."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def moment_of(value: object) -> datetime:
    """A moment as it is written, which must name its time zone."""
    moment = datetime.fromisoformat(text_of(value))
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment
