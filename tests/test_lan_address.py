"""The address others are invited with: found, chosen, and shown with its code on a terminal."""

from __future__ import annotations

import errno
import os
import pty
import re
import socket
import subprocess
import sys

import pytest
import segno

from tests.paths import PROJECT
from tools.lan_address import QUIET_ZONE, lan_address, main, own_addresses

# Upper and lower module of one character; True is dark.
HALVES = {" ": (True, True), "▀": (False, True), "▄": (True, False), "█": (False, False)}


def on_terminal(*arguments: str, **environment: str) -> str:
    """What the command writes where its output is a terminal."""
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "tools.lan_address", *arguments]
    subprocess.run(command, cwd=PROJECT, stdout=its, env=os.environ | environment, check=True)
    os.close(its)
    written = b""
    try:
        while chunk := os.read(ours, 65536):
            written += chunk
    except OSError as end:
        # Linux says so where the other end is closed: all is read.
        if end.errno != errno.EIO:
            raise
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def test_it_is_an_address_of_this_machine() -> None:
    assert re.fullmatch(r"[A-Za-z0-9.-]+", lan_address())


def test_without_a_network_the_host_name_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.lan_address.PRIVATE_NETWORKS", ())
    assert lan_address() == socket.gethostname()


def test_of_several_addresses_the_private_network_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = ["127.0.1.1", "203.0.113.9", "169.254.7.7"]
    monkeypatch.setattr(socket, "gethostbyname_ex", lambda name: (name, [], known))
    monkeypatch.setattr("tools.lan_address._on_private_networks", lambda: ["10.0.0.5"])
    assert own_addresses() == ["10.0.0.5", "203.0.113.9"]


def test_other_programs_get_the_bare_address(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    assert capsys.readouterr().out == f"{lan_address()}\n"
    main(["--address", "10.0.0.5"])
    assert capsys.readouterr().out == "10.0.0.5\n"


def test_a_file_or_another_program_gets_no_code(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--port", "9000", "--address", "10.0.0.5"])
    told = capsys.readouterr().out
    assert "\n    http://10.0.0.5:9000\n" in told
    assert not set(told) & {"▀", "▄", "█", "\x1b"}


def test_who_chose_one_address_is_told_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.lan_address.own_addresses", lambda: ["10.0.0.5", "192.168.1.7"])
    main(["--port", "8501", "--address", "10.0.0.5"])
    told = capsys.readouterr().out
    assert "this machine: 192.168.1.7\n" in told
    assert "make run ADDRESS=192.168.1.7\n" in told


def test_the_code_on_a_terminal_is_the_code_of_the_address() -> None:
    told = on_terminal("--port", "9000", "--address", "10.0.0.5", PYTHONIOENCODING="utf-8")
    drawn = re.findall("\x1b\\[97;40m(.*)\x1b\\[0m", told)
    shown = [[HALVES[one][half] for one in line] for line in drawn for half in (0, 1)]
    code = segno.make_qr("http://10.0.0.5:9000", error="l")
    wanted = [[bool(one) for one in row] for row in code.matrix_iter(border=QUIET_ZONE)]
    assert shown[: len(wanted)] == wanted


def test_a_terminal_without_such_letters_gets_the_address_alone() -> None:
    told = on_terminal("--port", "9000", "--address", "10.0.0.5", PYTHONIOENCODING="ascii")
    assert "\n    http://10.0.0.5:9000\n" in told
    assert "\x1b" not in told
