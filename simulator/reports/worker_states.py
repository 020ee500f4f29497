"""What becomes of an order for reports, and what a server can spare for them."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.errors import SimulatorError
from simulator.reports.made import File


@dataclass(frozen=True)
class Waiting:
    """``before``: orders that are made before this one."""

    before: int


@dataclass(frozen=True)
class Working:
    """``step``: what is made now, ``done`` steps of ``of`` being over; empty at the very start."""

    step: str = ""
    done: int = 0
    of: int = 0


@dataclass(frozen=True)
class Done:
    """``archive``: all ``files`` with their manifest; ``warnings`` as sentences."""

    files: tuple[File, ...]
    archive: File
    warnings: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes it takes to keep this."""
        return sum(len(file.content) for file in (*self.files, self.archive))


@dataclass(frozen=True)
class Failed:
    """Why nothing was made."""

    problem: SimulatorError


@dataclass(frozen=True)
class Cancelled:
    """Nobody wanted it any more."""


@dataclass(frozen=True)
class Gone:
    """It was made, and is no longer kept."""


State = Waiting | Working | Done | Failed | Cancelled | Gone


@dataclass(frozen=True)
class Limits:
    """Seconds, bytes and numbers an office's server can spare.

    ``longest``: of one order; ``patience``: until who does not hear is killed; ``idle``: before
    the process ends; ``kept``: a result; ``bytes_kept``: all of them; ``waiting``: orders.
    """

    longest: float = 300.0
    patience: float = 3.0
    idle: float = 300.0
    kept: float = 3600.0
    bytes_kept: int = 256_000_000
    waiting: int = 20
