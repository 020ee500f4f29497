"""What the peers of a unit are thought to do until the day a scenario looks to."""

from __future__ import annotations

from enum import StrEnum

DRAWS, MOST_DRAWS = 20_000, 200_000
# Draws times peers: time and memory grow with both (31 bytes for each).
MOST_CELLS = 7_000_000
SEED, MOST_SEED = 1, 2**32 - 1


class PeersMode(StrEnum):
    """Held as they stand, on their recent trend, or moving as their history tells."""

    FIXED = "fixed"
    TREND = "trend"
    UNCERTAIN = "uncertain"
