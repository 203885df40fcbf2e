"""The real program on a virtual display, in a home of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

WAIT = 40.0


def wait_for(what: Callable[[], object], seconds: float = WAIT, why: str = "") -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"waited {seconds} s for {why or what}"
        time.sleep(0.05)


@dataclass
class Desk:
    """A user's session: a display, a home, programs that run in it."""

    env: dict[str, str]
    home: Path
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tcf_desktop", *map(str, arguments)],
            env=self.env,
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def call(self, *arguments: str | Path, timeout: float = 60) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "tcf_desktop", *map(str, arguments)],
            env=self.env,
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def windows(self, process: subprocess.Popen[str]) -> list[str]:
        """The ids of the visible windows of a program."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--pid", str(process.pid), "--name", "."],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        return found.stdout.split()

    def wait_for_window(self, process: subprocess.Popen[str]) -> str:
        def shown() -> bool:
            assert process.poll() is None, process.communicate()
            return bool(self.windows(process))

        wait_for(shown, why="a window")
        return self.windows(process)[0]

    def focused(self) -> str:
        """The id of the window that has the keyboard."""
        found = subprocess.run(
            ["xdotool", "getwindowfocus"], env=self.env, capture_output=True, text=True, check=False
        )
        return found.stdout.strip()

    def xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self.env, check=True, timeout=30)

    def title(self, window: str) -> str:
        """The title of a window."""
        found = subprocess.run(
            ["xdotool", "getwindowname", window],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        return found.stdout.strip()

    def press_until(self, window: str, keys: str, done: Callable[[], bool]) -> None:
        """Press keys until they show: a window takes them a moment after it is visible."""
        deadline = time.monotonic() + WAIT
        while not done():
            assert time.monotonic() < deadline, f"{keys} did nothing"
            self.xdotool("windowfocus", "--sync", window, "key", keys)
            pause = time.monotonic() + 2
            while time.monotonic() < pause and not done():
                time.sleep(0.1)

    def stop(self, process: subprocess.Popen[str]) -> int:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=90)  # the writer alone may take thirty seconds to finish
        return process.returncode


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        pytest.skip("Xvfb and xdotool are not installed here")
    read_end, write_end = os.pipe()
    # Without -noreset the server begins anew when its last client is gone (a killed program),
    # and refuses the next one that comes in that moment.
    screen = ["-screen", "0", "1600x1000x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), *screen],
        pass_fds=(write_end,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as stream:
        number = stream.readline().strip()
    assert number, "Xvfb did not start"
    answers = ["xdotool", "getdisplaygeometry"]
    env = {**os.environ, "DISPLAY": f":{number}"}
    wait_for(
        lambda: subprocess.run(answers, env=env, capture_output=True, check=False).returncode == 0,
        why="the virtual display",
    )
    yield f":{number}"
    server.terminate()
    server.wait(10)


@pytest.fixture
def desk(display: str, tmp_path: Path) -> Iterator[Desk]:
    home = tmp_path / "home"
    home.mkdir()
    env = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "DISPLAY": display,
        "LANG": "C.UTF-8",
        "TZ": "America/Chicago",
        "XDG_RUNTIME_DIR": str(home),
    }
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        if name in os.environ:
            env[name] = os.environ[name]
    made = Desk(env, home)
    yield made
    for process in made.started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def business(desk: Desk, tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    code, _, err = desk.call("new", "--name", "Clearview", "--data", folder)
    assert code == 0, err
    return folder
