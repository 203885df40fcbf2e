"""Pictures that offices choose as their logo: taken as PNG of a bounded size, or refused."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from tcf_desktop.base.errors import AppError
from tcf_desktop.integrations.pdf.images import prepare
from tcf_desktop.views.settings.logo_file import read_logo

pytestmark = pytest.mark.usefixtures("qapp")
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    '<rect width="{0}" height="{1}" fill="#ff0000"/></svg>'
)


def chosen(path: Path, content: bytes) -> Image.Image:
    path.write_bytes(content)
    png = read_logo(str(path))
    assert prepare(png).width >= 1
    return Image.open(io.BytesIO(png)).convert("RGBA")


def encoded(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def red(width: int, height: int, mode: str = "RGB") -> Image.Image:
    colours: dict[str, object] = {"CMYK": (0, 255, 255, 0), "RGBA": (255, 0, 0, 100)}
    return Image.new(mode, (width, height), colours.get(mode, (255, 0, 0)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (encoded(red(10_000, 5_000), "PNG"), (900, 450)),
        (encoded(red(10_000, 5_000), "JPEG"), (900, 450)),
        (encoded(red(300, 100, "CMYK"), "JPEG"), (300, 100)),
        (encoded(red(1, 1), "PNG"), (1, 1)),
        (encoded(red(30, 10), "GIF", save_all=True, append_images=[red(30, 10)]), (30, 10)),
        (SVG.format(24, 12).encode(), (900, 450)),
        (SVG.format(4_000, 4_000).encode(), (450, 450)),
    ],
    ids=["50 megapixels", "50 megapixels JPEG", "CMYK", "1x1", "animated", "SVG", "vast SVG"],
)
def test_any_usual_picture_is_taken_and_bounded(
    tmp_path: Path, content: bytes, size: tuple[int, int]
) -> None:
    image = chosen(tmp_path / "logo", content)
    assert image.size == size
    r, g, b, a = image.getpixel((image.width // 2, image.height // 2))  # type: ignore[misc]
    assert min(r, a) > 240
    assert max(g, b) < 20


def test_what_shines_through_stays_so(tmp_path: Path) -> None:
    assert chosen(tmp_path / "a", encoded(red(30, 10, "RGBA"), "PNG")).getpixel((3, 3))[3] == 100  # type: ignore[index]


def test_a_photo_taken_sideways_stands_upright(tmp_path: Path) -> None:
    turn = Image.Exif()
    turn[0x112] = 6
    image = chosen(tmp_path / "a", encoded(red(2_000, 100), "JPEG", exif=turn))
    assert image.height <= 450
    assert image.height > image.width


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "company.logo_unreadable"),
        (b"<html>", "company.logo_unreadable"),
        (b"<svg", "company.logo_unreadable"),
        (encoded(red(3_000, 3_000), "JPEG")[:5_000], "company.logo_unreadable"),
        (encoded(Image.new("1", (9_000, 9_000)), "PNG"), "company.logo_too_many_pixels"),
    ],
    ids=["empty", "a page", "broken SVG", "torn JPEG", "81 megapixels"],
)
@pytest.mark.filterwarnings("default")
def test_what_is_no_picture_is_refused_in_words(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "logo.png"
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        read_logo(str(path))
    assert caught.value.code == code
