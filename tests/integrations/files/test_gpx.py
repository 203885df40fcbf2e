"""GPX files: what real devices write, and what strangers may send."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tcf_desktop.base.errors import AppError
from tcf_desktop.base.worker import WorkerProcess
from tcf_desktop.domain.tracks import ParsedTrack
from tcf_desktop.integrations.files import gpx

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tracks" / "files"
POINT = '<trkpt lat="43.5" lon="-96.7"><time>{time}</time></trkpt>'


def write(folder: Path, inside: str, before: str = "", name: str = "walk.gpx") -> str:
    path = folder / name
    path.write_text(f'<?xml version="1.0"?>{before}<gpx version="1.1"><trk><trkseg>{inside}'
                    "</trkseg></trk></gpx>", encoding="utf-8")  # fmt: skip
    return str(path)


def refusal(path: str) -> str:
    with pytest.raises(AppError) as caught:
        gpx.parse(path)
    assert Path(path).name in str(caught.value)
    return caught.value.code


def test_a_drive_recorded_by_a_device_is_read_in_the_worker_process(worker: WorkerProcess) -> None:
    parsed: ParsedTrack = worker.run(
        "tcf_desktop.integrations.files.gpx:parse",
        str(FIXTURES / "around-visnjan-with-car.gpx"),
    )

    assert len(parsed.points) == 104
    assert parsed.points[0].fix_at == 1_608_272_150_000  # 2020-12-18T06:15:50Z
    assert parsed.names == ("2020-12-18 07:24:29",)
    assert parsed.left_out == ()
    assert parsed.in_zone("America/Chicago") is parsed


def test_an_empty_segment_and_a_mark_with_a_byte_order_mark_do_no_harm() -> None:
    track = gpx.parse(str(FIXTURES / "track-with-empty-segment.gpx"))
    marks = gpx.parse(str(FIXTURES / "unicode_with_bom.gpx"))

    assert len(track.points) == 9
    assert marks.points == ()
    assert marks.left_out == ((1, gpx.NOT_A_TRACK),)


def test_a_time_without_a_zone_is_read_in_the_business_zone(tmp_path: Path) -> None:
    path = write(tmp_path, POINT.format(time="2026-07-14T10:00:00"))
    parsed = gpx.parse(path)

    assert parsed.points[0].naive
    assert parsed.in_zone("America/Chicago").points[0].fix_at == 1_784_041_200_000  # 15:00Z


def test_points_without_time_or_place_are_named_and_left_out(tmp_path: Path) -> None:
    inside = (
        '<trkpt lat="43.5" lon="-96.7"></trkpt><trkpt lat="143.5" lon="-96.7">'
        "<time>2026-07-14T10:00:00Z</time></trkpt>" + POINT.format(time="2026-07-14T10:00:00.5Z")
    )
    parsed = gpx.parse(write(tmp_path, inside))

    assert parsed.left_out == ((1, gpx.NO_TIME), (2, gpx.NO_PLACE))
    assert [point.row for point in parsed.points] == [3]


@pytest.mark.parametrize(
    ("before", "inside"),
    [
        ('<!DOCTYPE gpx SYSTEM "http://127.0.0.1:1/x.dtd">', ""),
        (
            "<!DOCTYPE g [<!ENTITY a 'aaaaaaaaaa'>"
            + "".join(
                f"<!ENTITY {b} '{f'&{a};' * 10}'>"
                for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            )
            + "]>",
            "<trkpt lat='1' lon='1'><name>&i;</name></trkpt>",
        ),
        ("<!DOCTYPE g [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>", "<name>&x;</name>"),
    ],
)
def test_document_types_and_entities_are_refused_at_once(
    tmp_path: Path, before: str, inside: str
) -> None:
    started = time.monotonic()
    assert refusal(write(tmp_path, inside, before)) == "tracks.forbidden_markup"
    assert time.monotonic() - started < 1


@pytest.mark.parametrize(
    ("inside", "before", "line"),
    [
        ("", "\n\n<!DOCTYPE gpx>\n", 3),
        ("\n<trkpt lat='1' lon='x'/>", "", 2),
        ("\n<trkpt lat='1' lon='1'>\n<ele>high</ele></trkpt>", "", 3),
    ],
)
def test_a_refusal_names_the_line(tmp_path: Path, inside: str, before: str, line: int) -> None:
    with pytest.raises(AppError) as caught:
        gpx.parse(write(tmp_path, inside, before))
    assert f"line {line} " in str(caught.value).replace("Line", "line")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "import.empty"),
        (b"<gpx><trk><trkseg><trkpt lat='1' lo", "tracks.not_gpx"),
        (b"<kml></kml>", "tracks.not_gpx"),
        (b"<gpx><trk><trkseg><trkpt lat='x' lon='1'/></trkseg></trk></gpx>", "tracks.not_gpx"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "import.binary"),
        (b"just words", "tracks.not_gpx"),
    ],
)
def test_what_is_no_gpx_is_said_with_the_file(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "broken.gpx"
    path.write_bytes(content)
    assert refusal(str(path)) == code


def test_too_many_points_are_refused_with_words(tmp_path: Path) -> None:
    path = write(tmp_path, POINT.format(time="2026-07-14T10:00:00Z") * 11)
    with pytest.raises(AppError) as caught:
        gpx.parse(path, 10)
    assert caught.value.code == "tracks.too_many"
