"""A price list as a file has it, before anything is known of the business."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tcf_desktop.domain.money import PLAIN_STYLE, NumberStyle, parse_price

_COMMA_DECIMALS: Final = re.compile(r",\d{1,2}$|,\d{4,}$|\.\d{3},")


@dataclass(frozen=True, slots=True)
class PriceFileRow:
    """One service or product; every cell as written, empty where there is none."""

    row: int
    line: int
    name: str
    price: str = ""
    unit: str = ""
    description: str = ""
    minutes: str = ""
    taxed: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class PriceFile:
    """The rows of a file and how it was read."""

    file: str
    read_as: str
    rows: tuple[PriceFileRow, ...]


def file_price(text: str, currency: str) -> int:
    """Ten-thousandths of the smallest unit of a price in a file, with a comma or a point before
    its decimals. Raises ``money.not_an_amount``, ``money.too_large``."""
    plain = text.strip().rstrip("-–—").strip()
    comma = _COMMA_DECIMALS.search(plain)
    return parse_price(plain, currency, NumberStyle(",", ".") if comma else PLAIN_STYLE)
