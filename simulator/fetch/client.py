"""Sending a plan: strictly one request after the other, and no further than one is welcome.

No cookies, no stored passwords, no other name than its own, no way around a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http.cookiejar import DefaultCookiePolicy

import requests
from requests.exceptions import BaseHTTPError  # type: ignore[attr-defined] # of reading

from simulator import __version__
from simulator.errors import DataError, ScenarioError
from simulator.fetch.answers import Answer, Halt, bad_status, pages_of, refuse_to_go_on
from simulator.fetch.pace import PACE, Pace
from simulator.fetch.plan import Request
from simulator.fetch.requests_file import Portal, load_portal
from simulator.fetch.switch import SWITCH, is_enabled, portal_address

HEADERS = {
    "User-Agent": f"766-scenario-simulator/{__version__} (one request at a time)",
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    "Content-Type": "application/json; charset=utf-8",
}
CHUNK = 65_536
# Worth asking again; what is wrong with a certificate or an address stays wrong.
PASSING = (
    requests.ConnectionError,
    requests.Timeout,
    requests.exceptions.ChunkedEncodingError,
    BaseHTTPError,
)
LASTING = (requests.exceptions.SSLError, requests.exceptions.ProxyError)


@dataclass(frozen=True)
class Fetched:
    """What came back: files for the readers, unchanged, and everything that went wrong.

    ``captured_at``: when the first request was sent, ISO in Vietnam's time. ``unasked``: the
    requests of the plan that were not sent because one was refused or the fetch cancelled.
    """

    files: tuple[tuple[str, bytes], ...]
    problems: tuple[DataError, ...]
    captured_at: str
    unasked: tuple[Request, ...]

    @property
    def is_complete(self) -> bool:
        return not self.problems


def fetch(
    plan: Sequence[Request],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
    pace: Pace = PACE,
    portal: Portal | None = None,
) -> Fetched:
    """Send ``plan``; ``on_progress(done, total)`` after each of its requests.

    ``is_cancelled`` is asked before every request. What goes wrong with an answer is among the
    problems. Raises :class:`ScenarioError` if fetching is off, the plan leads elsewhere than to
    the portal, somebody else is fetching, or the portal refused a short while ago.
    """
    if not is_enabled():
        raise ScenarioError("fetch_off", name=SWITCH)
    address = portal_address()
    for request in plan:
        if not request.url.startswith(f"{address}/"):
            raise ScenarioError("fetch_elsewhere", url=request.url, address=address)
    with pace.alone(), requests.Session() as session:
        _keep_nothing(session)
        run = _Run(session, portal or load_portal(), pace, is_cancelled, len(plan))
        captured_at = pace.now().isoformat(timespec="seconds")
        on_progress(0, len(plan))
        for request in plan:
            if not run.goes_on(request):
                break
            on_progress(run.done, len(plan))
    return Fetched(tuple(run.files), tuple(run.problems), captured_at, tuple(plan[run.done :]))


def _keep_nothing(session: requests.Session) -> None:
    session.headers.clear()
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    # Otherwise the library would look for a password in ~/.netrc.
    session.auth = lambda request: request


@dataclass
class _Run:
    """One fetch under way; ``done`` requests of the plan have been sent."""

    session: requests.Session
    portal: Portal
    pace: Pace
    is_cancelled: Callable[[], bool]
    total: int
    done: int = 0
    files: list[tuple[str, bytes]] = field(default_factory=list)
    problems: list[DataError] = field(default_factory=list)

    def goes_on(self, request: Request) -> bool:
        """Ask for all pages of ``request``; False if nothing more may be sent."""
        sent = False
        try:
            self.stop_if_cancelled()
            sent = True
            self.ask_pages(request)
        except DataError as problem:
            self.problems.append(problem)
        except Halt as order:
            self.problems.append(order.problem)
            if order.until is not None:
                self.pace.rest_until(order.until)
            return False
        finally:
            self.done += sent
        return True

    def stop_if_cancelled(self) -> None:
        if self.is_cancelled():
            raise Halt(DataError("fetch_cancelled", done=self.done, total=self.total))

    def ask_pages(self, request: Request) -> None:
        pages = self.ask(request)
        most = self.portal.most_pages
        for number in range(2, min(pages, most) + 1):
            self.stop_if_cancelled()
            self.ask(request.page(number, self.portal.page_key))
        if pages > most:
            raise DataError("fetch_pages", file=request.file, pages=pages, most=most)

    def ask(self, request: Request) -> int:
        """Keep the answer to one request, asked again if it fails; its number of pages."""
        answer = self.answer(request, self.portal.pause)
        for pause in self.portal.retry_pauses:
            if isinstance(answer, Answer) and answer.status < 500:
                break
            self.stop_if_cancelled()
            answer = self.answer(request, pause)
        if not isinstance(answer, Answer):
            raise Halt(_no_answer(request, answer))
        if answer.status >= 500:
            raise bad_status(answer, request)
        pages = pages_of(answer, request, self.portal)
        self.files.append((request.file, answer.content))
        return pages

    def answer(self, request: Request, pause: float) -> Answer | Exception:
        """What came back after a pause, or why nothing did."""
        self.pace.wait(pause, self.portal.jitter)
        try:
            answer = self.send(request)
        except LASTING as cause:
            raise Halt(_no_answer(request, cause)) from cause
        except PASSING as cause:
            return cause
        except requests.RequestException as cause:
            raise Halt(_no_answer(request, cause)) from cause
        finally:
            self.pace.answered()
        refuse_to_go_on(answer, request, self.portal, self.pace.now())
        return answer

    def send(self, request: Request) -> Answer:
        with self.session.post(
            request.url,
            data=request.body_text.encode(),
            headers=HEADERS,
            timeout=self.portal.timeout,
            allow_redirects=False,
            stream=True,
        ) as response:
            return Answer(response.status_code, response.headers, self.read(response, request))

    def read(self, response: requests.Response, request: Request) -> bytes:
        """The content, as far as it stays within the limits of size and time."""
        started = self.pace.clock()
        content = bytearray()
        declared = response.headers.get("Content-Length", "")
        size = int(declared) if declared.isascii() and declared.isdigit() else 0
        # read1 gives what has arrived, so a slow answer cannot hide from the deadline.
        while size <= self.portal.most_bytes and (
            chunk := response.raw.read1(CHUNK, decode_content=True)
        ):
            content += chunk
            size = len(content)
            if self.pace.clock() - started > self.portal.deadline:
                raise requests.Timeout
        if size > self.portal.most_bytes:
            most = self.portal.megabytes
            raise DataError("fetch_too_large", file=request.file, megabytes=most)
        return bytes(content)


def _no_answer(request: Request, cause: Exception) -> DataError:
    return DataError("fetch_no_answer", url=request.url, detail=type(cause).__name__)
