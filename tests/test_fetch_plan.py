"""What would be asked of the portal: the plan that is shown, and the files it is made from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import RulesError, ScenarioError
from simulator.fetch.plan import plan
from simulator.fetch.provinces import provinces
from simulator.fetch.requests_file import PORTAL, load_portal
from simulator.fetch.switch import portal_address
from simulator.period import period_of
from simulator.text import LANGUAGES, explain
from tests.portal_server import CAPTURED, GROUPS, PHU_THO


@pytest.mark.parametrize(
    ("period", "named", "days"),
    [
        ("2026-ytd", {"timeType": "year", "year": 2026}, ("2026-01-01", "2026-12-31")),
        ("2026-Q3", {"timeType": "quarter", "year": 2026, "quarter": 3},
         ("2026-07-01", "2026-09-30")),
        ("2026-08", {"timeType": "month", "year": 2026, "month": 8},
         ("2026-08-01", "2026-08-31")),
    ],
)  # fmt: skip
def test_a_period_is_named_as_the_portal_names_it(
    period: str, named: dict[str, Any], days: tuple[str, str]
) -> None:
    planned = plan("https://relay.example/dvc/", PHU_THO, period_of(period, CAPTURED))
    about = {"rootDepartmentId": PHU_THO, "currentPage": 1, "pageSize": 200}
    assert [item.group for item in planned] == GROUPS
    for item in planned[:-1]:
        assert item.body == named | about
    assert planned[-1].body == {"fromDate": days[0], "toDate": days[1]} | about
    start = "https://relay.example/dvc/api/v1/reporting/evaluation/"
    assert planned[0].url == f"{start}transparency"


@pytest.mark.parametrize(
    ("address", "unit", "period", "code"),
    [
        ("ftp://dichvucong.gov.vn", PHU_THO, "2026-ytd", "fetch_address"),
        ("dichvucong.gov.vn", PHU_THO, "2026-ytd", "fetch_address"),
        ("https://an:1@relay.example", PHU_THO, "2026-ytd", "fetch_address"),
        ("https://relay.example:99999", PHU_THO, "2026-ytd", "fetch_address"),
        ("https://relay.example/?a=", PHU_THO, "2026-ytd", "fetch_address"),
        ("https://relay.example", "H44", "2026-ytd", "fetch_unit"),
        ("https://relay.example", f"{PHU_THO}\n", "2026-ytd", "fetch_unit"),
        ("https://relay.example", PHU_THO, "2026-10m", "fetch_period"),
        ("https://relay.example", PHU_THO, "2026-11", "fetch_future"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    address: str, unit: str, period: str, code: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        plan(address, unit, period_of(period, CAPTURED))
    assert caught.value.code == code
    assert all("{" not in explain(caught.value, language) for language in LANGUAGES)


def test_the_portal_is_asked_unless_an_office_names_its_relay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SIMULATOR_PORTAL_URL", raising=False)
    assert portal_address() == "https://dichvucong.gov.vn"
    monkeypatch.setenv("SIMULATOR_PORTAL_URL", "http://10.0.0.5:8080/dvc/")
    assert portal_address() == "http://10.0.0.5:8080/dvc"
    monkeypatch.setenv("SIMULATOR_PORTAL_URL", "file:///etc/passwd")
    with pytest.raises(ScenarioError, match="fetch_address"):
        portal_address()


def test_the_provinces_have_the_ids_of_the_published_list(provinces_shipped: set[str]) -> None:
    assert len(provinces()) == 34
    assert {f"{item.unit} {item.portal_id} {item.name}" for item in provinces()} == (
        provinces_shipped
    )
    assert {item.slug for item in provinces()} >= {"phutho", "dienbien", "daklak", "hochiminh"}


@pytest.fixture
def provinces_shipped() -> set[str]:
    """Code, id and name as the baseline of 10 October 2026 has them."""
    lines = (PORTAL.parent / "baselines" / "vn-2026-10-10" / "units.csv").read_text("utf-8")
    cells = [line.split(",") for line in lines.splitlines()[1:]]
    return {f"{row[0]} {row[5]} {row[2]}" for row in cells}


BROKEN = [
    ("pause_seconds = 2 ", "pause_seconds = 0 ",
     "'pause_seconds' is '0' in portal.toml line 10; allowed: [1, 600]."),
    ("[5, 20]", "[5, 20, 40]",
     "'retry_pauses_seconds' is '[5, 20, 40]' in portal.toml line 10; allowed: [a, b], a < b."),
    ("[5, 20]", "[20, 5]",
     "'retry_pauses_seconds' is '[20, 5]' in portal.toml line 10; allowed: [a, b], a < b."),
    ("[limits]", "[limits]\nseconds = 3",
     "Unexpected key 'seconds' in portal.toml line 18; allowed: megabytes, pages."),
    ('year = "{year}"', 'year = "{yaer}"',
     "'year' is '{yaer}' in portal.toml line 29; allowed: {unit}, {year}, {quarter}, {month}, "
     "{first}, {last}."),
    ('scope = "country"', 'scope = "world"',
     "'scope' is 'world' in portal.toml line 119; allowed: unit, country."),
    ('path = "/api', 'path = "https://elsewhere.example/api',
     "'path' is 'https://elsewhere.example/api/v1/reporting/evaluation/transparency' in "
     "portal.toml line 47; allowed: /…."),
    ('status = "published"', 'status = "verified"',
     "'status' is 'verified' in portal.toml line 47; allowed: published, inferred."),
    ('name.en = "Transparency"\n', "",
     "'name' in portal.toml line 47 needs a text in vi and en."),
    ('group = "dvc-progress-tree"', 'group = "transparency"',
     "'transparency' appears twice in portal.toml, again on line 59."),
    ("accepted = [200, 201]", "accepted = [200, 403]",
     "'accepted' is '403' in portal.toml line 8; allowed: [200, 299]."),
    ('address = "https', 'addres = "https',
     "Unexpected key 'addres' in portal.toml line 1; allowed: address, accepted, pace, limits, "
     "pages, period, request."),
]  # fmt: skip


@pytest.mark.parametrize(("good", "bad", "message"), BROKEN)
def test_a_wrong_file_of_requests_is_refused_by_its_place(
    tmp_path: Path, good: str, bad: str, message: str
) -> None:
    text = PORTAL.read_text(encoding="utf-8")
    assert good in text
    path = tmp_path / "portal.toml"
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        load_portal(path)
    assert explain(caught.value, "en") == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("44,019d2be3-6a88-732b-8b17-b68020c8553a,Phú Thọ", "'unit' is '44'"),
        ("H44,019d2be3,Phú Thọ", "'portal_id' is '019d2be3'"),
        ("H01,019d2be3-6a88-732b-8b17-b68020c8553a,Phú Thọ", "'H01' appears twice"),
    ],
)
def test_a_wrong_province_is_refused_by_its_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "portal-provinces.csv"
    good = "H01,019d2be3-6a84-779d-b3e7-e214bdb86482,An Giang"
    path.write_text(f"unit,portal_id,name\n{good}\n{line}\n", encoding="utf-8")
    with pytest.raises(RulesError) as caught:
        provinces(path)
    assert message in explain(caught.value, "en")
    assert "line 3" in explain(caught.value, "en")
