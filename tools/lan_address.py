"""Print the address under which other machines of the office network reach this one.

``python -m tools.lan_address`` prints the bare address, for other programs. With ``--port`` it
tells a person: the whole address and, on a terminal, its QR code for telephones.

Nothing is sent: connecting a UDP socket only asks the system which of its own addresses
it would use for a private network.
"""

from __future__ import annotations

import argparse
import io
import socket
import sys

PRIVATE_NETWORKS = ("10.255.255.255", "172.31.255.255", "192.168.255.255")
NOT_REACHABLE = ("127.", "0.", "169.254.")
QUIET_ZONE = 2  # modules of light around the code
# The blocks of the code are its light: whatever the colours of the terminal, that is white.
LIGHT_ON_DARK, AS_BEFORE = "\x1b[97;40m", "\x1b[0m"


def lan_address() -> str:
    """Own address on a private network, else the host name, else ``localhost``."""
    return next(iter(_on_private_networks()), "") or socket.gethostname() or "localhost"


def own_addresses() -> list[str]:
    """All IPv4 addresses the system tells of, the one of :func:`lan_address` first."""
    try:
        named = socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        named = []
    found = [*_on_private_networks(), *(one for one in named if _is_reachable(one))]
    return list(dict.fromkeys(found))


def _on_private_networks() -> list[str]:
    found = []
    for target in PRIVATE_NETWORKS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue
            found.append(str(probe.getsockname()[0]))
    return [address for address in found if _is_reachable(address)]


def _is_reachable(address: str) -> bool:
    return not address.startswith(NOT_REACHABLE)


def tell(address: str, port: int) -> None:
    """What a person at the server needs to invite others."""
    url = f"http://{address}:{port}"
    # A terminal of another language writes what it cannot as a question mark.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    print(f"Địa chỉ cho các máy trong mạng · for other machines of the network:\n\n    {url}\n")
    others = [other for other in own_addresses() if other != address]
    if others:
        print(f"Địa chỉ khác của máy này · other addresses of this machine: {', '.join(others)}")
        print(f"Chọn bằng · choose with: make run ADDRESS={others[0]}\n")
    if sys.stdout.isatty() and address != "localhost":
        _show_code(url)


def _show_code(url: str) -> None:
    # Here: the bare address must come out where the app's packages are not installed yet.
    import segno

    code = segno.make_qr(url, error="l")
    if sys.platform == "win32":
        code.terminal(border=QUIET_ZONE)
        return
    drawn = io.StringIO()
    code.terminal(drawn, border=QUIET_ZONE, compact=True)
    try:
        drawn.getvalue().encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        return
    for line in drawn.getvalue().splitlines():
        print(f"    {LIGHT_ON_DARK}{line}{AS_BEFORE}")
    print()


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Address of this machine on the office network.")
    parser.add_argument("--port", type=int, help="tell a person the address of a server there")
    parser.add_argument("--address", default="", help="this one, not the one found")
    chosen = parser.parse_args(arguments)
    address = chosen.address.strip() or lan_address()
    if chosen.port is None:
        print(address)
    else:
        tell(address, chosen.port)


if __name__ == "__main__":
    main()
