"""The 34 provinces with the ids by which the portal's requests name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from simulator.errors import RulesError
from simulator.paths import DATA
from simulator.readers.naming import PORTAL_ID, PROVINCE
from simulator.search import folded
from simulator.strict_files import read_csv_rows, refuse_duplicate

PROVINCES = DATA / "portal-provinces.csv"


@dataclass(frozen=True)
class Province:
    """Code such as H44, the portal's id and the name without its kind (Phú Thọ)."""

    unit: str
    portal_id: str
    name: str

    @property
    def slug(self) -> str:
        """The name as part of a file name: phutho."""
        return folded(self.name).replace(" ", "")


@cache
def provinces(path: Path = PROVINCES) -> tuple[Province, ...]:
    """All provinces in the order of their codes; :class:`RulesError` for a wrong line."""
    found: list[Province] = []
    for line, row in read_csv_rows(path, ("unit", "portal_id", "name")):
        for column, pattern in (("unit", PROVINCE), ("portal_id", PORTAL_ID)):
            if not pattern.fullmatch(row[column]):
                raise RulesError(
                    "not_allowed", key=column, value=row[column], file=path.name, line=line,
                    allowed=pattern.pattern,
                )  # fmt: skip
        refuse_duplicate(row["unit"], [item.unit for item in found], path.name, line)
        refuse_duplicate(row["portal_id"], [item.portal_id for item in found], path.name, line)
        found.append(Province(**row))
    return tuple(found)
