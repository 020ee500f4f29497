"""Who issues a document, as level and name of a unit suggest it."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.errors import DataError
from simulator.reports.announcement.written import unit_name
from simulator.reports.letterhead import (
    DEPARTMENTS,
    DOTS,
    from_fields,
    in_a_sentence,
    letterhead_of,
    to_fields,
)
from simulator.reports.letterhead_names import has_districts, office_name, seat_of
from simulator.reports.order import Letterhead
from simulator.store import Actor, Store
from simulator.store.paper_records import MOST_LETTERS, MOST_LINES
from simulator.strict_files import read_csv_rows
from simulator.text import LANGUAGES

LISTS = {one: library.load(one) for one in baseline_ids()}


def head(baseline: str, unit: str, language: str = "vi") -> Letterhead:
    listed = LISTS[baseline]
    return letterhead_of(listed, listed.unit(unit), language)


def named(name: str, level: str, baseline: str = "gialai-2026-10-10") -> Letterhead:
    """Of a unit with this name that no code ties to a province."""
    listed = LISTS[baseline]
    unit = replace(next(iter(listed.units.values())), code="x", name=name, level=level)
    return letterhead_of(listed, unit, "vi")


EVERY = [(one, unit) for one, listed in LISTS.items() for unit in listed.units]


def test_every_unit_of_every_shipped_list_has_a_letterhead_that_can_be_printed():
    wrong = []
    for baseline, unit in EVERY:
        for language in LANGUAGES:
            made = head(baseline, unit, language)
            texts = [*to_fields(made).values()]
            whole = " ".join(f"{made.parent} {made.authority}".split())
            if (
                not made.authority.strip()
                or whole != whole.upper()
                or whole != unicodedata.normalize("NFC", whole)
                or any(word in whole for word in ("UBND", "TỈNH TỈNH", "(", ")", "UNKNOWN"))
                or made.authority.count("ỦY BAN NHÂN DÂN") > 1
                or made.place.casefold().startswith(("tỉnh", "ubnd", "xã ", "phường "))
                or any("{" in text or "  " in text for text in texts)
                or not made.office
                or not made.recipients
            ):
                wrong.append((baseline, unit, language, made))
    assert wrong == []
    assert len(EVERY) > 280


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_are_spelled_for_a_sentence_wherever_the_unit_says_its_place(language):
    typed = []
    for baseline, code in EVERY:
        unit = LISTS[baseline].unit(code)
        authority = head(baseline, code, language).authority
        told = in_a_sentence(authority, unit_name(unit), language)
        assert told.upper() == " ".join(authority.split())
        if told.isupper():
            typed.append((baseline, code))
    # The offices of a district, which their name does not say.
    assert typed == [("bencau-2023-02", "000.00.31.H53")]


def test_who_issues_is_named_by_the_letters_of_the_unit_and_else_as_typed():
    committee = "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN"
    assert in_a_sentence(committee, "UBND tỉnh Bình Thuận", "vi") == (
        "Ủy ban nhân dân tỉnh Bình Thuận"
    )
    together = in_a_sentence(committee, "Các sở, ngành tỉnh Bình Thuận", "vi")
    assert together == "Ủy ban nhân dân tỉnh Bình Thuận"
    office = in_a_sentence("SỞ Y TẾ", "Sở Y tế tỉnh Gia Lai", "vi")
    assert office == "Sở Y tế"
    assert in_a_sentence("PEOPLE'S COMMITTEE\nOF GIA LAI PROVINCE", "UBND tỉnh Gia Lai", "en") == (
        "People's Committee of Gia Lai province"
    )
    # A part of a word is not the name, and nobody else's letters are guessed.
    assert in_a_sentence("SỞ Y T", "Sở Y tế", "vi") == "SỞ Y T"
    assert in_a_sentence("SỞ NỘI VỤ", "Sở Y tế", "vi") == "SỞ NỘI VỤ"


def test_what_is_suggested_can_always_be_kept(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'simulator.db'}")
    longest = max(
        (head(*place, language) for place in EVERY for language in LANGUAGES),
        key=lambda one: len(one.authority),
    )
    for made in (longest, head("tth-2022", "tth", "en")):
        store.papers.set_letterhead("x", "vi", to_fields(made), Actor())
        assert from_fields(store.papers.letterhead("x", "vi").fields) == made
    store.close()
    assert to_fields(longest).keys() == MOST_LINES.keys()
    assert max(map(len, longest.recipients)) <= MOST_LETTERS


def test_a_province_heads_its_papers_as_the_decree_says():
    assert head("vn-2026-10-10", "H44") == Letterhead(
        parent="",
        authority="ỦY BAN NHÂN DÂN\nTỈNH PHÚ THỌ",
        place="Phú Thọ",
        symbol="UBND",
        on_behalf="TM. ỦY BAN NHÂN DÂN",
        office="CHỦ TỊCH",
        recipients=(
            "- Văn phòng Chính phủ (để báo cáo);",
            "- Thường trực Tỉnh ủy, HĐND tỉnh;",
            "- Chủ tịch, các Phó Chủ tịch UBND tỉnh;",
            "- Các sở, ban, ngành;",
            "- UBND các xã, phường;",
        ),
    )


def test_a_city_of_the_first_level_writes_of_itself_as_a_city():
    made = named("UBND Thành phố Hồ Chí Minh", "province")
    assert made.authority == "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH"
    # A place with a person's name is written in full.
    assert made.place == "Thành phố Hồ Chí Minh"
    assert made.recipients[1] == "- Thường trực Thành ủy, HĐND thành phố;"
    assert named("UBND thành phố Bắc Ninh", "province").place == "Bắc Ninh"


def test_a_department_stands_below_the_committee_of_its_province():
    made = head("gialai-2026-10-10", "H21.17")
    assert made.parent == "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI"
    assert made.authority == "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH"
    assert (made.place, made.symbol, made.on_behalf, made.office) == (
        "Gia Lai", "SVHTTDL", "", "GIÁM ĐỐC",
    )  # fmt: skip
    english = head("gialai-2026-10-10", "H21.17", "en")
    assert english.authority == "DEPARTMENT OF CULTURE, SPORTS AND TOURISM"
    assert english.parent == "PEOPLE'S COMMITTEE\nOF GIA LAI PROVINCE"


@pytest.mark.parametrize(
    ("name", "authority", "symbol", "office"),
    [
        ("Văn phòng UBND Tỉnh - Tỉnh Phú Thọ", "VĂN PHÒNG", "VP", "CHÁNH VĂN PHÒNG"),
        ("Thanh tra tỉnh - tỉnh Gia Lai", "THANH TRA TỈNH", "TTr", "CHÁNH THANH TRA"),
        ("Ban Quản lý Khu kinh tế - tỉnh X", "BAN QUẢN LÝ KHU KINH TẾ", "BQLKKT", "TRƯỞNG BAN"),
        ("Sở  Tư pháp", "SỞ TƯ PHÁP", "STP", "GIÁM ĐỐC"),
        ("Sở Lao động - Thương binh và Xã hội - tỉnh X",
         "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "SLĐTBXH", "GIÁM ĐỐC"),
        # Not listed: its initials, and no head that is guessed.
        ("Kho bạc và Quỹ", "KHO BẠC VÀ QUỸ", "KBQ", "THỦ TRƯỞNG CƠ QUAN"),
        ("Sở Sông nước", "SỞ SÔNG NƯỚC", "SSN", "GIÁM ĐỐC"),
        ("Trung tâm Phục vụ hành chính công", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "TTPVHCC",
         "GIÁM ĐỐC"),
    ],
)  # fmt: skip
def test_a_department_has_its_symbol_and_its_head(name, authority, symbol, office):
    made = named(name, "department")
    assert (made.authority, made.symbol, made.office) == (authority, symbol, office)


def test_a_commune_is_directly_below_the_province_since_july_2025():
    made = head("gialai-2026-10-10", "H21.227")
    assert made.parent == "ỦY BAN NHÂN DÂN\nTỈNH GIA LAI"
    assert made.authority == "ỦY BAN NHÂN DÂN\nXÃ VÂN CANH"
    assert (made.place, made.symbol, made.office) == ("Vân Canh", "UBND", "CHỦ TỊCH")
    assert made.recipients[0] == "- UBND tỉnh (để báo cáo);"


def test_before_that_it_was_below_its_district_which_was_below_a_province():
    assert has_districts(LISTS["bencau-2023-02"])
    assert not has_districts(LISTS["vn-2026-10-10"])
    commune = head("bencau-2023-02", "000.20.31.H53")
    assert commune.parent == "ỦY BAN NHÂN DÂN\nHUYỆN BẾN CẦU"
    assert commune.recipients[0] == "- UBND huyện (để báo cáo);"
    district = head("bencau-2023-02", "ben-cau")
    assert district.authority == "ỦY BAN NHÂN DÂN\nHUYỆN BẾN CẦU"
    # No figures say which province.
    assert district.parent == f"ỦY BAN NHÂN DÂN\nTỈNH {DOTS}"
    # Too long for one line of the heading.
    assert head("tth-2022", "000.00.31.H57").parent == "ỦY BAN NHÂN DÂN\nTỈNH THỪA THIÊN HUẾ"
    assert head("tth-2022", "tth").recipients[-1] == "- UBND các huyện, thị xã, thành phố;"


def test_departments_listed_together_are_told_of_by_the_committee_above():
    assert head("binhthuan-2023", "binhthuan-so-nganh").authority.endswith("TỈNH BÌNH THUẬN")
    together = head("bencau-2023-02", "000.00.31.H53")
    assert together.authority.endswith("HUYỆN BẾN CẦU")
    assert together.parent == f"ỦY BAN NHÂN DÂN\nTỈNH {DOTS}"


@pytest.mark.parametrize("name", ["UBND tỉnh (không nêu tên)", "Tỉnh không nêu tên", "Một tỉnh"])
def test_a_province_without_a_name_gets_dots_to_write_on(name):
    made = named(name, "province", "province-2023-11")
    assert made.authority == f"ỦY BAN NHÂN DÂN\nTỈNH {DOTS}"
    assert made.place == DOTS


def test_figures_of_a_file_that_is_not_kept_are_headed_too():
    listed = replace(LISTS["gialai-2026-10-10"], id="so-lieu.zip")
    made = letterhead_of(listed, listed.unit("H21.227"), "vi")
    assert made == head("gialai-2026-10-10", "H21.227")


def test_a_unit_that_nothing_ties_to_a_province_gets_dots_for_it():
    assert named("UBND xã Tân Lập", "commune").parent == f"ỦY BAN NHÂN DÂN\nTỈNH {DOTS}"
    assert named("Sở Y tế", "department").place == DOTS


@pytest.mark.parametrize(
    ("name", "level", "kind", "own"),
    [
        ("UBND Xã Ayun", "commune", "commune", "Ayun"),
        ("Ủy ban nhân dân phường 12", "commune", "ward", "12"),
        ("Uỷ ban nhân dân tỉnh Hòa Bình", "province", "province", "Hòa Bình"),
        ("UBND TP. Hà Nội", "province", "city", "Hà Nội"),
        ("Phú Thọ", "province", "province", "Phú Thọ"),
        ("UBND xã Kông Bơ La - Gia Lai", "commune", "commune", "Kông Bơ La"),
        ("UBND đặc khu Phú Quý", "commune", "special_zone", "Phú Quý"),
        (
            unicodedata.normalize("NFD", "UBND\u00a0tỉnh  Phú Thọ"),
            "province",
            "province",
            "Phú Thọ",
        ),
    ],
)
def test_names_are_read_however_they_are_written(name, level, kind, own):
    seat = seat_of(name, level)
    assert (seat.kind, seat.name) == (kind, own)


def test_a_place_that_is_a_number_is_written_in_full():
    assert named("UBND phường 12", "commune").place == "Phường 12"


def test_each_listed_department_has_one_symbol_and_an_english_name():
    rows = [row for _, row in read_csv_rows(DEPARTMENTS, ("name", "symbol", "english"))]
    for column in ("name", "english"):
        assert len({row[column] for row in rows}) == len(rows)
    assert all(row["symbol"] and row["symbol"] == row["symbol"].strip() for row in rows)


def test_every_shipped_department_is_listed():
    known = {row["name"].casefold() for _, row in read_csv_rows(
        DEPARTMENTS, ("name", "symbol", "english"))}  # fmt: skip
    names = {
        office_name(unit).casefold()
        for listed in LISTS.values()
        for unit in listed.units.values()
        if unit.level == "department" and office_name(unit)
    }
    # One board bears the name of its province.
    assert names - known == {"ban quản lý khu kinh tế, công nghiệp thừa thiên huế"}


def test_fields_come_back_and_empty_lines_of_recipients_do_not_count():
    made = head("vn-2026-10-10", "H44")
    assert from_fields(to_fields(made)) == made
    fields = to_fields(made) | {"recipients": "a;\n\n  \nb."}
    assert from_fields(fields).recipients == ("a;", "b.")
    with pytest.raises(TypeError):
        from_fields({"recipients": "", "authority": "x"})


def test_a_letterhead_without_authority_is_not_kept(tmp_path):
    store = Store(f"sqlite:///{tmp_path / 'simulator.db'}")
    empty = to_fields(replace(head("vn-2026-10-10", "H44"), authority=""))
    with pytest.raises(DataError, match="letterhead_without_authority"):
        store.papers.set_letterhead("H44", "vi", empty, Actor())
    store.close()
