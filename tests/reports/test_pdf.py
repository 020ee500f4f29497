"""PDF through LibreOffice: pages, words and letters; nothing stays behind."""

from __future__ import annotations

import base64
import io
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from docx.oxml.ns import qn

from simulator import library
from simulator.baseline_files import baseline_ids
from simulator.errors import DataError
from simulator.reports.documents import pdf
from simulator.reports.documents.pdf import converter, to_pdf
from simulator.reports.order import Part
from simulator.reports.subject import Subject
from simulator.scenario import Scenario
from tests.reports.papers import (
    PHU_THO,
    UNTIL,
    VN,
    eight,
    eight_filled,
    filled,
    half_of_all,
    saved,
)

LONG = "Kịch bản có tên rất dài để thử xem trang in có bị tràn hay không " * 5
LIKE_TIMES = ("Liberation", "Times", "Tinos")
# A sheet of A4 in points.
A4 = (595, 842)
# Longer than any test waits: it only ends when it is ended.
HANGS = "time.sleep(600)"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ONE_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII="
)


@pytest.fixture
def writer() -> None:
    """Only where LibreOffice can open texts."""
    if converter() is None:
        if os.environ.get("REQUIRE_ALL"):
            pytest.fail("LibreOffice Writer is not installed")
        pytest.skip("LibreOffice Writer is not installed")


@pytest.fixture
def programs(monkeypatch, tmp_path) -> Iterator[Path]:
    """A folder of programs in which the converter is looked for first."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    converter.cache_clear()
    yield tmp_path
    converter.cache_clear()


def script(folder: Path, text: str) -> Path:
    program = folder / "soffice"
    program.write_text(f"#!{sys.executable}\n{text}", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return program


def pages_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


@cache
def eight_pdf() -> bytes:
    return to_pdf(eight_filled())


def one_pagers() -> list[Subject]:
    """The default unit of every baseline, as published and with half of every lever."""
    found = [eight(), eight("en"), saved(Scenario(VN, "H44"), name=LONG, author=LONG)]
    for baseline in baseline_ids():
        unit = library.load(baseline).default_unit
        moved = half_of_all(baseline, unit)
        if moved:
            found.append(saved(Scenario(baseline, unit, moved), name=LONG))
    longest = max(library.load("gialai-2026-10-10").units.values(), key=lambda one: len(one.name))
    found.append(saved(Scenario("gialai-2026-10-10", longest.code)))
    return found


@pytest.mark.usefixtures("writer")
def test_the_paper_becomes_a_pdf_with_its_words_and_figures():
    pages = pages_of(eight_pdf())
    text = " ".join(" ".join(pages).split())
    assert 10 <= len(pages) <= 20
    for word in ("/KH-UBND", "NGHĨA", "31/12/2026", "(+3.000", "528.684/597.918"):
        assert word in text
    assert eight().say.points(eight().view.projection.after.total) in text


@pytest.mark.usefixtures("writer")
def test_pages_are_a4_numbered_from_the_second_and_none_is_empty():
    with pypdfium2.PdfDocument(eight_pdf()) as opened:
        sizes = [tuple(round(side) for side in page.get_size()) for page in opened]
    assert set(sizes) == {A4, A4[::-1]}
    pages = pages_of(eight_pdf())
    assert not pages[0].strip().startswith("1\r")
    for number, text in enumerate(pages[1:], start=2):
        assert text.split()[0] == str(number)
        assert len(text) > 40


def fonts_of(content: bytes) -> set[str]:
    """Fonts of the first page, without the letters that tell parts of a font apart."""
    with pypdfium2.PdfDocument(content) as opened:
        texts = opened[0].get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
        return {one.get_font().get_base_name().split("+")[-1] for one in texts}


@pytest.mark.usefixtures("writer")
def test_letters_are_those_of_a_font_with_the_measures_of_times():
    assert [one for one in fonts_of(eight_pdf()) if one.startswith(LIKE_TIMES)]


@pytest.mark.usefixtures("writer")
def test_vietnamese_words_can_be_read_and_searched():
    others = [one for one in fonts_of(eight_pdf()) if not one.startswith(LIKE_TIMES)]
    if others and not os.environ.get("REQUIRE_ALL"):
        pytest.skip(f"no font like Times with Vietnamese letters here, in their place: {others}")
    assert others == []
    text = " ".join(" ".join(pages_of(eight_pdf())).split())
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "TỔ CHỨC THỰC HIỆN", "Phụ lục IV"):
        assert words in text


@pytest.mark.usefixtures("writer")
def test_no_table_or_picture_reaches_over_the_margins():
    with pypdfium2.PdfDocument(eight_pdf()) as opened:
        for page in opened:
            width, height = page.get_size()
            for one in page.get_objects():
                left, bottom, right, top = one.get_bounds()
                assert left >= 54, (left, right)
                assert right <= width - 54, (left, right)
                assert bottom >= 30 and top <= height - 20


@pytest.mark.usefixtures("writer")
def test_a_page_for_a_meeting_is_one_page_whatever_the_scenario(tmp_path):
    program, subjects = converter(), one_pagers()
    assert program
    sources = [tmp_path / f"{place}.docx" for place in range(len(subjects))]
    for source, subject in zip(sources, subjects, strict=True):
        source.write_bytes(filled(subject, part=Part.PAGE))
    # All by one LibreOffice: starting it takes three times as long as a page.
    first, *others = map(str, sources)
    pdf._run([*pdf._command(program, Path(first), tmp_path), *others], timeout=120)
    pages = {
        f"{source.stem} {subject.view.baseline.id}": len(
            pages_of(source.with_suffix(".pdf").read_bytes())
        )
        for source, subject in zip(sources, subjects, strict=True)
    }
    assert len(pages) > 10
    assert {name: number for name, number in pages.items() if number != 1} == {}


def test_without_libreoffice_it_is_said_that_there_is_none(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(pdf, "USUAL", ())
    converter.cache_clear()
    try:
        assert converter() is None
        with pytest.raises(DataError) as caught:
            to_pdf(b"")
    finally:
        converter.cache_clear()
    assert caught.value.code == "pdf_missing"


def test_a_libreoffice_without_its_part_for_texts_is_none(programs, monkeypatch):
    monkeypatch.setattr(pdf, "USUAL", ())
    monkeypatch.setenv("PATH", str(programs))
    script(programs, "")
    (programs / "libmergedlo.so").touch()
    assert converter() is None
    (programs / "libswlo.so").touch()
    converter.cache_clear()
    assert converter() == programs / "soffice"


@pytest.mark.skipif(os.name == "nt", reason="scripts cannot be started like programs")
def test_a_program_that_makes_nothing_is_told(programs):
    script(programs, "")
    with pytest.raises(DataError) as caught:
        to_pdf(b"x")
    assert caught.value.code == "pdf_failed"


@pytest.mark.skipif(os.name == "nt", reason="scripts cannot be started like programs")
def test_a_program_that_hangs_is_ended_with_all_it_started(programs, tmp_path, monkeypatch):
    started = tmp_path / "started"
    script(
        programs,
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; {HANGS}'])\n"
        f"open({str(started)!r}, 'w').write(str(child.pid))\n"
        f"{HANGS}\n",
    )
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    begun = time.monotonic()
    with pytest.raises(DataError) as caught:
        to_pdf(b"x", timeout=2)
    assert (caught.value.code, caught.value.fields) == ("pdf_timeout", {"seconds": 2})
    assert time.monotonic() - begun < 20
    assert list(temporary.iterdir()) == []
    assert not _is_running(int(started.read_text()))


def _is_running(process: int) -> bool:
    """False once it ended; one that nobody asked about any more counts as ended."""
    status = Path(f"/proc/{process}/stat")
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if not status.exists() or status.read_text().split(")")[-1].split()[0] == "Z":
            return False
        time.sleep(0.05)
    return True


@pytest.mark.usefixtures("writer")
def test_no_file_is_left_behind(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    small = filled(saved(Scenario(PHU_THO, "H44", (("ON_TIME", 10.0),), until=UNTIL)),
                   part=Part.PAGE)  # fmt: skip
    assert to_pdf(small).startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == []
    assert io.BytesIO(small).read(2) == b"PK"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """The address of a picture on this machine, and who asked for it."""
    paths: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  names the server calls

        def log_message(self, *_: object) -> None:
            """Nothing is told."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/a.png", paths
        server.shutdown()


@pytest.mark.usefixtures("writer")
def test_a_linked_picture_is_not_fetched_even_if_a_document_holds_one(asked):
    address, paths = asked
    made = Document()
    red = io.BytesIO(ONE_PIXEL)
    made.add_paragraph("Chữ").add_run().add_picture(red)
    image = f"{OFFICE}/image"
    link = made.part.relate_to(address, image, is_external=True)
    for blip in made.element.body.iter(qn("a:blip")):
        del blip.attrib[qn("r:embed")]
        blip.set(qn("r:link"), link)
    buffer = io.BytesIO()
    made.save(buffer)
    assert "Chữ" in " ".join(pages_of(to_pdf(buffer.getvalue())))
    assert paths == []
