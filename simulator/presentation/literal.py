"""Text where a widget would do more with it than show it: read it as Markdown, break its lines."""

from __future__ import annotations

import re

HARD_SPACE = "\u00a0"
MARKS = "\\`*_{}[]()#!|<>$~:&"
# Has no width: between letters of which the page would make something else, escaped or not (links
# of www. and addresses of mail, icons and faces in colons, arrows and dashes).
JOINER = "\u2060"
_MADE = re.compile(
    r"(?<=www)(?=\.)|(?<=\w)(?=@\w)|(?<=:)(?=//|[\w/+-]+:)|(?<=-)(?=[->])|(?<=<)(?=-)"
    r"|(?<=[<>~])(?==)",
    re.IGNORECASE,
)
_LIST = re.compile(r"^([-+]|[0-9]+[.)])(?=\s|$)", re.MULTILINE)


def literal(text: str) -> str:
    """``text`` so that nothing in it becomes formatting, a list, a link, a formula or an image."""
    text = _MADE.sub(JOINER, text.lstrip(" \t"))
    for mark in MARKS:
        text = text.replace(mark, "\\" + mark)
    return _LIST.sub(lambda found: f"{found[1][:-1]}\\{found[1][-1]}", text)


def unbroken(text: str) -> str:
    """``text`` that is never broken into lines between its words, as a number and its unit."""
    return text.replace(" ", HARD_SPACE)
