"""The workbook recalculated by LibreOffice finds what the engine finds, to the last digit."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from simulator.baseline import Basis
from simulator.baseline_files import load_baseline
from simulator.levers import LeverRange
from simulator.outlook import outlook
from simulator.rules import Flow
from simulator.scenario import Scenario
from simulator.text import say
from tests.reports.calc import Calc
from tests.reports.spreadsheet import Spreadsheet, asked, dice, recounted, subject_for

SEED = 766
PER_BOOK = 4
END = "2026-12-31"


def _books() -> list[Scenario]:
    """A book of every list, of all provinces, and of units of each kind; both ways of looking."""
    provinces = list(load_baseline("vn-2026-10-10").units)
    found = [
        Scenario("vn-2026-10-10", code, until=END if k % 2 else "")
        for k, code in enumerate(provinces)
    ]
    others = [
        ("phutho-2026-ytd", "H44", ""), ("phutho-2026-ytd", "H44", END),
        ("phutho-2026-ytd", "H44.01", END), ("phutho-2026-08", "H44", ""),
        ("gialai-2026-10-10", "H21.181", END), ("gialai-2026-10-10", "H21.01", ""),
        ("vn-2026-09-26", "H44", ""), ("bencau-2023-02", "ben-cau", ""),
        ("binhthuan-2023", "binhthuan", ""), ("nari-2023-10m", "nari", ""),
        ("province-2023-11", "unnamed-province", ""), ("tth-2022", "tth", ""),
        ("bencau-2023-02", "000.00.31.H53", ""),
    ]  # fmt: skip
    found += [Scenario(name, unit, until=until) for name, unit, until in others]
    assumed = Scenario("vn-2026-10-10", "H44", until=END)
    found.append(assumed.with_assumption("ONLINE_SUBMISSION", 589_496.0, 597_894.0))
    found.append(replace(Scenario("vn-2026-10-10", "H44", until="2026-11-15"), pace="months"))
    typed = Scenario("phutho-2026-ytd", "H44", until=END)
    found.append(typed.with_inflow("dossier", 200_000).with_inflow("petition", 30))
    return found


BOOKS = _books()


def opened(calc: Calc, folder: Path, scenario: Scenario, language: str = "vi") -> Spreadsheet:
    book = Spreadsheet(subject_for(scenario, language))
    calc.open(book.saved(folder))
    return book


def some_settings(ranges: dict[str, LeverRange], chance: random.Random) -> dict[str, float]:
    """Random changes within their bounds, the bounds themselves among them."""
    found = {}
    for code, bounds in ranges.items():
        if not bounds.usable or chance.random() < 0.6:
            continue
        if bounds.basis is Basis.RATE:
            inside = round(chance.uniform(bounds.low, bounds.high), 2)
        else:
            inside = float(chance.randint(-int(-bounds.low), int(bounds.high)))
        found[code] = chance.choice([bounds.low, bounds.high, inside, inside])
    return found


def name_of(scenario: Scenario) -> str:
    extra = "-assumed" * bool(scenario.assumptions) + "-typed" * bool(scenario.inflow)
    return f"{scenario.baseline}-{scenario.unit}-{scenario.until or 'whole'}{extra}{scenario.pace}"


@pytest.mark.parametrize("scenario", BOOKS, ids=name_of)
def test_results_and_bounds_equal_those_of_the_engine(calc, tmp_path, scenario):
    chance = dice(f"{SEED}{name_of(scenario)}")
    book = opened(calc, tmp_path, scenario)
    settings = [{}, *(some_settings(book.view.ranges, chance) for _ in range(PER_BOOK))]
    rows = [book.changed(one, before) for before, one in pairwise(settings)]
    found = asked(book, calc, [[], *rows])
    calc.close()
    assert found == [book.engine(one) for one in settings]


def test_there_are_two_hundred_random_what_ifs():
    assert len(BOOKS) * PER_BOOK >= 200
    assert {scenario.baseline for scenario in BOOKS} >= {"tth-2022", "nari-2023-10m"}


def test_other_counts_lead_to_what_the_app_finds_on_them(calc, tmp_path):
    chance = dice(SEED)
    book = opened(calc, tmp_path, Scenario("phutho-2026-ytd", "H44", until=END))
    view, rows, wanted = book.view, [], []
    period = view.outlook.period
    for _ in range(6):
        counts = {}
        for item, known in zip(view.edition.indicators, view.unit.evidence, strict=True):
            if known.basis is Basis.COUNTS and chance.random() < 0.5:
                cases = chance.randint(0, int(1.5 * known.denominator) + 3)
                counts[item.code] = (float(chance.randint(0, cases)), float(cases))
        unit = recounted(view.edition, view.unit, counts)
        typed = chance.choice([{}, {Flow.DOSSIER: chance.randint(0, 400_000)}])
        ahead = outlook(view.edition, unit, period, typed)
        settings = {"ON_TIME": 2000.0, "RESULT_REPAIRED": 700.0, "PETITION_NEW": 3.0}
        rows.append(
            [
                cell
                for code, known in zip(view.edition.position, view.unit.evidence, strict=True)
                if known.basis is Basis.COUNTS
                for column, value in zip(
                    "BC", counts.get(code, (known.numerator, known.denominator)), strict=True
                )
                for cell in [(*book.count(code, column), value)]
            ]
            + [(*book.inflow("dossier"), typed.get(Flow.DOSSIER))]
            + book.changed(settings)
        )
        wanted.append(book.engine(settings, unit=unit, outlook=ahead))
    found = asked(book, calc, rows)
    calc.close()
    assert found == wanted


@pytest.mark.parametrize(("share", "direction", "level"), [(0.1, 1, 1200), (1.0, -1, 0)])
def test_a_group_stays_between_nothing_and_its_maximum(calc, tmp_path, share, direction, level):
    # Starting values far from what the published score leaves room for.
    scenario = Scenario("vn-2026-10-10", "H44")
    codes = ("ONLINE_SUPPLY", "ONLINE_SERVICE_USED", "ONLINE_SUBMISSION")
    for code in codes:
        scenario = scenario.with_assumption(code, 1000 * share, 1000.0)
    book = opened(calc, tmp_path, scenario)
    ranges = book.view.ranges
    settings = {code: ranges[code].high if direction > 0 else ranges[code].low for code in codes}
    (found,) = asked(book, calc, [book.changed(settings)])
    calc.close()
    assert found == book.engine(settings)
    assert found.groups[2][1] == level


def test_recent_months_give_another_inflow_than_the_pace_so_far(calc, tmp_path):
    scenario = Scenario("vn-2026-10-10", "H44", until="2026-11-15")
    found = []
    for pace in ("", "months"):
        book = opened(calc, tmp_path, replace(scenario, pace=pace))
        used = (book.name("inputs"), book.inflow("dossier")[1].replace("B", "C"))
        ((row,),) = calc.read([used])
        calc.close()
        assert row[0] == book.view.outlook.inflows[Flow.DOSSIER].coming
        found.append(row[0])
    assert found[0] != found[1]


def test_an_absurd_inflow_is_left_out_as_in_the_app(calc, tmp_path):
    book = opened(calc, tmp_path, Scenario("vn-2026-10-10", "H44", until=END))
    used = book.inflow("dossier")[1].replace("B", "C")
    amounts = [None, 250_000, 20 * 670_094, 20 * 670_094 + 1]
    found = [
        row[0][0][0]
        for row in calc.whatifs(
            [[(*book.inflow("dossier"), amount)] for amount in amounts],
            [(book.name("inputs"), used)],
        )
    ]
    calc.close()
    pace = book.view.outlook.inflows[Flow.DOSSIER].coming
    assert found == [pace, 250_000, 20 * 670_094, pace]


def test_other_caps_and_maxima_lead_to_what_the_engine_finds_with_them(calc, tmp_path):
    book = opened(calc, tmp_path, Scenario("phutho-2026-ytd", "H44"))
    view = book.view
    changes = [
        ("ON_TIME", 18, 95.0),
        ("PAY_DOSSIER", 8, 70.0),
        ("ORIGINAL_RESULT_AVAILABLE", 5, 33),
    ]
    cells, rules = [], list(view.edition.indicators)
    for code, maximum, cap in changes:
        cells += [(*book.rule(code, "C"), maximum), (*book.rule(code, "D"), cap)]
        k = view.edition.position[code]
        rules[k] = replace(rules[k], maximum=maximum, cap_percent=float(cap))
    groups = tuple(
        replace(group, maximum=sum(one.maximum for one in rules if one.group == group.code))
        for group in view.edition.groups
    )
    edition = replace(view.edition, indicators=tuple(rules), groups=groups)
    moved = recounted(view.edition, view.unit, {}, edition)
    settings = {"ON_TIME": 4000.0, "PAY_DOSSIER": 900.0}
    (found,) = asked(book, calc, [cells + book.changed(settings)])
    calc.close()
    assert found == book.engine(settings, edition=edition, unit=moved)


def test_other_totals_of_peers_change_the_place_and_ties_are_told(calc, tmp_path):
    scenario = Scenario("vn-2026-10-10", "H44", (("ON_TIME", 3000.0),))
    book = opened(calc, tmp_path, scenario)
    view = book.view
    now, after = view.projection.before.total, view.projection.after.total
    rows, wanted = [], []
    for totals in ({"H20": after / 100}, {"H20": 1.0, "H19": now / 100}, {"H24": 99.99}):
        others = dict(view.peers.totals)
        others |= {code: round(100 * total) for code, total in totals.items()}
        rows.append([(*book.peer(code), others[code] / 100) for code in ("H20", "H19", "H24")])
        peers = replace(view.peers, totals=others)
        wanted.append(book.engine(dict(scenario.settings), peers=peers))
    found = asked(book, calc, rows)
    calc.close()
    assert found == wanted
    note = say("vi", "headline.tied_note")
    assert [one.tied for one in found] == [("", note), (note, ""), ("", "")]


def test_the_check_cell_tells_agreement_changes_and_error(calc, tmp_path):
    scenario = Scenario("vn-2026-10-10", "H44", (("ON_TIME", 3000.0),), until=END)
    book = opened(calc, tmp_path, scenario)
    total = book.subject.say.points(book.view.projection.after.total)

    def said() -> str:
        return calc.read([book.check("check")])[0][0][0]

    def told(key: str) -> str:
        return say("vi", f"workbook.{key}", figure=total)

    assert total == "62,28"
    assert said() == told("check_agrees")
    for cell, other, same in (
        (book.lever("ON_TIME"), 3001, 3000), (book.count("ON_TIME", "B"), 1, 596_701),
        (book.inflow("petition"), 5, None), (book.rule("ON_TIME", "D"), 99, 100),
        (book.peer("H20"), 50, 68.8),
    ):  # fmt: skip
        calc.write([(*cell, other)])
        assert said() == told("check_touched"), cell
        calc.write([(*cell, same)])
        assert said() == told("check_agrees"), cell
    top = book.row("calculation", book.said("part_levels")) + 2
    calc.unlock(book.name("calculation"))
    calc.write([(book.name("calculation"), f"D{top}", 7)])
    assert said() == told("check_differs")
    calc.close()


def test_changes_out_of_bounds_and_impossible_counts_are_told(calc, tmp_path):
    book = opened(calc, tmp_path, Scenario("vn-2026-10-10", "H44", until=END), "en")
    high = book.view.ranges["ON_TIME"].high

    def said(key: str) -> str:
        return calc.read([book.check(key)])[0][0][0]

    for change, key in (
        (high, "check_within"), (high + 1, "check_beyond"), (12.5, "check_beyond"),
        (-12.0, "check_within"),
    ):  # fmt: skip
        calc.write([(*book.lever("ON_TIME"), change)])
        assert said("check_levers") == book.said(key), change
    assert said("check_counts") == book.said("check_right")
    calc.write([(*book.count("PAY_DOSSIER", "B"), 398_743)])
    assert said("check_counts") == book.said("check_wrong")
    calc.close()


@pytest.mark.parametrize(
    ("scenario", "language"),
    [
        (Scenario("vn-2026-10-10", "H44", (("ON_TIME", 3000.0),), until=END), "vi"),
        (Scenario("tth-2022", "tth", (("ORIGINAL_RESULT_AVAILABLE", 1.5),)), "en"),
        (Scenario("gialai-2026-10-10", "H21.181"), "vi"),
    ],
    ids=["ahead", "rates", "commune"],
)
def test_every_cached_value_is_the_one_a_recalculation_finds(calc, tmp_path, scenario, language):
    book = opened(calc, tmp_path, scenario, language)
    found = calc.formulas()
    calc.close()
    cached = book.cached()
    assert len(found) == len(cached) > 150
    assert {(sheet, row, column): value for sheet, row, column, value in found} == cached
