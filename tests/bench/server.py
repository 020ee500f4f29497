"""A Streamlit server of our own for the length of a measurement."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app.py"
BARE_APP = Path(__file__).with_name("bare_app.py")
LONGEST_START = 60.0


@dataclass(frozen=True)
class Running:
    """A server that answers, and the moment its process was started."""

    port: int
    pid: int
    started_at: float
    below: str = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}" + (f"/{self.below}" if self.below else "")


@contextmanager
def serve(
    script: Path, port: int | None = None, below: str = "", **environment: str
) -> Iterator[Running]:
    """Start ``script`` with the settings of the project, ``below`` a path; stop it at the end."""
    port = port or free_port()
    started_at = time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "streamlit", "run", str(script),
            "--server.address", "127.0.0.1", "--server.port", str(port),
            "--server.baseUrlPath", below,
        ],
        cwd=ROOT, env=os.environ | environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        running = Running(port, process.pid, started_at, below)
        _wait_until_healthy(running, process)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_healthy(running: Running, process: subprocess.Popen[bytes]) -> None:
    while time.perf_counter() - running.started_at < LONGEST_START:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with code {process.returncode}")
        try:
            with urllib.request.urlopen(f"{running.url}/_stcore/health", timeout=5):  # noqa: S310
                return
        except OSError:  # refused, or not answered in time
            time.sleep(0.02)
    raise RuntimeError(f"the server did not answer within {LONGEST_START:g} s")
