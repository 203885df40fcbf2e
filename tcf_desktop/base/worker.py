"""A warm child process for CPU-bound Python and for files that may be hostile.

Pure Python in a thread of this process would make the window wait for the GIL; a crash, a memory
bomb or an endless loop in a parser would take the program with it. Here the child dies instead
and the next job gets a new one.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, BinaryIO

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.worker_child import CHILD_FLAG, Answer, Hello, Job, read_frame, write_frame

DEFAULT_TIMEOUT_S = 30.0
_CLOSE_WAIT_S = 2.0
_PACKAGE_ROOT = Path(__file__).resolve().parents[2]
_BOOT = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from tcf_desktop.base.worker_child import main; main()"
)


class WorkerBugError(RuntimeError):
    """The job raised something that is not an AppError: our bug. ``trace`` is the child's."""

    def __init__(self, target: str, bug: str, trace: str) -> None:
        super().__init__(f"{target}: {bug}")
        self.trace = trace


class _Child:
    """One running process and the thread that reads its answers."""

    def __init__(self, name: str, memory_mb: int) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and our own arguments
            _command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            **_start_options(),
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self._stdin: BinaryIO = self.process.stdin  # type: ignore[assignment]
        self._stdout: BinaryIO = self.process.stdout  # type: ignore[assignment]
        self.answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, name=f"tcf-worker-{name}", daemon=True)
        self._reader.start()
        with contextlib.suppress(OSError):  # a child that died at birth shows in its first answer
            write_frame(self._stdin, Hello(name, tuple(sys.path), memory_mb))

    def _read(self) -> None:
        while True:
            try:
                answer = read_frame(self._stdout)
            except Exception:  # noqa: BLE001 - a frame that cannot be read is the end of this child
                answer = None
            if not isinstance(answer, Answer):
                self.answers.put(None)
                return
            self.answers.put(answer)

    def send(self, job: Job) -> None:
        write_frame(self._stdin, job)

    def alive(self) -> bool:
        return self.process.poll() is None

    def end(self, *, patience: float) -> None:
        """Close the pipe, wait ``patience`` seconds, then kill. Leaves no thread and no zombie."""
        with contextlib.suppress(OSError):
            self._stdin.close()
        try:
            self.process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reader.join(timeout=_CLOSE_WAIT_S)
        with contextlib.suppress(OSError):
            self._stdout.close()


class WorkerProcess:
    """Runs one job at a time in a child that stays warm. Every method may be called by any thread.

    ``memory_mb`` caps the child's address space (POSIX). A closed worker refuses further jobs with
    ``app.closing``.
    """

    def __init__(self, name: str, *, memory_mb: int = 1024) -> None:
        self.name = name
        self._memory_mb = memory_mb
        self._turn = threading.Lock()
        self._state = threading.Lock()
        self._child: _Child | None = None
        self._closed = False
        self._interrupted = False

    def start(self) -> None:
        """Start the child now, so that the first job does not pay for it (about 60 ms)."""
        with self._turn:
            self._ready_child()

    def run(self, target: str, *args: Any, timeout: float = DEFAULT_TIMEOUT_S) -> Any:
        """Call ``package.module:function`` with ``args`` in the child and return its result.

        Blocks, so never on the GUI thread. ``timeout`` is in seconds and counts from the start of
        this job, not from the wait for its turn. Raises the job's AppError, ``worker.timed_out``,
        ``worker.died``, ``worker.too_big``, ``app.stopped`` after :meth:`interrupt`, or
        :class:`WorkerBugError`.
        """
        with self._turn:
            child = self._ready_child()
            try:
                child.send(Job(target, args, timeout))
                answer = child.answers.get(timeout=timeout)
            except queue.Empty:
                self._drop(child)
                raise AppError("worker.timed_out", seconds=round(timeout)) from None
            except OSError:
                answer = None
            if answer is None:
                self._drop(child)
                raise AppError(self._end_code())
            if answer.last:
                self._drop(child)
        if answer.trouble is not None:
            raise answer.trouble
        if answer.bug:
            raise WorkerBugError(target, answer.bug, answer.trace)
        return answer.result

    def interrupt(self) -> None:
        """End the job that runs now, if any: its caller gets ``app.stopped``."""
        with self._state:
            if self._child is not None and self._turn.locked():
                self._interrupted = True
                self._child.process.kill()

    def close(self) -> None:
        """End the child, also in the middle of a job. Further jobs are refused."""
        with self._state:
            self._closed = True
            if self._child is not None and self._turn.locked():
                self._child.process.kill()
        with self._turn, self._state:
            child, self._child = self._child, None
        if child is not None:
            child.end(patience=_CLOSE_WAIT_S)

    def _ready_child(self) -> _Child:
        with self._state:
            if self._closed:
                raise AppError("app.closing")
            self._interrupted = False
            if self._child is not None and not self._child.alive():
                self._child.end(patience=0)
                self._child = None
            if self._child is None:
                self._child = _Child(self.name, self._memory_mb)
            return self._child

    def _drop(self, child: _Child) -> None:
        child.process.kill()
        child.end(patience=_CLOSE_WAIT_S)
        with self._state:
            if self._child is child:
                self._child = None

    def _end_code(self) -> str:
        with self._state:
            if self._closed:
                return "app.closing"
            return "app.stopped" if self._interrupted else "worker.died"


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG]
    return [sys.executable, "-P", "-c", _BOOT, str(_PACKAGE_ROOT)]


def _start_options() -> dict[str, Any]:
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
        return {"creationflags": flags}
    # A group of its own: Ctrl+C in the terminal ends the parent, which then ends the child.
    return {"process_group": 0}
