"""The process in which reports are made: ``python -m simulator.reports.worker_process``.

It hears orders on its input, makes one at a time, and says on its output what it is at. It ends
with its input. What a library prints goes to the log and never between its messages.
"""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from queue import SimpleQueue
from threading import Event, Thread
from typing import BinaryIO

from simulator import own_figures
from simulator.errors import SimulatorError
from simulator.reports.made import File
from simulator.reports.order import Order
from simulator.reports.worker_link import (
    CANCELLED,
    DONE,
    FAILED,
    MAKE,
    STEP,
    TO_LEAVE,
    Message,
)

# What is told while an order is made: the key of the step, how many are done, of how many.
Told = Callable[[str, int, int], None]
# The files, the archive of all of them, and warnings as sentences.
Made = tuple[Sequence[File], File, Sequence[str]]
Maker = Callable[[Order, Told], Made]
# How far the process steps back behind those who move levers.
NICE = 19
LOG = logging.getLogger(__name__)


class _Cancelled(Exception):  # noqa: N818 - an order, not an error
    """Nobody waits for the order any more."""


def main(maker: str, folder: str) -> None:
    """Make with ``maker`` (``module:function``) until the input ends; ``folder`` goes with it."""
    if sys.platform != "win32":
        os.nice(NICE)
        # Asked to end, it leaves what it is in properly: what was started there ends too.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    says = _own_output()
    orders: SimpleQueue[Order] = SimpleQueue()
    cancelled = Event()
    Thread(target=_listen, args=(orders, cancelled, folder), daemon=True).start()
    own_figures.attach()
    module, _, name = maker.partition(":")
    make: Maker = getattr(import_module(module), name)
    try:
        while True:
            says(_made(make, orders.get(), cancelled, says))
    except SystemExit:
        # Not by way of Python's own end, which would wait for the thread that listens.
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(1)


def _own_output() -> Callable[[Message], None]:
    """Keeps the output for messages; whatever else is printed goes to the error stream."""
    stream: BinaryIO = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def says(message: Message) -> None:
        # As a whole or not at all: what cannot be sent must not leave half of it behind.
        stream.write(pickle.dumps(message))
        stream.flush()

    return says


def _listen(orders: SimpleQueue[Order], cancelled: Event, folder: str) -> None:
    while True:
        try:
            word, *given = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own server
        except (EOFError, OSError, pickle.UnpicklingError):
            _end(folder)
        if word == MAKE:
            # Whoever cancelled the one before may have been too late for it.
            cancelled.clear()
            orders.put(given[0])
        else:
            cancelled.set()


def _end(folder: str) -> None:
    """End in the middle of whatever is made, with what was started for it."""
    if sys.platform != "win32":
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(TO_LEAVE)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


def _made(make: Maker, order: Order, cancelled: Event, says: Callable[[Message], None]) -> Message:
    """``order`` made, or why not, as the last message about it."""

    def told(step: str, done: int, of: int) -> None:
        if cancelled.is_set():
            raise _Cancelled
        says((STEP, step, done, of))

    try:
        files, archive, warnings = make(order, told)
    except _Cancelled:
        return (CANCELLED,)
    except SimulatorError as problem:
        return (FAILED, problem.code, problem.fields)
    except Exception:
        LOG.exception("a report could not be made")
        return (FAILED, "report_failed", {})
    return (DONE, tuple(files), archive, tuple(warnings))


if __name__ == "__main__":
    main(*sys.argv[1:])
