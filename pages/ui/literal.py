"""Text that people or files gave, where a widget would read it as Markdown."""

from __future__ import annotations

MARKS = "\\`*_{}[]()#!|<>$~:"


def literal(text: str) -> str:
    """``text`` so that nothing in it becomes formatting, a link, a formula or an image."""
    for mark in MARKS:
        text = text.replace(mark, "\\" + mark)
    return text
