"""The skeleton of a portal response: JSON text to its units with their paths."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from simulator.errors import DataError, Place
from simulator.readers.records import quoted

Node = dict[str, Any]
KEYS = {"evaluation", "overview", "parent", "children"}
SHAPES = "data.overview + data.evaluation[], data.parent + data.children[]"


class WrittenNumber(float):
    """A JSON number with a point or exponent that errors quote as it was written (1e309)."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text


def parse(text: str, file: str) -> Any:
    """JSON without NaN, infinities and repeated keys; :class:`DataError` if it is broken."""

    def refuse_constant(name: str) -> None:
        raise DataError("json_constant", file=file, value=name)

    def refuse_repeated(pairs: list[tuple[str, Any]]) -> Node:
        result = dict(pairs)
        if len(result) < len(pairs):
            keys = [key for key, _ in pairs]
            repeated = next(key for key in keys if keys.count(key) > 1)
            raise DataError("json_repeated_key", file=file, key=quoted(repeated))
        return result

    try:
        return json.loads(
            text,
            parse_float=WrittenNumber,
            parse_constant=refuse_constant,
            object_pairs_hook=refuse_repeated,
        )
    except json.JSONDecodeError as cause:
        place = Place(
            "json_line", {"file": file, "line": str(cause.lineno), "column": str(cause.colno)}
        )
        raise DataError("json_broken", place=place, detail=cause.msg) from None
    except (RecursionError, ValueError):
        raise DataError("json_too_deep", file=file) from None


def payload(raw: Any, file: str) -> Node:
    """The part with the units: the ``data`` of the envelope, or a response without one."""
    if isinstance(raw, dict) and raw.get("code", "OK") != "OK":
        raise DataError("json_not_ok", file=file, value=quoted(raw["code"]))
    data = raw.get("data", raw) if isinstance(raw, dict) else raw
    if not isinstance(data, dict) or not KEYS & set(data):
        place = Place("json_path", {"file": file, "path": "data"})
        raise DataError("json_shape", place=place, allowed=SHAPES)
    return data


def nodes(data: Node, file: str) -> Iterator[tuple[str, Node]]:
    """Every unit of the response with its path, parents first."""
    for key in ("overview", "parent"):
        if data.get(key) is not None:
            yield f"data.{key}", as_object(data[key], f"data.{key}", file)
    for key in ("evaluation", "children"):
        yield from _listed(data, key, "data", file)


def _listed(node: Node, key: str, path: str, file: str) -> Iterator[tuple[str, Node]]:
    for k, item in enumerate(as_list(node.get(key), f"{path}.{key}", file)):
        here = f"{path}.{key}[{k}]"
        yield here, as_object(item, here, file)
        yield from _listed(item, "children", here, file)


def as_object(value: Any, path: str, file: str) -> Node:
    """Return ``value`` if it is a JSON object."""
    if not isinstance(value, dict):
        place = Place("json_path", {"file": file, "path": path})
        raise DataError("json_shape", place=place, allowed="{...}")
    return value


def as_list(value: Any, path: str, file: str) -> list[Any]:
    """Return ``value`` if it is a JSON array; null is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        place = Place("json_path", {"file": file, "path": path})
        raise DataError("json_shape", place=place, allowed="[...]")
    return value
