"""Scenarios to be saved, known down to the last letter by their number."""

from __future__ import annotations

from simulator.store import Actor, NewVersion

ANH = Actor("Nguyễn Thị Ánh", "10.0.0.7")
BINH = Actor("Trần Văn Bình", "10.0.0.8")


def content(number: int) -> NewVersion:
    """What the save of this number brings."""
    return NewVersion(
        name=f"Lần {number}",
        author="Nguyễn Thị Ánh",
        note=f"Dọn hồ sơ quá hạn trước ngày {number}.\n" * 20,
        edition="2026-portal",
        baseline="phutho-2026-ytd",
        fingerprint=f"{number:064x}",
        unit="H44",
        parameters={"b": "phutho-2026-ytd", "u": "H44", "ON_TIME": str(number), "lock": "A,B"},
        total=number % 10_001,
        place=None if number % 3 else 1 + number % 34,
        pool_size=34,
    )


def number_of(new: NewVersion) -> int:
    """The number ``new`` was made from, once it is sure that it is :func:`content` of it."""
    number = int(new.name.split()[1])
    assert new == content(number)
    return number
