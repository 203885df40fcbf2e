"""The text of a finished PDF, as somebody reads it."""

import shutil
import subprocess
import unicodedata


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page, by another program than the one that wrote it."""
    if shutil.which("pdftotext"):
        out = subprocess.run(
            ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
        )
        return unicodedata.normalize("NFKC", out.stdout.decode()).split("\f")[:-1]
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtPdf import QPdfDocument

    buffer = QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    opened = QPdfDocument()
    opened.load(buffer)
    return [
        unicodedata.normalize("NFKC", opened.getAllText(page).text())
        for page in range(opened.pageCount())
    ]
