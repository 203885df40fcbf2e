"""A QR square in vectors: sharp at any size, on any printer."""

from tcf_desktop.integrations.pdf.kit import Sheet, colour

_BLACK = colour("#000000")


def draw_code(sheet: Sheet, x: float, y: float, size: float, text: str) -> None:
    """The text as a QR code in a square of ``size`` points; the quiet zone around it is the
    caller's. Signs of a code are all in the alphanumeric mode, which makes the smallest square."""
    import segno

    rows = [[bool(module) for module in row] for row in segno.make_qr(text, error="m").matrix]
    sheet.squares(x, y, size / len(rows), rows, _BLACK)
