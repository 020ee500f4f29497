"""Opening saved scenarios and links: what is told, and on which figures they can be shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulator.baseline import Baseline
from simulator.baseline_files import load_baseline
from simulator.errors import DataError, ScenarioError
from simulator.library import Listed
from simulator.links import to_params
from simulator.own_figures import OWN_FIGURES
from simulator.plan_target import Target
from simulator.scenario import Scenario
from simulator.scenario_opening import on_newer, open_link, open_saved, total_of, what_changed
from simulator.store import NewVersion, open_store
from simulator.text import LANGUAGES, explain
from tests.engine.units import EDITION, counts, make_unit
from tests.test_own_figures import file_of, kept

SEPTEMBER, OCTOBER = load_baseline("vn-2026-09-26"), load_baseline("vn-2026-10-10")
PHU_THO = load_baseline("phutho-2026-ytd")


def saved(scenario: Scenario, baseline: Baseline, **fields) -> NewVersion:
    """``scenario`` as a version made on ``baseline``."""
    params = to_params(scenario, baseline.edition, baseline.fingerprint)
    content = NewVersion(
        "P", "A", "", baseline.edition.code, scenario.baseline, baseline.fingerprint,
        scenario.unit, params,
    )  # fmt: skip
    return replace(content, **fields)


def codes(told) -> list[str]:
    return [one.code for one in told]


def words(opened) -> list[str]:
    """Every sentence there is to say, in both languages."""
    told = [*opened.notices, *opened.problems]
    return [explain(one, language, EDITION) for one in told for language in LANGUAGES]


# Readings of one list of two communes, made by hand.
MINE, OTHER = "H99.01", "H99.02"


def reading(key: str, day: str, on_time: float, **fields) -> Baseline:
    """Of 100 dossiers ``on_time``; the other commune has 50 points."""
    units = [
        make_unit({"ON_TIME": counts(on_time, 100)}, {"TDGQ": round(20 * on_time)},
                  total=3000 + round(20 * on_time), code=MINE),
        make_unit({"ON_TIME": counts(90, 100)}, total=5000, code=OTHER),
    ]  # fmt: skip
    made = Baseline(
        key, {"vi": key, "en": key}, EDITION, "2026-ytd", {}, day, "test",
        {unit.code: unit for unit in units}, default_unit=MINE, fingerprint=f"{key}0123456789",
    )  # fmt: skip
    return replace(made, **fields)


class Shelf:
    """A library of figures made by hand."""

    def __init__(self, *figures: Baseline, lacks: tuple[str, ...] = ()) -> None:
        self.figures = {one.id: one for one in figures}
        self.lacks = lacks

    def load(self, key: str) -> Baseline:
        if key == "damaged":
            raise DataError("file_unreadable", file="x", detail="y")
        if key not in self.figures:
            raise ScenarioError("unknown_baseline", baseline=key, allowed="")
        return self.figures[key]

    def holding(self, units, edition, period) -> tuple[Listed, ...]:
        damaged = Listed("damaged", {}, EDITION.code, "2026-ytd", "2026-12-30", "x", 1)
        found = [
            Listed(one.id, one.title, one.edition.code, one.period, one.captured_at, "test",
                   2, lacks=self.lacks if one.id == "partial" else ())
            for one in self.figures.values()
            if not one.units.keys().isdisjoint(units)
        ]  # fmt: skip
        return tuple(
            one for one in (*found, damaged)
            if edition in ("", one.edition) and period in ("", one.period)
        )  # fmt: skip

    def open(self, content: NewVersion):
        return open_saved(content, self.load, self.holding)


OLD, NEW = reading("old", "2026-09-01", 40), reading("new", "2026-10-01", 70)
MOVED = Scenario("old", MINE).with_change("ON_TIME", 50)


def test_on_its_own_figures_nothing_is_said():
    scenario = Scenario(OCTOBER.id, "H44").with_change("PUBLISH_ON_TIME", 3)
    opened = open_saved(saved(scenario, OCTOBER, total=total_of(OCTOBER, scenario)))
    assert (opened.scenario, opened.target) == (scenario, Target())
    assert (opened.problems, opened.notices, opened.newer) == ((), (), None)
    assert opened.params["f"] == OCTOBER.fingerprint[:8]


def test_changed_figures_are_told_with_the_points_then_and_now():
    """Phú Thọ has 62.18 points on 10 October."""
    opened = open_saved(saved(Scenario(OCTOBER.id, "H44"), OCTOBER, fingerprint="0" * 12,
                              total=6100))  # fmt: skip
    (notice,) = opened.notices
    assert notice.code == "scenario_figures_differ"
    assert notice.fields == {"value_first": "61.00", "value_second": "62.18"}
    assert "61,00" in explain(notice, "vi")
    assert "62.18" in explain(notice, "en")
    unknown = open_saved(saved(Scenario(OCTOBER.id, "H44"), OCTOBER, fingerprint="0" * 12))
    assert codes(unknown.notices) == ["scenario_figures_differ_only"]


def test_other_points_on_the_same_figures_are_told():
    content = saved(Scenario(OCTOBER.id, "H44"), OCTOBER, total=6100)
    assert codes(open_saved(content).notices) == ["scenario_total_differs"]
    assert open_saved(replace(content, total=6218)).notices == ()


def test_a_newer_reading_of_the_same_list_is_offered():
    opened = open_saved(saved(Scenario(SEPTEMBER.id, "H44"), SEPTEMBER))
    assert opened.newer == OCTOBER.id
    (notice,) = opened.notices
    assert notice.code == "scenario_newer_figures"
    assert "10/10/2026" in explain(notice, "vi")
    # The province alone was read on that day too; its list was read again.
    assert open_saved(saved(Scenario(PHU_THO.id, "H44"), PHU_THO)).newer == OCTOBER.id


@pytest.mark.parametrize(
    ("key", "unit"),
    [
        ("vn-2026-10-10", "H44"),  # the newest there is
        ("phutho-2026-ytd", "H44.100"),  # its communes were not read again
        ("phutho-2026-08", "H44"),  # another period
        ("tth-2022", "tth"),  # other rules
        ("binhthuan-2023", "binhthuan"),  # nobody knows when it was read
    ],
)
def test_nothing_newer_is_offered_where_there_is_nothing(key, unit):
    baseline = load_baseline(key)
    code = unit if unit in baseline.units else baseline.default_unit
    assert open_saved(saved(Scenario(key, code), baseline)).newer is None


def test_on_newer_figures_levers_count_from_these_and_what_does_not_fit_is_named():
    """40 of 100 were on time and 50 more are asked for; then 70 of 100 are: 30 are left."""
    shelf = Shelf(OLD, NEW)
    opened = shelf.open(saved(MOVED.with_lock("PETITION_NEW", True), OLD))
    assert (opened.scenario.change("ON_TIME"), opened.newer) == (50, "new")
    newer = on_newer(opened, shelf.load, shelf.holding)
    assert newer.scenario == Scenario("new", MINE, locks=("PETITION_NEW",))
    assert codes(newer.problems) == ["out_of_bounds"]
    assert newer.problems[0].fields["lever"] == "ON_TIME"
    assert codes(newer.notices) == ["scenario_on_newer"]
    assert (newer.content.baseline, newer.content.fingerprint) == ("new", NEW.fingerprint)
    assert newer.newer is None
    name = EDITION.lever_by_code["ON_TIME"].name
    assert all(name[language] in explain(newer.problems[0], language, EDITION)
               for language in LANGUAGES)  # fmt: skip
    fitting = shelf.open(saved(Scenario("old", MINE).with_change("ON_TIME", 30), OLD))
    assert on_newer(fitting, shelf.load, shelf.holding).problems == ()


def test_a_day_that_is_over_by_then_moves_to_the_end_of_the_period():
    shelf = Shelf(OLD, NEW)
    ahead = replace(MOVED.with_change("ON_TIME", 3), until="2026-09-30")
    newer = on_newer(shelf.open(saved(ahead, OLD)), shelf.load, shelf.holding)
    assert newer.scenario == replace(ahead, baseline="new", until="2026-12-31")
    assert codes(newer.notices) == ["scenario_on_newer", "scenario_day_over"]
    assert "31/12/2026" in explain(newer.notices[1], "vi")
    # The day of the newer reading itself is not over in it.
    for until in ("2026-10-01", "2026-10-31"):
        later = shelf.open(saved(replace(ahead, until=until), OLD))
        found = on_newer(later, shelf.load, shelf.holding)
        assert (found.scenario.until, codes(found.notices)) == (until, ["scenario_on_newer"])


def test_inflow_typed_for_the_old_day_is_left_out_and_named():
    """Part of what was still to come on 1 September has come by 1 October."""
    shelf = Shelf(OLD, NEW)
    ahead = replace(MOVED.with_change("ON_TIME", 3), until="2026-12-31", pace="months")
    typed = ahead.with_inflow("dossier", 900).with_inflow("petition", 4)
    opened = shelf.open(saved(typed, OLD))
    assert opened.scenario.inflow == (("dossier", 900), ("petition", 4))
    newer = on_newer(opened, shelf.load, shelf.holding)
    assert newer.scenario == replace(ahead, baseline="new")
    assert codes(newer.notices) == ["scenario_on_newer", *["scenario_inflow_left"] * 2]
    assert "Số hồ sơ còn đến" in explain(newer.notices[1], "vi")
    assert "petitions still to come" in explain(newer.notices[2], "en")
    assert not {"in.dossier", "in.petition"} & set(newer.params)


def test_the_newest_is_offered_that_knows_the_levers_that_were_moved():
    silent = reading("silent", "2026-11-01", 80)
    unknown = make_unit({}, {"TDGQ": 1600}, total=4600, code=MINE)
    silent = replace(silent, units={**silent.units, MINE: unknown})
    assert Shelf(OLD, NEW, silent).open(saved(MOVED, OLD)).newer == "new"
    assert Shelf(OLD, silent).open(saved(MOVED, OLD)).newer == "silent"
    assert Shelf(OLD, NEW, silent).open(saved(Scenario("old", MINE), OLD)).newer == "silent"


def test_what_is_no_reading_of_the_same_list_is_not_offered():
    elsewhere = reading("x", "2026-11-01", 70)
    moved = make_unit({}, total=4000, code=MINE, pool="another")
    without_total = make_unit({"ON_TIME": counts(1, 2)}, code=MINE)
    for figures in (
        replace(elsewhere, period="2026-10"),
        replace(elsewhere, captured_at=""),
        replace(elsewhere, captured_at="2026-09-01"),
        replace(elsewhere, units={OTHER: elsewhere.units[OTHER]}),
        replace(elsewhere, units={**elsewhere.units, MINE: moved}),
        replace(elsewhere, units={**elsewhere.units, MINE: without_total}),
        # There it is not ranked.
        replace(elsewhere, incomplete_pools=frozenset({"pool"})),
    ):
        assert Shelf(OLD, figures).open(saved(MOVED, OLD)).newer is None
    partial = replace(elsewhere, id="partial")
    assert Shelf(OLD, partial, lacks=("MDHL",)).open(saved(MOVED, OLD)).newer is None


def test_unknown_figures_are_told_and_the_nearest_offered():
    content = saved(Scenario(OCTOBER.id, "H44").with_change("PUBLISH_ON_TIME", 3), OCTOBER)
    opened = open_saved(replace(content, baseline="nap-0123456789ab"))
    assert (opened.scenario, opened.newer) == (None, OCTOBER.id)
    assert codes(opened.problems) == ["scenario_figures_unknown"]
    assert codes(opened.notices) == ["scenario_nearest_figures"]
    assert all("nap-0123456789ab" in sentence for sentence in words(opened)[2:])
    found = on_newer(opened)
    assert (found.scenario.baseline, found.scenario.change("PUBLISH_ON_TIME")) == (OCTOBER.id, 3)


def test_nearest_are_figures_of_the_period_the_scenario_looks_at():
    last_year = reading("2025", "2025-12-31", 30, period="2025-ytd")
    shelf = Shelf(last_year, NEW)
    gone = saved(Scenario("gone", MINE, until="2025-12-31"), OLD)
    assert shelf.open(gone).newer == "2025"
    assert shelf.open(saved(Scenario("gone", MINE), OLD)).newer == "new"
    nobody = shelf.open(saved(Scenario("gone", "H00"), OLD, edition="2022-2025"))
    assert (nobody.newer, nobody.notices) == (None, ())
    with pytest.raises(ScenarioError, match="scenario_no_newer"):
        on_newer(nobody)


def test_a_unit_that_is_gone_is_told():
    opened = open_saved(saved(Scenario(OCTOBER.id, "H44"), OCTOBER, unit="H99"))
    assert (opened.scenario, codes(opened.problems)) == (None, ["unknown_unit"])
    elsewhere = open_saved(saved(Scenario(OCTOBER.id, "H44.100"), OCTOBER))
    assert elsewhere.newer in ("phutho-2026-ytd", "phutho-2026-08")


@pytest.mark.usefixtures("place")
def test_own_figures_are_offered_and_may_be_deleted(tmp_path):
    shipped = saved(Scenario(PHU_THO.id, "H44").with_change("PUBLISH_ON_TIME", 2), PHU_THO)
    own = kept(file_of(tmp_path, "phutho-2026-ytd"), captured="2026-11-02").id
    opened = open_saved(shipped)
    assert opened.newer == own
    newer = on_newer(opened)
    assert (newer.scenario, newer.problems) == (
        replace(opened.scenario, baseline=own), (),
    )  # fmt: skip
    # Of the communes of Phú Thọ only some are listed, then and now.
    commune = open_saved(saved(Scenario(PHU_THO.id, "H44.100"), PHU_THO))
    assert commune.newer == own
    open_store().delete(own)
    OWN_FIGURES.refresh()
    gone = open_saved(replace(shipped, baseline=own))
    assert (gone.scenario, codes(gone.problems)) == (None, ["deleted_figures"])
    assert gone.newer == OCTOBER.id
    assert open_saved(shipped).newer == OCTOBER.id


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        (OCTOBER.fingerprint[:8], []),
        (OCTOBER.fingerprint, []),
        ("", []),
        ("00000000", ["scenario_figures_differ_only"]),
        (OCTOBER.fingerprint[:4], ["scenario_figures_differ_only"]),
        ("<script>", ["scenario_figures_differ_only"]),
        ("x" * 5000, ["scenario_figures_differ_only"]),
    ],
)
def test_the_fingerprint_of_a_link_is_told_and_never_loses_it(mark, told):
    scenario = Scenario(OCTOBER.id, "H44").with_change("PUBLISH_ON_TIME", 3)
    params = to_params(scenario, EDITION) | {"f": mark, "t.total": "65"}
    opened = open_link(params, Scenario(SEPTEMBER.id, "H01"))
    assert (opened.scenario, opened.target) == (scenario, Target(total=6500))
    assert (codes(opened.notices), opened.problems) == (told, ())
    assert opened.params["f"] == OCTOBER.fingerprint[:8]


def test_a_link_that_says_little_gets_the_rest_from_the_default():
    opened = open_link({"PUBLISH_ON_TIME": "3"}, Scenario(OCTOBER.id, "H01"))
    assert opened.scenario == Scenario(OCTOBER.id, OCTOBER.default_unit).with_change(
        "PUBLISH_ON_TIME", 3
    )
    nowhere = open_link({"b": "nowhere"}, Scenario(OCTOBER.id, "H01"))
    assert (nowhere.scenario, codes(nowhere.problems)) == (None, ["scenario_figures_unknown"])
    assert nowhere.newer == OCTOBER.id


def test_wrong_parts_are_told_and_the_rest_is_kept():
    params = {
        "u": "H44", "b": OCTOBER.id, "ON_TIME": "x", "NOTHING": "1", "t.rank": "0",
        "PUBLISH_ON_TIME": "3", "div.way": "capacity", "shape": "even", "lang": "en",
    }  # fmt: skip
    opened = open_link(params, Scenario(OCTOBER.id, "H01"))
    assert codes(opened.problems) == ["not_a_number", "unknown_lever", "plan_rank_form"]
    assert opened.scenario.settings == (("PUBLISH_ON_TIME", 3),)
    # How the plan is divided is left to its screen; the language is the reader's own.
    assert opened.params == to_params(opened.scenario, EDITION, OCTOBER.fingerprint)


# How the plan of Gia Lai is divided, as somebody may write it, and as the session does.
DIVIDED = [
    ({"shape": "level", "div.way": "gap", "div.rest": "1"}, {"div.rest": "1"}),
    ({"share.ON_TIME": "H21.06:7,H21.05:050"}, {"share.ON_TIME": "H21.05:50,H21.06:7"}),
    ({"least.ON_TIME": "H21.05:5,H21.05:6"}, {"least.ON_TIME": "H21.05:6"}),
    ({"shape": "ramp_up", "div.more": "75"}, {"shape": "ramp_up", "div.more": "75"}),
]


@pytest.mark.parametrize(("written", "read"), DIVIDED)
def test_how_the_plan_is_divided_is_written_as_the_session_writes_it(written, read):
    content = saved(Scenario(OCTOBER.id, "H21").with_change("ON_TIME", 3000), OCTOBER)
    opened = open_saved(replace(content, parameters={**content.parameters, **written}))
    assert opened.params == {**content.parameters, **read}
    assert opened.problems == ()


def test_parts_of_a_division_that_make_no_sense_are_told():
    content = saved(Scenario(OCTOBER.id, "H21"), OCTOBER)
    wrong = {"share.ON_TIME": "H44.05:5", "div.list": "nowhere", "shape": "even"}
    opened = open_saved(replace(content, parameters={**content.parameters, **wrong}))
    assert codes(opened.problems) == [
        "unknown_parameter", "allocation_unknown_unit", "unknown_parameter",
    ]  # fmt: skip
    assert opened.params == content.parameters
    assert all("shape=even" in explain(opened.problems[-1], language) for language in LANGUAGES)


def test_rules_that_are_others_now_are_told():
    content = saved(Scenario(OCTOBER.id, "H44"), OCTOBER, edition="2022-2025")
    assert codes(open_saved(content).problems) == ["unknown_edition"]


def test_what_changed_for_a_unit_by_hand():
    """From 40 to 70 of 100 on time: 600 hundredths in the group and in the total."""
    found = what_changed(OLD, NEW, MINE)
    (unit,) = found.units
    assert unit.total == (3800, 4400)
    assert unit.groups["TDGQ"] == (800, 1400)
    (moved,) = unit.counts
    assert (moved.indicator, moved.before, moved.after) == ("ON_TIME", (40, 100), (70, 100))
    assert (found.added, found.gone) == ((), ())
    again = what_changed(OLD, replace(OLD, id="again", captured_at="2026-09-20"), MINE)
    assert codes(again.notices) == ["nothing_changed"]


def test_what_changed_needs_the_unit_and_the_same_rules():
    with pytest.raises(ScenarioError, match="unknown_unit"):
        what_changed(OCTOBER, OLD, "H44")
    other = load_baseline("tth-2022")
    with pytest.raises(ScenarioError, match="editions_differ"):
        what_changed(OLD, replace(other, units={MINE: OLD.units[MINE]}), MINE)
