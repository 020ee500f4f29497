"""nginx in front of two processes of the app, as ``docs/deployment`` sets it up."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.bench.server import APP, ROOT, Running, free_port, serve

CONFIGURATION = ROOT / "docs" / "deployment" / "mo-phong-766.conf"
BELOW = "mo-phong-766"
# Debian keeps it where only an administrator looks.
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
# What Debian's nginx.conf puts around it, with every file in one folder.
AROUND = """\
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    types {{ text/html html; }}
    log_format test '$remote_addr|$upstream_addr|$status|$request_uri';
    access_log {folder}/access.log test;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@dataclass(frozen=True)
class Proxied:
    """The ports of nginx and the processes behind it, in the order of their cookies."""

    port: int
    tls_port: int
    processes: tuple[Running, Running]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{BELOW}"


def nginx() -> str | None:
    """Path of the installed program."""
    return shutil.which("nginx", path=PLACES)


@contextmanager
def behind_nginx(certificate: Path | None = None, **environment: str) -> Iterator[Proxied]:
    """Start it all below the sub-path; with TLS too if a certificate (with its key) is given."""
    program = nginx()
    if program is None:
        raise RuntimeError("nginx is not here")
    with ExitStack() as started:
        processes = tuple(
            started.enter_context(serve(APP, below=BELOW, **environment)) for _ in range(2)
        )
        folder = Path(started.enter_context(tempfile.TemporaryDirectory(prefix="nginx-")))
        numbers = ("80", "443", "8501", "8502")
        ports = [free_port(), free_port(), *(process.port for process in processes)]
        site = _site(dict(zip(numbers, map(str, ports), strict=True)), certificate)
        (folder / "site.conf").write_text(site, encoding="utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
        process = subprocess.Popen(
            [program, "-e", folder / "error.log", "-c", folder / "nginx.conf"]
        )
        try:
            _wait_until_open(ports[0], process)
            yield Proxied(ports[0], ports[1], processes, folder / "access.log")
        finally:
            process.terminate()
            process.wait()


def _site(ports: dict[str, str], certificate: Path | None) -> str:
    """The configuration as it is shipped, on other ports, with the lines for TLS if wanted."""
    site = CONFIGURATION.read_text(encoding="utf-8")
    if certificate is not None:
        site = re.sub("#(?=listen|ssl_)", "", site)
        site = re.sub(r"/etc/ssl/\S+/may-chu(\.\w+);", rf"{certificate.with_suffix('')}\1;", site)
    return re.sub(rf"\b({'|'.join(ports)})\b", lambda found: ports[found[0]], site)


def _wait_until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(500):
        if process.poll() is not None:
            raise RuntimeError(f"nginx ended with code {process.returncode}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.01)
    raise RuntimeError("nginx did not answer")
