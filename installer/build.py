"""Build the frozen program for this platform, then let it test itself.

Run through ``python3 dev.py package``. The result is ``dist/tcf-desktop``; the smoke test runs
its ``self-test`` and ``tour`` with a bare environment and elsewhere, as on a user's machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "dist" / "tcf-desktop" / ("tcf-desktop.exe" if os.name == "nt" else "tcf-desktop")
# What a program needs of its environment; nothing of our Python or our checkout.
KEPT = ("HOME", "LANG", "PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR", "USERPROFILE", "APPDATA",
        "LOCALAPPDATA", "ProgramData")  # fmt: skip


def build() -> None:
    """Run PyInstaller on the spec."""
    subprocess.run(
        [
            sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
            "--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "pyinstaller"),
            str(ROOT / "installer" / "tcf_desktop.spec"),
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip


def run_frozen(*arguments: str, cwd: str) -> subprocess.CompletedProcess[str]:
    """Run the frozen program where nothing of the checkout helps it."""
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    env["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.run(
        [str(PROGRAM), *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


def smoke_test() -> int:
    """Self-test and tour of what was built; 0 when both are well."""
    with tempfile.TemporaryDirectory(prefix="tcf-frozen-") as place:
        done = run_frozen("self-test", "--json", cwd=place)
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            answer = {"ok": False, "parts": []}
        for part in answer.get("parts", []):
            print(f"{'ok  ' if part['ok'] else 'FAIL'}  {part['part']}: {part['detail']}")
        if done.returncode != 0 or not answer.get("ok"):
            print(done.stderr, file=sys.stderr)
            return 1
        done = run_frozen("tour", "tour", cwd=place)
        print(done.stdout)
        if done.returncode != 0:
            print(done.stderr, file=sys.stderr)
            return 1
        pictures = len(list(Path(place, "tour", "screens").glob("*.png")))
        print(f"The frozen program works; its tour left {pictures} pictures.")
    return 0


def main() -> int:
    """Build and test."""
    build()
    folder = PROGRAM.parent
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"Built {folder.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return smoke_test()


if __name__ == "__main__":
    raise SystemExit(main())
