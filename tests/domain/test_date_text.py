from __future__ import annotations

import pytest

from tcf_desktop.domain.date_text import looks_like_date, needs_order, orders_of, read_date


@pytest.mark.parametrize(
    ("text", "order", "iso"),
    [
        ("2026-07-14", "", "2026-07-14"),
        ("2026/7/4", "mdy", "2026-07-04"),
        ("19800322", "", "1980-03-22"),
        ("7/14/2026", "", "2026-07-14"),
        ("14.07.2026", "", "2026-07-14"),
        ("3/4/2026", "", ""),
        ("3/4/2026", "mdy", "2026-03-04"),
        ("3/4/2026", "dmy", "2026-04-03"),
        ("3/4/26", "dmy", "2026-04-03"),
        ("3/4/85", "mdy", "1985-03-04"),
        ("26-04-03", "ymd", "2026-04-03"),
        ("13/14/25", "mdy", ""),
        ("13/14/25", "dmy", ""),
        ("2/30/2026", "mdy", ""),
        ("5/5/2026", "", "2026-05-05"),
        ("--02-29", "", ""),
        ("next week", "mdy", ""),
        ("7/14/2026 10:30 AM", "mdy", "2026-07-14"),
    ],
)
def test_date_is_read_in_its_order_or_not_at_all(text: str, order: str, iso: str) -> None:
    assert read_date(text, order) == iso


@pytest.mark.parametrize(
    ("texts", "orders"),
    [
        (["3/4/2026", "5/6/2026"], {"mdy", "dmy"}),
        (["3/4/2026", "14/6/2026"], {"dmy"}),
        (["3/4/2026", "6/14/2026"], {"mdy"}),
        (["3.4.2026"], {"dmy"}),
        (["2026-03-04"], {"mdy", "dmy", "ymd"}),
        (["99/3/4"], {"ymd"}),
        (["3/4/26"], {"mdy", "dmy"}),
        (["14/3/26", "13/14/25", "3/15/26"], {"dmy"}),
    ],
)
def test_one_telling_date_settles_the_order_of_all(texts: list[str], orders: set[str]) -> None:
    assert orders_of(texts) == orders


def test_what_looks_like_a_date() -> None:
    assert looks_like_date("13/14/25")
    assert not looks_like_date("605-555-0148")
    assert not looks_like_date("12")
    assert needs_order("3/4/2026")
    assert not needs_order("2026-03-04")
