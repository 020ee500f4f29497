"""What makes reports in tests: quick, slow, broken or deadly, as the order's language says."""

from __future__ import annotations

import os
import time
from pathlib import Path

from simulator.errors import DataError, Place
from simulator.reports.made import File
from simulator.reports.order import Order
from simulator.reports.worker_process import Made, Told

STEP_S = 0.05
# Longer than any test waits: who sleeps so long only ends when it is ended.
ENDLESS_S = 600


def make(order: Order, told: Told) -> Made:
    """Two steps and a file with who ordered it; or what its name asks for."""
    name = order.chosen[0].name
    print("a library that prints where it should not")
    told("paper", 0, 2)
    if name == "wrong":
        raise DataError("pdf_timeout", seconds=60, place=Place("file", {"file": "a.docx"}))
    if name == "broken":
        raise ZeroDivisionError
    if name == "dies":
        os._exit(9)
    if name == "deaf":
        Path(order.chosen[0].note).write_text(str(os.getpid()), encoding="utf-8")
        time.sleep(ENDLESS_S)
    while name == "slow":
        time.sleep(STEP_S)
        told("workbook", 1, 2)
    file = File("a.docx", f"{name} {os.getpid()} {os.environ['TMPDIR']}".encode())
    big = File("bieu-do/b.png", bytes(int(order.chosen[0].note or 0)))
    return (file, big), File("all.zip", b"PK"), ("a warning",)
