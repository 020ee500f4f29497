"""What an answer is worth: figures to keep, a problem to report, or the order to stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from simulator.errors import DataError
from simulator.fetch.plan import Request
from simulator.fetch.requests_file import Portal
from simulator.numbers import VIETNAM
from simulator.readers.json_nodes import parse
from simulator.readers.records import one_line, quoted

REFUSALS = (401, 403, 429, 451)
# Seven digits are 115 days; nobody means more.
LONGEST_RETRY_AFTER = 7
LONGEST_WORDS = 160


class Halt(Exception):  # noqa: N818 - an order, not an error
    """Nothing more may be sent; ``problem`` says why, ``until`` how long if for everybody."""

    def __init__(self, problem: DataError, until: datetime | None = None) -> None:
        super().__init__(problem)
        self.problem = problem
        self.until = until


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in any case) and unpacked content of one answer."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def first_words(self) -> str:
        """How the content begins, on one line; a dash if there is none."""
        return shortened(self.content[:1000].decode("utf-8", "replace")) or "–"


def shortened(text: str) -> str:
    """``text`` on one line of at most 160 characters."""
    line = one_line(text)
    return line if len(line) <= LONGEST_WORDS else f"{line[: LONGEST_WORDS - 1]}…"


def pages_of(answer: Answer, request: Request, portal: Portal) -> int:
    """How many pages the good answer ``answer`` says there are; 1 if it says nothing.

    Raises :class:`DataError` if it does not hold the figures that were asked for.
    """
    if answer.status not in portal.accepted:
        raise bad_status(answer, request)
    data = _envelope(answer, request)
    _check_unit(data, request)
    table = data.get(portal.pages_table)
    total = table.get(portal.pages_total) if isinstance(table, dict) else None
    return total if isinstance(total, int) and not isinstance(total, bool) and total > 1 else 1


def refuse_to_go_on(answer: Answer, request: Request, portal: Portal, now: datetime) -> None:
    """Raise :class:`Halt` if the answer tells this server to stay away.

    A refusal (401, 403, 429, 451), any other failure that says when to come back, a way to
    another address, and a page for people in place of figures (a firewall or a login).
    """
    wanted = answer.headers.get("Retry-After")
    is_failure = answer.status >= 400
    if answer.status in REFUSALS or (is_failure and wanted):
        until = retry_after(wanted, now) or now + timedelta(minutes=portal.rest_minutes)
        raise Halt(
            DataError(
                "fetch_refused", file=request.file, status=answer.status,
                words=answer.first_words, until=until.isoformat(timespec="seconds"),
            ),
            until,
        )  # fmt: skip
    if 300 <= answer.status < 400:
        target = shortened(answer.headers.get("Location", ""))
        raise Halt(
            DataError("fetch_redirect", file=request.file, status=answer.status, target=target)
        )
    if not is_failure and answer.content.lstrip()[:1] == b"<":
        raise Halt(_not_json(answer, request))


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The moment a ``Retry-After`` header names (seconds or a date), None if it does not."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        seconds = int(text[:LONGEST_RETRY_AFTER])
        return now + timedelta(seconds=seconds)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(aware, now).astimezone(VIETNAM)


def bad_status(answer: Answer, request: Request) -> DataError:
    """The problem with an answer whose status is not one of success."""
    return DataError(
        "fetch_status", file=request.file, status=answer.status, words=answer.first_words
    )


def _envelope(answer: Answer, request: Request) -> dict[str, Any]:
    """The ``data`` of an answer that says OK."""
    try:
        raw = parse(answer.content.decode("utf-8-sig"), request.file)
    except (DataError, UnicodeDecodeError):
        raise _not_json(answer, request) from None
    code = raw.get("code") if isinstance(raw, dict) else None
    data = raw.get("data") if isinstance(raw, dict) else None
    if code != "OK" or not isinstance(data, dict):
        raise DataError(
            "fetch_not_ok", file=request.file, status=answer.status, value=quoted(code),
            words=answer.first_words,
        )  # fmt: skip
    return data


def _check_unit(data: dict[str, Any], request: Request) -> None:
    """An answer about another unit than the one asked for must not pass as its figures."""
    for key in ("overview", "parent"):
        node = data.get(key)
        found = node.get("departmentId") if isinstance(node, dict) else None
        if request.unit_id and found is not None and found != request.unit_id:
            raise DataError(
                "fetch_other_unit", file=request.file, value=quoted(found),
                expected=request.unit_id,
            )  # fmt: skip


def _not_json(answer: Answer, request: Request) -> DataError:
    return DataError(
        "fetch_not_json", file=request.file, status=answer.status, words=answer.first_words
    )
