"""Two processes on one PostgreSQL behind nginx, set up as ``docs/deployment.md`` says."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
import streamlit as st
import websockets
from streamlit import config

from pages.ui.board.files import VERSION
from simulator.store import Event, Store
from tests.bench.proxy import BELOW, CONFIGURATION, Proxied, behind_nginx, nginx
from tests.bench.websocket_session import Session
from tests.bench.websocket_user import User
from tests.store.conftest import postgresql  # noqa: F401
from tools.lan_address import lan_address

HOME = f"/{BELOW}/"
COOKIE = "mo_phong_766"
FORGED = "10.9.9.9"


@dataclass(frozen=True)
class Office:
    """What runs, and the database of both processes."""

    nginx: Proxied
    database: str


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes = field(repr=False)

    @property
    def process(self) -> str:
        """Number of the process the cookie names."""
        cookie = self.headers.get("Set-Cookie", "").partition(";")[0]
        return cookie.removeprefix(f"{COOKIE}=")


@pytest.fixture(scope="module")
def office(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:  # noqa: F811
    if nginx() is None and not os.environ.get("REQUIRE_ALL"):
        pytest.skip("nginx is not here")
    name = "behind_nginx"
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    database = f"{postgresql}/{name}"
    certificate = _certificate(tmp_path_factory.mktemp("tls"))
    with behind_nginx(certificate, SIMULATOR_DATABASE_URL=database) as running:
        yield Office(running, database)


def _certificate(folder: Path) -> Path | None:
    """A self-signed certificate beside its key."""
    program = shutil.which("openssl")
    if program is None:
        return None
    certificate = folder / "own.pem"
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", certificate.with_suffix(".key"), "-out", certificate],
        check=True, capture_output=True,
    )  # fmt: skip
    return certificate


def ask(port: int, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """One request of a client without cookies but those given; ``_`` stands for ``-``."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, said)
    answer = connection.getresponse()
    found = Answer(answer.status, answer.headers, answer.read())
    connection.close()
    return found


def at(number: str) -> dict[str, str]:
    """The cookie of a browser that has come to this process."""
    return {"Cookie": f"{COOKIE}={number}"}


def reached(running: Proxied, path: str, requests: int) -> list[str]:
    """The process (1 or 2) each request for ``path`` came to, as nginx wrote it down.

    nginx writes a request down when its answer has left, which the client may have read already:
    waited for until there are as many.
    """
    ports = {f"127.0.0.1:{one.port}": str(k) for k, one in enumerate(running.processes, 1)}
    deadline = time.monotonic() + 20
    while True:
        written = running.log.read_text().rpartition("\n")[0]  # the last line may be half there
        lines = [line.split("|") for line in written.splitlines()]
        found = [ports[line[1].rpartition(" ")[2]] for line in lines if line[3] == path]
        if len(found) >= requests or time.monotonic() > deadline:
            return found
        time.sleep(0.02)


def user(office: Office, number: str, **headers: str) -> User:
    return User(f"127.0.0.1:{office.nginx.port}", "mo-phong", BELOW, at(number) | headers)


# What is shipped


def test_unit_and_configuration_speak_of_the_same_path_and_ports() -> None:
    unit = CONFIGURATION.with_name("mo-phong-766@.service").read_text()
    command = next(line for line in unit.splitlines() if line.startswith("ExecStart="))
    options = command.split(" --")[1:]
    assert f"server.baseUrlPath {BELOW}" in options
    assert "server.address 127.0.0.1" in options
    assert "server.port %i" in options
    site = CONFIGURATION.read_text()
    assert set(re.findall(r"server 127\.0\.0\.1:(\d+)", site)) == {"8501", "8502"}
    assert set(re.findall(r"location (?:= )?/([^/ ]+)", site)) == {BELOW}


def test_the_environment_of_the_processes_is_one_they_know() -> None:
    lines = CONFIGURATION.with_name("mo-phong-766.env").read_text().splitlines()
    names = {line.partition("=")[0] for line in lines if not line.startswith("#")}
    known = {option.env_var for option in config.get_config_options().values()}
    assert names - known == {"SIMULATOR_DATABASE_URL", "SIMULATOR_DATA_DIR"}


def test_nginx_lets_files_through_that_the_app_takes() -> None:
    allowed = re.search(r"client_max_body_size (\d+)m;", CONFIGURATION.read_text())
    assert allowed and int(allowed[1]) == st.get_option("server.maxUploadSize") + 1


# Pages and connections


def test_the_address_without_the_last_stroke_leads_to_the_one_with_it(office: Office) -> None:
    answer = ask(office.nginx.port, f"/{BELOW}?ON_TIME=20000")
    assert (answer.status, answer.headers["Location"]) == (301, f"{HOME}?ON_TIME=20000")


def test_pages_scripts_and_the_board_come_from_below_the_path(office: Office) -> None:
    port = office.nginx.port
    page = ask(port, f"{HOME}mo-phong")
    assert page.status == 200
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    script = page.body.decode().partition('src="./static/js/')[2].partition('"')[0]
    packed = ask(port, f"{HOME}static/js/{script}", Accept_Encoding="gzip")
    assert (packed.status, packed.headers["Content-Encoding"]) == (200, "gzip")
    board = ask(port, f"{HOME}board/{VERSION}/board.js")
    assert (board.status, board.headers["Content-Type"].split(";")[0]) == (200, "text/javascript")
    assert ask(port, "/mo-phong").status == 404


def test_a_lever_moves_over_the_connection_below_the_path(office: Office) -> None:
    async def moved() -> tuple[str, str, str]:
        one = user(office, "1", Origin=f"http://127.0.0.1:{office.nginx.port}")
        await one.open()
        before = one.total
        await one.move("ON_TIME", 20000)
        await one.close()
        return before, one.total, one.answer_headers["Set-Cookie"].partition(";")[0]

    assert asyncio.run(moved()) == ("62,18", "62,85", f"{COOKIE}=1")


# Which process


def test_new_browsers_come_to_both_processes_and_stay_where_they_came(office: Office) -> None:
    firsts = [ask(office.nginx.port, f"{HOME}?new") for _ in range(8)]
    came = reached(office.nginx, f"{HOME}?new", len(firsts))
    assert {one.process for one in firsts} == {"1", "2"} == set(came)
    for number in ("1", "2"):
        path = f"{HOME}?again{number}"
        answers = [ask(office.nginx.port, path, **at(number)) for _ in range(5)]
        assert {one.process for one in answers} == {number}
        assert reached(office.nginx, path, 5) == [number] * 5


def test_a_cookie_made_up_by_a_client_names_no_process(office: Office) -> None:
    for made_up in ("3", "mo_phong_766_any", "127.0.0.1:22", "1;2", '"'):
        answer = ask(office.nginx.port, HOME, Cookie=f"{COOKIE}={made_up}")
        assert (answer.status, answer.process in "12") == (200, True)


# What the clients are protected from


def test_only_a_page_that_knows_the_token_uploads(office: Office) -> None:
    port, token = office.nginx.port, _token(office)
    one, refused, accepted = asyncio.run(_uploads(office, token))
    assert refused == [403, 403, 403]
    assert accepted == 204
    # As large as the office allows: more is refused before it is sent.
    path = f"{HOME}_stcore/upload_file/{one.id}/large"
    assert ask(port, path, "PUT", Content_Length=str(60 * 2**20)).status == 413


def _token(office: Office) -> str:
    cookie = ask(office.nginx.port, f"{HOME}_stcore/health", **at("1")).headers.get_all(
        "Set-Cookie"
    )
    assert cookie is not None
    return next(one for one in cookie if "xsrf" in one).partition(";")[0]


async def _uploads(office: Office, token: str) -> tuple[Session, list[int], int]:
    """Tried without token, with the cookie alone and with the header alone; and with both."""
    one = user(office, "1")
    await one.open()
    path = f"{HOME}_stcore/upload_file/{one.id}/file"
    mine, value = at("1")["Cookie"], token.partition("=")[2]

    def put(size: int, **headers: str) -> int:
        kind = {"Content_Type": "multipart/form-data; boundary=x"}
        return ask(office.nginx.port, path, "PUT", _form(size), **kind, **headers).status

    # Small: of a large one nginx is still sending when the process has refused and gone.
    refused = [
        put(10, Cookie=mine),
        put(10, Cookie=f"{mine}; {token}"),
        put(10, Cookie=mine, X_Xsrftoken=value),
    ]
    accepted = put(2**20, Cookie=f"{mine}; {token}", X_Xsrftoken=value)
    await one.close()
    return one, refused, accepted


def _form(size: int) -> bytes:
    """A file of that many bytes, as a browser sends it."""
    head = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'
    return head + b"a" * size + b"\r\n--x--\r\n"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "http://127.0.0.1"])
def test_a_page_of_another_site_opens_no_session(office: Office, origin: str) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        asyncio.run(user(office, "1", Origin=origin).open())
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "path", ["metrics", "./metrics", "%6detrics", "/metrics", "../_stcore/metrics", "metrics?x=1"]
)
def test_what_the_server_tells_of_itself_stays_inside(office: Office, path: str) -> None:
    direct = ask(office.nginx.processes[0].port, f"{HOME}_stcore/metrics")
    assert (direct.status, b"# TYPE" in direct.body) == (200, True)
    assert b"# TYPE" not in ask(office.nginx.port, f"{HOME}_stcore/{path}").body


# One store


def test_saved_through_one_process_listed_by_the_other_with_its_client(office: Office) -> None:
    name = "Dọn hồ sơ quá hạn"
    address = lan_address()
    if not address.replace(".", "").isdigit():
        pytest.skip("a network is not here")
    listed = asyncio.run(_saved_and_listed(office, address, name))
    assert listed == [False, True]
    assert _events(office)[0].client == address


async def _saved_and_listed(office: Office, address: str, name: str) -> list[bool]:
    """Whether the second process lists it before and after it is saved through the first."""
    server = f"{address}:{office.nginx.port}"
    writer = User(server, "mo-phong", BELOW, at("1") | {"X-Forwarded-For": FORGED})
    reader = Session(server, "thu-vien", BELOW, at("2"))
    await writer.open()
    await reader.open()
    before = reader.was_told(name)
    await reader.close()
    await writer.act("open-scenario-dialog")
    await writer.act("save-do", save_name=name, save_author="Lan")
    await writer.close()
    again = Session(server, "thu-vien", BELOW, at("2"))
    await again.open()
    await again.close()
    return [before, again.was_told(name)]


def _events(office: Office) -> tuple[Event, ...]:
    store = Store(office.database)
    try:
        return store.events(10)
    finally:
        store.close()


# With a certificate, and when a process ends


def test_with_a_certificate_connection_and_cookie_are_secure(office: Office) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here")
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    server = f"127.0.0.1:{office.nginx.tls_port}"

    async def opened() -> tuple[str, str]:
        headers = {"Origin": f"https://{server}"}
        one = User(server, "mo-phong", BELOW, headers, trusting)
        await one.open()
        await one.close()
        return one.total, one.answer_headers["Set-Cookie"]

    total, cookie = asyncio.run(opened())
    assert total == "62,18"
    assert cookie.endswith("; Secure")


def test_who_worked_in_a_process_that_ended_goes_on_in_the_other(office: Office) -> None:
    os.kill(office.nginx.processes[0].pid, 9)
    answer = ask(office.nginx.port, f"{HOME}?ended", **at("1"))
    assert (answer.status, answer.process) == (200, "2")

    async def opened() -> str:
        one = user(office, "1")
        await one.open()
        await one.close()
        return str(one.answer_headers["Set-Cookie"].partition(";")[0])

    assert asyncio.run(opened()) == f"{COOKIE}=2"
