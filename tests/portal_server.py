"""A portal on this machine that answers as the real one does, and time that needs no waiting."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from simulator.baseline import Baseline, Basis
from simulator.fetch.pace import Pace
from simulator.numbers import VIETNAM
from tests.portal_files import response

PHU_THO = "019d2be3-6a88-732b-8b17-b68020c8553a"
CAPTURED = "2026-10-12"
GROUPS = [
    "transparency",
    "dvc-progress-tree",
    "provide-online-tree",
    "formality-online-payment-tree",
    "dossier-digitized",
    "handling-satisfaction",
]
METRIC_GROUPS = {"transparency": "CKMB", "dossier-digitized": "MDSH",
                 "handling-satisfaction": "MDHL"}  # fmt: skip
# Plain parameters of the other three groups: (name, indicator, part).
TREES = {
    "dvc-progress-tree": ("TDGQ", [
        ("totalOnTime", "ON_TIME", "numerator"), ("totalReceived", "ON_TIME", "denominator"),
    ]),
    "provide-online-tree": ("ONLINE", [
        ("partialCount", "ONLINE_SUPPLY", "numerator"),
        ("authorityCount", "ONLINE_SUPPLY", "denominator"),
        ("onlineDossierCount", "ONLINE_SERVICE_USED", "numerator"),
        ("onlineServiceTotal", "ONLINE_SERVICE_USED", "denominator"),
        ("channelOnlineSum", "ONLINE_SUBMISSION", "numerator"),
        ("channelTotalSum", "ONLINE_SUBMISSION", "denominator"),
    ]),
    "formality-online-payment-tree": ("TTTT", [
        ("totalDossierOnlinePaymentSuccess", "PAY_DOSSIER", "numerator"),
        ("totalDossierFinancialObligation", "PAY_DOSSIER", "denominator"),
        ("totalDossierOnlineFormalityPaymentSuccess", "PAY_PROCEDURE", "numerator"),
        ("totalFeeDossierFormality", "FEE_PROCEDURE", "numerator"),
        ("totalFeeFormality", "FEE_PROCEDURE", "denominator"),
    ]),
}  # fmt: skip


@dataclass
class Reply:
    """One answer, after ``delay`` seconds, and ``stall`` seconds before its end.

    ``length`` is declared in place of the body's own; None declares none.
    """

    status: int = 201
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = -1
    delay: float = 0.0
    stall: float = 0.0


@dataclass(frozen=True)
class Seen:
    """A request as it arrived."""

    group: str
    body: dict[str, Any]
    text: str
    headers: dict[str, str]


class FakePortal:
    """Answers by group; ``script[group]`` holds replies that come first, one per request."""

    def __init__(self, figures: dict[str, bytes]) -> None:
        self.figures = figures
        self.script: dict[str, list[Reply]] = {}
        self.seen: list[Seen] = []
        self.address = ""
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._at_once = 0
        self.most_at_once = 0

    @property
    def asked(self) -> list[str]:
        return [item.group for item in self.seen]

    def reply(self, seen: Seen) -> Reply:
        with self._lock:
            self.seen.append(seen)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
            scripted = self.script.get(seen.group)
            # Long enough for a second request to be seen, were it sent before the answer.
            usual = Reply(body=self.figures[seen.group], delay=0.01)
            return scripted.pop(0) if scripted else usual

    def replied(self) -> None:
        with self._lock:
            self._at_once -= 1


class _Handler(BaseHTTPRequestHandler):
    portal: FakePortal

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        group = self.path.rpartition("/")[2]
        answer = self.portal.reply(Seen(group, json.loads(text), text, dict(self.headers)))
        self.portal.stopped.wait(answer.delay)
        # From its first byte on an answer may be read, and the next request sent.
        self.portal.replied()
        # A client that has turned away is what some tests are about.
        with suppress(OSError):
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.length is not None:
                length = len(answer.body) if answer.length < 0 else answer.length
                self.send_header("Content-Length", str(length))
            self.end_headers()
            self.wfile.write(answer.body)
            self.portal.stopped.wait(answer.stall)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named so there
        """Keep the output of the tests quiet."""


@contextmanager
def running(figures: dict[str, bytes]) -> Iterator[FakePortal]:
    """A portal with these answers on a free port of the loopback address."""
    portal = FakePortal(figures)
    handler = type("Handler", (_Handler,), {"portal": portal})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        portal.address = f"http://127.0.0.1:{server.server_address[1]}"
        yield portal
        portal.stopped.set()
        server.shutdown()
        thread.join()


class FakeTime:
    """Seconds that pass only while somebody sleeps, or ``step`` at every look at the clock."""

    def __init__(self, step: float = 0.0) -> None:
        self.seconds = 0.0
        self.step = step
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds

    def clock(self) -> float:
        self.seconds += self.step
        return self.seconds

    def now(self) -> datetime:
        return datetime(2026, 10, 12, 8, 30, tzinfo=VIETNAM) + timedelta(seconds=self.seconds)

    def pace(self, chance: float = 0.0) -> Pace:
        return Pace(self.sleep, self.clock, self.now, lambda: chance)


def figures_of(baseline: Baseline, code: str, portal_id: str) -> dict[str, bytes]:
    """The six answers about one unit of a shipped baseline, as the portal would give them."""
    unit = baseline.units[code]
    edition = baseline.edition
    evidence = {item.code: unit.evidence[k] for k, item in enumerate(edition.indicators)}

    def node(group: str) -> dict[str, Any]:
        return {
            "departmentId": portal_id, "departmentCode": code, "departmentName": unit.name,
            "totalScore": unit.groups[group] / 100,
            "totalMaxScore": edition.group_by_code[group].maximum,
        }  # fmt: skip

    def metric(indicator: str) -> dict[str, Any]:
        item = evidence[indicator]
        has_cases = item.basis is Basis.COUNTS
        return {
            "code": indicator, "numerator": item.numerator if has_cases else None,
            "denominator": item.denominator if has_cases else None,
            "score": None if item.published is None else item.published / 100,
        }  # fmt: skip

    answers = {}
    for name, group in METRIC_GROUPS.items():
        metrics = [metric(item.code) for item in edition.indicators if item.group == group]
        answers[name] = response(overview={**node(group), "metrics": metrics}, evaluation=[])
    for name, (group, parts) in TREES.items():
        counts = {key: getattr(evidence[indicator], part) for key, indicator, part in parts}
        if group == "ONLINE":
            counts["fullCount"] = 0
        answers[name] = response(parent={**node(group), **counts}, children=[])
    return answers


def country_of(baseline: Baseline) -> bytes:
    """The list of provinces of a shipped baseline, as the portal would give it."""
    edition = baseline.edition
    rows = [
        {
            "departmentCode": unit.code, "departmentName": unit.name,
            "totalScore": (unit.total or 0) / 100,
            "groupScores": {edition.group_by_code[group].portal_code: points / 100
                            for group, points in unit.groups.items()},
        }
        for unit in baseline.units.values()
    ]  # fmt: skip
    return response(overview={"departmentName": "Cả nước"}, evaluation=rows)
