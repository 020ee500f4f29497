"""Text that people or files gave, where a widget would read it as Markdown."""

from __future__ import annotations

import re

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
