"""The one table of commands and shortcuts that hold everywhere in the window.

Each stands in the menu bar, in the palette and on at most one key. ``do`` names a method of the
window. Commands of a page come from :meth:`Page.commands` and join while that page is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QKeySequence

_Std = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """A command: key, text, menu, what the window does, its keys and further search words."""

    key: str
    text: str
    menu: str
    do: str
    shortcut: str | QKeySequence.StandardKey = ""
    words: str = ""
    also: tuple[str, ...] = ()
    palette: bool = True


MENUS: tuple[tuple[str, str], ...] = (
    ("file", str(QT_TRANSLATE_NOOP("Actions", "&File"))),
    ("edit", str(QT_TRANSLATE_NOOP("Actions", "&Edit"))),
    ("view", str(QT_TRANSLATE_NOOP("Actions", "&View"))),
    ("go", str(QT_TRANSLATE_NOOP("Actions", "&Go"))),
    ("actions", str(QT_TRANSLATE_NOOP("Actions", "&Actions"))),
    ("help", str(QT_TRANSLATE_NOOP("Actions", "&Help"))),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "new.here",
        str(QT_TRANSLATE_NOOP("Actions", "New here")),
        "file",
        "new_here",
        _Std.New,
        palette=False,
    ),
    ActionSpec(
        "new.contact",
        str(QT_TRANSLATE_NOOP("Actions", "New contact")),
        "file",
        "new_contact",
        words="customer client prospect caller add",
    ),
    ActionSpec(
        "new.appointment",
        str(QT_TRANSLATE_NOOP("Actions", "New appointment")),
        "file",
        "new_appointment",
        words="visit estimate job book schedule add",
    ),
    ActionSpec(
        "new.invoice",
        str(QT_TRANSLATE_NOOP("Actions", "New invoice")),
        "file",
        "new_invoice",
        words="bill charge add",
    ),
    ActionSpec(
        "new.payment",
        str(QT_TRANSLATE_NOOP("Actions", "Receive payment")),
        "file",
        "receive_payment",
        "Ctrl+Shift+P",
        words="money check cash paid",
    ),
    ActionSpec(
        "file.import",
        str(QT_TRANSLATE_NOOP("Actions", "Import…")),
        "file",
        "import_files",
        words="vcard csv contacts google load",
    ),
    ActionSpec(
        "file.calendar",
        str(QT_TRANSLATE_NOOP("Actions", "Export calendar…")),
        "file",
        "export_calendar",
        words="ics ical week save out",
    ),
    ActionSpec(
        "file.contacts",
        str(QT_TRANSLATE_NOOP("Actions", "Export contacts…")),
        "file",
        "export_contacts",
        words="vcard csv save out",
    ),
    ActionSpec(
        "file.quit",
        str(QT_TRANSLATE_NOOP("Actions", "Quit")),
        "file",
        "close",
        _Std.Quit,
        words="exit close",
    ),
    ActionSpec("edit.undo", str(QT_TRANSLATE_NOOP("Actions", "Undo")), "edit", "undo", _Std.Undo),
    ActionSpec("edit.redo", str(QT_TRANSLATE_NOOP("Actions", "Redo")), "edit", "redo", _Std.Redo),
    ActionSpec(
        "edit.history",
        str(QT_TRANSLATE_NOOP("Actions", "Undo history…")),
        "edit",
        "show_history",
        words="journal changes log",
    ),
    ActionSpec(
        "edit.find",
        str(QT_TRANSLATE_NOOP("Actions", "Find in this list")),
        "edit",
        "find_here",
        _Std.Find,
    ),
    ActionSpec(
        "edit.palette",
        str(QT_TRANSLATE_NOOP("Actions", "Search or jump to…")),
        "edit",
        "open_palette",
        "Ctrl+K",
        palette=False,
    ),
    ActionSpec(
        "view.rail",
        str(QT_TRANSLATE_NOOP("Actions", "Narrow rail")),
        "view",
        "toggle_rail",
        "Ctrl+B",
        words="sidebar labels",
    ),
    ActionSpec(
        "view.side",
        str(QT_TRANSLATE_NOOP("Actions", "Side panel")),
        "view",
        "toggle_side_panel",
        "F9",
        words="preview pane",
    ),
    ActionSpec(
        "view.larger",
        str(QT_TRANSLATE_NOOP("Actions", "Larger text")),
        "view",
        "larger_text",
        "Ctrl++",
        also=("Ctrl+=",),
        words="zoom in size",
    ),
    ActionSpec(
        "view.smaller",
        str(QT_TRANSLATE_NOOP("Actions", "Smaller text")),
        "view",
        "smaller_text",
        "Ctrl+-",
        words="zoom out size",
    ),
    ActionSpec(
        "view.normal",
        str(QT_TRANSLATE_NOOP("Actions", "Normal text size")),
        "view",
        "normal_text",
        "Ctrl+0",
        words="zoom reset",
    ),
    ActionSpec(
        "view.dark",
        str(QT_TRANSLATE_NOOP("Actions", "Dark or light")),
        "view",
        "toggle_dark",
        words="theme appearance night",
    ),
    ActionSpec(
        "view.refresh",
        str(QT_TRANSLATE_NOOP("Actions", "Refresh")),
        "view",
        "refresh",
        _Std.Refresh,
    ),
    ActionSpec("go.back", str(QT_TRANSLATE_NOOP("Actions", "Back")), "go", "go_back", "Alt+Left"),
    ActionSpec(
        "go.forward", str(QT_TRANSLATE_NOOP("Actions", "Forward")), "go", "go_forward", "Alt+Right"
    ),
    ActionSpec(
        "go.next_tab",
        str(QT_TRANSLATE_NOOP("Actions", "Next tab")),
        "go",
        "next_tab",
        "Ctrl+Tab",
        palette=False,
    ),
    ActionSpec(
        "go.previous_tab",
        str(QT_TRANSLATE_NOOP("Actions", "Previous tab")),
        "go",
        "previous_tab",
        "Ctrl+Shift+Tab",
        palette=False,
    ),
    ActionSpec(
        "go.next_pane",
        str(QT_TRANSLATE_NOOP("Actions", "Next pane")),
        "go",
        "next_pane",
        "F6",
        palette=False,
    ),
    ActionSpec(
        "go.previous_pane",
        str(QT_TRANSLATE_NOOP("Actions", "Previous pane")),
        "go",
        "previous_pane",
        "Shift+F6",
        palette=False,
    ),
    ActionSpec(
        "go.notice",
        str(QT_TRANSLATE_NOOP("Actions", "Last notice")),
        "go",
        "focus_notice",
        "F8",
        palette=False,
    ),
    ActionSpec(
        "help.keys",
        str(QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts")),
        "help",
        "show_keys",
        "Ctrl+/",
        words="keys card",
    ),
    ActionSpec(
        "help.about",
        str(QT_TRANSLATE_NOOP("Actions", "About TCF Desktop")),
        "help",
        "show_about",
        words="version licence",
    ),
)


def key_texts(spec: ActionSpec) -> list[str]:
    """Every key of a command as portable text; platform keys as they are here."""
    if isinstance(spec.shortcut, str):
        texts = [spec.shortcut] if spec.shortcut else []
    else:
        bindings = QKeySequence.keyBindings(spec.shortcut)
        texts = [binding.toString(QKeySequence.SequenceFormat.PortableText) for binding in bindings]
    return [*texts, *spec.also]
