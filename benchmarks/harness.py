"""What a benchmark gets and gives.

A module ``bench_NAME.py`` has one function::

    def run(bench: Bench) -> None:
        data = bench.large_copy()                       # a DataFolder of its own, may be written
        figures = interleaved(30, ours=issue, floor=raw_commit)
        bench.compare("issue an invoice", figures["ours"], "one raw durable commit",
                      figures["floor"], at_most=60, by="cpu")
        bench.limit("GUI lateness, 99th", lateness_ms, at_most=10)

It runs in a process of its own and may start peers with :func:`peer`: a script of ``peers/`` in
another process, so that no second SQLite library is ever loaded beside the program's own.
Figures are medians in milliseconds; ratios are taken within one run.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tcf_desktop.base.paths import DataFolder

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
SAMPLE_DATE = date(2026, 7, 14)
SAMPLE_NOW_MS = 1_784_043_720_000  # that day, 10:42 in Sioux Falls


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds: processor time (user and system, all threads) and wall time."""

    cpu: float
    wall: float

    @classmethod
    def median(cls, samples: Sequence[Figure]) -> Figure:
        """Medians of both, each on its own."""
        return cls(
            statistics.median(sample.cpu for sample in samples),
            statistics.median(sample.wall for sample in samples),
        )

    def per(self, count: int) -> Figure:
        """One of ``count`` repetitions."""
        return Figure(self.cpu / count, self.wall / count)

    def __add__(self, other: Figure) -> Figure:
        return Figure(self.cpu + other.cpu, self.wall + other.wall)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; every figure ready to print except the verdict."""

    job: str
    ours: str
    beside: str
    floor: str
    ratio: str
    aim: str
    ok: bool | None
    note: str = ""


@dataclass
class Bench:
    """Where a benchmark finds its data and leaves its rows."""

    cache: Path
    quick: bool = False
    rows: list[Row] = field(default_factory=list)
    _temporary: list[Path] = field(default_factory=list)

    # data

    def large(self) -> DataFolder:
        """The large sample business, built once; do not write to it."""
        return self._sample("large")

    def default(self) -> DataFolder:
        """The default sample business; do not write to it."""
        return self._sample("default")

    def large_copy(self) -> DataFolder:
        """A private copy of the large business."""
        return self.copy(self.large())

    def copy(self, source: DataFolder) -> DataFolder:
        """A private copy of a business, made with the backup interface."""
        target = DataFolder(self.scratch())
        target.files.mkdir(parents=True, exist_ok=True)
        backup(source.database, target.database)
        return target

    def scratch(self) -> Path:
        """An empty folder that goes away afterwards, on the disk of the cache."""
        folder = Path(tempfile.mkdtemp(prefix="bench-", dir=self.cache))
        self._temporary.append(folder)
        return folder

    def rounds(self, usual: int) -> int:
        """How often to repeat: fewer with ``--quick``."""
        return max(3, usual // 4) if self.quick else usual

    def _sample(self, size: str) -> DataFolder:
        from tcf_desktop.services import sample_business

        services = Path(sample_business.__file__).parent
        makers = [services / "sample_business.py", *sorted((services / "sample").glob("*.py"))]
        state = _fingerprint([*makers, *sorted((services.parent / "models").glob("*.py"))])
        folder = DataFolder(self.cache / f"{size}-{state}")
        if not folder.has_business():
            for outdated in self.cache.glob(f"{size}-*"):
                shutil.rmtree(outdated, ignore_errors=True)
            build_sample(folder, size)
        return folder

    def clean(self) -> None:
        """Remove what was made for this benchmark only."""
        for folder in self._temporary:
            shutil.rmtree(folder, ignore_errors=True)

    # rows

    def compare(
        self,
        job: str,
        ours: Figure,
        beside: str,
        floor: Figure,
        *,
        at_most: float,
        by: str = "cpu",
        note: str = "",
    ) -> None:
        """A row whose aim is a ratio of ours to the floor or peer."""
        ratio = getattr(ours, by) / max(getattr(floor, by), 1e-9)
        self.rows.append(
            Row(job, _shown(ours), beside, _shown(floor), f"{ratio:.2f}×", f"≤ {at_most:g}×",
                ratio <= at_most, note)
        )  # fmt: skip

    def limit(
        self, job: str, ours: float, *, at_most: float, unit: str = "ms", beside: str = "",
        floor: float | None = None, note: str = "",
    ) -> None:  # fmt: skip
        """A row whose aim is a value; ``floor`` is only shown."""
        shown = "" if floor is None else f"{floor:.2f} {unit}"
        self.rows.append(
            Row(job, f"{ours:.2f} {unit}", beside, shown, "", f"≤ {at_most:g} {unit}",
                ours <= at_most, note)
        )  # fmt: skip

    def ratio(
        self, job: str, ours: float, beside: str, floor: float, *, at_most: float,
        unit: str = "ms", note: str = "",
    ) -> None:  # fmt: skip
        """A row whose aim is a ratio of two plain values (memory, a percentile)."""
        ratio = ours / max(floor, 1e-9)
        self.rows.append(
            Row(job, f"{ours:.2f} {unit}", beside, f"{floor:.2f} {unit}", f"{ratio:.2f}×",
                f"≤ {at_most:g}×", ratio <= at_most, note)
        )  # fmt: skip

    def show(self, job: str, ours: Figure | str, note: str = "") -> None:
        """A row without an aim."""
        text = ours if isinstance(ours, str) else _shown(ours)
        self.rows.append(Row(job, text, "", "", "", "", None, note))

    def as_json(self) -> str:
        """The rows for the process that prints the table."""
        return json.dumps([asdict(row) for row in self.rows], ensure_ascii=False)


# measuring


@contextmanager
def stopwatch(samples: list[Figure]) -> Iterator[None]:
    """Append what the block took."""
    cpu, wall = time.process_time_ns(), time.perf_counter_ns()
    yield
    cpu, wall = time.process_time_ns() - cpu, time.perf_counter_ns() - wall
    samples.append(Figure(cpu / 1e6, wall / 1e6))


def sampled(work: Callable[[], object], rounds: int) -> list[Figure]:
    """What each round took; garbage is collected before, not within."""
    samples: list[Figure] = []
    for _ in range(rounds):
        gc.collect()
        with stopwatch(samples):
            work()
    return samples


def median_of(work: Callable[[], object], rounds: int) -> Figure:
    """The median of some rounds, after one that is not counted."""
    work()
    return Figure.median(sampled(work, rounds))


def interleaved(rounds: int, **works: Callable[[], object]) -> dict[str, Figure]:
    """Medians of several jobs done in turn, so that a busy moment hits all alike."""
    samples: dict[str, list[Figure]] = {name: [] for name in works}
    for work in works.values():
        work()
    for _ in range(rounds):
        for name, work in works.items():
            gc.collect()
            with stopwatch(samples[name]):
                work()
    return {name: Figure.median(each) for name, each in samples.items()}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def peer(script: str, *arguments: object, timeout: float = 300) -> Any:
    """Run ``peers/script`` in another process; returns the JSON of its last line."""
    return run_script(PEERS / script, *arguments, timeout=timeout)


def run_script(path: Path, *arguments: object, timeout: float = 300) -> Any:
    """Run a script offscreen with the start moment in ``BENCH_T0`` (monotonic nanoseconds)."""
    env = {**os.environ, "BENCH_T0": str(time.monotonic_ns()), "PYTHONPATH": str(ROOT)}
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [sys.executable, str(path), *map(str, arguments)],
        capture_output=True, text=True, timeout=timeout, env=env, cwd=ROOT, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{path.name} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def peak_mib() -> float:
    """The largest resident size of this process so far (Linux; else what getrusage says)."""
    try:
        for line in Path("/proc/self/status").read_text("ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024)


# data


def backup(source: Path, target: Path) -> None:
    """Copy a database with the library's own interface."""
    from sqlcipher3 import dbapi2 as driver

    target.parent.mkdir(parents=True, exist_ok=True)
    there, here = driver.connect(str(source)), driver.connect(str(target))
    try:
        there.backup(here)
    finally:
        here.close()
        there.close()


def build_sample(folder: DataFolder, size: str) -> None:
    """Build a sample business beside its place and move it there when it is complete."""
    from tcf_desktop.base.clock import FrozenClock
    from tcf_desktop.services import sample_business
    from tcf_desktop.services.office import NewBusiness, Office

    print(f"building the {size} sample business in {folder.path}", file=sys.stderr, flush=True)
    unfinished = folder.path.with_name(folder.path.name + "-unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    office = Office.create(DataFolder(unfinished), FrozenClock(SAMPLE_NOW_MS), NewBusiness("Bench"))
    try:
        sample_business.build(office, seed=1, date=SAMPLE_DATE, size=size)
    finally:
        office.close(600)
    shutil.rmtree(folder.path, ignore_errors=True)
    unfinished.replace(folder.path)


def _fingerprint(paths: Sequence[Path]) -> str:
    """Changes when the makers of the data change."""
    import hashlib

    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def _shown(figure: Figure) -> str:
    return f"{figure.cpu:.2f} / {figure.wall:.2f} ms"
