"""The same invoice through reportlab's platypus, as its manual shows it."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from tcf_desktop.base.resources import resource_bytes


class PlatypusInvoice:
    """Paragraphs and tables with the same two embedded fonts; fonts are loaded once."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        for name, file in (("PeerR", "InterTabular-Regular"), ("PeerB", "InterTabular-SemiBold")):
            content = io.BytesIO(resource_bytes(f"fonts/{file}.ttf"))
            pdfmetrics.registerFont(TTFont(name, content))
        self._body = ParagraphStyle("body", fontName="PeerR", fontSize=9.5, leading=13)
        self._bold = ParagraphStyle("bold", fontName="PeerB", fontSize=9.5, leading=13)
        self._small = ParagraphStyle("small", fontName="PeerR", fontSize=8.5, leading=11.5)
        self._title = ParagraphStyle("title", fontName="PeerB", fontSize=21, leading=26)

    def render(self, document: Any) -> bytes:
        """The PDF of an InvoiceDocument."""
        from reportlab.platypus import SimpleDocTemplate, Spacer

        buffer = io.BytesIO()
        template = SimpleDocTemplate(
            buffer, pagesize=(612, 792), leftMargin=54, rightMargin=54, topMargin=50,
            bottomMargin=72, title=document.file_title, author=document.business_name, invariant=1,
        )  # fmt: skip
        story = [self._head(document), Spacer(1, 20), self._addresses(document), Spacer(1, 10)]
        story += [self._band(document), Spacer(1, 16), self._lines(document), Spacer(1, 10)]
        story += [self._totals(document), Spacer(1, 14)]
        story.append(self._text(document.message, self._body))

        def footer(canvas: Any, _template: Any) -> None:
            canvas.setFont("PeerR", 8.5)
            canvas.drawString(54, 42, document.footer)
            canvas.drawRightString(558, 42, f"Page {canvas.getPageNumber()}")

        template.build(story, onFirstPage=footer, onLaterPages=footer)
        return buffer.getvalue()

    def _text(self, text: str, style: Any) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(escape(text), style)

    def _head(self, document: Any) -> Any:
        from reportlab.platypus import Image, Table

        name = [self._text(document.business_name, self._bold)]
        name += [self._text(line, self._small) for line in document.business_lines]
        title = [self._text(document.title, self._title)]
        title.append(self._text(f"No. {document.number}", self._bold))
        image = Image(io.BytesIO(document.logo_png), 72, 36)
        return Table([[image, name, title]], colWidths=(84, 290, 130))

    def _addresses(self, document: Any) -> Any:
        from reportlab.platypus import Table

        bill = [self._text(document.bill_to_title, self._small)]
        bill += [self._text(line, self._body) for line in document.bill_to]
        where = [self._text(document.service_at_title, self._small)]
        where += [self._text(line, self._body) for line in document.service_place]
        facts = Table([list(fact) for fact in document.facts], style=_font("PeerR", 9.5))
        return Table([[bill, where, facts]], colWidths=(176, 170, 158))

    def _band(self, document: Any) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        style = [*_font("PeerB", 12), ("BACKGROUND", (0, 0), (-1, -1), HexColor("#EDF1F8"))]
        style.append(("ALIGN", (1, 0), (1, 0), "RIGHT"))
        row = [document.due_label, document.due_amount]
        return Table([row], colWidths=(252, 252), style=style)

    def _lines(self, document: Any) -> Any:
        from reportlab.lib.colors import HexColor
        from reportlab.platypus import Table

        rows: list[Any] = [list(document.column_titles)]
        for line in document.lines:
            words = [self._text(line.name, self._bold), self._text(line.detail, self._small)]
            rows.append([words, line.quantity, line.each, line.amount])
        style = [
            *_font("PeerR", 9.5),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, HexColor("#DDE1E8")),
        ]
        return Table(rows, colWidths=(300, 60, 68, 76), repeatRows=1, style=style)

    def _totals(self, document: Any) -> Any:
        from reportlab.platypus import Table

        rows = [[total.label, total.amount] for total in document.totals]
        style = [*_font("PeerR", 9.5), ("ALIGN", (1, 0), (1, -1), "RIGHT")]
        return Table(rows, colWidths=(200, 92), hAlign="RIGHT", style=style)


def _font(name: str, size: float) -> list[tuple[Any, ...]]:
    return [("FONT", (0, 0), (-1, -1), name, size)]
