"""What the process that makes reports makes of an order."""

from __future__ import annotations

from simulator.reports.archive import archive
from simulator.reports.make import make
from simulator.reports.order import Order
from simulator.reports.worker_process import Made, Told

ARCHIVE = "archive"


def make_all(order: Order, told: Told) -> Made:
    """All files of ``order``, the archive that holds them, and what has to be known of them."""
    steps = 0

    def told_of_more(step: str, done: int, of: int) -> None:
        nonlocal steps
        steps = of
        told(step, done, of + 1)

    made = make(order, told_of_more)
    told(ARCHIVE, steps, steps + 1)
    return made.files, archive(order, made), made.warnings
