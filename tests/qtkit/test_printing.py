"""Finished PDFs on paper: every page, or those that were chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from tcf_desktop.qtkit.printing import PrintJob


@pytest.fixture
def three_pages(qapp: object, tmp_path: Path) -> bytes:
    path = tmp_path / "three.pdf"
    writer = QPdfWriter(str(path))
    painter = QPainter(writer)
    for page in range(3):
        painter.drawText(200, 400, f"Page {page}")
        if page < 2:
            writer.newPage()
    painter.end()
    return path.read_bytes()


def pages_printed(
    content: bytes | tuple[bytes, ...],
    target: Path,
    qtbot: QtBot,
    chosen: tuple[int, int] = (0, 0),
) -> int:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(72)
    printer.setFromTo(*chosen)
    ended: list[bool] = []
    parent = QObject()
    contents = (content,) if isinstance(content, bytes) else content
    PrintJob(contents, printer, ended.append, parent).start()
    qtbot.waitUntil(lambda: bool(ended), timeout=5_000)
    if not ended[0]:
        return 0
    document = QPdfDocument(parent)
    document.load(str(target))
    return document.pageCount()


def test_every_page_is_printed(three_pages: bytes, tmp_path: Path, qtbot: QtBot) -> None:
    assert pages_printed(three_pages, tmp_path / "out.pdf", qtbot) == 3


def test_only_the_chosen_pages_are_printed(
    three_pages: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    assert pages_printed(three_pages, tmp_path / "out.pdf", qtbot, (2, 3)) == 2


def test_what_has_no_pages_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    assert pages_printed(b"nothing", tmp_path / "out.pdf", qtbot) == 0


def test_several_documents_are_one_job_and_a_damaged_one_is_passed_over(
    three_pages: bytes, tmp_path: Path, qtbot: QtBot
) -> None:
    several = (three_pages, b"nothing", three_pages)
    assert pages_printed(several, tmp_path / "out.pdf", qtbot) == 6
    assert pages_printed(several, tmp_path / "part.pdf", qtbot, (3, 4)) == 2
