"""A process that imports or saves scenarios when told to, and is killed when it is told so.

Reads one JSON object per line and answers with one. ``python -m tests.store.importer``.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from simulator.store import Store
from simulator.store.writing import prepare
from tests.paths import PROJECT
from tests.store.figures import numbered
from tests.store.saved import content


def add(url: str, number: int) -> dict[str, Any]:
    """Open the store, which may be new, and add one import."""
    store = Store(url)
    key, outcome = store.add(numbered(number))
    store.close()
    return {"id": key, "outcome": outcome}


def save(url: str, key: str, first: int, times: int, based_on: int) -> dict[str, Any]:
    """Save first, first + 1, ... into one scenario, each made from what was saved before."""
    store, told = Store(url), []
    for number in range(first, first + times):
        saved = store.scenarios.save(key, content(number), based_on)
        told += [one.content.name for one in saved.meanwhile]
        based_on = saved.version.number
    store.close()
    return {"told": told}


def killed(
    url: str, first: int, written: int, seconds: float, what: str = "imports"
) -> dict[str, Any]:
    """A child writes first, first + 1, ... and is killed ``seconds`` after it wrote ``written``.

    ``what``: imports or scenarios. Answers with the numbers it began and those the store said
    were written.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _write_for_ever(url, first, writing, {"imports": importing, "scenarios": saving}[what])
    os.close(writing)
    with os.fdopen(reading) as said:
        # Each of them says two lines, and the one that will be cut off its first.
        lines = [said.readline() for _ in range(2 * written + 1)]
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += said.readlines()
    events = [line.split() for line in lines]
    return {what: [int(n) for event, n in events if event == what] for what in ("began", "done")}


def importing(store: Store) -> Callable[[int], Callable[[], object]]:
    """What prepares the import of a number, and then adds it."""

    def prepared(number: int) -> Callable[[], object]:
        new = numbered(number)
        return lambda: store.add(new)

    return prepared


def saving(store: Store) -> Callable[[int], Callable[[], object]]:
    """What saves the content of a number: every seventh as a new scenario, else on the newest."""
    at = None

    def saved(number: int) -> None:
        nonlocal at
        found = store.scenarios.listed() if at is None else ()
        at = found[0].newest if found else at
        if at is None or number % 7 == 0:
            at = store.scenarios.create(content(number))
        else:
            at = store.scenarios.save(at.scenario_id, content(number), at.number).version

    return lambda number: lambda: saved(number)


def _write_for_ever(
    url: str, first: int, pipe: int, how: Callable[[Store], Callable[[int], Callable[[], object]]]
) -> None:
    try:
        prepared = how(Store(url))
        for number in count(first):
            write = prepared(number)
            os.write(pipe, f"began {number}\n".encode())
            write()
            os.write(pipe, f"done {number}\n".encode())
    finally:
        os._exit(1)


class Importer:
    """Such a process, seen from a test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.importer"],
            cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.answer()

    def tell(self, do: str, **arguments: object) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        assert self._process.stdout
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def stop(self) -> None:
        self._process.communicate()


# They have nothing of a store while they wait, and take longer to start than most tests.
_waiting: list[Importer] = []


@contextmanager
def importers(number: int) -> Iterator[list[Importer]]:
    """Processes that have loaded everything and wait."""
    taken = [_waiting.pop() if _waiting else Importer() for _ in range(number)]
    try:
        yield taken
    except BaseException:
        # Nobody has read what they said last.
        for importer in taken:
            importer.stop()
        raise
    _waiting.extend(taken)


@atexit.register
def _stop() -> None:
    for importer in _waiting:
        importer.stop()


def main() -> None:
    # The first import loads libraries; a child must not spend its short life on that.
    prepare(numbered(0))
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        task = json.loads(line)
        do = {"add": add, "save": save, "killed": killed}[task.pop("do")]
        print(json.dumps(do(**task)), flush=True)


if __name__ == "__main__":
    main()
