"""The child's side of :mod:`.worker`: limits, the job loop and the frames on the pipe.

Runs in a process of its own that never imports Qt, SQLAlchemy or anything of ours but the job's
own module. One frame is an 8 byte big-endian length and a pickle. The parent sends first
``Hello``, then jobs; the child answers each job with one ``Answer``.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import queue
import signal
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tcf_desktop.base.errors import AppError

CHILD_FLAG = "--tcf-worker-child"
_LENGTH = struct.Struct(">Q")
_NICENESS = 5


@dataclass(frozen=True, slots=True)
class Hello:
    """What the child must know before its first job. ``path`` is the parent's ``sys.path``."""

    name: str
    path: tuple[str, ...]
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Job:
    """Call ``target`` (``package.module:function``) with ``args``; ``seconds`` bounds its CPU."""

    target: str
    args: tuple[object, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of one job: exactly one of result, trouble, or (bug, trace)."""

    result: object = None
    trouble: AppError | None = None
    bug: str = ""
    trace: str = ""
    last: bool = False


def write_frame(stream: BinaryIO, message: object) -> None:
    """Send one message; raises OSError when the other side is gone."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def read_frame(stream: BinaryIO) -> object | None:
    """The next message, or None when the other side closed (also in the middle of a frame)."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    body = stream.read(size)
    if len(body) < size:
        return None
    # The collector would walk all that is being unpacked again and again.
    collecting = gc.isenabled()
    gc.disable()
    try:
        message: object = pickle.loads(body)  # noqa: S301 - only our own processes hold this pipe
    finally:
        if collecting:
            gc.enable()
    return message


def serve_if_child(argv: list[str]) -> None:
    """First line of a frozen program's entry: become a worker when started as one."""
    if CHILD_FLAG in argv[1:]:
        main()
        sys.exit(0)


def main() -> None:
    """Serve jobs on the standard streams until the parent closes them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The pipe gets descriptors of its own, so that a library that prints cannot spoil a frame.
    source = os.fdopen(os.dup(0), "rb")
    sink = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1):
        os.dup2(silence, descriptor)
    os.close(silence)
    hello = read_frame(source)
    if not isinstance(hello, Hello):
        return
    _prepare(hello)
    gc.disable()  # a job makes a few large trees; what it leaves is collected after its answer
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, jobs), name="tcf-listen", daemon=True).start()
    while True:
        answer = _perform(jobs.get())
        try:
            write_frame(sink, answer)
        except OSError:
            return
        if answer.last:
            return
        del answer
        gc.collect()


def _prepare(hello: Hello) -> None:
    for entry in hello.path:
        if entry not in sys.path:
            sys.path.append(entry)
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            Path("/proc/self/comm").write_text("tcf-worker")
    if sys.platform != "win32":
        os.nice(_NICENESS)
        _limit_memory(hello.memory_mb)


def _limit_memory(memory_mb: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    size = memory_mb * 1024 * 1024
    # macOS knows the constant but refuses the value; the parent's time limit remains there.
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (size, resource.getrlimit(resource.RLIMIT_AS)[1]))
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """Let the kernel end a runaway job even when the parent is stopped in a debugger or gone."""
    if sys.platform == "win32":
        return
    import resource

    end = int(time.process_time() + seconds) + 2
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CPU, (end, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _listen(source: BinaryIO, jobs: queue.SimpleQueue[Job]) -> None:
    """Read jobs; a closed pipe means that the parent is gone, so end at once, even mid-job."""
    while True:
        try:
            message = read_frame(source)
        except (OSError, MemoryError):
            message = None
        if not isinstance(message, Job):
            os._exit(0)
        jobs.put(message)


def _perform(job: Job) -> Answer:
    _limit_cpu(job.seconds)
    try:
        answer = Answer(result=_resolve(job.target)(*job.args))
        pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL)
    except AppError as trouble:
        return _trouble(trouble)
    except (MemoryError, RecursionError):
        # The heap of this process may be full of what the job left behind: start afresh.
        return Answer(trouble=AppError("worker.too_big"), last=True)
    except Exception as bug:  # noqa: BLE001 - the one boundary: it becomes WorkerBugError
        return Answer(bug=f"{type(bug).__name__}: {bug}", trace=traceback.format_exc())
    return answer


def _trouble(trouble: AppError) -> Answer:
    try:
        pickle.dumps(trouble)
    except Exception:  # noqa: BLE001 - whatever a parameter's own pickling raises
        plain = {key: str(value) for key, value in trouble.params.items()}
        trouble = AppError(trouble.code, retryable=trouble.retryable, **plain)
    return Answer(trouble=trouble)


def _resolve(target: str) -> Callable[..., object]:
    module, _, name = target.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), name)
    return found
