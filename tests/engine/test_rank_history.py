"""The places of a list at every reading: by hand, of the shipped provinces, and of own figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from simulator import library, rank_history
from simulator.baseline_files import load_baseline
from simulator.captures import Capture, captures_of
from simulator.checks import check_files
from simulator.imports import About
from simulator.numbers import VIETNAM
from simulator.own_figures import OWN_FIGURES, keep
from simulator.peers_mode import PeersMode
from simulator.rank import peers_of, standing
from simulator.rank_ahead import Question, rank_ahead
from simulator.rank_history import PlacesRead, RankHistory, place_ahead, places_of
from simulator.rule_files import load_edition
from simulator.store import open_store
from tests.test_imports import written

# Phú Thọ among the 34 provinces, counted in the published totals.
PHU_THO = [
    ("2026-09-17", 14), ("2026-09-26", 12), ("2026-09-30", 16), ("2026-10-05", 18),
    ("2026-10-06", 18), ("2026-10-08", 19), ("2026-10-09", 19), ("2026-10-10", 19),
]  # fmt: skip


def history(baseline_id: str, unit: str) -> RankHistory:
    baseline = library.load(baseline_id)
    listed = baseline.unit(unit)
    peers = peers_of(baseline, listed, library.load)
    assert peers is not None and listed.pool is not None
    found = rank_history.rank_history(peers, listed.pool)
    assert found is not None
    return found


def own_places(found: RankHistory, unit: str) -> list[tuple[str, int | None]]:
    return [(one.day, one.places.get(unit)) for one in found.readings]


def test_equal_totals_share_a_place_and_the_next_one_is_skipped():
    assert places_of({"a": 7000, "b": 6500, "c": 7000, "d": 6400}) == {
        "a": 1, "b": 3, "c": 1, "d": 4,
    }  # fmt: skip
    assert places_of({}) == {}


def made(*lists: dict[str, int]) -> RankHistory:
    start = datetime(2026, 9, 1, tzinfo=VIETNAM)
    readings = tuple(
        PlacesRead(start + timedelta(k), f"2026-09-{k:02d}", totals, places_of(totals))
        for k, totals in enumerate(lists, 1)
    )
    return RankHistory(readings, {code: code for one in lists for code in one})


def test_a_unit_that_is_missing_in_a_reading_has_no_place_there_and_is_not_counted():
    found = made({"a": 3, "b": 2, "c": 1}, {"a": 3, "c": 4}, {"a": 3, "b": 3, "c": 4})
    assert own_places(found, "b") == [("2026-09-01", 2), ("2026-09-02", None), ("2026-09-03", 2)]
    assert own_places(found, "c") == [("2026-09-01", 3), ("2026-09-02", 1), ("2026-09-03", 1)]
    assert [one.of for one in found.readings] == [3, 2, 3]


def test_the_nearest_units_are_those_just_above_and_below_now():
    found = made({"a": 1}, {"a": 50, "b": 40, "c": 40, "d": 40, "e": 30})
    assert found.nearest("c", 1) == ("b", "d")
    assert found.nearest("a", 2) == ("b", "c")
    assert found.nearest("e", 3) == ("b", "c", "d")
    assert found.nearest("gone", 3) == ()


def test_places_of_phu_tho_on_every_day_are_those_of_its_standing():
    found = history("vn-2026-10-10", "H44")
    assert own_places(found, "H44") == PHU_THO
    for reading in found.readings:
        for code, total in reading.totals.items():
            others = {other: score for other, score in reading.totals.items() if other != code}
            place = standing(total, others)
            assert (reading.places[code], reading.of) == (place.rank, place.of) == (place.rank, 34)
    assert found.names["H44"] == "Phú Thọ"
    assert set(found.names) == set(load_baseline("vn-2026-10-10").units)


def test_borrowed_peers_bring_the_history_of_their_list():
    found = history("phutho-2026-ytd", "H44")
    assert own_places(found, "H44") == PHU_THO[:2]
    assert (found.latest.of, found.names["H44"]) == (34, "Phú Thọ")


def test_a_list_read_once_has_one_reading():
    found = history("gialai-2026-10-10", "H21.100")
    assert own_places(found, "H21.100") == [("2026-10-10", 127)]
    assert found.latest.of == 135


def test_without_a_day_there_is_no_history(monkeypatch):
    monkeypatch.setattr(rank_history, "captures_of", lambda baseline_id, pool: ())
    baseline = load_baseline("vn-2026-10-10")
    peers = peers_of(baseline, baseline.unit("H44"), library.load)
    assert peers is not None
    assert rank_history.rank_history(replace(peers, baseline_id="undated"), "provinces") is None


def test_a_unit_that_no_figures_name_goes_by_its_code(monkeypatch):
    [*earlier, last] = captures_of("vn-2026-10-10", "provinces")
    older = Capture(earlier[0].moment, {**earlier[0].totals, "H99": 5000}, earlier[0].source)
    monkeypatch.setattr(rank_history, "captures_of", lambda baseline_id, pool: (older, last))
    baseline = load_baseline("vn-2026-10-10")
    peers = peers_of(baseline, baseline.unit("H44"), library.load)
    assert peers is not None
    found = rank_history.rank_history(peers, "provinces-and-one-more")
    assert found is not None
    assert found.names["H99"] == "H99"
    assert own_places(found, "H99") == [("2026-09-17", 35), ("2026-10-10", None)]


def ahead(mode: PeersMode = PeersMode.UNCERTAIN, until: str = ""):
    return rank_ahead(Question("vn-2026-10-10", "H44", mode, until, draws=2000))


def test_the_place_ahead_is_that_of_the_outcomes():
    answer = ahead()
    assert answer is not None
    place = place_ahead(answer, 6218)
    assert place is not None
    assert (place.last, place.of, place.mode) == (date(2026, 12, 31), 34, PeersMode.UNCERTAIN)
    assert place.middle == answer.outcomes.place(6218, 0.5)
    assert place.likely == answer.outcomes.interval(6218, 0.5)
    assert place.nearly_sure == answer.interval(6218)
    assert place.nearly_sure[0] <= place.likely[0] <= place.middle
    assert place.middle <= place.likely[1] <= place.nearly_sure[1]


def test_peers_that_stay_leave_one_place():
    place = place_ahead(ahead(PeersMode.FIXED), 6218)
    assert place is not None
    assert (place.middle, place.likely, place.nearly_sure) == (19, (19, 19), (19, 19))


def test_nothing_is_ahead_without_a_score_or_a_day():
    assert place_ahead(None, 6218) is None
    assert place_ahead(ahead(), None) is None
    answer = ahead()
    assert answer is not None
    assert place_ahead(replace(answer, last=None), 6218) is None
    assert place_ahead(replace(answer, days=0.0), 6218) is None


def kept(place, captured: str, totals: dict[str, float], *without: str) -> str:
    """The communes and departments of Gia Lai on another day, with other totals."""
    path = place / "own.csv"
    written("gialai-2026-10-10", path)
    heading, *rest = path.read_text(encoding="utf-8").splitlines()
    lines = [heading]
    for line in rest:
        unit = line.split(",")[0]
        if unit in without or ",TOTAL," not in line:
            continue
        if unit in totals:
            line = f"{line.rsplit(',', 1)[0]},{totals[unit]}"
        lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")
    edition = load_edition("2026-portal")
    about = About(f"Gia Lai {captured}", "test", "2026-ytd", captured, is_complete=True)
    done = keep(check_files([path], edition), edition, about, [(path.name, path.read_bytes())])
    OWN_FIGURES.refresh()
    return done.id


def test_own_imports_extend_the_history_and_a_deleted_one_leaves_it(place):
    first = kept(place, "2026-09-20", {"H21.100": 99.0}, "H21.101")
    kept(place, "2026-10-01", {"H21.100": 10.0})
    found = history("gialai-2026-10-10", "H21.100")
    assert own_places(found, "H21.100") == [
        ("2026-09-20", 1), ("2026-10-01", 135), ("2026-10-10", 127),
    ]  # fmt: skip
    assert [one.of for one in found.readings] == [134, 135, 135]
    assert [one.places.get("H21.101") is None for one in found.readings] == [True, False, False]
    # The list of 20 September itself ends there.
    assert own_places(history(first, "H21.100"), "H21.100") == [("2026-09-20", 1)]
    open_store().delete(first)
    OWN_FIGURES.refresh()
    assert [one.day for one in history("gialai-2026-10-10", "H21.100").readings] == [
        "2026-10-01", "2026-10-10",
    ]  # fmt: skip
