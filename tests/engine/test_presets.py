"""Presets: what their names say is what they do, on every unit that is shipped."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from simulator import library
from simulator.baseline import Baseline, Basis, Fact, Unit
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.errors import RulesError, ScenarioError
from simulator.levers import lever_range
from simulator.outlook import Outlook, outlook
from simulator.plan_choices import is_offered
from simulator.preset_rates import Rates
from simulator.presets import FromPreset, Preset, from_preset, presets
from simulator.project import Projection, project
from simulator.rank import group_scores, peers_of
from simulator.reach import reachable
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION, counts, full_unit, make_unit, rate

SHIPPED = {preset.code: preset for preset in presets("2026-portal")}
COUNTRY = load_baseline("vn-2026-10-10")
CASES = [
    (key, ahead, code)
    for key in baseline_ids()
    for ahead in (False, True)
    for code in SHIPPED
    if load_baseline(key).edition.code == "2026-portal"
]


@cache
def end_of(baseline_id: str, code: str) -> Outlook | None:
    baseline = load_baseline(baseline_id)
    return outlook(baseline.edition, baseline.unit(code), baseline.whole_period())


def applied(
    baseline: Baseline, unit: Unit, code: str, ahead: Outlook | None
) -> tuple[FromPreset, Projection, Projection]:
    """The preset on a unit: its settings, without them, with them."""
    peers = peers_of(baseline, unit, library.load)
    found = from_preset(SHIPPED[code], baseline.edition, unit, ahead, peers)
    without = project(baseline.edition, unit, {}, peers, ahead)
    return found, without, project(baseline.edition, unit, found.settings, peers, ahead)


def said(found: FromPreset) -> list[str]:
    return [notice.code for notice in found.notices]


def test_the_presets_are_those_of_the_edition():
    assert list(SHIPPED) == [
        "overdue", "digitised", "petitions", "published", "payment", "average", "leaders",
        "everything",
    ]  # fmt: skip
    assert presets("2022-2025") == ()
    for preset in SHIPPED.values():
        assert set(preset.name) == set(preset.note) == set(LANGUAGES)


@pytest.mark.parametrize(("key", "is_ahead", "code"), CASES)
def test_on_every_unit_rates_are_reached_nothing_is_lowered_and_couplings_hold(key, is_ahead, code):
    baseline = load_baseline(key)
    at = EDITION.position
    for unit in baseline.units.values():
        ahead = end_of(key, unit.code) if is_ahead else None
        found, without, after = applied(baseline, unit, code, ahead)
        assert all(change > 0 for change in found.settings.values())
        assert set(found.settings) <= {
            lever.code for lever in EDITION.levers
            if is_offered(lever) or lever.code in SHIPPED[code].also
        }  # fmt: skip
        for k, item in enumerate(EDITION.indicators):
            assert after.counts.numerators[k] >= without.counts.numerators[k], item.code
            assert after.counts.denominators[k] == without.counts.denominators[k]
        for group, score in after.after.groups.items():
            assert (score or 0) >= (without.after.groups[group] or 0)
        # No lever was given what a coupling or the number of cases takes back.
        assert [notice for notice in after.notices if notice.code.startswith("cut")] == []
        digitised, results = (
            after.counts.numerators[at[name]]
            for name in ("SO_HOA_GIAY_TO_GIAI_QUYET", "ORIGINAL_RESULT_AVAILABLE")
        )
        assert digitised <= results + 1e-6
        if SHIPPED[code].rates is Rates.MOST:
            check_at_full_marks(SHIPPED[code], unit, found, after)
        for notice in found.notices:
            assert explain(notice, "vi", EDITION)


def check_at_full_marks(preset: Preset, unit: Unit, found: FromPreset, after: Projection) -> None:
    """Every indicator of ``preset`` has full marks, or its levers are at their ends."""
    for lever in EDITION.levers:
        item = EDITION.indicator(lever.indicator)
        k = EDITION.position[item.code]
        if preset.indicators and item.code not in preset.indicators:
            assert lever.code not in found.settings
        elif is_offered(lever) and after.counts.denominators[k]:
            bounds = lever_range(EDITION, unit, lever, after.outlook)
            is_full = (after.counts.rate_percent(k) or 0) >= item.cap_percent - 1e-6
            is_at_end = found.settings.get(lever.code, 0.0) == bounds.high
            assert is_full or is_at_end or not bounds.usable, (unit.code, lever.code)


@pytest.mark.parametrize("key", [key for key, ahead, code in CASES if ahead and code == "overdue"])
def test_everything_is_the_ceiling_of_the_period(key):
    baseline = load_baseline(key)
    for unit in baseline.units.values():
        ahead = end_of(key, unit.code)
        assert ahead is not None
        _, _, after = applied(baseline, unit, "everything", ahead)
        best = reachable(EDITION, unit, ahead).ceiling
        assert after.after.total == best.after.total
        assert after.after.groups == best.after.groups


def average_rates() -> dict[str, float]:
    """Mean rate of each indicator of which two provinces or more publish counts."""
    found = {}
    for k, item in enumerate(EDITION.indicators):
        known = [unit.evidence[k] for unit in COUNTRY.units.values()]
        rates = [
            one.numerator / one.denominator
            for one in known
            if one.basis is Basis.COUNTS and not one.assumed and one.denominator
        ]
        if len(rates) > 1:
            found[item.code] = sum(rates) / len(rates)
    return found


def leading_rates() -> dict[str, float]:
    """Rates of the province with the highest score of each group and published counts in it."""
    found = {}
    for group, positions in EDITION.group_positions.items():
        known = [
            (-(group_scores(EDITION, unit)[group] or 0), unit.code)
            for unit in COUNTRY.units.values()
            if any(unit.evidence[k].basis is Basis.COUNTS and not unit.evidence[k].assumed
                   for k in positions)
        ]  # fmt: skip
        if known:
            leader = COUNTRY.unit(min(known)[1])
            for k in positions:
                item = leader.evidence[k]
                if item.basis is Basis.COUNTS and item.denominator and not item.assumed:
                    found[EDITION.indicators[k].code] = item.numerator / item.denominator
    return found


@pytest.mark.parametrize("is_ahead", [False, True])
@pytest.mark.parametrize(
    ("code", "rates", "known"), [("average", average_rates(), 16), ("leaders", leading_rates(), 16)]
)
def test_every_province_reaches_the_rates_of_the_list_where_it_can(code, rates, known, is_ahead):
    assert len(rates) == known
    for unit in COUNTRY.units.values():
        ahead = end_of(COUNTRY.id, unit.code) if is_ahead else None
        found, without, after = applied(COUNTRY, unit, code, ahead)
        for k, item in enumerate(EDITION.indicators):
            levers = [one for one in EDITION.levers if one.indicator == item.code]
            moved = {lever.code for lever in levers} & set(found.settings)
            if item.code not in rates or not unit.evidence[k].denominator:
                assert not moved
                continue
            rate_wanted = min(rates[item.code], item.cap_percent / 100)
            wanted = rate_wanted * after.counts.denominators[k]
            reached = after.counts.numerators[k]
            if moved and reached >= wanted:
                # No further than the next whole case.
                assert reached < max(wanted, without.counts.numerators[k]) + 1
            elif reached < wanted - 1e-4:
                is_at_end = all(
                    found.settings.get(one.code, 0.0) == lever_range(EDITION, unit, one, ahead).high
                    for one in levers
                    if is_offered(one)
                )
                results = after.counts.numerators[EDITION.position["ORIGINAL_RESULT_AVAILABLE"]]
                is_held = item.code == "SO_HOA_GIAY_TO_GIAI_QUYET" and reached > results - 2
                assert is_at_end or is_held, (unit.code, item.code)


def test_the_leader_of_each_group_is_named_and_it_is_told_if_another_is_ahead():
    found, _, _ = applied(COUNTRY, COUNTRY.unit("H44"), "leaders", None)
    named = {notice.fields["group"]: notice for notice in found.notices if "group" in notice.fields}
    assert set(named) == {"CKMB", "TDGQ", "TTTT", "MDSH", "MDHL"}
    for group, notice in named.items():
        scores = {
            unit.short_name: group_scores(EDITION, unit)[group] for unit in COUNTRY.units.values()
        }
        best = max(score for score in scores.values() if score is not None)
        with_counts = {
            unit.short_name
            for unit in COUNTRY.units.values()
            if any(
                unit.evidence[k].basis is Basis.COUNTS and not unit.evidence[k].assumed
                for k in EDITION.group_positions[group]
            )
        }
        top = max(score or 0 for name, score in scores.items() if name in with_counts)
        assert notice.fields["unit"] in with_counts
        assert scores[notice.fields["unit"]] == top
        assert float(notice.fields["value_first"]) == top / 100
        if top < best:
            assert notice.code == "preset_leader_with_counts"
            assert scores[notice.fields["leader"]] == best
        else:
            assert notice.code == "preset_leader"
    vi = explain(named["TDGQ"], "vi", EDITION)
    assert vi == "Tiến độ giải quyết: theo Ninh Bình, điểm nhóm cao nhất danh sách (19,17)."


def test_a_unit_gets_the_rates_of_the_leaders_by_hand():
    """Of 200 dossiers 100 on time; the leader has 90 of 100: 80 more are needed."""
    leader = make_unit({"ON_TIME": counts(90, 100)}, {"TDGQ": 1800}, 5000, "L")
    higher = make_unit({}, {"TDGQ": 1990}, 6000, "Z")
    unit = make_unit({"ON_TIME": counts(100, 200)}, {"TDGQ": 1000}, 4000, "U")
    found = with_peers("leaders", unit, leader, higher)
    assert found.settings == {"ON_TIME": 80}
    told = {notice.code: notice.fields for notice in found.notices}
    assert told["preset_leader_with_counts"] == {
        "group": "TDGQ", "unit": "L", "value_first": "18.00", "leader": "Z",
        "value_second": "19.90",
    }  # fmt: skip
    assert "ON_TIME" not in told["preset_unpublished"]["indicators"].split(", ")
    assert with_peers("leaders", leader, unit, higher).settings == {}


def test_a_unit_gets_the_average_rates_by_hand():
    """0.5, 0.9 and 0.55 have the mean 0.65: of 200 dossiers 130, thus 30 more."""
    unit = make_unit({"ON_TIME": counts(100, 200)}, total=4000, code="U")
    peers = [
        make_unit({"ON_TIME": counts(90, 100)}, total=5000, code="A"),
        make_unit({"ON_TIME": counts(550, 1000)}, total=4500, code="B"),
        # A rate without counts, counts that were inferred, and no cases at all do not count.
        make_unit({"ON_TIME": rate(99)}, total=4400, code="C"),
        make_unit({"ON_TIME": counts(0, 0)}, total=4300, code="D"),
    ]
    found = with_peers("average", unit, *peers)
    assert found.settings == {"ON_TIME": 30}
    told = {notice.code: notice.fields for notice in found.notices}
    assert told["preset_average_of"] == {"fewest": 3, "most": 3, "listed": 5}


def with_peers(code: str, unit: Unit, *others: Unit) -> FromPreset:
    units = {one.code: one for one in (unit, *others)}
    baseline = Baseline(
        "made-up", {}, EDITION, "2026-ytd", {}, "2026-10-10", "test", units
    )  # fmt: skip
    peers = peers_of(baseline, unit, library.load)
    assert peers is not None
    return from_preset(SHIPPED[code], EDITION, unit, None, peers)


def test_nobody_else_is_no_average():
    found = from_preset(SHIPPED["average"], EDITION, full_unit(), None, None)
    assert found.settings == {}
    assert said(found) == ["preset_no_rates", "preset_nothing"]
    alone = make_unit({"ON_TIME": counts(1, 2)}, total=10, code="A")
    found = with_peers("average", make_unit({}, total=5, code="U"), alone)
    assert "preset_average_of" not in said(found)


def test_a_full_unit_needs_nothing():
    for code in ("overdue", "digitised", "petitions", "published", "payment", "everything"):
        found = from_preset(SHIPPED[code], EDITION, full_unit(1.0), None, None)
        assert (found.settings, said(found)) == ({}, ["preset_nothing"]), code


def test_half_a_unit_is_brought_to_full_marks_by_hand():
    found = from_preset(SHIPPED["everything"], EDITION, full_unit(0.5, 1000), None, None)
    # Satisfied dossiers follow those on time; online submission is at its cap of 50 %.
    assert {"ONLINE_SUBMISSION", "DOSSIER_RECEIVING_SATISFACTION"}.isdisjoint(found.settings)
    assert found.settings["ON_TIME"] == 500
    assert found.settings["PAY_PROCEDURE"] == found.settings["REUSED_DIGITIZED_DATA"] == 300
    after = project(EDITION, full_unit(0.5, 1000), found.settings)
    assert after.after.total == 10_000


def test_open_dossiers_bound_the_backlog():
    phu_tho = load_baseline("phutho-2026-ytd")
    unit = phu_tho.unit("H44")
    finished = unit.fact("COMPLETED")
    item = unit.evidence[EDITION.position["ON_TIME"]]
    for ahead in (None, end_of(phu_tho.id, "H44")):
        found, _, _ = applied(phu_tho, unit, "overdue", ahead)
        cleared = found.settings["OVERDUE_BACKLOG_CLEARED"]
        assert cleared == min(item.denominator - finished, item.denominator - item.numerator)
        assert set(found.settings) == {"ON_TIME", "OVERDUE_BACKLOG_CLEARED"}
    found, _, _ = applied(COUNTRY, COUNTRY.unit("H44"), "overdue", None)
    assert set(found.settings) == {"ON_TIME"}
    assert "preset_open_unknown" in said(found)


def test_no_more_of_the_backlog_is_cleared_than_is_open_by_hand():
    """100 of 200 dossiers are late, but 170 are finished: of the backlog 30 are left."""
    unit = make_unit({"ON_TIME": counts(100, 200)})
    unit = replace(unit, facts=(Fact("COMPLETED", 170, "dossier", None, None),))
    found = from_preset(SHIPPED["overdue"], EDITION, unit, None, None)
    assert found.settings == {"ON_TIME": 100, "OVERDUE_BACKLOG_CLEARED": 30}
    done = replace(unit, facts=(Fact("COMPLETED", 200, "dossier", None, None),))
    found = from_preset(SHIPPED["overdue"], EDITION, done, None, None)
    assert found.settings == {"ON_TIME": 100}


def test_what_is_not_published_is_named_in_words():
    unit = COUNTRY.unit("H44")
    found, _, _ = applied(COUNTRY, unit, "everything", None)
    (notice,) = found.notices
    assert notice.code == "preset_unpublished"
    codes = ["ONLINE_SUPPLY", "ONLINE_SERVICE_USED", "ONLINE_SUBMISSION"]
    assert notice.fields["indicators"].split(", ") == codes
    for language in LANGUAGES:
        sentence = explain(notice, language, EDITION)
        assert all(EDITION.indicator(code).name[language] in sentence for code in codes)


def test_a_period_that_is_over_leaves_nothing_to_do():
    august = load_baseline("phutho-2026-08")
    found, _, _ = applied(august, august.unit("H44"), "everything", end_of(august.id, "H44"))
    assert found.settings == {}
    assert "preset_nothing" in said(found)


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ('edition = "other"\npreset = []', "not_allowed"),
        ('edition = "2026-portal"', "missing_key"),
        ('edition = "2026-portal"\npreset = {}', "not_allowed"),
        ("{entry}\nfoo = 1", "unexpected_key"),
        ('{entry}\nindicators = ["NOTHING"]', "not_allowed"),
        ('{entry}\nalso = ["NOTHING"]', "not_allowed"),
        ("{entry}\n{again}", "duplicate"),
        ("{best}", "not_allowed"),
        ("{half}", "not_bilingual"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, broken, code):
    entry = '[[preset]]\ncode = "x"\nname = {vi = "a", en = "b"}\nnote = {vi = "a", en = "b"}'
    head, most = 'edition = "2026-portal"\n', '\nrates = "most"'
    text = broken.replace("{entry}", head + entry + most).replace("{again}", entry + most)
    text = text.replace("{best}", f'{head}{entry}\nrates = "best"')
    text = text.replace("{half}", head + entry.replace(', en = "b"', "", 1) + most)
    (tmp_path / "2026-portal.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RulesError) as refused:
        presets("2026-portal", tmp_path)
    assert refused.value.code == code
    assert refused.value.fields["file"] == "2026-portal.toml"


def test_a_preset_that_the_unit_cannot_take_is_never_made():
    """Whatever is asked, the settings are those the projection accepts."""
    odd = Preset("odd", {}, {}, SHIPPED["everything"].rates, ("ON_TIME",), ("PETITION_NEW",))
    unit = full_unit(0.25, 7)
    found = from_preset(odd, EDITION, unit, None, None)
    try:
        project(EDITION, unit, found.settings)
    except ScenarioError as refused:
        pytest.fail(str(refused))
