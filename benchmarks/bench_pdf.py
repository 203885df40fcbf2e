"""Invoices as PDFs with embedded fonts, warm, beside reportlab's platypus with the same content."""

from __future__ import annotations

import io
from typing import Any

from benchmarks.harness import Bench, interleaved
from benchmarks.peers.platypus_invoice import PlatypusInvoice

BATCH = 4


def run(bench: Bench) -> None:
    """One page (8 lines) and 100 lines; every document is different."""
    for lines, aim, rounds in ((8, 0.7, 40), (100, 0.35, 16)):
        ours, peer = _Ours(lines), _Peer(lines)
        figures = interleaved(bench.rounds(rounds), ours=ours.step, peer=peer.step)
        name = "one-page invoice PDF" if lines == 8 else f"{lines}-line invoice PDF"
        bench.compare(
            f"{name}, embedded fonts, warm", figures["ours"].per(BATCH),
            "reportlab platypus, same content and fonts", figures["peer"].per(BATCH),
            at_most=aim, note=f"{ours.size / 1024:.0f} KB, platypus {peer.size / 1024:.0f} KB",
        )  # fmt: skip
        if lines == 100:
            rate = ours.pages * BATCH / (figures["ours"].cpu / 1000)
            bench.show("pages of invoices a second and core", f"{rate:.0f}")


class _Ours:
    def __init__(self, lines: int) -> None:
        self._lines = lines
        self._number = 1000
        self.size = self.pages = 0

    def step(self) -> None:
        from tcf_desktop.integrations.pdf.invoice import render

        for _ in range(BATCH):
            self._number += 1
            made = render(document(self._number, self._lines))
        self.size, self.pages = len(made), made.count(b"/Type /Page\n") or made.count(b"/MediaBox")


class _Peer:
    def __init__(self, lines: int) -> None:
        self._lines = lines
        self._number = 1000
        self._peer = PlatypusInvoice()
        self.size = 0

    def step(self) -> None:
        for _ in range(BATCH):
            self._number += 1
            made = self._peer.render(document(self._number, self._lines))
        self.size = len(made)


def document(number: int, lines: int) -> Any:
    """An invoice of a window cleaner; words and figures depend on the number."""
    from tcf_desktop.domain.invoice_print import (
        InvoiceFacts,
        Letterhead,
        LineFacts,
        build_document,
    )
    from tcf_desktop.domain.money import PRICE_SCALE
    from tcf_desktop.domain.tax import LineInput, TaxPart, compute_totals

    inputs = [
        LineInput((n % 9 + 1) * 1000, (450 + n * 7 + number % 50) * PRICE_SCALE)
        for n in range(lines)
    ]
    parts = [TaxPart("SD state sales tax", 42_000), TaxPart("Sioux Falls city tax", 20_000)]
    totals = compute_totals(inputs, parts)
    facts = InvoiceFacts(
        str(number), "issued", f"Falls Park Condos {number}\nPO Box 2210\nSioux Falls, SD 57101",
        "900 N Phillips Ave\nSioux Falls, SD 57104", f"FP-{number}", "2026-07-14", "2026-08-13",
        30, "USD", "Thank you. Please write the invoice number on your check.",
        tuple(
            LineFacts(f"Windows, outside, section {n}", f"Jun 18 · Bldg {n}, {number} panes",
                      line.qty_milli, line.unit_price_e4, amount)
            for n, (line, amount) in enumerate(zip(inputs, totals.amounts, strict=True))
        ),
        totals.taxes, totals.subtotal_cents, totals.total_cents, 0, totals.total_cents,
    )  # fmt: skip
    head = Letterhead(
        "Clearview Window & Carpet Care", "1407 W 10th St\nSioux Falls, SD 57104", "605-555-0100",
        "office@clearview.example", logo_png=logo(),
    )  # fmt: skip
    return build_document(facts, head)


def logo() -> bytes:
    """A PNG of 400 x 200 pixels, the same bytes every time."""
    global _LOGO  # noqa: PLW0603 - made once
    if not _LOGO:
        from PIL import Image, ImageDraw

        image = Image.new("RGB", (400, 200), "#1A5FB4")
        draw = ImageDraw.Draw(image)
        for step in range(0, 400, 8):
            draw.line([(step, 0), (400 - step, 200)], fill=(step % 256, 120, 220), width=3)
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        _LOGO = buffer.getvalue()
    return _LOGO


_LOGO = b""
