"""JSON files of the portal, whichever of its generations wrote them."""

from __future__ import annotations

from simulator.readers.json_nodes import parse
from simulator.readers.old_list import read_old_list
from simulator.readers.portal_json import read_portal_json
from simulator.readers.records import Reading
from simulator.rules import Edition


def read_json(text: str, file: str, edition: Edition) -> Reading:
    """Rows of one file: a bare list is of the older generation, an envelope of that of 2026."""
    raw = parse(text, file)
    if isinstance(raw, list):
        return read_old_list(raw, file, edition)
    return read_portal_json(raw, file, edition)
