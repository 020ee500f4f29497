"""The process that makes reports, seen from the server: start it, talk with it, end it.

A process of its own, begun anew and not forked: the server has threads. Pipes and nothing else
join the two, so that the end of the server, however it comes, is the end of the process.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from contextlib import suppress
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from simulator.paths import DATA

# What the two say to each other: a word and what belongs to it.
MAKE, CANCEL = "make", "cancel"
STEP, DONE, FAILED, CANCELLED = "step", "done", "failed", "cancelled"
Message = tuple[Any, ...]
_END: Message = ("end",)
# Seconds a process has to end what it started, once it was told to go.
TO_LEAVE = 2.0


class WorkerEnded(Exception):  # noqa: N818 - somebody's doing, as often as a fault
    """The process is gone: killed, out of memory, or it never came up."""


class Worker:
    """A running process that makes with ``maker`` (``module:function``)."""

    def __init__(self, maker: str) -> None:
        # All it leaves behind when it is killed lies in here.
        self._folder = TemporaryDirectory(prefix="simulator-report-", ignore_cleanup_errors=True)
        command = [
            sys.executable, "-m", "simulator.reports.worker_process", maker, self._folder.name,
        ]  # fmt: skip
        self._process = subprocess.Popen(  # noqa: S603 - this very interpreter and module
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=_environment(self._folder.name), start_new_session=True,
            creationflags=_creation_flags(),
        )  # fmt: skip
        self._is_ended = False
        self._heard: SimpleQueue[Message] = SimpleQueue()
        Thread(target=self._listen, name="report-worker", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def send(self, *message: Any) -> None:
        """Raises :class:`WorkerEnded` where nobody listens any more."""
        stream = self._process.stdin
        assert stream is not None
        try:
            pickle.dump(message, stream)
            stream.flush()
        except OSError:
            raise WorkerEnded from None

    def receive(self, timeout: float) -> Message | None:
        """What it says next, None if it is silent for ``timeout`` seconds; raises
        :class:`WorkerEnded` at its end."""
        try:
            message = self._heard.get(timeout=timeout)
        except Empty:
            return None
        if message is _END:
            raise WorkerEnded
        return message

    def stop(self) -> None:
        """Let it end: it does when nobody can say anything to it any more."""
        stream = self._process.stdin
        assert stream is not None
        with suppress(OSError):
            stream.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(TO_LEAVE)
        self.kill()

    def kill(self) -> None:
        """End it and what it started, whatever it is doing."""
        if self._is_ended:
            return
        self._is_ended = True
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(TO_LEAVE)
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        try:
            while True:
                self._heard.put(pickle.load(stream))  # noqa: S301 - from our own process
        except (EOFError, OSError, pickle.UnpicklingError):
            # Cut off in the middle of what it said, it says nothing more either.
            self._heard.put(_END)


def _environment(folder: str) -> dict[str, str]:
    """The server's, with the project to import from, wherever it was started, and a folder for
    whatever is temporary."""
    found = os.environ.get("PYTHONPATH")
    path = os.pathsep.join(filter(None, (str(DATA.parent), found)))
    return os.environ | {"PYTHONPATH": path, "TMPDIR": folder, "TEMP": folder, "TMP": folder}


def _creation_flags() -> int:
    """People who move levers come first; elsewhere the process itself steps back."""
    if sys.platform == "win32":
        return subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return 0
