"""What the documents name must exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").rglob("*.md")),
    *sorted((ROOT / "installer").rglob("*.md")),
]
NAMED = re.compile(r"`([\w./-]+/[\w.-]*|[\w-]+\.(?:py|md|toml|lock))`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
# Made by the program or by a build, not in the repository.
MADE = ("dist/", "build/", "tour-out", "files/", "logs/", ".venv")
PLACES = (ROOT, ROOT / "tcf_desktop", *(p for p in (ROOT / "tcf_desktop").rglob("*") if p.is_dir()))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_named_in_the_documents_exist(document: Path) -> None:
    missing = []
    for name in NAMED.findall(document.read_text("utf-8")):
        if name.startswith((*MADE, "~", "/")):
            continue
        if not any((place / name).exists() for place in PLACES):
            missing.append(name)
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_the_documents_lead_somewhere(document: Path) -> None:
    links = LINKED.findall(document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_no_document_is_longer_than_it_says() -> None:
    words = len((ROOT / "docs" / "architecture.md").read_text("utf-8").split())
    assert words < 1300
