#!/usr/bin/env python3
"""Set up, run, test and package TCF Desktop from a checkout. Standard library only.

    python3 dev.py run [ARGUMENTS]   set up, then open the window (or: tcf-desktop ARGUMENTS)
    python3 dev.py setup             set up only; the program is then .venv/bin/tcf-desktop
    python3 dev.py test [PYTEST …]   set up, then format, lint, types, contracts, tests
    python3 dev.py lint              the same without the tests
    python3 dev.py bench [NAMES]     measure, and print a table
    python3 dev.py soak              the longer proofs: many kills, a million calls into Qt
    python3 dev.py tour [DIR]        the whole working day without a screen, pictures in DIR
    python3 dev.py package           build the frozen program and run its self-test and tour

Everything lands in ``.venv`` beside this file, from lock files with hashes. A second call does
only what has changed. Indexes and certificates are those that pip is configured with.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036 - the whole point is to say so in words
    sys.exit(
        "TCF Desktop needs Python 3.11 or newer; this is "
        + platform.python_version()
        + ".\nRun this file with a newer one, for example: python3.12 dev.py run"
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STAMP = VENV / "tcf-setup.json"

# What Qt's own libraries and plug-ins load from the system, by the Debian package that holds it.
# The first group is needed even without a display, the second to open a window under X11.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
# Programs that the tests drive the window with and look at PDFs through.
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "pdftotext": "poppler-utils"}
# Two processes; what shares a display or a port stays together. The plugin prints the layers.
COVERAGE = (
    "-n",
    "2",
    "--dist",
    "loadgroup",
    "--cov",
    "--cov-report=",
    "-p",
    "tests.coverage_floors",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")


def say(text: str) -> None:
    """One line for the person at the terminal, on standard error so that --json stays clean."""
    print(text, file=sys.stderr, flush=True)


def fail(text: str) -> NoReturn:
    """End with words instead of a traceback."""
    say(text)
    raise SystemExit(1)


def call(*command: str | Path, quiet: bool = False, env: dict[str, str] | None = None) -> int:
    """Run a program in the checkout and return its exit code."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        env=env,
        check=False,
        stdout=subprocess.DEVNULL if quiet else None,
        stderr=subprocess.DEVNULL if quiet else None,
    )
    return done.returncode


# --------------------------------------------------------------------------- system packages


def loads(library: str) -> bool:
    """Whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_fonts() -> bool:
    """Whether any scalable font is installed; Qt draws empty boxes without."""
    return any(
        next(Path(folder).rglob("*.[to]tf"), None) is not None
        for folder in FONT_FOLDERS
        if Path(folder).is_dir()
    )


def missing_packages(*, for_tests: bool) -> tuple[list[str], list[str]]:
    """Debian packages that are missing: (needed in any case, needed for a window or tests)."""
    needed = [package for name, package in QT_LIBRARIES.items() if not loads(name)]
    wanted = [package for name, package in X11_LIBRARIES.items() if not loads(name)]
    if not has_fonts():
        wanted.append("fonts-dejavu-core")
    if for_tests:
        wanted += [pkg for name, pkg in TEST_PROGRAMS.items() if shutil.which(name) is None]
    return needed, wanted


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages; False when that is not possible here."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return False
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages)
    say(f"Installing from the system's packages: {' '.join(packages)}")
    if call(*command, quiet=True, env=env) == 0:
        return True
    call("apt-get", "update", "-qq", quiet=True, env=env)
    return call(*command, env=env) == 0


def system_libraries(*, for_tests: bool, for_window: bool) -> None:
    """See to the shared libraries that Qt takes from the system (Linux only)."""
    if not sys.platform.startswith("linux"):
        return
    needed, wanted = missing_packages(for_tests=for_tests)
    if not needed and not wanted:
        return
    apt_install(needed + wanted)
    needed, wanted = missing_packages(for_tests=for_tests)
    missing = needed + wanted
    if not missing:
        return
    if shutil.which("apt-get"):
        words = (
            "Some system libraries are missing and this account may not install them. "
            f"Please run:\n\n    sudo apt-get install -y {' '.join(missing)}\n"
        )
    else:
        words = (
            "Some system libraries that Qt needs are missing. On Debian they are called:\n\n"
            f"    {' '.join(missing)}\n"
        )
    if needed or (for_window and not os.environ.get("WAYLAND_DISPLAY")):
        fail(words)
    say(words)


# --------------------------------------------------------------------- the virtual environment


def call_patiently(*command: str | Path) -> int:
    """Run a chatty program; what it says is shown only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=ROOT,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode != 0:
        say(done.stdout)
    return done.returncode


def works(*command: str | Path) -> bool:
    """Whether a command can be started and exits with 0."""
    try:
        return call(*command, quiet=True) == 0
    except OSError:
        return False


def make_environment() -> None:
    """Make ``.venv`` when it is missing or belongs to another Python."""
    check = "import sys; sys.exit(sys.version_info < (3, 11))"
    if PYTHON.exists() and works(PYTHON, "-c", check):
        return
    if VENV.exists():
        shutil.rmtree(VENV)
    say(f"Making a virtual environment for Python {platform.python_version()}")
    if call(sys.executable, "-m", "venv", "--without-pip", VENV) == 0 and PYTHON.exists():
        return
    # Debian can leave out venv itself.
    shutil.rmtree(VENV, ignore_errors=True)
    if not (
        apt_install(["python3-venv"])
        and call(sys.executable, "-m", "venv", "--without-pip", VENV) == 0
    ):
        fail(
            "Python's venv module is missing. Please run:\n\n"
            "    sudo apt-get install -y python3-venv\n"
        )


def pip_command() -> list[str | Path]:
    """A pip that installs into ``.venv``, by whichever way this machine allows."""
    inside: list[str | Path] = [PYTHON, "-m", "pip"]
    if works(*inside, "--version"):
        return inside
    if works(PYTHON, "-m", "ensurepip", "--default-pip") and works(*inside, "--version"):
        return inside
    # A pip from outside, this Python's or any other's, knows --python since 22.3.
    others = [shutil.which(name) for name in ("pip3", "pip")]
    for outside in ([sys.executable, "-m", "pip"], *([name] for name in others if name)):
        command: list[str | Path] = [*outside, "--python", PYTHON]
        if works(*command, "--version"):
            return command
    if (
        apt_install(["python3-venv"])
        and works(PYTHON, "-m", "ensurepip", "--default-pip")
        and works(*inside, "--version")
    ):
        return inside
    fail(
        "Python here comes without pip. Please run this, then try again:\n\n"
        "    sudo apt-get install -y python3-venv\n"
    )


def fingerprint(*names: str) -> str:
    """One hash over files of the checkout."""
    digest = hashlib.sha256()
    for name in names:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def setup(*, for_tests: bool = False, for_window: bool = False) -> None:
    """Bring ``.venv`` and the system libraries to what the lock files say."""
    os.chdir(ROOT)
    system_libraries(for_tests=for_tests, for_window=for_window)
    make_environment()
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        stamp = {}
    # A moved checkout or a rebuilt environment starts from nothing.
    home = hashlib.sha256(str(ROOT).encode() + (VENV / "pyvenv.cfg").read_bytes()).hexdigest()
    if stamp.get("home") != home:
        stamp = {"home": home}
    run_lock = fingerprint("requirements.lock")
    dev_lock = fingerprint("requirements-dev.lock")
    project = fingerprint("pyproject.toml", "setup.py", "tcf_desktop/__init__.py")
    if for_tests:
        due = stamp.get("dev") != dev_lock
    else:
        due = stamp.get("run") != run_lock
    if not due and stamp.get("project") == project:
        return
    started = time.monotonic()
    pip = [*pip_command(), "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    if due:
        lock = "requirements-dev.lock" if for_tests else "requirements.lock"
        say(f"Installing what {lock} names (once; a few minutes on a slow line)")
        if call_patiently(*pip, "--require-hashes", "--no-deps", "-r", ROOT / lock) != 0:
            fail("The dependencies could not be installed; see above.")
        # The lock for tests holds everything of the other one.
        stamp["run"] = run_lock
        if for_tests:
            stamp["dev"] = dev_lock
    if call_patiently(*pip, "--no-deps", "--no-build-isolation", "--editable", ROOT) != 0:
        fail("The program could not be installed into .venv; see above.")
    stamp["project"] = project
    STAMP.write_text(json.dumps(stamp, indent=1), "utf-8")
    say(f"Set up in {time.monotonic() - started:.0f} s")


# ------------------------------------------------------------------------------ the commands


def headless() -> bool:
    """Whether there is no display to open a window on."""
    return sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def offscreen() -> dict[str, str]:
    """The environment for what runs without a display."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen"}


def program(*arguments: str, env: dict[str, str] | None = None) -> int:
    """Run tcf-desktop of the environment."""
    return call(PYTHON, "-m", "tcf_desktop", *arguments, env=env)


def names_command(arguments: list[str]) -> bool:
    """Whether anything but the options of the window stands there."""
    rest = iter(arguments)
    for argument in rest:
        if argument in ("--data", "--size", "--seed", "--date"):
            next(rest, None)
        elif not argument.startswith(("--data=", "--size=", "--seed=", "--date=", "--demo")):
            return True
    return False


def run(arguments: list[str]) -> int:
    """Open the window; without a display say so and do the tour."""
    wants_window = not names_command(arguments)
    setup(for_window=wants_window and not headless())
    if wants_window and headless():
        say("There is no display here, so no window can be opened. Doing the tour instead.")
        return tour([])
    return program(*arguments)


def tour(arguments: list[str]) -> int:
    """The whole working day on the sample business, with pictures."""
    setup()
    target = arguments[0] if arguments else "tour-out"
    return program("tour", target, *arguments[1:], env=offscreen())


def lint() -> int:
    """Formatting, lint, types and import contracts; every one runs even when one fails."""
    checks: list[tuple[str, list[str | Path]]] = [
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("lint", [PYTHON, "-m", "ruff", "check", "--quiet", "."]),
        ("types", [PYTHON, "-m", "mypy", "--no-error-summary"]),
        ("contracts", [BIN / "lint-imports"]),
    ]
    worst = 0
    for name, command in checks:
        started = time.monotonic()
        code = call(*command, quiet=False)
        verdict = "ok" if code == 0 else "FAILED"
        say(f"{name}: {verdict} ({time.monotonic() - started:.1f} s)")
        worst = max(worst, code)
    return worst


def test(arguments: list[str]) -> int:
    """Everything that must hold. Ends with pytest's own summary line."""
    setup(for_tests=True)
    linted = lint()
    if linted:
        say("The checks above failed; the tests run all the same.")
    coverage = () if arguments else COVERAGE
    tested = call(PYTHON, "-m", "pytest", *coverage, *arguments, env=offscreen())
    return tested or linted


def soak() -> int:
    """The proofs that take too long for every change."""
    setup(for_tests=True)
    env = {**offscreen(), "TCF_KILL_ROUNDS": "100", "TCF_VOID_CALLS": "1000000"}
    proofs = ("tests/e2e/test_kill9.py", "tests/itemmodels/test_id_list_model.py")
    return call(PYTHON, "-m", "pytest", "--timeout=3600", *proofs, env=env)


def package() -> int:
    """Build the frozen program for this platform and let it test itself."""
    setup(for_tests=True)
    return call(PYTHON, ROOT / "installer" / "build.py", env=offscreen())


def main(argv: list[str]) -> int:
    """Dispatch; wrong usage is 2."""
    command, arguments = (argv[0], argv[1:]) if argv else ("", [])
    if command == "run":
        return run(arguments)
    if command == "tour":
        return tour(arguments)
    if command == "test":
        return test(arguments)
    if command == "bench":
        setup(for_tests=True)
        return call(PYTHON, "-m", "benchmarks", *arguments)
    if command == "setup" and not arguments:
        setup()
        say(f"Ready: {(BIN / 'tcf-desktop').relative_to(ROOT)}")
        return 0
    if command == "lint" and not arguments:
        setup(for_tests=True)
        return lint()
    if command == "soak" and not arguments:
        return soak()
    if command == "package" and not arguments:
        return package()
    print(__doc__)
    return 0 if command in ("-h", "--help", "help") else 2


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
