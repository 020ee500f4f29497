"""The server opens for everybody on the office network and never asks anybody outside it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from tests.bench.server import APP, serve

LISTED = "https://cong.tinh.example"
HANDSHAKE = (
    "GET /_stcore/stream HTTP/1.1\r\n"
    "Host: {host}\r\n"
    "Origin: {origin}\r\n"
    "Upgrade: websocket\r\n"
    "Connection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: streamlit\r\n\r\n"
)


@pytest.fixture(scope="module")
def outside_requests() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy address, and everything that was ever sent to it."""
    requests: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def note() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    requests.append(connection.recv(1000))

        threading.Thread(target=note, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests


@pytest.fixture(scope="module")
def port(outside_requests: tuple[str, list[bytes]]) -> Iterator[int]:
    """A running server whose requests to other machines would all go to that proxy."""
    proxy, _ = outside_requests
    names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    listed = {"STREAMLIT_SERVER_CORS_ALLOWED_ORIGINS": LISTED}
    with serve(APP, **dict.fromkeys(names, proxy), **listed) as running:
        yield running.port


def answer(port: int, host: str, origin: str) -> int:
    """Status of an attempt to open a session."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(HANDSHAKE.format(host=host, origin=origin).encode())
        return int(connection.recv(1000).split()[1])


@pytest.mark.parametrize("host", ["192.168.1.20", "may-chu.so.local", "10.0.0.7"])
def test_opens_under_every_address_of_the_office(port: int, host: str) -> None:
    assert answer(port, f"{host}:{port}", f"http://{host}:{port}") == 101


def test_opens_behind_a_proxy_that_keeps_the_host(port: int) -> None:
    assert answer(port, "may-chu.so.local", "https://may-chu.so.local") == 101


def test_page_of_another_site_cannot_open_a_session(port: int) -> None:
    assert answer(port, f"192.168.1.20:{port}", "http://elsewhere.example") == 403


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("may-chu.so.local:443", "https://may-chu.so.local"),
        ("may-chu.so.local", "http://may-chu.so.local:80"),
        ("May-Chu.so.local", "http://may-chu.so.local"),
    ],
)
def test_the_usual_port_may_be_named_or_not(port: int, host: str, origin: str) -> None:
    assert answer(port, host, origin) == 101


@pytest.mark.parametrize(
    "origin",
    ["http://may-chu.so.local:8080", "https://may-chu.so.local", "null", "http://[", "http://x:y"],
)
def test_another_port_of_the_same_machine_is_another_site(port: int, origin: str) -> None:
    assert answer(port, "may-chu.so.local:8501", origin) == 403


def test_site_the_administrator_lists_may_open_a_session(port: int) -> None:
    assert answer(port, "may-chu.so.local", LISTED) == 101


def test_server_asks_nobody_outside(port: int, outside_requests: tuple[str, list[bytes]]) -> None:
    """Left alone, Streamlit asks for its public address when it sees an origin it does not know."""
    for origin in ("http://elsewhere.example", "http://may-chu.so.local:8080", LISTED):
        answer(port, "may-chu.so.local", origin)
    assert outside_requests[1] == []
