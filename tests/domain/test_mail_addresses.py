"""Typing mistakes in mail addresses are seen; unusual addresses that work are not blamed."""

from __future__ import annotations

import pytest

from tcf_desktop.domain.mail_addresses import is_plausible_email


@pytest.mark.parametrize(
    "address",
    [
        "julia.hartmann@example.com",
        " office+billing@mail.clearview.example ",
        "o'brien@example.co.uk",
        "żaneta@przykład.pl",
        "x@1-800-flowers.com",
        "under_score@example.com",
    ],
)
def test_addresses_that_mail_can_go_to(address: str) -> None:
    assert is_plausible_email(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "julia",
        "julia@",
        "@example.com",
        "julia@example",
        "julia@@example.com",
        "julia example@example.com",
        "julia@example..com",
        ".julia@example.com",
        "julia.@example.com",
        "julia@-example.com",
        "julia@exam_ple.com",
        "julia@10.0.0.1",
        "Julia <julia@example.com>",
        "julia@example,com",
        f"{'a' * 65}@example.com",
        f"a@{'b' * 250}.com",
    ],
)
def test_typing_mistakes_are_seen(address: str) -> None:
    assert not is_plausible_email(address)
