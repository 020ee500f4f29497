"""What an archive of reports tells of itself: what everything was made from, and every file.

Program, edition, figures with their fingerprints, seed, draws and parameters of every scenario;
name, size and SHA-256 of every other file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from simulator import __version__, plan_target
from simulator.reports.make import Made
from simulator.reports.names import folders
from simulator.reports.order import Order
from simulator.reports.subject import Subject

KIND, FORMAT = "index-766-reports", 1
NAME = "manifest.json"


def manifest(
    order: Order, made: Made, subjects: Sequence[Subject], files: Mapping[str, bytes]
) -> dict[str, Any]:
    """The content of :data:`NAME`, ready for JSON."""
    places = folders((one.content.name for one in subjects), order.language)
    return {
        "kind": KIND,
        "format": FORMAT,
        "program": {"name": "766 scenario simulator", "version": __version__},
        "language": order.language,
        "day": order.day.isoformat(),
        "edition": subjects[0].view.edition.code,
        "parts": [part.value for part in order.parts],
        "own_templates": {
            part.value: sha256(content).hexdigest() for part, content in order.templates.items()
        },
        "scenarios": [
            _scenario(one) | {"folder": place} for one, place in zip(subjects, places, strict=True)
        ],
        "not_made": list(made.warnings),
        "files": [
            {"name": name, "size": len(files[name]), "sha256": sha256(files[name]).hexdigest()}
            for name in sorted(files)
        ],
    }


def _scenario(subject: Subject) -> dict[str, Any]:
    view, content = subject.view, subject.content
    ahead = view.rank_ahead
    return {
        "name": content.name,
        "author": content.author,
        "baseline": {
            "id": view.baseline.id,
            "title": subject.say.name(view.baseline.title),
            "source": view.baseline.source,
            "captured_at": view.baseline.captured_at,
            "fingerprint": view.baseline.fingerprint,
            "fingerprint_when_saved": content.fingerprint,
        },
        "unit": {"code": view.unit.code, "name": view.unit.name},
        "peers": subject.scenario.peers.value,
        "seed": subject.scenario.seed,
        "draws": None if ahead is None else ahead.question.draws,
        "target": plan_target.to_params(subject.target),
        "parameters": dict(content.parameters),
        "warnings": list(subject.warnings),
    }
