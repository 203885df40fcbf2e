"""The treatment record of a visit. :func:`render` runs in the worker process."""

from tcf_desktop.domain.treatments import RecordDocument
from tcf_desktop.integrations.pdf import text
from tcf_desktop.integrations.pdf.kit import Sheet, colour
from tcf_desktop.integrations.pdf.text import Style

_INK, _MUTED = colour("#1A1E25"), colour("#59616E")
_RULE, _STRONG_RULE = colour("#DDE1E8"), colour("#98A1AF")

_TITLE = Style("bold", 18, 23, _INK)
_BUSINESS = Style("bold", 10.5, 14, _INK)
_SMALL = Style("regular", 9, 12, _MUTED)
_HEAD = Style("bold", 12, 17, _INK)
_LABEL = Style("regular", 9.5, 15, _MUTED)
_BODY = Style("regular", 10.5, 15, _INK)
_CAPTION = Style("regular", 8.5, 11.5, _MUTED)

_MARGIN = 54.0
_TAG = 100.0
_FOOT = 64.0


def render(document: RecordDocument) -> bytes:
    """The PDF of a record. Texts are literal."""
    return _Pages(document).to_bytes()


class _Pages:
    def __init__(self, document: RecordDocument) -> None:
        self._document = document
        self._sheet = Sheet(
            document.paper,
            title=f"{document.title} – {document.business_name}",
            author=document.business_name,
        )
        self._left, self._right = _MARGIN, self._sheet.width - _MARGIN
        self._bottom = self._sheet.height - _FOOT
        self._y = 50.0

    def to_bytes(self) -> bytes:
        document, sheet = self._document, self._sheet
        half = (self._right - self._left) / 2
        sheet.text(self._left, self._y + _TITLE.size, text.clean(document.title), _TITLE)
        y = self._y
        lines = [(part, _BUSINESS) for part in text.wrap(document.business_name, _BUSINESS, half)]
        for line in document.business_lines:
            lines += [(part, _SMALL) for part in text.wrap(line, _SMALL, half)]
        for part, style in lines:
            sheet.text_right(self._right, y + style.size, part, style)
            y += style.leading
        self._y = max(y, self._y + _TITLE.leading) + 14
        sheet.rule(self._left, self._y, self._right, _STRONG_RULE, 0.8)
        self._y += 10
        self._rows(document.facts)
        for record in document.treatments:
            self._record(record)
        self._sign()
        self._footers()
        return sheet.to_bytes()

    def _record(self, record: tuple[tuple[str, str], ...]) -> None:
        """A record stays on one page where it fits: it is looked at as a whole."""
        height = 30 + sum(_BODY.leading * max(1, len(self._wrapped(v))) for _, v in record)
        if self._y + height > self._bottom and height < self._bottom - 90:
            self._next_page()
        self._y += 10
        self._sheet.rule(self._left, self._y, self._right, _RULE)
        self._y += 10
        (_, product), *rest = record
        for part in text.wrap(product, _HEAD, self._right - self._left):
            self._line(_HEAD)
            self._sheet.text(self._left, self._y - _HEAD.leading + _HEAD.size, part, _HEAD)
        self._rows(tuple(rest))

    def _rows(self, rows: tuple[tuple[str, str], ...]) -> None:
        for label, value in rows:
            for number, part in enumerate(self._wrapped(value)):
                self._line(_BODY)
                level = self._y - _BODY.leading + _BODY.size
                if not number:
                    self._sheet.text(self._left, level, text.clean(label), _LABEL)
                self._sheet.text(self._left + _TAG, level, part, _BODY)

    def _wrapped(self, value: str) -> list[str]:
        return text.wrap(value, _BODY, self._right - self._left - _TAG) or [""]

    def _line(self, style: Style) -> None:
        if self._y + style.leading > self._bottom:
            self._next_page()
        self._y += style.leading

    def _next_page(self) -> None:
        self._sheet.new_page()
        self._y = 50.0

    def _sign(self) -> None:
        if self._y + 60 > self._bottom:
            self._next_page()
        self._y += 52
        self._sheet.rule(self._left, self._y, self._left + 220, _STRONG_RULE, 0.8)
        words = text.clean(self._document.signature)
        self._sheet.text(self._left, self._y + 12, words, _CAPTION)

    def _footers(self) -> None:
        document, sheet = self._document, self._sheet
        level = sheet.height - 36
        for page in range(sheet.page_count):
            sheet.page = page
            words = text.clean(f"{document.title} · {document.business_name}")
            room = self._right - self._left - 100
            sheet.text(self._left, level, text.ellipsis(words, _CAPTION, room), _CAPTION)
            label = document.page_label.format(page=page + 1, pages=sheet.page_count)
            sheet.text_right(self._right, level, label, _CAPTION)
