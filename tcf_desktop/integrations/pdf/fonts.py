"""The fonts of our PDFs: embedded subsets whose bytes are made once per process.

reportlab builds a font subset anew for each document, which costs more than the page itself. Here
the first subset of a text font always holds the same 256 characters (Latin with the usual signs),
so its streams are made once and reused; only a document with other characters adds subsets of its
own, and those are kept by their exact content. Nothing depends on what was printed before: the same
document gives the same bytes in any process.
"""

import codecs
import functools
import io
import re
import unicodedata
import zlib
from collections import OrderedDict
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

from tcf_desktop.base.resources import resource_bytes

# The base subset: ASCII at its own codes, then the rest of Latin in the free codes.
_EXTRA = (
    "".join(chr(code) for code in range(0xA0, 0x100) if code != 0xAD)
    + "–—‘’“”„†•…‰‹›€™−№₹ŒœŠšŽžŸ"
    + "ĄąĆćČčĎďĐđĘęĚěĞğİıŁłŃńŇňŐőŘřŚśŞşŤťŮůŰűŹźŻż"
)
_FREE_CODES = (*range(1, 32), *range(127, 256))
_PRIVATE = 0xF0000
_KEPT_SUBSETS = 32
_NAMED_GLYPH = re.compile(r"uni([0-9A-F]{4})")


class _Raw(pdfdoc.PDFObject):
    """A piece of PDF syntax that is ready as it stands."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, document: object) -> bytes:  # noqa: ARG002 - reportlab's protocol
        return self._content


class _RawStream(_Raw):
    """A stream that is ready as it stands; streams can only be referred to.

    reportlab marks objects with the document they belong to, so each document gets its own around
    the same bytes.
    """

    __RefOnly__ = 1


def _deflated(content: bytes, extra: str = "") -> bytes:
    packed = zlib.compress(content, 9)
    head = f"<< /Filter /FlateDecode /Length {len(packed)}{extra} >>\nstream\n"
    return head.encode("ascii") + packed + b"\nendstream\n"


class _Subset:
    """What a subset contributes to any document: widths, text mapping, font file."""

    def __init__(self, face: Any, name: str, codes: tuple[int, ...], text: dict[int, int]) -> None:
        self.last = len(codes) - 1
        widths = " ".join(f"{face.getCharWidth(code):g}" for code in codes)
        self.widths = f"[ {widths} ]".encode("ascii")
        self.to_unicode = _deflated(_to_unicode(name, codes, text))
        program = face.makeSubset(list(codes))
        self.program = _deflated(program, f" /Length1 {len(program)}")


class KitFont(TTFont):
    """A TrueType font with cached subsets; ``based`` ones start with the fixed Latin subset."""

    def __init__(self, name: str, content: bytes, *, based: bool) -> None:
        super().__init__(name, io.BytesIO(content), asciiReadable=based)
        self._base = self._base_codes() if based else None
        self._table = codecs.charmap_build(self._decoding()) if based else None
        self._subsets: OrderedDict[tuple[int, tuple[int, ...]], _Subset] = OrderedDict()
        self._text: dict[int, int] = {}

    def _base_codes(self) -> list[int]:
        known = self.face.charToGlyph
        base = [0] * 256
        for code in range(32, 127):
            base[code] = code
        extras = [ord(char) for char in _EXTRA if ord(char) in known]
        for code, char in zip(_FREE_CODES, extras, strict=False):
            base[code] = char
        return base

    def _decoding(self) -> str:
        assert self._base is not None
        return "".join(chr(char) if char else "\ufffe" for char in self._base)

    def covers(self, text: str) -> bool:
        """Whether the fixed subset holds every character of ``text``."""
        if self._table is None:
            return False
        try:
            codecs.charmap_encode(text, "strict", self._table)
        except UnicodeEncodeError:
            return False
        return True

    def has(self, char: str) -> bool:
        """Whether the font has a glyph for the character."""
        return ord(char) in self.face.charToGlyph

    def _state_of(self, doc: Any) -> Any:
        state: Any = self.state.get(doc)
        if state is None:
            state = self.state[doc] = TTFont.State(self._base is not None, self)
            if self._base is not None:
                state.subsets = [list(self._base)]
                state.assignments = {char: code for code, char in enumerate(self._base) if char}
                state.assignments[0] = 0
                state.nextCode = 256
        return state

    def splitString(  # noqa: N802 - reportlab's name
        self, text: str, doc: Any, encoding: str = "utf-8"
    ) -> list[tuple[int, bytes]]:
        """Bytes of the text with the subset each belongs to."""
        self._state_of(doc)
        if self._table is not None:
            try:
                return [(0, codecs.charmap_encode(text, "strict", self._table)[0])]
            except UnicodeEncodeError:  # characters beyond the base: the slow way assigns codes
                return list(super().splitString(text, doc, encoding))
        return list(super().splitString(text, doc, encoding))

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802 - reportlab's name
        """The subset's name in the document's resources."""
        self._state_of(doc)
        return str(super().getSubsetInternalName(subset, doc))

    def addObjects(self, doc: Any) -> None:  # noqa: N802 - reportlab's name
        """Write the fonts of one document; called once when it is saved."""
        state = self._state_of(doc)
        state.frozen = 1
        for index, codes in enumerate(state.subsets):
            internal = self.getSubsetInternalName(index, doc)[1:]
            name = b"".join((SUBSETN(index), b"+", self.face.name)).decode("ascii")
            subset = self._subset(index, name, tuple(codes))
            font: Any = pdfdoc.PDFTrueTypeFont()
            font.Name, font.BaseFont = internal, name
            font.FirstChar, font.LastChar, font.Widths = 0, subset.last, _Raw(subset.widths)
            font.ToUnicode = doc.Reference(_RawStream(subset.to_unicode), f"toUnicodeCMap:{name}")
            font.FontDescriptor = self._descriptor(doc, name, subset)
            doc.Reference(font, internal)
            doc.idToObject["BasicFonts"].dict[internal] = font
        del self.state[doc]

    def _subset(self, index: int, name: str, codes: tuple[int, ...]) -> _Subset:
        key = (index, codes)
        found = self._subsets.get(key)
        if found is None:
            found = self._subsets[key] = _Subset(self.face, name, codes, self._text)
            if len(self._subsets) > _KEPT_SUBSETS:
                self._subsets.popitem(last=False)
        self._subsets.move_to_end(key)
        return found

    def _descriptor(self, doc: Any, name: str, subset: _Subset) -> Any:
        face = self.face
        symbolic, nonsymbolic = 1 << 2, 1 << 5
        values = {
            "Type": "/FontDescriptor",
            "Ascent": face.ascent,
            "CapHeight": face.capHeight,
            "Descent": face.descent,
            "Flags": (face.flags & ~nonsymbolic) | symbolic,
            "FontBBox": pdfdoc.PDFArray(face.bbox),
            "FontName": pdfdoc.PDFName(name),
            "ItalicAngle": face.italicAngle,
            "StemV": face.stemV,
            "FontFile2": doc.Reference(_RawStream(subset.program), f"fontFile:{name}"),
            "MissingWidth": face.defaultWidth,
        }
        return doc.Reference(pdfdoc.PDFDictionary(values), f"fontDescriptor:{name}")

    def hbFont(self, fontSize: float = 10) -> Any:  # noqa: N802, N803 - reportlab's names
        """The font for harfbuzz. Glyphs without a character get a code by their own number, so that
        it is the same in every process and document."""
        font = super().hbFont(fontSize)
        self.hbAddPrivate = self._add_shaped_glyph
        return font

    def _add_shaped_glyph(self, name: str, glyph: int, advance: float) -> int:
        code = _PRIVATE + glyph
        named = _NAMED_GLYPH.match(name)
        self._text[code] = int(named.group(1), 16) if named else 0xFFFD
        face: Any = self.face
        face.charToGlyph[code] = glyph
        face.glyphToChar.setdefault(glyph, []).append(code)
        face.charWidths[code] = advance * 1000 / face.unitsPerEm
        return code


def _to_unicode(name: str, codes: tuple[int, ...], text: dict[int, int]) -> bytes:
    """The map from codes to text that search and copy use (PDF 32000-1, 9.10.3)."""
    rows = [f"<{index:02X}> <{_utf16(text.get(char, char))}>" for index, char in enumerate(codes)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(
        f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def\n"
        f"/CMapName /{name} def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<00> <{len(codes) - 1:02X}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode("ascii")


def _utf16(code: int) -> str:
    """Hexadecimal UTF-16 of a character; Arabic presentation forms as the letter they show.

    A ligature stays one character: readers reverse right-to-left text by code.
    """
    char = chr(code)
    if 0xFB1D <= code <= 0xFEFC:
        letters = unicodedata.normalize("NFKC", char)
        char = letters if len(letters) == 1 else char
    return char.encode("utf-16-be").hex().upper()


_FILES = {
    "regular": ("InterTabular-Regular", True),
    "bold": ("InterTabular-SemiBold", True),
    "regular+": ("DejaVuSans", False),
    "bold+": ("DejaVuSans-Bold", False),
}


@functools.cache
def font(role: str) -> KitFont:
    """The font of a role: ``regular``, ``bold``, or with ``+`` the one for what those lack."""
    # Bytes instead of ASCII85, no doubt about where data may come from, no fetching by reportlab.
    rl_config.useA85 = 0
    rl_config.trustedHosts = []
    rl_config.trustedSchemes = ["data"]
    name, based = _FILES[role]
    loaded = KitFont(name, resource_bytes(f"fonts/{name}.ttf"), based=based)
    pdfmetrics.registerFont(loaded)
    return loaded
