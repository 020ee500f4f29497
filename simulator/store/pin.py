"""The PIN an office may set for saving, importing and deleting: hashed, and slow to guess.

After a few wrong entries from one address every further one from there has to wait; the waiting
grows with each. After many from all addresses together there is one entry in half a minute, whoever
makes it: 2,880 a day, so that all PINs of six digits take a year from any number of addresses, and
nobody waits longer than that for the mistakes of others. Entries while waiting are refused unread
and count nothing. Setting or clearing the PIN ends all waiting.
"""

from __future__ import annotations

import hashlib
import math
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from simulator.errors import DataError
from simulator.store.engine import Database
from simulator.store.events import Action, note
from simulator.store.records import Actor, check_text
from simulator.store.schema import pin_failures, pins

SHORTEST, LONGEST = 6, 64
# Free entries before waiting begins, for one address and for all.
FREE_EACH, FREE_ALL = 5, 50
FIRST_WAIT = timedelta(seconds=30)
# Of one address, and of all together.
LONGEST_WAIT, SHARED_WAIT = timedelta(hours=1), timedelta(seconds=30)
# Failures are forgotten after this.
REMEMBERED = timedelta(hours=24)
# Whatever PIN is set, or none: no mark of a PIN reads like this.
ANY = "any"
# scrypt with some 16 MB and 50 ms an attempt (RFC 7914).
COST, BLOCK, PARALLEL = 2**14, 8, 1


class Pin:
    """The PIN of one store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_set(self) -> bool:
        with self._database.reading() as connection:
            return connection.scalar(select(pins.c.id)) is not None

    def mark(self) -> str | None:
        """A short text that is another one for every PIN that was set; None without a PIN.

        It tells nothing about the PIN: who keeps it can see later whether it is still the same.
        """
        with self._database.reading() as connection:
            return _mark(connection)

    def set(self, pin: str, by: Actor, before: str | None = ANY) -> str:
        """Set or replace the PIN, and return its mark.

        Spaces around it do not count, nor how a keyboard composes its letters. ``before``: the
        mark of the PIN it takes the place of, None for no PIN. :class:`DataError` if the new one
        is too short or too long, or if another one than ``before`` is set.
        """
        check_new(pin)
        salt = secrets.token_bytes(16)
        row = {"id": 1, "salt": salt, "hash": _hash(pin, salt), "set_at": datetime.now(UTC)}
        with self._database.writing() as connection:
            _require(connection, before)
            connection.execute(delete(pins))
            connection.execute(insert(pins), row)
            connection.execute(delete(pin_failures))
            note(connection, Action.PIN_SET, "", by)
        return _mark_of(salt)

    def clear(self, by: Actor, before: str | None = ANY) -> None:
        """No PIN is needed any more; ``before`` as in :meth:`set`."""
        with self._database.writing() as connection:
            _require(connection, before)
            connection.execute(delete(pins))
            connection.execute(delete(pin_failures))
            note(connection, Action.PIN_CLEARED, "", by)

    def check(self, pin: str, by: Actor, now: datetime | None = None) -> bool:
        """True if ``pin`` is right, or none is set.

        ``now``: the moment, for tests. :class:`DataError` with the seconds where one has to wait.
        """
        now = now or datetime.now(UTC)
        # Before anything is compared: an entry that could not be counted would be a free guess.
        for column, value in (("who", by.name), ("client", by.client)):
            check_text(column, value)
        # Entries take turns: those made at once must not all find that none was wrong yet.
        with self._database.writing() as connection:
            row = connection.execute(select(pins)).one_or_none()
            if row is None:
                return True
            wait = _wait(connection, by.client, now)
            if wait > timedelta():
                raise DataError("pin_wait", seconds=math.ceil(wait.total_seconds()))
            if _is_right(pin, row.salt, row.hash):
                mine = pin_failures.c.client == by.client
                connection.execute(delete(pin_failures).where(mine))
                return True
            old = pin_failures.c.at < now - REMEMBERED
            connection.execute(delete(pin_failures).where(old))
            connection.execute(insert(pin_failures), {"at": now, "client": by.client})
            note(connection, Action.PIN_REFUSED, "", by)
            return False


def check_new(pin: str) -> str:
    """``pin`` if it can be set; :class:`DataError` if it is too short or too long."""
    if not SHORTEST <= len(_plain(pin)) <= LONGEST:
        raise DataError("pin_length", lowest=SHORTEST, highest=LONGEST)
    return pin


def _mark(connection: Connection) -> str | None:
    salt = connection.scalar(select(pins.c.salt))
    return None if salt is None else _mark_of(salt)


def _mark_of(salt: bytes) -> str:
    return hashlib.sha256(salt).hexdigest()[:16]


def _require(connection: Connection, before: str | None) -> None:
    if before not in (ANY, _mark(connection)):
        raise DataError("pin_changed")


def _wait(connection: Connection, client: str, now: datetime) -> timedelta:
    query = select(pin_failures).where(pin_failures.c.at >= now - REMEMBERED)
    failures = connection.execute(query).all()
    everybody = sorted(row.at for row in failures)
    own = sorted(row.at for row in failures if row.client == client)
    return max(
        _left(own, FREE_EACH, LONGEST_WAIT, now), _left(everybody, FREE_ALL, SHARED_WAIT, now)
    )  # fmt: skip


def _left(failures: Sequence[datetime], free: int, longest: timedelta, now: datetime) -> timedelta:
    """What is left of the waiting after the last of ``failures``."""
    beyond = len(failures) - free
    if beyond < 0:
        return timedelta()
    wait: timedelta = min(FIRST_WAIT * 2.0 ** min(beyond, 20), longest)
    # Clocks of two machines differ a little: nobody waits longer than that.
    return min(failures[-1], now) + wait - now


def _is_right(pin: str, salt: bytes, expected: bytes) -> bool:
    # Hashing megabytes would keep every writer waiting.
    return len(pin) <= 4 * LONGEST and secrets.compare_digest(_hash(pin, salt), expected)


def _plain(pin: str) -> str:
    return unicodedata.normalize("NFC", pin.strip())


def _hash(pin: str, salt: bytes) -> bytes:
    # Half a character is a wrong entry like any other.
    typed = _plain(pin).encode(errors="surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=COST, r=BLOCK, p=PARALLEL)
