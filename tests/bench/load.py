"""Twenty users at once: how long the server takes to answer a lever, and what it needs.

The app, the barest Streamlit app and, where nginx is installed, two processes of the app behind
it take turns under the same load, so that all meet the same state of the machine.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import ExitStack
from dataclasses import dataclass, field

import psutil

from tests.bench.browser import SCREEN
from tests.bench.measure import Result, below, median, p95
from tests.bench.proxy import BELOW, behind_nginx, nginx
from tests.bench.server import APP, BARE_APP, serve
from tests.bench.websocket_user import BareUser, User

USERS = 20
SECONDS_BETWEEN_MOVES = 3.0
TURNS = 4
MOVES_PER_TURN = 5
SECONDS = TURNS * MOVES_PER_TURN * SECONDS_BETWEEN_MOVES
LIMIT_MS = 250
LARGEST_ANSWER_KB = 60
SEED = 766


@dataclass
class Side:
    """One of those that take turns; times in milliseconds, memory in bytes."""

    users: list[User]
    processes: list[psutil.Process]
    answers: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)
    busy: float = 0.0
    wall: float = 0.0
    received: int = 0

    async def open(self) -> None:
        self.note_memory()
        for user in self.users:
            await user.open()
        self.note_memory()

    async def take_turn(self, seed: int) -> None:
        before, received, start = self._processor_time(), self._received(), time.perf_counter()
        work = (_work(user, seed + k) for k, user in enumerate(self.users))
        moves = [move for done in await asyncio.gather(*work) for move in done]
        self.wall += time.perf_counter() - start
        self.busy += self._processor_time() - before
        self.received += self._received() - received
        self.ends += [1e3 * end for _, end in moves]
        self.answers += [1e3 * total for total, _ in moves if total is not None]

    async def close(self) -> None:
        self.note_memory()
        if len(self.answers) < len(self.ends) / 2:
            raise RuntimeError(
                f"only {len(self.answers)} of {len(self.ends)} moves changed the total"
            )
        for user in self.users:
            await user.close()

    def note_memory(self) -> None:
        self.memory.append(sum(process.memory_info().rss for process in self.processes))

    def _processor_time(self) -> float:
        times = [process.cpu_times() for process in self.processes]
        return float(sum(one.user + one.system for one in times))

    def _received(self) -> int:
        return sum(user.received for user in self.users)


def run() -> list[Result]:
    with ExitStack() as servers:
        app, bare = servers.enter_context(serve(APP)), servers.enter_context(serve(BARE_APP))
        screen = SCREEN.strip("/")
        sides = [
            Side([User(f"127.0.0.1:{app.port}", screen) for _ in range(USERS)],
                 [psutil.Process(app.pid)]),
            Side([BareUser(f"127.0.0.1:{bare.port}") for _ in range(USERS)],
                 [psutil.Process(bare.pid)]),
        ]  # fmt: skip
        if nginx() is not None:
            proxied = servers.enter_context(behind_nginx())
            server = f"127.0.0.1:{proxied.port}"
            sides.append(
                Side([User(server, screen, BELOW) for _ in range(USERS)],
                     [psutil.Process(process.pid) for process in proxied.processes])
            )  # fmt: skip
        asyncio.run(_load(sides))
    return _report(*sides)


async def _load(sides: list[Side]) -> None:
    for side in sides:
        await side.open()
    for turn in range(TURNS):
        for side in sides:
            await side.take_turn(SEED + turn * USERS)
    for side in sides:
        await side.close()


async def _work(user: User, seed: int) -> list[tuple[float | None, float]]:
    """Move random levers to random places at a steady pace, out of step with the others."""
    dice = random.Random(seed)  # noqa: S311
    due = time.perf_counter() + dice.uniform(0, SECONDS_BETWEEN_MOVES)
    done = []
    for _ in range(MOVES_PER_TURN):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lever = dice.choice(list(user.levers))
        done.append(await user.move(lever, dice.choice(user.levers[lever])))
        due += SECONDS_BETWEEN_MOVES
    return done


def _report(app: Side, bare: Side, proxied: Side | None = None) -> list[Result]:
    load = f"{USERS} users, a move every {SECONDS_BETWEEN_MOVES:g} s for {SECONDS:g} s"
    sent = app.received / len(app.ends) / 1024
    results = [
        below(f"{load}: new total at the client", app.answers, LIMIT_MS, "ms"),
        below("the same: script finished", app.ends, LIMIT_MS, "ms"),
        _cost(app),
        Result(
            "the same: sent to the client per move",
            f"{sent:.0f} kB",
            "—",
            f"mean < {LARGEST_ANSWER_KB} kB",
            sent < LARGEST_ANSWER_KB,
        ),
        _memory(app),
        _plain("barest Streamlit app under the same load: new total", bare.answers),
        _plain("the same: script finished", bare.ends),
        _cost(bare),
        _memory(bare),
        Result(
            "ratio of the app to the barest app: new total",
            f"{median(app.answers) / median(bare.answers):.1f}",
            f"{p95(app.answers) / p95(bare.answers):.1f}",
        ),
    ]
    if proxied is not None:
        results += [
            below("app as two processes behind nginx: new total", proxied.answers, LIMIT_MS, "ms"),
            below("the same: script finished", proxied.ends, LIMIT_MS, "ms"),
            _cost(proxied),
            _memory(proxied),
        ]
    return results


def _plain(what: str, samples: list[float]) -> Result:
    return Result(what, f"{median(samples):.0f} ms", f"{p95(samples):.0f} ms")


def _cost(side: Side) -> Result:
    per_move, share = 1e3 * side.busy / len(side.ends), 100 * side.busy / side.wall
    return Result(
        "the same: processor time of the server per move",
        f"{per_move:.0f} ms ({share:.0f} % of a core)",
        "—",
    )


def _memory(side: Side) -> Result:
    empty, opened, after = (memory / 2**20 for memory in side.memory)
    return Result(
        f"the same: memory of the server without sessions, with {USERS}, after their moves",
        f"{empty:.0f}, {opened:.0f}, {after:.0f} MB",
        "—",
    )
