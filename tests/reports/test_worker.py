"""Reports are made beside the server: in turn, with an end, and without anything left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from simulator.errors import Place, ScenarioError
from simulator.reports import worker
from simulator.reports.order import Order, Part
from simulator.reports.worker import Ticket, Workshop
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
from simulator.store import NewVersion
from tests.paths import PROJECT

MAKER = "tests.reports.makers:make"
ENOUGH_S = 20.0


@pytest.fixture
def workshop() -> Iterator[Workshop]:
    made = Workshop(MAKER)
    yield made
    made.close()


def ordered(name: str = "An", note: str = "") -> Order:
    content = NewVersion(name, "", note, "2026-portal", "phutho-2026-ytd", "0", "H44", {})
    return Order((content,), (Part.PAPER,), "vi", date(2026, 11, 22))


def until(ticket: Ticket, is_so: Callable[[State], bool]) -> State:
    end = time.monotonic() + ENOUGH_S
    while time.monotonic() < end:
        if is_so(state := ticket.state):
            return state
        time.sleep(0.01)
    raise AssertionError(f"still {ticket.state}")


def finished(ticket: Ticket) -> State:
    return until(ticket, lambda state: not isinstance(state, Waiting | Working))


def made(ticket: Ticket) -> Done:
    state = finished(ticket)
    assert isinstance(state, Done), state
    return state


def told(ticket: Ticket) -> tuple[str, int]:
    """Who ordered, and the process in which it was made."""
    name, pid, _ = made(ticket).files[0].content.decode().split(" ", 2)
    return name, int(pid)


def code(ticket: Ticket) -> str:
    state = finished(ticket)
    assert isinstance(state, Failed), state
    return state.problem.code


def is_running(pid: int) -> bool:
    """False once it ended; one that nobody asked for its end counts as ended."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def ends(pid: int) -> bool:
    end = time.monotonic() + ENOUGH_S
    while is_running(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_running(pid)


def test_orders_are_made_in_turn_by_one_other_process(workshop):
    tickets = [workshop.order(ordered(name)) for name in ("An", "Bình", "Chi")]
    assert [told(ticket)[0] for ticket in tickets] == ["An", "Bình", "Chi"]
    pids = {told(ticket)[1] for ticket in tickets}
    assert len(pids) == 1
    assert os.getpid() not in pids
    assert made(tickets[0]).warnings == ("a warning",)
    assert made(tickets[0]).archive.content == b"PK"
    assert workshop.ticket(tickets[1].key) is tickets[1]
    assert workshop.ticket("unknown") is None


def test_who_waits_sees_the_place_and_who_is_served_the_step(workshop):
    first, second, third = (workshop.order(ordered(name)) for name in ("slow", "An", "Bình"))
    assert until(first, lambda state: state == Working("workbook", 1, 2))
    assert (second.state, third.state) == (Waiting(1), Waiting(2))
    second.cancel()
    assert (second.state, third.state) == (Cancelled(), Waiting(1))
    first.cancel()
    assert finished(first) == Cancelled()
    assert told(third)[0] == "Bình"
    # One that listens is not killed for it.
    assert workshop.worker is not None
    assert workshop.worker.pid == told(third)[1]
    third.cancel()
    assert isinstance(third.state, Done)


def test_more_orders_than_can_wait_are_refused():
    workshop = Workshop(MAKER, Limits(waiting=2))
    slow = workshop.order(ordered("slow"))
    until(slow, lambda state: isinstance(state, Working))
    for _ in range(2):
        workshop.order(ordered())
    with pytest.raises(ScenarioError) as refused:
        workshop.order(ordered())
    assert (refused.value.code, refused.value.fields) == ("report_queue_full", {"count": 2})
    workshop.close()
    assert finished(slow) == Cancelled()


def test_what_the_user_can_mend_comes_back_as_code_and_fields(workshop):
    state = finished(workshop.order(ordered("wrong")))
    assert isinstance(state, Failed)
    assert state.problem.code == "pdf_timeout"
    assert state.problem.fields == {"seconds": 60, "place": Place("file", {"file": "a.docx"})}


def test_a_fault_is_one_sentence_for_the_user_and_a_trace_for_the_log(workshop, capfd):
    assert code(workshop.order(ordered("broken"))) == "report_failed"
    log = capfd.readouterr()
    assert "ZeroDivisionError" in log.err
    # What a library prints belongs there as well, not between the messages.
    assert "a library that prints" in log.err
    assert "a library that prints" not in log.out
    assert told(workshop.order(ordered()))[0] == "An"


def test_the_next_order_finds_a_new_process_where_the_one_before_died(workshop):
    before = told(workshop.order(ordered()))[1]
    assert code(workshop.order(ordered("dies"))) == "report_worker_ended"
    name, after = told(workshop.order(ordered("Bình")))
    assert (name, after == before) == ("Bình", False)


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Linux does where memory runs out")
def test_a_process_killed_at_work_or_at_rest_loses_one_order_at_most(workshop):
    slow = workshop.order(ordered("slow"))
    until(slow, lambda state: isinstance(state, Working) and bool(state.of))
    assert workshop.worker is not None
    os.kill(workshop.worker.pid, signal.SIGKILL)
    assert code(slow) == "report_worker_ended"
    resting = told(workshop.order(ordered()))[1]
    os.kill(resting, signal.SIGKILL)
    assert ends(resting)
    assert told(workshop.order(ordered("Bình")))[0] == "Bình"


def test_who_does_not_hear_or_takes_too_long_is_ended(tmp_path):
    deaf = tmp_path / "deaf"
    workshop = Workshop(MAKER, Limits(patience=0.2))
    ticket = workshop.order(ordered("deaf", str(deaf)))
    until(ticket, lambda _: deaf.exists() and bool(deaf.read_text(encoding="utf-8")))
    ticket.cancel()
    assert finished(ticket) == Cancelled()
    assert not is_running(int(deaf.read_text(encoding="utf-8")))
    workshop.limits = Limits(longest=1)
    assert code(workshop.order(ordered("slow"))) == "report_too_long"
    workshop.limits = Limits()
    assert told(workshop.order(ordered()))[0] == "An"
    workshop.close()


def test_a_process_nobody_needs_ends_and_leaves_no_folder():
    workshop = Workshop(MAKER, Limits(idle=0.2))
    ticket = workshop.order(ordered())
    _, pid, folder = made(ticket).files[0].content.decode().split(" ", 2)
    assert ends(int(pid))
    assert workshop.worker is None
    deadline = time.monotonic() + ENOUGH_S
    while Path(folder).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(folder).exists()
    # The result outlives the process, and the next order starts another.
    assert told(ticket)[0] == "An"
    assert told(workshop.order(ordered("Bình")))[0] == "Bình"
    workshop.close()


def test_results_are_kept_for_a_while_and_as_many_as_there_is_room_for():
    workshop = Workshop(MAKER, Limits(bytes_kept=2500))
    tickets = [workshop.order(ordered(name, "1000")) for name in ("An", "Bình", "Chi")]
    assert isinstance(finished(tickets[2]), Done)
    assert [type(ticket.state) for ticket in tickets] == [Gone, Done, Done]
    assert workshop.ticket(tickets[0].key) is None
    workshop.limits = Limits(kept=0)
    assert {ticket.state for ticket in tickets} == {Gone()}
    workshop.close()


SERVER = """
import signal, sys, time
from pathlib import Path
# Who is started in the background of a shell inherits that it is deaf to it.
signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.reports.makers import ENDLESS_S
from tests.reports.test_worker import Workshop, MAKER, ordered, until
workshop = Workshop(MAKER)
ticket = workshop.order(ordered("deaf", sys.argv[1]))
deaf = Path(sys.argv[1])
until(ticket, lambda _: deaf.exists())
print(workshop.worker.pid, workshop.worker._folder.name, flush=True)
time.sleep(ENDLESS_S)  # until it is ended
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Linux does")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_the_end_of_the_server_is_the_end_of_its_process(tmp_path, how):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(tmp_path / "deaf")], cwd=PROJECT, stdout=subprocess.PIPE
    )
    assert server.stdout is not None
    pid, folder = server.stdout.readline().decode().split()
    assert is_running(int(pid))
    server.send_signal(how)
    server.wait(ENOUGH_S)
    assert ends(int(pid))
    assert not Path(folder).exists()


def test_the_server_itself_never_loads_what_draws_pictures():
    code = "import sys, simulator.reports.worker; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, check=True, text=True
    ).stdout.split()
    assert "simulator.reports.worker_link" in loaded
    assert {"vl_convert", "docxtpl", "xlsxwriter", "multiprocessing"}.isdisjoint(loaded)
    assert worker.WORKSHOP.worker is None
