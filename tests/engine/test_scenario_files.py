"""Scenarios as files and links: nothing is lost on the way, and what is wrong is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import library, plan_target
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.errors import DataError, ScenarioError
from simulator.levers import lever_range
from simulator.links import from_params, to_params
from simulator.outlook import COUNTED_BY
from simulator.scenario import MONTHS, Scenario, outlook_of
from simulator.scenario_files import MOST_BYTES, file_name, read, written
from simulator.scenario_opening import open_saved
from simulator.store import NewVersion
from simulator.store.records import one_line
from simulator.text import LANGUAGES, explain
from tests.engine.whole_scenarios import scenarios, targets

MOMENT = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
DEFAULT = Scenario("vn-2026-10-10", "H44")
COUNTRY = load_baseline("vn-2026-10-10")
PERSONAL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


def version(scenario: Scenario, target: plan_target.Target, name="P", author="", note="", **shown):
    """``scenario`` as it is saved."""
    baseline = load_baseline(scenario.baseline)
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    return NewVersion(
        name, author, note, baseline.edition.code, baseline.id, baseline.fingerprint,
        scenario.unit, params | plan_target.to_params(target), **shown,
    )  # fmt: skip


CONTENT = version(
    DEFAULT.with_change("PUBLISH_ON_TIME", 3), plan_target.Target(total=6500), "Dọn sạch", "Ánh",
    "Bàn ngày 22/11", total=6230, place=20, pool_size=34,
)  # fmt: skip


def changed(**parts) -> bytes:
    """The file of ``CONTENT`` with other parts; None leaves one out."""
    made = json.loads(written(CONTENT, MOMENT)) | parts
    return json.dumps({name: part for name, part in made.items() if part is not None}).encode()


@given(st.data(), scenarios(), PERSONAL, PERSONAL, PERSONAL)
def test_a_scenario_comes_back_from_its_file(data, scenario, name, author, note):
    edition = load_baseline(scenario.baseline).edition
    target = data.draw(targets(edition))
    content = version(scenario, target, name or "P", author, f"{note}x")
    if not one_line(content.name):
        return
    file = written(content, MOMENT)
    assert read(file) == content
    assert written(read(file), MOMENT) == file
    opened = open_saved(read(file))
    assert (opened.scenario, opened.target, opened.problems) == (scenario, target, ())
    assert opened.params == content.parameters


@given(st.data(), scenarios())
def test_everything_that_can_be_set_comes_back_from_a_link(data, scenario):
    baseline = load_baseline(scenario.baseline)
    target = data.draw(targets(baseline.edition))
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    params |= plan_target.to_params(target)
    assert from_params(params, DEFAULT, load_baseline) == (scenario, [])
    assert plan_target.from_params(params, baseline.edition) == (target, [])
    backwards = dict(reversed(params.items()))
    found, problems = from_params(backwards, DEFAULT, load_baseline)
    assert (set(found.settings), problems) == (set(scenario.settings), [])


def all_moved(baseline, code: str, *, ahead: bool) -> Scenario:
    """Every lever as far as it goes, with inflow, pace and a target of peers."""
    scenario = Scenario(baseline.id, code)
    if ahead:
        last = baseline.whole_period().last.isoformat()
        scenario = Scenario(baseline.id, code, until=last, pace=MONTHS, seed=4294967295)
        for flow in COUNTED_BY:
            scenario = scenario.with_inflow(flow.value, 1_000_000)
    unit = baseline.unit(code)
    outlook = outlook_of(baseline, unit, scenario)
    for lever in baseline.edition.levers:
        bounds = lever_range(baseline.edition, unit, lever, outlook)
        if bounds.usable:
            scenario = scenario.with_change(
                lever.code,
                max((bounds.low, bounds.high), key=lambda at: len(f"{at:.6f}".rstrip("0"))),
            )
    return scenario


def links() -> list[str]:
    found = []
    for key in baseline_ids():
        baseline = load_baseline(key)
        for code in baseline.units:
            for ahead in (False, True):
                try:
                    scenario = all_moved(baseline, code, ahead=ahead)
                except ScenarioError:
                    # A period that is over, or nobody knows when the figures were read.
                    continue
                params = to_params(scenario, baseline.edition, baseline.fingerprint)
                target = plan_target.Target(rank=10, certainty=0.8)
                found.append(urlencode(params | plan_target.to_params(target)))
    return found


def test_a_link_with_every_lever_moved_stays_below_1500_characters():
    longest_link = "http://may-chu.tinh.gov.vn:8501/mo-phong?" + max(links(), key=len)
    assert len(longest_link) < 1500
    assert longest_link.count("&") > 25


def test_the_fingerprint_of_the_figures_stands_in_the_link():
    params = to_params(DEFAULT, COUNTRY.edition, COUNTRY.fingerprint)
    assert params["f"] == COUNTRY.fingerprint[:8]
    assert "f" not in to_params(DEFAULT, COUNTRY.edition)
    for mark in (params["f"], "00000000", "?", ""):
        assert from_params({**params, "f": mark}, DEFAULT, library.load) == (DEFAULT, [])


def test_a_file_reads_like_a_document():
    assert json.loads(written(CONTENT, MOMENT)) == {
        "kind": "index-766-scenario", "format": 1, "name": "Dọn sạch", "author": "Ánh",
        "note": "Bàn ngày 22/11", "saved_at": "2026-11-22T08:30:00+00:00",
        "edition": "2026-portal",
        "baseline": {"id": "vn-2026-10-10", "fingerprint": COUNTRY.fingerprint},
        "unit": "H44",
        "parameters": {
            "b": "vn-2026-10-10", "u": "H44", "e": "2026-portal", "f": COUNTRY.fingerprint[:8],
            "PUBLISH_ON_TIME": "3", "seed": "1", "t.total": "65",
        },
        "shown": {"total": 6230, "place": 20, "pool_size": 34},
    }  # fmt: skip
    assert "Dọn sạch".encode() in written(CONTENT, MOMENT)


def test_a_file_from_another_editor_is_read():
    assert read(b"\xef\xbb\xbf" + written(CONTENT)) == CONTENT
    assert read(changed(saved_at=None)) == CONTENT
    assert read(changed(shown=None)).total is None


NESTED = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    ("file", "code", "fields"),
    [
        (b"", "scenario_file_broken", {"line": 1, "column": 1}),
        (b"unit,TDGQ,total\nH44,18.1,63\n", "scenario_file_broken", {"line": 1, "column": 1}),
        (b"PK\x03\x04 a workbook \xff", "scenario_file_not_utf8", {"position": 16}),
        (written(CONTENT, MOMENT)[:200], "scenario_file_broken", {"line": 9}),
        ("Dọn".encode("utf-16"), "scenario_file_not_utf8", {"position": 0}),
        (b'{"code": "OK", "data": {}}', "scenario_file_other", {}),
        (b"[1, 2]", "scenario_file_other", {}),
        (b"null", "scenario_file_other", {}),
        (NESTED[: MOST_BYTES // 2] + NESTED[-1:], "scenario_file_other", {}),
        (b'{"kind": ' + b"9" * 10_000 + b"}", "scenario_file_other", {}),
        (b" " * (MOST_BYTES + 1), "scenario_file_large", {"size": 200_001, "most": 200_000}),
        (changed(format=2), "scenario_file_newer", {"format": 2, "known": 1}),
        (changed(format="1"), "scenario_file_part", {"part": "format"}),
        (changed(format=True), "scenario_file_part", {"part": "format"}),
        (changed(format=0), "scenario_file_part", {"part": "format"}),
        (changed(unit=None), "scenario_file_missing", {"part": "unit"}),
        (changed(parameters=None), "scenario_file_missing", {"part": "parameters"}),
        (changed(baseline={"id": "x"}), "scenario_file_missing", {"part": "fingerprint"}),
        (changed(baseline="vn-2026-10-10"), "scenario_file_part", {"part": "baseline"}),
        (changed(name=5), "scenario_file_part", {"part": "name"}),
        (changed(note=["x"]), "scenario_file_part", {"part": "note"}),
        (changed(saved_at=5), "scenario_file_part", {"part": "saved_at"}),
        (changed(parameters=[]), "scenario_file_part", {"part": "parameters"}),
        (changed(parameters={"ON_TIME": 5}), "scenario_file_part", {"part": "ON_TIME"}),
        (changed(parameters={"u": "H01"}), "scenario_file_part", {"part": "parameters.u"}),
        (changed(parameters={"b": "x"}), "scenario_file_part", {"part": "parameters.b"}),
        (changed(shown={"total": 10_001}), "scenario_file_part", {"part": "shown.total"}),
        (changed(shown={"total": 62.18}), "scenario_file_part", {"part": "shown.total"}),
        (changed(shown={"total": float("nan")}), "scenario_file_part", {"part": "shown.total"}),
        (changed(shown={"total": True}), "scenario_file_part", {"part": "shown.total"}),
        (changed(shown={"place": True}), "scenario_file_part", {"part": "shown.place"}),
        (changed(shown={"place": 35, "pool_size": 34}), "scenario_file_part",
         {"part": "shown.place"}),
        (changed(shown={"rank": 3}), "scenario_file_unknown", {"part": "rank"}),
        (changed(levers={}), "scenario_file_unknown", {"part": "levers"}),
        (changed(**{"\ud800": 1}), "scenario_file_unknown", {"part": "\\ud800"}),
        (b'{"kind": "a", "kind": "b"}', "scenario_file_twice", {"part": "kind"}),
        (changed(name=" \n"), "scenario_without_name", {}),
        (changed(name="\ud800"), "store_text", {}),
        (changed(name="a\0b"), "store_text", {}),
        (changed(note="x" * 2001), "scenario_text_long", {"length": 2001}),
        (changed(parameters={"ON_TIME": "1" * 30_000}), "scenario_text_long", {}),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_file_is_said(file, code, fields):
    with pytest.raises(DataError) as refused:
        read(file)
    assert refused.value.code == code
    assert fields.items() <= refused.value.fields.items()
    for language in LANGUAGES:
        explain(refused.value, language).encode()


def outcome(file: bytes) -> NewVersion | DataError:
    try:
        return read(file)
    except DataError as refused:
        return refused


@given(st.binary(max_size=300) | st.integers(0, 700).map(lambda end: written(CONTENT)[:end]))
def test_any_bytes_are_read_or_refused_in_words(file):
    found = outcome(file)
    assert found == CONTENT or explain(found, "vi")


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
), st.sampled_from(list(json.loads(written(CONTENT)))))  # fmt: skip
def test_any_part_of_another_kind_is_read_or_refused(part, name):
    found = outcome(json.dumps(json.loads(written(CONTENT)) | {name: part}).encode())
    assert isinstance(found, NewVersion) or explain(found, "en")


def test_a_script_in_a_name_is_text():
    name = "<script>alert('x')</script>{format}{0.__class__}%s"
    assert read(changed(name=name, author=name)).name == name
    assert name in explain(ScenarioError("scenario_no_newer", name=name), "vi")


@pytest.mark.parametrize(
    ("unit", "name", "expected"),
    [
        ("H44", "Số hóa 100 %", "766-H44-Số-hóa-100.json"),
        ("H21.07", "../../etc/passwd", "766-H21-07-etc-passwd.json"),
        ("../x", "C:\\CON", "766-x-C-CON.json"),
        ("H44", "???", "766-H44-scenario.json"),
        ("H44", "So\u0302\u0301 hóa", "766-H44-Số-hóa.json"),
        ("H44", "a" * 300, f"766-H44-{'a' * 60}.json"),
    ],
)
def test_a_file_has_a_name_that_any_disk_takes(unit, name, expected):
    content = NewVersion(name, "", "", "", "", "", unit, {})
    assert file_name(content) == expected
