"""The only language a template may speak: names, a loop over lines, and conditions on them.

An office's own template is a file somebody brings. It is rendered in a sandbox, and before that
everything but the tags of :mod:`simulator.reports.documents.tags` is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from simulator.errors import DataError

_MARKUP = re.compile(r"<[^>]*>")
_PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Not)
# Signs of a line that are shown where something is wrong with it.
SHOWN = 80


class Sandbox(SandboxedEnvironment):
    """An environment that compiles nothing but the tags ``fields`` and ``lists``.

    ``sections`` stand in paragraphs of their own and have been taken out before.
    """

    def __init__(
        self, fields: Collection[str], lists: Collection[str], sections: Collection[str]
    ) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self._fields, self._lists, self._sections = fields, lists, sections

    def from_string(
        self,
        source: Any,
        globals: Any = None,  # noqa: A002  the name of the method that is replaced
        template_class: Any = None,
    ) -> Template:
        """The template of ``source``; :class:`DataError` for all it may not hold."""
        lines = str(source).splitlines() or [""]
        try:
            parsed = self.parse(source)
        except TemplateSyntaxError as error:
            raise DataError("template_syntax", where=_shown(lines, error.lineno)) from None
        unknown = _Walk(self, lines).unknown(parsed)
        inside = [name for name in unknown if name in self._sections]
        if inside:
            raise DataError("template_section_place", tag=inside[0])
        if unknown:
            known = (*self._fields, *self._lists, *self._sections)
            raise DataError(
                "template_unknown_tags", tags=", ".join(unknown), allowed=", ".join(known)
            )
        return super().from_string(source, globals, template_class)

    def is_known(self, name: str) -> bool:
        return name in self._fields or name in self._lists

    def is_list(self, name: str) -> bool:
        return name in self._lists


class _Walk:
    """Goes through one parsed template; raises at the first thing that is not allowed."""

    def __init__(self, sandbox: Sandbox, lines: list[str]) -> None:
        self._sandbox, self._lines = sandbox, lines
        self._unknown: dict[str, None] = {}

    def unknown(self, parsed: nodes.Template) -> tuple[str, ...]:
        self._see(parsed, frozenset())
        return tuple(self._unknown)

    def _see(self, node: nodes.Node, loops: frozenset[str]) -> None:
        if isinstance(node, nodes.For):
            self._see_loop(node, loops)
            return
        if isinstance(node, nodes.Name):
            self._see_name(node.name, loops)
        elif isinstance(node, nodes.If):
            test = node.test.node if isinstance(node.test, nodes.Not) else node.test
            if not isinstance(test, nodes.Name):
                raise self._refused(node)
        elif not isinstance(node, _PLAIN):
            raise self._refused(node)
        for child in node.iter_child_nodes():
            self._see(child, loops)

    def _see_name(self, name: str, loops: frozenset[str]) -> None:
        if name in loops:
            return
        if not self._sandbox.is_known(name):
            self._unknown[name] = None

    def _see_loop(self, node: nodes.For, loops: frozenset[str]) -> None:
        """One loop over lines; a loop within a loop could be made to run for hours."""
        plain = isinstance(node.iter, nodes.Name) and isinstance(node.target, nodes.Name)
        if loops or not plain or node.test or node.recursive or node.else_:
            raise self._refused(node)
        assert isinstance(node.iter, nodes.Name)
        assert isinstance(node.target, nodes.Name)
        self._see_name(node.iter.name, loops)
        if self._sandbox.is_known(node.iter.name) and not self._sandbox.is_list(node.iter.name):
            raise self._refused(node)
        for child in node.body:
            self._see(child, frozenset({node.target.name}))

    def _refused(self, node: nodes.Node) -> DataError:
        return DataError("template_expression", where=_shown(self._lines, node.lineno))


def _shown(lines: list[str], number: int) -> str:
    """The text of a line without its markup, around the first tag of it."""
    line = lines[min(number, len(lines)) - 1]
    plain = " ".join(_MARKUP.sub(" ", line).split())
    start = max(0, min((plain.find(mark) for mark in ("{{", "{%") if mark in plain), default=0))
    return plain[start : start + SHOWN]
