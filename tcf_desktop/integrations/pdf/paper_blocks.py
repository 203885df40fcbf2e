"""What stands below the table of a document: sums, how to pay, a line to sign on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tcf_desktop.domain.print_document import PrintTotal
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.qr import draw_code

if TYPE_CHECKING:
    from tcf_desktop.integrations.pdf.paper import Paper

_GAP = 14.0
_TOTALS = 292.0
_CODE = 76.0  # a payment square of 27 mm is read at arm's length
_BAR = 24.0


def _rows(paper: Paper, totals: Sequence[PrintTotal]) -> list[tuple[PrintTotal, list[str]]]:
    look = paper.look
    widest = max((text.width(total.amount, look.strong) for total in totals), default=0.0)
    room = _TOTALS - widest - _GAP
    return [
        (total, text.wrap(total.label, look.strong if total.strong else look.label, room, 3))
        for total in totals
    ]


def totals_height(paper: Paper, totals: Sequence[PrintTotal]) -> float:
    """Points that the sums take."""
    leading = paper.look.body.leading
    rows = _rows(paper, totals)
    height = 12 + sum(leading * len(labels) + (9 if total.strong else 2) for total, labels in rows)
    return height + (_BAR - leading if paper.look.filled else 0.0)


def draw_totals(paper: Paper, totals: Sequence[PrintTotal]) -> None:
    """The sums at the right; the last one in a bar of the colour where the layout is filled."""
    look, sheet = paper.look, paper.sheet
    x = paper.right - _TOTALS
    inset = 6.0 if look.filled else 0.0
    right = paper.right - inset
    paper.y += 12
    rows = _rows(paper, totals)
    for number, (total, labels) in enumerate(rows):
        paper.need(look.body.leading * len(labels) + 9)
        if look.filled and total.strong and number == len(rows) - 1:
            _bar(paper, x, right, total)
            continue
        label_style, amount_style = (
            (look.strong, look.strong) if total.strong else (look.label, look.body)
        )
        if total.strong:
            sheet.rule(x, paper.y + 1.5, paper.right, look.strong_rule, 0.6)
            paper.y += 5
        sheet.text_right(right, paper.y + look.body.size, total.amount, amount_style)
        paper.y = paper.block(x + inset, paper.y, [(label, label_style) for label in labels])
        paper.y += 4 if total.strong else 2


def _bar(paper: Paper, x: float, right: float, total: PrintTotal) -> None:
    look = paper.look
    paper.y += 4
    paper.sheet.box(x, paper.y, paper.right - x, _BAR, look.accent, 3)
    strong = replace(look.strong, colour=look.head_ink)
    due = replace(look.due, size=look.due.size - 1.5, colour=look.head_ink)
    room = right - x - text.width(total.amount, due) - _GAP
    label = text.ellipsis(text.clean(total.label), strong, room)
    paper.sheet.text(x + 6, paper.y + 15.5, label, strong)
    paper.sheet.text_right(right, paper.y + 16, total.amount, due)
    paper.y += _BAR


def draw_payment(paper: Paper, title: str, lines: Sequence[str], code: str) -> None:
    """How to pay, at most twelve lines, with the square beside it."""
    look = paper.look
    room = paper.room - (_CODE + 16 if code else 0.0)
    rows = [(text.clean(title), look.caption)] if title else []
    for part in lines[:12]:
        rows += [(line, look.body) for line in text.wrap(part, look.body, room, 4)]
    if not rows and not code:
        return
    size = _CODE if code else 0.0
    height = max(size, sum(style.leading for _, style in rows)) + 10
    paper.y += 12
    paper.need(height)
    paper.sheet.rule(paper.left, paper.y, paper.right, look.rule)
    paper.y += 10
    x = paper.left
    if code:
        draw_code(paper.sheet, x, paper.y, _CODE, code)
        x += _CODE + 16
    paper.y = max(paper.block(x, paper.y, rows), paper.y + size)


def draw_signature(paper: Paper, labels: Sequence[str]) -> None:
    """Lines to sign on, side by side, the label below each."""
    look, height = paper.look, 52.0
    paper.need(height)
    share = (paper.room + 24) / len(labels)
    for number, label in enumerate(labels):
        x = paper.left + number * share
        paper.sheet.rule(x, paper.y + 34, x + share - 24, look.strong_rule, 0.7)
        shown = text.ellipsis(text.clean(label), look.caption, share - 24)
        paper.sheet.text(x, paper.y + 38 + look.caption.size, shown, look.caption)
    paper.y += height
