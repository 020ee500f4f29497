"""Where reports are made beside the server: a queue, and one process that makes.

Charts and documents take seconds of the processor and a hundred megabytes; whoever moves a lever
meanwhile must not wait for that. The process begins with the first order and ends when nobody
ordered anything for a while.
"""

from __future__ import annotations

import atexit
import logging
import secrets
import time
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from threading import Condition, Thread
from typing import Any

from simulator.errors import DataError, ScenarioError, SimulatorError
from simulator.reports.order import Order
from simulator.reports.worker_link import CANCEL, CANCELLED, DONE, MAKE, STEP, Worker, WorkerEnded
from simulator.reports.worker_states import (
    Cancelled,
    Done,
    Failed,
    Gone,
    Limits,
    State,
    Waiting,
    Working,
)

LOG = logging.getLogger(__name__)
MAKER = "simulator.reports.worker_maker:make_all"


@dataclass(eq=False)
class Ticket:
    """An order that was given: ``key`` finds it again."""

    order: Order
    workshop: Workshop = field(repr=False)
    key: str = field(default_factory=lambda: secrets.token_hex(8))
    ordered_at: datetime = field(default_factory=lambda: datetime.now().astimezone())
    is_unwanted: bool = False

    @property
    def state(self) -> State:
        return self.workshop.state_of(self)

    def cancel(self) -> None:
        """Not made, or not to its end; nothing happens where it is over."""
        self.workshop.cancel(self)


class Workshop:
    """Makes orders one after the other; used by all threads of a server."""

    def __init__(self, maker: str = MAKER, limits: Limits | None = None) -> None:
        self.maker = maker
        self.limits = limits or Limits()
        self.worker: Worker | None = None
        self._changed = Condition()
        self._queue: deque[Ticket] = deque()
        # What became of each order that left the queue, oldest first, and when it did.
        self._states: dict[Ticket, State] = {}
        self._over: dict[Ticket, float] = {}
        self._thread: Thread | None = None

    def order(self, order: Order) -> Ticket:
        """Take ``order``; :class:`ScenarioError` where too many are waiting."""
        ticket = Ticket(order, self)
        with self._changed:
            self._tidy()
            if len(self._queue) >= self.limits.waiting:
                raise ScenarioError("report_queue_full", count=len(self._queue))
            self._queue.append(ticket)
            if self._thread is None:
                self._thread = Thread(target=self._serve, name="report-workshop", daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return ticket

    def ticket(self, key: str) -> Ticket | None:
        """The order with that key, as long as anything is known of it."""
        with self._changed:
            self._tidy()
            return next((one for one in (*self._queue, *self._states) if one.key == key), None)

    def state_of(self, ticket: Ticket) -> State:
        with self._changed:
            self._tidy()
            if ticket in self._queue:
                return Waiting(self._queue.index(ticket) + self._is_working())
            return self._states.get(ticket, Gone())

    def cancel(self, ticket: Ticket) -> None:
        with self._changed:
            ticket.is_unwanted = True
            if ticket in self._queue:
                self._queue.remove(ticket)
                self._set(ticket, Cancelled())

    def close(self) -> None:
        """End the process; orders that were not made are cancelled."""
        with self._changed:
            for ticket in (*self._queue, *self._states):
                self.cancel(ticket)
            worker = self.worker
        if worker is not None:
            worker.kill()

    def _is_working(self) -> bool:
        return any(isinstance(state, Working) for state in self._states.values())

    def _set(self, ticket: Ticket, state: State) -> None:
        with self._changed:
            self._states[ticket] = state
            if not isinstance(state, Working):
                self._over[ticket] = time.monotonic()
            self._tidy()
            self._changed.notify_all()

    def _tidy(self) -> None:
        """Forget what is old, and the oldest where all together is too much."""
        sizes = {one: state.size for one, state in self._states.items() if isinstance(state, Done)}
        too_much = sum(sizes.values()) - self.limits.bytes_kept
        oldest = time.monotonic() - self.limits.kept
        for ticket, at in sorted(self._over.items(), key=lambda item: item[1]):
            if at < oldest or (too_much > 0 and ticket in sizes):
                too_much -= sizes.get(ticket, 0)
                del self._states[ticket], self._over[ticket]

    def _serve(self) -> None:
        """Make what is in the queue until nothing was in it for a while."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue, self.limits.idle)
                if not self._queue:
                    worker, self.worker, self._thread = self.worker, None, None
                    break
                ticket = self._queue.popleft()
                self._set(ticket, Working())
            self._set(ticket, self._made(ticket))
        if worker is not None:
            worker.stop()

    def _made(self, ticket: Ticket) -> State:
        """What becomes of an order; a process that ended meanwhile is not used again."""
        try:
            worker = self.worker
            if worker is None or not worker.is_alive:
                return self._followed(ticket, self._started())
            try:
                return self._followed(ticket, worker)
            except WorkerEnded:
                if ticket.is_unwanted or self._states[ticket] != Working():
                    raise
                # It was ending before it heard of this order.
                return self._followed(ticket, self._started())
        except WorkerEnded:
            self._dismiss()
            return Cancelled() if ticket.is_unwanted else Failed(DataError("report_worker_ended"))
        except OSError as problem:
            why = problem.strerror or type(problem).__name__
            return Failed(DataError("report_worker_start", why=why))
        except Exception:
            # One order that cannot even be handed over must not be the end of the queue.
            LOG.exception("an order for a report could not be handed over")
            self._dismiss()
            return Failed(DataError("report_failed"))

    def _followed(self, ticket: Ticket, worker: Worker) -> State:
        """What the process says of the order until it is over, or takes too long."""
        worker.send(MAKE, ticket.order)
        end = time.monotonic() + self.limits.longest
        is_told = False
        while time.monotonic() < end:
            if ticket.is_unwanted and not is_told:
                worker.send(CANCEL)
                is_told, end = True, min(end, time.monotonic() + self.limits.patience)
            word, *said = worker.receive(0.1) or ("",)
            if word == STEP:
                self._set(ticket, Working(*said))
            elif word:
                return _over(word, said)
        self._dismiss()
        if ticket.is_unwanted:
            return Cancelled()
        return Failed(DataError("report_too_long", seconds=round(self.limits.longest)))

    def _started(self) -> Worker:
        self._dismiss()
        self.worker = Worker(self.maker)
        return self.worker

    def _dismiss(self) -> None:
        if self.worker is not None:
            self.worker.kill()
            self.worker = None


def _over(word: str, said: list[Any]) -> State:
    """The last message about an order as what became of it."""
    if word == DONE:
        return Done(*said)
    if word == CANCELLED:
        return Cancelled()
    code, fields = said
    return Failed(SimulatorError(code, **fields))


WORKSHOP = Workshop()
atexit.register(WORKSHOP.close)
