from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.worker import WorkerBugError, WorkerProcess

JOBS = "worker_jobs:"


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[WorkerProcess]:
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    process = WorkerProcess("test", memory_mb=512)
    yield process
    process.close()


def test_result_and_arguments_cross_and_child_stays_warm(worker: WorkerProcess) -> None:
    assert worker.run(JOBS + "add", 2, 3) == 5
    first = worker.run(JOBS + "process_id")
    assert first != os.getpid()
    assert worker.run(JOBS + "process_id") == first
    big = os.urandom(1 << 20) * 8
    assert worker.run(JOBS + "echo", big) == big


def test_child_imports_neither_qt_nor_sqlalchemy(worker: WorkerProcess) -> None:
    assert worker.run(JOBS + "qt_modules") == []


def test_app_error_of_the_job_arrives_as_it_was(worker: WorkerProcess) -> None:
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "refuse", "x.vcf")
    assert (caught.value.code, caught.value.params) == ("data.foreign", {"path": "x.vcf"})
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "refuse_with_unpicklable")
    assert caught.value.code == "data.foreign"


@pytest.mark.parametrize("job", ["bug", "unpicklable", "no_such_function"])
def test_bug_in_the_job_is_a_bug_here_and_the_worker_goes_on(
    worker: WorkerProcess, job: str
) -> None:
    with pytest.raises(WorkerBugError) as caught:
        worker.run(JOBS + job)
    assert "Traceback" in caught.value.trace
    assert worker.run(JOBS + "add", 1, 1) == 2


def test_crash_of_the_child_is_reported_and_the_next_job_runs(worker: WorkerProcess) -> None:
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "crash")
    assert caught.value.code == "worker.died"
    assert worker.run(JOBS + "add", 1, 1) == 2


def test_kill_between_two_jobs_goes_unnoticed(worker: WorkerProcess) -> None:
    os.kill(worker.run(JOBS + "process_id"), signal.SIGTERM)
    deadline = time.monotonic() + 20
    while worker._child is not None and worker._child.alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert worker.run(JOBS + "add", 1, 1) == 2


def test_endless_job_is_killed_after_its_time(worker: WorkerProcess) -> None:
    before = worker.run(JOBS + "process_id")
    started = time.monotonic()
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "spin", timeout=0.3)
    assert caught.value.code == "worker.timed_out"
    assert time.monotonic() - started < 3
    assert not psutil.pid_exists(before)
    assert worker.run(JOBS + "add", 1, 1) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="address space limit")
def test_memory_bomb_is_refused_in_words(worker: WorkerProcess) -> None:
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "hog")
    assert caught.value.code == "worker.too_big"
    assert worker.run(JOBS + "add", 1, 1) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signal")
def test_child_ignores_ctrl_c(worker: WorkerProcess) -> None:
    child = worker.run(JOBS + "process_id")
    os.kill(child, signal.SIGINT)
    assert worker.run(JOBS + "process_id") == child


def test_many_threads_share_one_worker(worker: WorkerProcess) -> None:
    results: list[int] = []

    def ask(number: int) -> None:
        results.append(worker.run(JOBS + "add", number, number))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [2 * n for n in range(16)]


@pytest.mark.parametrize(("end", "code"), [("interrupt", "app.stopped"), ("close", "app.closing")])
def test_running_job_can_be_ended(worker: WorkerProcess, end: str, code: str) -> None:
    caught: list[AppError] = []
    worker.start()

    def work() -> None:
        try:
            worker.run(JOBS + "nap", 30.0)
        except AppError as trouble:
            caught.append(trouble)

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(0.2)
    getattr(worker, end)()
    thread.join(5)
    assert [trouble.code for trouble in caught] == [code]


def test_closed_worker_leaves_nothing_and_refuses(worker: WorkerProcess) -> None:
    child = worker.run(JOBS + "process_id")
    worker.close()
    worker.close()
    assert not psutil.pid_exists(child)
    assert not [t for t in threading.enumerate() if t.name == "tcf-worker-test"]
    with pytest.raises(AppError) as caught:
        worker.run(JOBS + "add", 1, 1)
    assert caught.value.code == "app.closing"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX kill")
def test_child_ends_when_the_parent_is_killed_in_the_middle_of_a_job(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    script = (
        "import sys\n"
        f"sys.path.append({str(Path(__file__).parent)!r})\n"
        "from tcf_desktop.base.worker import WorkerProcess\n"
        "w = WorkerProcess('orphan')\n"
        f"print(w.run('{JOBS}process_id'), flush=True)\n"
        f"w.run('{JOBS}spin')\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(0.2)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    deadline = time.monotonic() + 5
    while psutil.pid_exists(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(child)
