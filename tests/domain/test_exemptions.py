"""An exemption holds through its last day and not a day longer."""

from __future__ import annotations

import pytest

from tcf_desktop.domain.contacts import Exemption
from tcf_desktop.domain.exemptions import is_tax_free, standing


@pytest.mark.parametrize(
    ("exemption", "how", "free"),
    [
        (None, "none", False),
        (Exemption("SD-1"), "valid", True),
        (Exemption("SD-1", "SD", "2027-01-31"), "valid", True),
        (Exemption("SD-1", "SD", "2026-08-13"), "ends_soon", True),
        (Exemption("SD-1", "SD", "2026-08-14"), "valid", True),
        (Exemption("SD-1", "SD", "2026-07-14"), "ends_soon", True),
        (Exemption("SD-1", "SD", "2026-07-13"), "ended", False),
        (Exemption("SD-1", "SD", "next year"), "ended", False),
    ],
)
def test_standing_on_a_day(exemption: Exemption | None, how: str, *, free: bool) -> None:
    assert standing(exemption, "2026-07-14") == how
    assert is_tax_free(exemption, "2026-07-14") is free
