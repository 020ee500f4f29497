"""What would be sent, complete before anything is: a plan to show and to agree to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from simulator.errors import ScenarioError
from simulator.fetch.provinces import provinces
from simulator.fetch.requests_file import Body, Portal, Template, load_portal
from simulator.fetch.switch import checked_address
from simulator.period import Period
from simulator.readers.naming import PORTAL_ID
from simulator.readers.records import quoted
from simulator.rules import Text


@dataclass(frozen=True)
class Request:
    """One POST request: ``body_text`` goes to ``url`` as it stands here.

    ``file`` is the name under which the answer is kept, ``unit_id`` the unit it must be about
    ("" for the whole country). ``status`` and ``source`` tell where the request is known from.
    """

    group: str
    file: str
    url: str
    body: Mapping[str, str | int] = field(hash=False)
    name: Text = field(hash=False)
    status: str
    source: Text = field(hash=False)
    unit_id: str

    @property
    def body_text(self) -> str:
        return json.dumps(dict(self.body), ensure_ascii=False)

    def page(self, number: int, key: str) -> Request:
        """The same request for a later page, kept in a file of its own."""
        file = f"{self.file.removesuffix('.json')}-p{number}.json"
        return replace(self, file=file, body={**self.body, key: number})


def plan(
    address: str, unit_id: str | None, period: Period, portal: Portal | None = None
) -> tuple[Request, ...]:
    """The requests for one unit (its portal id), or for the list of provinces if None.

    Raises :class:`ScenarioError` for an address, id or period that cannot be asked for: only
    calendar years, quarters and months that have begun by ``period.captured``.
    """
    portal = portal or load_portal()
    base = checked_address(address)
    if unit_id is not None and not PORTAL_ID.fullmatch(unit_id):
        raise ScenarioError("fetch_unit", value=quoted(unit_id))
    kind = period_kind(period)
    if period.starts > period.captured:
        raise ScenarioError("fetch_future", first=period.first.isoformat())
    scope = "country" if unit_id is None else "unit"
    return tuple(
        _request(template, base, unit_id or "", period, kind, portal)
        for template in portal.requests
        if template.scope == scope
    )


def period_kind(period: Period) -> str:
    """``year``, ``quarter`` or ``month``; :class:`ScenarioError` for other stretches of months."""
    months = (period.first.month, period.last.month)
    if months == (1, 12):
        return "year"
    if months[0] == months[1]:
        return "month"
    if months[1] - months[0] == 2 and months[0] % 3 == 1:
        return "quarter"
    raise ScenarioError(
        "fetch_period", first=period.first.isoformat(), last=period.last.isoformat()
    )


def _request(
    template: Template, base: str, unit_id: str, period: Period, kind: str, portal: Portal
) -> Request:
    values: dict[str, str | int] = {
        "{unit}": unit_id, "{year}": period.first.year, "{month}": period.first.month,
        "{quarter}": (period.first.month + 2) // 3,
        "{first}": period.first.isoformat(), "{last}": period.last.isoformat(),
    }  # fmt: skip
    named = portal.periods[kind if template.period == "named" else "days"]
    return Request(
        group=template.group,
        file=f"{_place(unit_id)}-{kind}-{_period_name(period, kind)}-{template.group}.json",
        url=base + template.path,
        body=_filled({**named, **template.body}, values),
        name=template.name,
        status=template.status,
        source=template.source,
        unit_id=unit_id,
    )


def _filled(body: Body, values: Mapping[str, str | int]) -> Body:
    return {key: values.get(value, value) if isinstance(value, str) else value
            for key, value in body.items()}  # fmt: skip


def _place(unit_id: str) -> str:
    """What a file name calls a unit: the province, or the end of an id that is not one's."""
    if not unit_id:
        return "vn"
    slugs = {item.portal_id: item.slug for item in provinces()}
    return slugs.get(unit_id, f"unit-{unit_id.rpartition('-')[2]}")


def _period_name(period: Period, kind: str) -> str:
    year, month = period.first.year, period.first.month
    return {"year": f"{year}", "quarter": f"{year}-Q{(month + 2) // 3}",
            "month": f"{year}-{month:02d}"}[kind]  # fmt: skip
