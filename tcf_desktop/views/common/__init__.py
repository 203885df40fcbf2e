"""Building blocks of every page, painted from the theme's tokens.

Each is loaded at its first use: the window is painted before tables and forms are needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tcf_desktop.views.common.buttons import (
        BaseButton,
        IconButton,
        LinkButton,
        PlainButton,
        PrimaryButton,
        QuietButton,
    )
    from tcf_desktop.views.common.cell_lines import Cell, paint_lines
    from tcf_desktop.views.common.chips import (
        Avatar,
        Chip,
        CountBadge,
        FilterChip,
        chip_size,
        initials_of,
        paint_avatar,
        paint_chip,
    )
    from tcf_desktop.views.common.choices import SegmentedControl, Switch
    from tcf_desktop.views.common.containers import (
        Card,
        EmptyState,
        Notice,
        ScrollPane,
        Surface,
        TabRow,
    )
    from tcf_desktop.views.common.inputs import (
        ComboBox,
        DateEdit,
        FormField,
        LineEdit,
        SearchField,
        TextArea,
    )
    from tcf_desktop.views.common.labels import DataLabel, Hairline, IconLabel, hairline
    from tcf_desktop.views.common.numbers import MoneyEdit, PriceEdit, QuantityEdit
    from tcf_desktop.views.common.snackbar import SnackAction, Snackbar
    from tcf_desktop.views.common.tables import (
        ListHeader,
        ListTable,
        TwoLineDelegate,
        paint_row_back,
    )

_MODULES = {
    "buttons": (
        "BaseButton",
        "IconButton",
        "LinkButton",
        "PlainButton",
        "PrimaryButton",
        "QuietButton",
    ),
    "cell_lines": ("Cell", "paint_lines"),
    "chips": (
        "Avatar",
        "Chip",
        "CountBadge",
        "FilterChip",
        "chip_size",
        "initials_of",
        "paint_avatar",
        "paint_chip",
    ),
    "containers": (
        "Card",
        "EmptyState",
        "Notice",
        "ScrollPane",
        "Surface",
        "TabRow",
    ),
    "choices": ("SegmentedControl", "Switch"),
    "numbers": ("MoneyEdit", "PriceEdit", "QuantityEdit"),
    "inputs": (
        "ComboBox",
        "DateEdit",
        "FormField",
        "LineEdit",
        "SearchField",
        "TextArea",
    ),
    "labels": (
        "DataLabel",
        "Hairline",
        "IconLabel",
        "hairline",
    ),
    "snackbar": (
        "SnackAction",
        "Snackbar",
    ),
    "tables": (
        "ListHeader",
        "ListTable",
        "TwoLineDelegate",
        "paint_row_back",
    ),
}
_WHERE = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    globals()[name] = found
    return found


__all__ = [
    "Avatar",
    "BaseButton",
    "Card",
    "Cell",
    "Chip",
    "ComboBox",
    "CountBadge",
    "DataLabel",
    "DateEdit",
    "EmptyState",
    "FilterChip",
    "FormField",
    "Hairline",
    "IconButton",
    "IconLabel",
    "LineEdit",
    "LinkButton",
    "ListHeader",
    "ListTable",
    "MoneyEdit",
    "Notice",
    "PlainButton",
    "PriceEdit",
    "PrimaryButton",
    "QuantityEdit",
    "QuietButton",
    "ScrollPane",
    "SearchField",
    "SegmentedControl",
    "SnackAction",
    "Snackbar",
    "Surface",
    "Switch",
    "TabRow",
    "TextArea",
    "TwoLineDelegate",
    "chip_size",
    "hairline",
    "initials_of",
    "paint_avatar",
    "paint_chip",
    "paint_lines",
    "paint_row_back",
]
