"""Twenty users at once: how long the server takes to answer a lever."""

from __future__ import annotations

import asyncio
import random
import time

import psutil

from tests.bench.browser import SCREEN
from tests.bench.measure import Result, below
from tests.bench.server import APP, serve
from tests.bench.websocket_user import User

USERS = 20
SECONDS_BETWEEN_MOVES = 3.0
MOVES = 20
LIMIT_MS = 250
LARGEST_ANSWER_KB = 60
SEED = 766


def run() -> list[Result]:
    with serve(APP) as server:
        process = psutil.Process(server.pid)
        users = [User(f"127.0.0.1:{server.port}", SCREEN.strip("/")) for _ in range(USERS)]
        return asyncio.run(_load(users, process))


async def _load(users: list[User], process: psutil.Process) -> list[Result]:
    for user in users:
        await user.open()
    busy_before, start = _processor_time(process), time.perf_counter()
    received_before = sum(user.received for user in users)
    moves = await asyncio.gather(*(_work(user, SEED + k) for k, user in enumerate(users)))
    wall = time.perf_counter() - start
    busy = _processor_time(process) - busy_before
    received = sum(user.received for user in users) - received_before
    for user in users:
        await user.close()
    ends = [1e3 * end for done in moves for _, end in done]
    answers = [1e3 * total for done in moves for total, _ in done if total is not None]
    if len(answers) < len(ends) / 2:
        raise RuntimeError(f"only {len(answers)} of {len(ends)} moves changed the total")
    return [
        below(f"{USERS} users, a move every 3 s: new total at the client", answers, LIMIT_MS, "ms"),
        below("the same: script finished", ends, LIMIT_MS, "ms"),
        *_cost(
            f"{1e3 * busy / len(ends):.0f} ms ({100 * busy / wall:.0f} % of a core)",
            received / len(ends) / 1024,
            f"{process.memory_info().rss / 2**20:.0f} MB",
        ),
    ]


def _cost(processor: str, sent_kb: float, memory: str) -> list[Result]:
    return [
        Result("the same: processor time of the server per move", processor, "—"),
        Result(
            "the same: sent to the client per move",
            f"{sent_kb:.0f} kB",
            "—",
            f"mean < {LARGEST_ANSWER_KB} kB",
            sent_kb < LARGEST_ANSWER_KB,
        ),
        Result("the same: memory of the server", memory, "—"),
    ]


def _processor_time(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def _work(user: User, seed: int) -> list[tuple[float | None, float]]:
    """Move random levers to random places at a steady pace, out of step with the others."""
    dice = random.Random(seed)  # noqa: S311
    due = time.perf_counter() + dice.uniform(0, SECONDS_BETWEEN_MOVES)
    done = []
    for _ in range(MOVES):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        lever = dice.choice(list(user.levers))
        done.append(await user.move(lever, dice.choice(user.levers[lever])))
        due += SECONDS_BETWEEN_MOVES
    return done
