"""Fetching from the portal: what is shown is what is sent, slowly, and never past a refusal."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from simulator.baseline import Baseline
from simulator.errors import ScenarioError
from simulator.fetch.client import Fetched, fetch
from simulator.fetch.plan import Request, plan
from simulator.fetch.requests_file import load_portal
from simulator.fetch.switch import is_enabled
from simulator.period import period_of
from simulator.readers import join, read_bytes
from simulator.rules import Edition
from simulator.scorecard import score_reading
from simulator.text import LANGUAGES, explain
from tests.portal_files import response
from tests.portal_server import (
    CAPTURED,
    GROUPS,
    PHU_THO,
    FakePortal,
    FakeTime,
    Reply,
    country_of,
    figures_of,
    running,
)

MB = 1_000_000
CHUNKED = {"Transfer-Encoding": "chunked"}
PACKED = {"Content-Encoding": "gzip"}


@pytest.fixture(autouse=True)
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every connection to another machine: refused, noted, and none at the end."""
    tried: list[object] = []
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if address[0] != "127.0.0.1":
            tried.append(address)
            raise ConnectionRefusedError(address)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", only_here)
    monkeypatch.setenv("no_proxy", "*")
    yield tried
    assert tried == []


@pytest.fixture
def portal(phu_tho: Baseline, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortal]:
    """The fake portal with Phú Thọ's figures; fetching is on and leads there."""
    with running(figures_of(phu_tho, "H44", PHU_THO)) as fake:
        monkeypatch.setenv("SIMULATOR_FETCH", "on")
        monkeypatch.setenv("SIMULATOR_PORTAL_URL", fake.address)
        yield fake


def requests_for(portal: FakePortal, period: str = "2026-ytd") -> tuple[Request, ...]:
    return plan(portal.address, PHU_THO, period_of(period, CAPTURED))


def fetched(fake: FakePortal, passing: FakeTime | None = None, **options: Any) -> Fetched:
    return fetch(requests_for(fake), pace=(passing or FakeTime()).pace(), **options)


def codes(result: Fetched) -> list[str]:
    return [problem.code for problem in result.problems]


def fields(result: Fetched) -> dict[str, Any]:
    (problem,) = result.problems
    sentences = [explain(problem, language) for language in LANGUAGES]
    assert sentences[0] != sentences[1]
    return problem.fields


def total(result: Fetched, edition: Edition, unit: str = "H44") -> int | None:
    reading = join([read_bytes(content, name, edition) for name, content in result.files], edition)
    return {item.unit: item for item in score_reading(edition, reading)}[unit].total


def test_fetching_phu_tho_gives_61_89_for_the_year(portal: FakePortal, edition: Edition) -> None:
    result = fetched(portal)
    assert result.is_complete and result.problems == () and result.unasked == ()
    assert [name for name, _ in result.files] == [f"phutho-year-2026-{g}.json" for g in GROUPS]
    assert [content for _, content in result.files] == [portal.figures[g] for g in GROUPS]
    assert total(result, edition) == 6189


def test_the_capture_is_the_moment_of_the_first_request_in_vietnam(portal: FakePortal) -> None:
    assert fetched(portal).captured_at == "2026-10-12T08:30:00+07:00"


def test_what_is_shown_is_what_arrives(portal: FakePortal) -> None:
    shown = requests_for(portal)
    fetched(portal)
    assert [item.text for item in portal.seen] == [item.body_text for item in shown]
    assert [item.group for item in portal.seen] == [item.url.rpartition("/")[2] for item in shown]
    assert portal.seen[0].body == {
        "timeType": "year", "year": 2026, "rootDepartmentId": PHU_THO, "currentPage": 1,
        "pageSize": 200,
    }  # fmt: skip


def test_the_list_of_provinces_is_one_request(
    portal: FakePortal, provinces: Baseline, edition: Edition
) -> None:
    portal.figures["service-results"] = country_of(provinces)
    planned = plan(portal.address, None, period_of("2026-ytd", CAPTURED))
    result = fetch(planned, pace=FakeTime().pace())
    assert [item.body for item in planned] == [
        {"timeType": "year", "year": 2026, "departmentType": "ADMINISTRATIVE_UNIT"}
    ]
    ((name, content),) = result.files
    assert name == "vn-year-2026-service-results.json"
    printed = score_reading(edition, read_bytes(content, name, edition))
    assert len(printed) == 34
    assert {item.unit: item.published_total for item in printed} == {
        code: unit.total for code, unit in provinces.units.items()
    }


def test_off_unless_the_administrator_says_on(
    portal: FakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in ("", "off", "1", "true"):
        monkeypatch.setenv("SIMULATOR_FETCH", value)
        assert not is_enabled()
        with pytest.raises(ScenarioError) as caught:
            fetched(portal)
        assert caught.value.code == "fetch_off"
        assert "SIMULATOR_FETCH" in explain(caught.value, "vi")
    monkeypatch.delenv("SIMULATOR_FETCH")
    assert not is_enabled()
    assert portal.seen == []


def test_a_plan_for_another_address_is_not_sent(
    portal: FakePortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMULATOR_PORTAL_URL", f"{portal.address}/dvc")
    others = ("https://dichvucong.gov.vn", f"{portal.address}/dvc2", "http://127.0.0.1:1/dvc")
    for address in others:
        elsewhere = plan(address, PHU_THO, period_of("2026-ytd", CAPTURED))
        with pytest.raises(ScenarioError) as caught:
            fetch(elsewhere, pace=FakeTime().pace())
        assert caught.value.code == "fetch_elsewhere"
        assert f"{portal.address}/dvc)" in explain(caught.value, "vi")
    assert portal.seen == []


def test_requests_leave_one_by_one_with_a_pause_after_each_answer(portal: FakePortal) -> None:
    passing = FakeTime()
    fetch(requests_for(portal), pace=passing.pace(chance=0.5))
    assert portal.asked == GROUPS
    assert portal.most_at_once == 1
    assert passing.slept == [2.5] * 5


def test_the_pause_holds_between_two_fetches_too(portal: FakePortal) -> None:
    passing = FakeTime()
    pace = passing.pace()
    fetch(requests_for(portal)[:1], pace=pace)
    fetch(requests_for(portal)[:1], pace=pace)
    assert passing.slept == [2.0]


def test_two_people_cannot_fetch_at_once(portal: FakePortal) -> None:
    pace = FakeTime().pace()
    codes_of_others: list[str] = []

    def meanwhile() -> None:
        try:
            fetch(requests_for(portal), pace=pace)
        except ScenarioError as refused:
            codes_of_others.append(refused.code)

    def on_progress(done: int, total: int) -> None:
        other = threading.Thread(target=meanwhile)
        other.start()
        other.join()

    result = fetch(requests_for(portal), on_progress, pace=pace)
    assert result.is_complete
    assert codes_of_others == ["fetch_busy"] * 7
    assert portal.most_at_once == 1
    assert len(portal.seen) == 6


def test_progress_counts_the_requests_of_the_plan(portal: FakePortal) -> None:
    seen: list[tuple[int, int]] = []
    fetched(portal, on_progress=lambda done, total: seen.append((done, total)))
    assert seen == [(k, 6) for k in range(7)]


def test_it_names_itself_and_carries_neither_cookies_nor_passwords(
    portal: FakePortal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login an password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    cookie = Reply(body=portal.figures["transparency"], headers={"Set-Cookie": "id=1; Path=/"})
    portal.script["transparency"] = [cookie]
    assert fetched(portal).is_complete
    for item in portal.seen:
        assert item.headers["User-Agent"].startswith("766-scenario-simulator/")
        assert item.headers["Content-Type"] == "application/json; charset=utf-8"
        assert {"Cookie", "Authorization", "Referer", "Origin"}.isdisjoint(item.headers)


@pytest.mark.parametrize("status", [401, 403, 429, 451])
def test_a_refusal_ends_it_at_once(portal: FakePortal, status: int) -> None:
    portal.script["provide-online-tree"] = [Reply(status, "Đã chặn".encode())]
    passing = FakeTime()
    pace = passing.pace()
    result = fetch(requests_for(portal), pace=pace)
    assert portal.asked == GROUPS[:3]
    assert [name for name, _ in result.files] == [item.file for item in requests_for(portal)[:2]]
    assert [item.group for item in result.unasked] == GROUPS[3:]
    assert codes(result) == ["fetch_refused"]
    assert fields(result)["status"] == status
    assert fields(result)["words"] == "Đã chặn"
    # It does not say until when: a quarter of an hour after the two pauses.
    assert fields(result)["until"] == "2026-10-12T08:45:04+07:00"
    with pytest.raises(ScenarioError) as caught:
        fetch(requests_for(portal), pace=pace)
    assert caught.value.code == "fetch_resting"
    assert "12/10/2026 08:45" in explain(caught.value, "vi")
    assert len(portal.seen) == 3
    passing.sleep(900)
    assert fetch(requests_for(portal), pace=pace).is_complete


@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("3600", "2026-10-12T09:30:00+07:00"),
        ("Mon, 12 Oct 2026 03:00:00 GMT", "2026-10-12T10:00:00+07:00"),
        ("Mon, 12 Oct 2026 03:00:00", "2026-10-12T10:00:00+07:00"),
        ("Sun, 11 Oct 2026 03:00:00 GMT", "2026-10-12T08:30:00+07:00"),
        ("soon", "2026-10-12T08:45:00+07:00"),
        ("9" * 400, "2027-02-05T02:16:39+07:00"),
    ],
)
def test_a_refusal_says_until_when(portal: FakePortal, header: str, until: str) -> None:
    portal.script["transparency"] = [Reply(429, headers={"Retry-After": header})]
    result = fetched(portal)
    assert fields(result)["until"] == until
    assert portal.asked == ["transparency"]


def test_an_overloaded_portal_that_says_when_to_return_is_left_alone(portal: FakePortal) -> None:
    portal.script["transparency"] = [Reply(503, headers={"Retry-After": "120"})]
    result = fetched(portal)
    assert codes(result) == ["fetch_refused"]
    assert fields(result)["until"] == "2026-10-12T08:32:00+07:00"
    assert portal.asked == ["transparency"]


def test_an_error_of_the_server_is_tried_again_after_growing_pauses(portal: FakePortal) -> None:
    portal.script["dvc-progress-tree"] = [Reply(500), Reply(502)]
    passing = FakeTime()
    result = fetched(portal, passing)
    assert result.is_complete and len(result.files) == 6
    assert portal.asked == [GROUPS[0], *[GROUPS[1]] * 3, *GROUPS[2:]]
    assert passing.slept == [2, 5, 20, 2, 2, 2, 2]


def test_after_two_retries_the_next_group_is_asked(portal: FakePortal) -> None:
    portal.script["dvc-progress-tree"] = [Reply(500, b"no database") for _ in range(5)]
    result = fetched(portal)
    assert codes(result) == ["fetch_status"]
    assert fields(result)["status"] == 500 and fields(result)["words"] == "no database"
    assert portal.asked.count("dvc-progress-tree") == 3
    assert len(result.files) == 5 and result.unasked == ()


@pytest.mark.parametrize("status", [204, 400, 404])
def test_other_statuses_are_reported_and_not_repeated(portal: FakePortal, status: int) -> None:
    portal.script["transparency"] = [Reply(status)]
    result = fetched(portal)
    assert codes(result) == ["fetch_status"]
    assert fields(result)["words"] == "–"
    assert portal.asked == GROUPS


def test_a_portal_that_stays_silent_is_left_after_two_retries(portal: FakePortal) -> None:
    portal.script["transparency"] = [Reply(delay=5) for _ in range(5)]
    result = fetched(portal, portal=replace(load_portal(), timeout=0.1))
    assert codes(result) == ["fetch_no_answer"]
    assert fields(result)["detail"] == "ReadTimeout"
    assert portal.asked == ["transparency"] * 3
    assert len(result.unasked) == 5 and result.files == ()


def test_a_portal_that_cannot_be_reached_is_left_after_two_retries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setenv("SIMULATOR_FETCH", "on")
    monkeypatch.setenv("SIMULATOR_PORTAL_URL", address)
    passing = FakeTime()
    result = fetch(plan(address, PHU_THO, period_of("2026-ytd", CAPTURED)), pace=passing.pace())
    assert codes(result) == ["fetch_no_answer"]
    assert fields(result)["url"].startswith(address)
    assert passing.slept == [5, 20]


def test_an_answer_that_drips_is_cut_off_at_the_deadline(portal: FakePortal) -> None:
    portal.script["transparency"] = [Reply(body=b" " * MB) for _ in range(5)]
    result = fetched(portal, FakeTime(step=100))
    assert codes(result) == ["fetch_no_answer"]
    assert fields(result)["detail"] == "Timeout"


def test_a_truncated_answer_is_asked_for_again(portal: FakePortal, edition: Edition) -> None:
    whole = portal.figures["transparency"]
    portal.script["transparency"] = [Reply(body=whole[:50], length=len(whole))]
    result = fetched(portal)
    assert result.is_complete
    assert portal.asked[:2] == ["transparency"] * 2
    assert total(result, edition) == 6189


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(body=b'{"code"', length=900), "fetch_no_answer"),
        (Reply(body=b'7\r\n{"code"\r\n', length=None, headers=CHUNKED), "fetch_no_answer"),
        (Reply(body=b'9\r\n{"code"', length=None, headers=CHUNKED), "fetch_no_answer"),
        (Reply(body=b"not packed", headers=PACKED), "fetch_no_answer"),
        (Reply(body=b'{"code"', length=900, stall=5), "fetch_no_answer"),
        (Reply(body=gzip.compress(b'{"code"')[:-9], headers=PACKED), "fetch_not_json"),
    ],
    ids=["length", "chunks", "within a chunk", "wrongly packed", "stalled", "packed"],
)
def test_an_answer_that_never_comes_whole_is_no_figures(
    portal: FakePortal, reply: Reply, code: str
) -> None:
    portal.script["transparency"] = [reply] * 5
    result = fetched(portal, portal=replace(load_portal(), timeout=0.1))
    assert codes(result) == [code]
    assert portal.asked.count("transparency") == (3 if code == "fetch_no_answer" else 1)
    assert "phutho-year-2026-transparency.json" not in dict(result.files)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_to_another_host_is_not_followed(portal: FakePortal, status: int) -> None:
    with running(portal.figures) as other:
        target = f"{other.address}/api/v1/reporting/evaluation/transparency"
        portal.script["transparency"] = [Reply(status, headers={"Location": target})]
        result = fetched(portal)
        assert other.seen == []
    assert codes(result) == ["fetch_redirect"]
    assert fields(result)["target"] == target
    assert portal.asked == ["transparency"]


def test_a_page_for_people_in_place_of_figures_ends_it(portal: FakePortal) -> None:
    page = b"\n<html><title>Request Rejected</title>"
    portal.script["dvc-progress-tree"] = [Reply(200, page, {"Content-Type": "text/html"})]
    result = fetched(portal)
    assert codes(result) == ["fetch_not_json"]
    assert fields(result)["words"] == "<html><title>Request Rejected</title>"
    assert portal.asked == GROUPS[:2]


@pytest.mark.parametrize(
    "body", [b"", b"not json", b'{"code":"OK","data":{', b"\xff\xfe", b'{"a":NaN}']
)
def test_what_is_not_json_is_a_problem_of_its_group_only(portal: FakePortal, body: bytes) -> None:
    portal.script["transparency"] = [Reply(body=body)]
    result = fetched(portal)
    assert codes(result) == ["fetch_not_json"]
    assert fields(result)["status"] == 201
    assert portal.asked == GROUPS
    assert len(result.files) == 5


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ({"code": "ERROR", "message": "Hệ thống bận"}, "ERROR"),
        ({"code": "OK", "data": None}, "OK"),
        ({"data": {"overview": {}}}, "None"),
        ([1], "None"),
    ],
)
def test_an_answer_that_is_not_ok_is_a_problem(portal: FakePortal, body: Any, value: str) -> None:
    portal.script["transparency"] = [Reply(body=json.dumps(body, ensure_ascii=False).encode())]
    result = fetched(portal)
    assert codes(result) == ["fetch_not_ok"]
    assert fields(result)["value"] == value
    assert len(result.files) == 5


def test_figures_of_another_unit_are_not_kept(portal: FakePortal) -> None:
    other = PHU_THO.replace("019d", "019e")
    portal.script["dvc-progress-tree"] = [Reply(body=response(parent={"departmentId": other}))]
    result = fetched(portal)
    assert codes(result) == ["fetch_other_unit"]
    assert fields(result)["value"] == other and fields(result)["expected"] == PHU_THO
    assert len(result.files) == 5


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b" " * 25 * MB),
        Reply(body=b" " * 25 * MB, length=None),
        Reply(body=gzip.compress(b" " * 25 * MB, 1), headers=PACKED),
        Reply(body=b"", length=25 * MB),
    ],
    ids=["declared", "undeclared", "packed", "declared only"],
)
def test_more_than_20_megabytes_are_not_read(portal: FakePortal, reply: Reply) -> None:
    portal.script["transparency"] = [reply]
    result = fetched(portal)
    assert codes(result) == ["fetch_too_large"]
    assert fields(result)["megabytes"] == 20
    assert len(result.files) == 5


def test_a_packed_answer_is_unpacked(portal: FakePortal, edition: Edition) -> None:
    packed = gzip.compress(portal.figures["transparency"])
    portal.script["transparency"] = [Reply(body=packed, headers=PACKED)]
    assert total(fetched(portal), edition) == 6189


def test_cancelled_half_way_keeps_what_was_fetched(portal: FakePortal) -> None:
    result = fetched(portal, is_cancelled=lambda: len(portal.seen) == 3)
    assert portal.asked == GROUPS[:3]
    assert len(result.files) == 3
    assert codes(result) == ["fetch_cancelled"]
    assert fields(result) == {"done": 3, "total": 6}
    assert [item.group for item in result.unasked] == GROUPS[3:]


def test_a_retry_can_be_cancelled_too(portal: FakePortal) -> None:
    portal.script["transparency"] = [Reply(500) for _ in range(3)]
    result = fetched(portal, is_cancelled=lambda: len(portal.seen) == 1)
    assert codes(result) == ["fetch_cancelled"]
    assert portal.asked == ["transparency"]


def paged(portal: FakePortal, pages: int) -> list[Reply]:
    """The province on the first page and one more unit on each of the others."""
    first = json.loads(portal.figures["dvc-progress-tree"])
    replies = []
    for number in range(1, pages + 1):
        data = {**first["data"], "pagination": {"currentPage": number, "totalPages": pages}}
        if number > 1:
            code = f"H44.{number:02d}"
            data["children"] = [
                {"departmentCode": code, "departmentId": code, "totalReceived": 10,
                 "totalOnTime": number, "score": 2 * number},
            ]  # fmt: skip
        replies.append(Reply(body=response(**data)))
    return replies


def test_further_pages_are_asked_for(portal: FakePortal, edition: Edition) -> None:
    portal.script["dvc-progress-tree"] = paged(portal, 3)
    passing = FakeTime()
    result = fetched(portal, passing)
    assert result.is_complete
    assert [item.body["currentPage"] for item in portal.seen] == [1, 1, 2, 3, 1, 1, 1, 1]
    assert passing.slept == [2] * 7
    names = [name for name, _ in result.files]
    assert names[1:4] == [
        f"phutho-year-2026-dvc-progress-tree{end}.json" for end in ("", "-p2", "-p3")
    ]
    assert total(result, edition) == 6189
    reading = join([read_bytes(data, name, edition) for name, data in result.files], edition)
    assert {row.unit.key for row in reading.rows} == {"H44", "H44.02", "H44.03"}


def test_pages_are_bounded(portal: FakePortal) -> None:
    portal.script["dvc-progress-tree"] = paged(portal, 40)
    result = fetched(portal)
    assert portal.asked.count("dvc-progress-tree") == 10
    assert codes(result) == ["fetch_pages"]
    assert fields(result)["pages"] == 40 and fields(result)["most"] == 10
    assert len(result.files) == 15


@pytest.mark.parametrize("pages", [None, 0, True, "3", -1, 1.5])
def test_page_counts_that_are_none_mean_one_page(portal: FakePortal, pages: Any) -> None:
    data = {
        **json.loads(portal.figures["transparency"])["data"],
        "pagination": {"totalPages": pages},
    }
    portal.figures["transparency"] = response(**data)
    assert fetched(portal).is_complete
    assert portal.asked == GROUPS
