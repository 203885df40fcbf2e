"""The one PDF kit: pages with text, lines, boxes and pictures, written through reportlab's canvas.

Coordinates are points from the top left corner of the page. Pages stay open until the end, so that
"Page 1 of 2" can be written when the number of pages is known. Page operators are put together here
instead of through the canvas's drawing methods, which cost three times as much per string; the
canvas makes the document around them (fonts, compression, cross references).
"""

import io
from collections.abc import Sequence
from typing import Any, cast

from _rl_accel import escapePDF
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import ShapedStr
from reportlab.pdfgen.canvas import Canvas

from tcf_desktop.integrations.pdf import text as texts
from tcf_desktop.integrations.pdf.fonts import font
from tcf_desktop.integrations.pdf.images import Picture
from tcf_desktop.integrations.pdf.text import Run, Style

PAPERS = {"letter": (612.0, 792.0), "a4": (595.28, 841.89)}
_ROUND = 0.5523  # control points that make a Bézier curve a quarter of a circle


def colour(value: str) -> str:
    """PDF operands of ``#RRGGBB``."""
    return " ".join(f"{int(value[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))


class Sheet:
    """A document that is being written. ``page`` is the index of the current page."""

    def __init__(
        self,
        paper: str,
        *,
        title: str,
        author: str,
        subject: str = "",
        landscape: bool = False,
        language: str = "en-US",
    ) -> None:
        short, long = PAPERS[paper]
        self.width, self.height = (long, short) if landscape else (short, long)
        self._buffer = io.BytesIO()
        font("regular")
        self._canvas = cast("Any", Canvas)(
            self._buffer,
            pagesize=(self.width, self.height),
            pageCompression=1,
            invariant=1,
            initialFontName=font("regular").fontName,
            lang=language,
        )
        self._canvas.setTitle(texts.clean(title))
        self._canvas.setAuthor(texts.clean(author))
        self._canvas.setCreator("TCF Desktop")
        self._canvas.setSubject(texts.clean(subject))
        # Readers show the title, not the file name, in their window.
        self._canvas.setViewerPreference("DisplayDocTitle", "true")
        self._doc = self._canvas._doc  # noqa: SLF001 - the kit stands in for the canvas
        self._pages: list[list[str]] = []
        self._states: list[tuple[str, str]] = []
        self._pictures: dict[str, str] = {}
        self.page = -1
        self.new_page()

    @property
    def page_count(self) -> int:
        return len(self._pages)

    def new_page(self) -> None:
        """Open a further page and go to it."""
        self._pages.append([])
        self._states.append(("", ""))
        self.page = len(self._pages) - 1

    def text(self, x: float, y: float, string: str, style: Style) -> None:
        """A cleaned one-line string with its baseline at ``y``."""
        if not string:
            return
        main = font(style.role)
        out = self._pages[self.page]
        if main.covers(string):
            self._begin(main, 0, style, out)
            data = main.splitString(string, self._doc)[0][1]
            out.append(f"BT {x:.2f} {self.height - y:.2f} Td ({escapePDF(data)}) Tj ET")
            return
        for run in texts.runs(string, style.role, style.size):
            self._run(x, y, run, style, out)
            x += texts.run_width(run, style.size)

    def text_right(self, x: float, y: float, string: str, style: Style) -> None:
        """A cleaned one-line string that ends at ``x``."""
        self.text(x - texts.width(string, style), y, string, style)

    def _run(self, x: float, y: float, run: Run, style: Style, out: list[str]) -> None:
        if isinstance(run.text, ShapedStr):
            self._shaped(x, y, run, style, out)
            return
        move = f"{x:.2f} {self.height - y:.2f} Td"
        for subset, data in run.font.splitString(run.text, self._doc):
            self._begin(run.font, subset, style, out)
            out.append(f"BT {move} ({escapePDF(data)}) Tj ET")
            x += run.font.stringWidth(_decoded(run.font, subset, data, self._doc), style.size)
            move = f"{x:.2f} {self.height - y:.2f} Td"

    def _shaped(self, x: float, y: float, run: Run, style: Style, out: list[str]) -> None:
        """Glyphs where harfbuzz put them: marks have offsets and advances of their own."""
        scale = style.size / 1000
        at = 0
        shape = texts.shape_of(cast("ShapedStr", run.text))
        for subset, data in run.font.splitString(run.text, self._doc):
            self._begin(run.font, subset, style, out)
            for byte in data:
                glyph = shape[at]
                left = x + glyph.x_offset * scale
                base = self.height - y + glyph.y_offset * scale
                out.append(f"BT {left:.2f} {base:.2f} Td ({escapePDF(bytes((byte,)))}) Tj ET")
                x += glyph.x_advance * scale
                at += 1

    def _begin(self, chosen: Any, subset: int, style: Style, out: list[str]) -> None:
        """Set font and colour where they differ from what the page has."""
        wanted = f"{chosen.getSubsetInternalName(subset, self._doc)} {style.size:g} Tf"
        have_font, have_colour = self._states[self.page]
        if wanted != have_font:
            out.append(wanted)
        if style.colour != have_colour:
            out.append(f"{style.colour} rg")
        self._states[self.page] = (wanted, style.colour)

    def rule(self, x: float, y: float, end: float, stroke: str, thickness: float = 0.5) -> None:
        """A horizontal line; ``stroke`` from :func:`colour`."""
        level = self.height - y
        self._pages[self.page].append(
            f"{stroke} RG {thickness:g} w {x:.2f} {level:.2f} m {end:.2f} {level:.2f} l S"
        )

    def box(
        self, x: float, y: float, width: float, height: float, fill: str, radius: float
    ) -> None:
        """A filled rectangle with round corners, ``y`` its upper edge."""
        top, right = self.height - y, x + width
        bottom, bend = top - height, radius * (1 - _ROUND)
        corners = (
            f"{x + radius:.2f} {bottom:.2f} m {right - radius:.2f} {bottom:.2f} l "
            f"{right - bend:.2f} {bottom:.2f} {right:.2f} {bottom + bend:.2f} "
            f"{right:.2f} {bottom + radius:.2f} c {right:.2f} {top - radius:.2f} l "
            f"{right:.2f} {top - bend:.2f} {right - bend:.2f} {top:.2f} "
            f"{right - radius:.2f} {top:.2f} c {x + radius:.2f} {top:.2f} l "
            f"{x + bend:.2f} {top:.2f} {x:.2f} {top - bend:.2f} "
            f"{x:.2f} {top - radius:.2f} c {x:.2f} {bottom + radius:.2f} l "
            f"{x:.2f} {bottom + bend:.2f} {x + bend:.2f} {bottom:.2f} "
            f"{x + radius:.2f} {bottom:.2f} c f"
        )
        self._pages[self.page].append(f"q {fill} rg {corners} Q")

    def frame(
        self, x: float, y: float, width: float, height: float, stroke: str, thickness: float = 0.8
    ) -> None:
        """The outline of a rectangle, ``y`` its upper edge."""
        self._pages[self.page].append(
            f"{stroke} RG {thickness:g} w {x:.2f} {self.height - y - height:.2f}"
            f" {width:.2f} {height:.2f} re S"
        )

    def line(
        self, x: float, y: float, end_x: float, end_y: float, stroke: str, thickness: float = 0.5
    ) -> None:
        """A straight line."""
        self._pages[self.page].append(
            f"{stroke} RG {thickness:g} w {x:.2f} {self.height - y:.2f} m"
            f" {end_x:.2f} {self.height - end_y:.2f} l S"
        )

    def squares(
        self, x: float, y: float, size: float, rows: Sequence[Sequence[bool]], fill: str
    ) -> None:
        """A pattern of filled squares ``size`` wide, rows from above; ``y`` is the upper edge."""
        parts = []
        for number, row in enumerate(rows):
            bottom = self.height - y - (number + 1) * size
            start = 0
            while start < len(row):
                if not row[start]:
                    start += 1
                    continue
                end = start
                while end < len(row) and row[end]:
                    end += 1
                # One piece for neighbours, a hair higher: no light shows between the rows.
                parts.append(
                    f"{x + start * size:.3f} {bottom:.3f} {(end - start) * size:.3f}"
                    f" {size + 0.02:.3f} re"
                )
                start = end
        self._pages[self.page].append(f"q {fill} rg {' '.join(parts)} f Q")

    def watermark(self, string: str, fill: str) -> None:
        """A large word across the page, below everything that is on it."""
        style = Style("bold", 110, 110, fill)
        size = style.size * min(1.0, 0.8 * self.height / max(1.0, texts.width(string, style)))
        style = Style("bold", size, size, fill)
        state, kept = self._states[self.page], self._pages[self.page]
        self._states[self.page], self._pages[self.page] = ("", ""), []
        self.text(-texts.width(string, style) / 2, self.height + size / 3, string, style)
        turn = f"q 0.643 0.766 -0.766 0.643 {self.width / 2:.2f} {self.height / 2:.2f} cm"
        self._pages[self.page] = [turn, *self._pages[self.page], "Q", *kept]
        self._states[self.page] = state

    def picture(self, picture: Picture, x: float, y: float, width: float, height: float) -> None:
        """A prepared picture in a rectangle, ``y`` its upper edge."""
        name = self._pictures.get(picture.key) or self._embed(picture)
        self._pages[self.page].append(
            f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {self.height - y - height:.2f} cm /{name} Do Q"
        )

    def _embed(self, picture: Picture) -> str:
        image = _Image(picture.rgb, picture, "DeviceRGB")
        if picture.alpha is not None:
            mask = _Image(picture.alpha, picture, "DeviceGray")
            image.mask = self._doc.Reference(mask, f"mask.{picture.key}")
        name = str(self._doc.getXObjectName(picture.key))
        image.name = picture.key
        self._doc.Reference(image, name)
        self._doc.addForm(picture.key, image)
        self._pictures[picture.key] = name
        return name

    def to_bytes(self) -> bytes:
        """Finish the document; the sheet cannot be used afterwards."""
        for page in self._pages:
            self._canvas._code.extend(page)  # noqa: SLF001
            self._canvas._formsinuse.extend(self._pictures)  # noqa: SLF001
            self._canvas.showPage()
        self._canvas.save()
        return self._buffer.getvalue()


class _Image(pdfdoc.PDFObject):
    """An image whose stream is compressed already."""

    __RefOnly__ = 1

    def __init__(self, content: bytes, picture: Picture, space: str) -> None:
        self._content = content
        self._head = (
            f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
            f"/BitsPerComponent 8 /ColorSpace /{space} /Filter /FlateDecode /Length {len(content)}"
        )
        self.mask: Any = None
        self.name = ""

    def format(self, document: Any) -> bytes:
        head = self._head.encode("ascii")
        if self.mask is not None:
            head += b" /SMask " + self.mask.format(document)
        return head + b" >>\nstream\n" + self._content + b"\nendstream\n"


def _decoded(chosen: Any, subset: int, data: bytes, doc: Any) -> str:
    codes = chosen.state[doc].subsets[subset]
    return "".join(chr(codes[byte]) for byte in data)
