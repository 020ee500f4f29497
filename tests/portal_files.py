"""Small responses of the portal and what the readers make of them, for tests."""

from __future__ import annotations

import json
from typing import Any

from simulator.readers import join, read_bytes
from simulator.rules import Edition
from simulator.scorecard import UnitScore, score_reading

TRANSPARENCY = {
    "PUBLISH_ON_TIME": (0, 89, 0),
    "PUBLIC_UPDATE_ON_TIME": (0, 70, 0),
    "PUBLIC_CONTENT_FULL": (87, 89, 1.96),
    "DOSSIER_SYNC": (475053, 475053, 6),
}


def response(**data: Any) -> bytes:
    return json.dumps({"code": "OK", "data": data}).encode()


def metrics(values: dict[str, tuple[Any, Any, Any]]) -> list[dict[str, Any]]:
    return [
        {"code": code, "numerator": n, "denominator": d, "score": score}
        for code, (n, d, score) in values.items()
    ]


def transparency(**unit: Any) -> bytes:
    overview = {"departmentId": "id-44", "totalScore": 7.96, "totalMaxScore": 18, **unit}
    return response(overview={**overview, "metrics": metrics(TRANSPARENCY)}, evaluation=[])


def tree(parent: dict[str, Any], *children: dict[str, Any]) -> bytes:
    return response(parent=parent, children=list(children))


PROGRESS = tree(
    {
        "departmentId": "id-44", "departmentCode": "H44", "departmentName": "Phú Thọ",
        "totalReceived": 597918, "totalOnTime": 528684, "totalScore": 17.68, "totalMaxScore": 20,
    },
    {"departmentId": "id-01", "departmentCode": "H44.01", "totalReceived": 161,
     "totalOnTime": 156, "score": 19.38},
)  # fmt: skip


def scored(edition: Edition, *files: tuple[str, bytes | str]) -> dict[str, UnitScore]:
    readings = [
        read_bytes(text.encode() if isinstance(text, str) else text, name, edition)
        for name, text in files
    ]
    return {unit.unit: unit for unit in score_reading(edition, join(readings, edition))}
