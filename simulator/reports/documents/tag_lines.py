"""Tags of a template as they are written in its paragraphs, before any of them is filled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from simulator.errors import DataError
from simulator.reports.documents.markup import local
from simulator.reports.documents.tags import FIELDS, LISTS

MOST_TAGS = 500
MOST_NESTED = 10
# Signs around a place that is shown.
SHOWN = 80

_TAG = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}%]*%\}")
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_OUTPUT = re.compile(rf"\{{\{{(?P<whole>p\s)?\s*(?P<name>{_NAME})\s*\}}\}}")
_STATEMENT = re.compile(
    rf"\{{%(?P<whole>(?:p|tr)\s)?\s*(?P<word>if|elif|else|endif|for|endfor)\b"
    rf"(?P<rest>(?:\s+{_NAME}){{0,3}})\s*%\}}"
)
_REST = {
    "if": re.compile(rf"(not )?{_NAME}"), "elif": re.compile(rf"(not )?{_NAME}"),
    "for": re.compile(rf"{_NAME} in {_NAME}"),
}  # fmt: skip
_NOTHING = re.compile("")
_BRACE = re.compile(r"[{}]")
_MARK = re.compile(r"\{[{%#]|[}%#]\}")


class TagLines:
    """Checks the parts of one template, one after another."""

    def __init__(self) -> None:
        self._tags = 0

    def check(self, tree: etree._Element) -> None:
        """Raise :class:`DataError` for what is no name, condition or loop, or is not closed."""
        if not _writes(tree):
            return
        for one in tree.iter():
            for value in one.values():
                if _MARK.search(value):
                    raise _refused("template_expression", value)
        depth = 0
        for text in _lines(tree):
            if _BRACE.search(text):
                depth = self._check_line(text, depth)

    def _check_line(self, text: str, depth: int) -> int:
        """The depth after the line ``text``."""
        found = _TAG.findall(text)
        self._tags += len(found)
        if self._tags > MOST_TAGS:
            raise DataError("template_crowded", what="{{ }}", most=MOST_TAGS)
        rest = _TAG.sub("", text)
        if "{#" in rest or "#}" in rest:
            raise _refused("template_expression", text)
        if _BRACE.search(rest):
            raise _refused("template_syntax", text)
        for tag in found:
            depth += _step(tag, is_alone=tag == text.strip())
            if depth > MOST_NESTED:
                raise DataError("template_nested", where=tag, most=MOST_NESTED)
        return depth


def _step(tag: str, *, is_alone: bool) -> int:
    """By how much ``tag`` goes deeper."""
    if not tag[2:-2].strip():
        raise _refused("template_syntax", tag)
    output = _OUTPUT.fullmatch(tag)
    said = output or _STATEMENT.fullmatch(tag)
    if said is None:
        raise _refused("template_expression", tag)
    if said["whole"] and not is_alone:
        raise DataError("template_tag_alone", tag=tag)
    if output:
        if output["whole"] and output["name"] in (*FIELDS, *LISTS):
            raise _refused("template_expression", tag)
        return 0
    rest = " ".join(said["rest"].split())
    if _REST.get(said["word"], _NOTHING).fullmatch(rest) is None:
        raise _refused("template_expression", tag)
    return {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(said["word"], 0)


def _writes(tree: etree._Element) -> bool:
    """Whether the part is one that is filled; its own words may hold braces where it is not."""
    return local(tree.tag) in {"document", "hdr", "ftr", "footnotes", "endnotes"}


def _lines(tree: etree._Element) -> Iterator[str]:
    """Texts between the beginnings and ends of paragraphs, whatever their runs."""
    pieces: list[str] = []
    for event, one in etree.iterwalk(tree, events=("start", "end")):
        if local(one.tag) == "p":
            yield "".join(pieces)
            pieces = []
        pieces.append((one.text if event == "start" else one.tail) or "")
    yield "".join(pieces)


def _refused(code: str, text: str) -> DataError:
    """``text`` around its first brace."""
    plain = " ".join(text.split())
    first = _BRACE.search(plain)
    start = max(0, first.start() - SHOWN // 2) if first else 0
    return DataError(code, where=plain[start : start + SHOWN])
