"""Whether this server may ask the portal, and where the portal is; both from the environment."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from simulator.errors import ScenarioError
from simulator.fetch.requests_file import load_portal
from simulator.readers.records import quoted

SWITCH = "SIMULATOR_FETCH"
ADDRESS = "SIMULATOR_PORTAL_URL"


def is_enabled() -> bool:
    """True only if ``SIMULATOR_FETCH`` is ``on``."""
    return os.environ.get(SWITCH, "").strip().lower() == "on"


def portal_address() -> str:
    """Where the portal is asked, without a slash at the end.

    ``SIMULATOR_PORTAL_URL`` replaces the shipped address for offices with a relay. Raises
    :class:`ScenarioError` unless it is a plain http or https address.
    """
    address = os.environ.get(ADDRESS, "").strip() or load_portal().address
    return checked_address(address)


def checked_address(address: str) -> str:
    """Return ``address`` without a slash at the end if it is plain http or https."""
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme in ("http", "https") and bool(parts.hostname)
        # Reading the port checks it.
        is_plain = is_plain and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        is_plain = False
    if not is_plain or any(mark in address for mark in "?#\\") or not address.isprintable():
        shown = re.sub(r"//[^/]*@", "//", address)  # a password is nobody's business
        raise ScenarioError("fetch_address", value=quoted(shown), name=ADDRESS)
    return address.rstrip("/")
