"""Templates made to reach elsewhere, to take hours, or to lose what an office wrote."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from simulator.errors import DataError
from simulator.reports.documents import markup, package, tag_lines
from simulator.reports.documents.package import checked_package
from simulator.reports.documents.templates import check_template, shipped_template
from simulator.reports.order import Part
from tests.reports.papers import refused_template

MAIN, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OUTSIDE = 'TargetMode="External"'
AWAY = "http://127.0.0.1/a.png"
BLIP = (
    '<w:p><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{OFFICE}" r:{{}}="rIdX"/></w:p>'
)


def template(body: str = "", relations: str = "", **parts: bytes) -> bytes:
    """The shipped page with more at its beginning, more relations, and other parts."""
    buffer = io.BytesIO()
    source = io.BytesIO(shipped_template(Part.PAGE, "vi"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        held = {name: old.read(name) for name in old.namelist()}
        held[MAIN] = held[MAIN].replace(b"<w:body>", f"<w:body>{body}".encode(), 1)
        end = b"</Relationships>"
        held[RELATIONS] = held[RELATIONS].replace(end, relations.encode() + end)
        for name, content in {**held, **parts}.items():
            new.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relation(kind: str = "image", target: str = AWAY, mode: str = OUTSIDE, more: str = "") -> str:
    return f'<Relationship {more} Id="rIdX" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'


def refused(content: bytes) -> DataError:
    return refused_template(content, Part.PAGE)


def png(width: int, height: int) -> bytes:
    """The beginning and the end of a picture of that size."""

    def piece(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    size = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", size) + piece(b"IDAT", b"") + piece(b"IEND", b"")


@pytest.mark.parametrize(
    "more",
    [
        relation(), relation(more='Foo="&gt;>"'), relation(target=f"{AWAY}?>"),
        relation(mode='TargetMode="&#69;xternal"'), relation(mode='TargetMode="EXTERNAL"'),
        relation(mode=""), relation(target="//127.0.0.1/a"), relation(target="file:///etc/passwd"),
        relation("hyperlink", "file:///etc/passwd"), relation("attachedTemplate", "file:///a.dotm"),
        relation("aFChunk", "a.html", ""), relation("subDocument", "a.docx", ""),
    ],
)  # fmt: skip
def test_no_spelling_of_a_relation_leads_outside(more):
    error = refused(template(relations=more))
    assert (error.code, error.fields["where"]) == ("template_external", RELATIONS)


def test_a_link_to_click_is_no_source_of_a_picture():
    click = relation("hyperlink", "https://example.org/x")
    link = f'<w:p><w:hyperlink xmlns:r="{OFFICE}" r:id="rIdX"/></w:p>'
    assert checked_package(template(link, click))
    for attribute in ("link", "embed"):
        error = refused(template(BLIP.format(attribute), click))
        assert (error.code, error.fields["where"]) == ("template_external", f"{MAIN}: blip")


@pytest.mark.parametrize(
    "body",
    [
        BLIP.format("link"),
        '<w:altChunk/>', '<w:subDoc/>', '<w:p><w:object/></w:p>',
        '<z:altChunk xmlns:z="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        f'<w:p><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="{AWAY}"/></w:p>',
    ],
)  # fmt: skip
def test_nothing_in_the_text_is_fetched(body):
    assert refused(template(body)).code == "template_external"


def test_settings_name_no_source_of_letters_and_no_other_template():
    with zipfile.ZipFile(io.BytesIO(shipped_template(Part.PAGE, "vi"))) as old:
        settings = old.read("word/settings.xml")
    for tag in (b"mailMerge", b"attachedTemplate"):
        more = settings.replace(b"</w:settings>", b"<w:" + tag + b"/></w:settings>")
        assert more != settings
        assert refused(template(**{"word/settings.xml": more})).code == "template_external"


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "UTF-7"])
def test_markup_in_another_encoding_is_refused(encoding):
    with zipfile.ZipFile(io.BytesIO(shipped_template(Part.PAGE, "vi"))) as old:
        text = old.read(RELATIONS).decode("utf-8").partition("?>")[2]
    other = f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)
    assert refused(template(**{RELATIONS: other})).code == "template_broken"


def test_what_is_read_afterwards_is_what_was_judged():
    hidden = paragraph("a<!-- {{ x }} --><?y {{ z }}?><![CDATA[b]]>&#99;")
    with zipfile.ZipFile(io.BytesIO(checked_package(template(hidden)))) as made:
        assert b"<w:t>abc</w:t>" in made.read(MAIN)


@pytest.mark.parametrize("name", ["word/a.svg", "word/a.html", "word/fonts/a.odttf", "word/a.png"])
def test_parts_are_markup_or_pictures_that_are_what_their_names_say(name):
    error = refused(template(**{name: b"<svg/>"}))
    assert (error.code, error.fields["what"]) == ("template_part", name)


def test_a_picture_that_cannot_be_held_in_memory_is_refused_by_its_size():
    assert checked_package(template(**{"word/media/a.png": png(5000, 5000)}))
    huge = template(**{"word/media/a.png": png(30000, 30000)})
    assert refused(huge).code == "template_pixels"
    many = {f"word/media/{k}.png": png(5000, 5000) for k in range(3)}
    assert refused(template(**many)).fields["most"] == package.MOST_MEGAPIXELS


WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FILE = 'INCLUDETEXT "a"'


@pytest.mark.parametrize(
    "runs",
    [
        f"<w:instrText>{FILE}</w:instrText>", "<w:instrText>&#73;NCLUDETEXT</w:instrText>",
        f'<z:instrText xmlns:z="{WORDS}">{FILE}</z:instrText>', "<w:instrText>TOC</w:instrText>",
        "<w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT a</w:instrText>",
        f"<w:delInstrText>{FILE}</w:delInstrText>", f"<w:fldSimple w:instr='{FILE}'/>",
        "<w:instrText>DATE</w:instrText>", "<w:instrText>PAGE LINK</w:instrText>",
        '<w:fldChar w:fldCharType="begin"/><w:instrText>IN</w:instrText>'
        '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'
        '<w:fldChar w:fldCharType="end"/><w:instrText>CLUDETEXT</w:instrText>',
    ],
)  # fmt: skip
def test_no_field_but_page_numbers_is_taken(runs):
    error = refused(template(f"<w:p><w:r>{runs}</w:r></w:p>"))
    assert error.code == "template_field"
    assert error.fields["allowed"] == "PAGE, NUMPAGES, SECTIONPAGES"


@pytest.mark.parametrize(
    "code", [" PAGE ", "NUMPAGES", r" page \* MERGEFORMAT ", r'SECTIONPAGES \# "0"']
)
def test_numbers_of_pages_may_be_written_as_word_writes_them(code):
    text = f"<w:p><w:r><w:instrText>{code}</w:instrText></w:r></w:p>"
    assert checked_package(template(text))


@pytest.mark.parametrize(
    ("body", "most"),
    [
        ("<w:p><w:r><w:t>{</w:t></w:r>" + "<w:r/>" * 400_000 + "</w:p>", markup.MOST_RUNS),
        ("<w:p/>" * 60_000, markup.MOST_ELEMENTS),
        (paragraph("{{ tom_tat }}") * 10_000, tag_lines.MOST_TAGS),
        ("<w:p " + " ".join(f'w:a{k}="1"' for k in range(50_000)) + "/>", markup.MOST_ATTRIBUTES),
        ("<w:sdt>" * 5000 + "</w:sdt>" * 5000, markup.MOST_DEPTH),
    ],
)  # fmt: skip
def test_what_would_take_hours_is_refused_at_once(body, most):
    content = template(body)
    error = refused(content)
    assert (error.code, error.fields["most"]) == ("template_crowded", most)


def test_a_template_nearly_as_crowded_as_one_may_be_is_taken():
    tags = "".join(paragraph("50% # {{ co_quan }}" + "<w:tab/>" * 40) for _ in range(450))
    unused = check_template(template(tags + "<w:p/>" * 10_000), Part.PAGE, "vi")
    assert unused
    assert "co_quan" not in unused


def test_conditions_are_nested_ten_deep_at_most():
    def nested(depth: int) -> bytes:
        inside = paragraph("{%p if thay_mat %}") * depth + paragraph("a")
        return template(inside + paragraph("{%p endif %}") * depth)

    assert check_template(nested(tag_lines.MOST_NESTED), Part.PAGE, "vi")
    for depth in (tag_lines.MOST_NESTED + 1, 200):
        assert refused(nested(depth)).code == "template_nested"


def test_what_nests_deeper_than_python_reads_is_told(monkeypatch):
    monkeypatch.setattr(tag_lines, "MOST_NESTED", 1000)
    ends = paragraph("{%p endif %}") * 220
    content = template(paragraph("{%p if thay_mat %}") * 220 + ends)
    assert refused(content).code in {"template_broken", "template_syntax"}


@pytest.mark.parametrize(
    "text",
    ["ABC {{ co_quan DEF", "ABC {% if thay_mat DEF", "ABC co_quan }} DEF", "ABC { co_quan }} DEF",
     "ABC thay_mat %} DEF"],
)  # fmt: skip
def test_a_tag_without_its_end_is_shown_and_loses_no_words(text):
    error = refused(template(paragraph(text)))
    assert error.code == "template_syntax"
    assert text[4:] in error.fields["where"]


def test_a_tag_reaches_over_no_paragraph():
    assert refused(template(paragraph("{{ co_") + paragraph("quan }}"))).code == "template_syntax"
    assert refused(template(paragraph("a {") + paragraph("{ b }}"))).code == "template_syntax"


@pytest.mark.parametrize(
    "text",
    ["{% raw %}{{ x }}{% endraw %}", "{# a #}", "{{r co_quan }}", "{%r if thay_mat %}",
     "{{p co_quan }}", "{%- if thay_mat %}{% endif %}", "{% vm %}", "{% colspan 2 %}"],
)  # fmt: skip
def test_only_names_conditions_and_loops_are_taken(text):
    assert refused(template(paragraph(text))).code == "template_expression"
    hidden = f'<w:p w:rsidR="{text}"/>'
    assert refused(template(hidden)).code == "template_expression"


def test_words_beside_a_tag_that_takes_the_whole_paragraph_are_not_lost():
    error = refused(template(paragraph("ABC {%p if thay_mat %}") + paragraph("{%p endif %}")))
    assert (error.code, error.fields["tag"]) == ("template_tag_alone", "{%p if thay_mat %}")


def test_a_condition_that_tears_a_table_apart_is_refused():
    half = "<w:tbl><w:tr><w:tc>" + paragraph("{% if thay_mat %}") + "</w:tc></w:tr></w:tbl>"
    torn = refused(template(half + paragraph("{% else %}") + paragraph("{% endif %}")))
    assert torn.code == "template_broken"


def test_a_tag_counts_as_used_only_where_it_writes_something():
    silent = "{% if not thay_mat %}{{ ngay }}{% endif %}"
    assert "ngay" in check_template(template(paragraph(silent)), Part.PAGE, "vi")
    assert "ngay" not in check_template(template(paragraph("{{ ngay }}")), Part.PAGE, "vi")
