"""How slowly this server asks: one fetch at a time, spaced, and not at all after a refusal."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock

from simulator.errors import ScenarioError
from simulator.numbers import VIETNAM

_CHANCE = random.SystemRandom().random


def vietnam_now() -> datetime:
    return datetime.now(VIETNAM)


class Pace:
    """Shared by everybody who uses this server, as the portal sees only one address.

    ``sleep`` and ``clock`` count seconds, ``chance`` is uniform in [0, 1).
    """

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = vietnam_now,
        chance: Callable[[], float] = _CHANCE,
    ) -> None:
        self.sleep, self.clock, self.now, self.chance = sleep, clock, now, chance
        self._busy = Lock()
        self._last_answer: float | None = None
        self._rests_until: datetime | None = None

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the only place; :class:`ScenarioError` if it is taken or the portal refused."""
        if not self._busy.acquire(blocking=False):
            raise ScenarioError("fetch_busy")
        try:
            if self._rests_until is not None and self.now() < self._rests_until:
                raise ScenarioError("fetch_resting", until=self._rests_until.isoformat())
            yield
        finally:
            self._busy.release()

    def wait(self, pause: float, jitter: float) -> None:
        """Sleep until ``pause`` and a part of ``jitter`` have passed since the last answer."""
        if self._last_answer is not None:
            left = self._last_answer + pause + jitter * self.chance() - self.clock()
            if left > 0:
                self.sleep(left)

    def answered(self) -> None:
        """Note that a request has ended, well or not: the pause counts from here."""
        self._last_answer = self.clock()

    def rest_until(self, moment: datetime) -> None:
        """Refuse every further fetch before ``moment``."""
        self._rests_until = moment


PACE = Pace()
