"""A saved version in words; nothing is drawn here."""

from __future__ import annotations

from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.store import Version


def version_words(version: Version, say: Speech) -> str:
    """``Bản 3 · Nguyễn Văn A · 21/11/2026 14:05``."""
    return say("saving.version", **version_fields(version, say))


def version_fields(version: Version, say: Speech) -> dict[str, object]:
    """Its number, who saved it and when, for a sentence about it."""
    author = version.content.author or say("saving.nobody")
    when = format_date(version.saved_at.isoformat())
    return {"number": version.number, "author": author, "when": when}
