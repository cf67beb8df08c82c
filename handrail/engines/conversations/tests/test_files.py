"""Which files are taken, under which name and type, and what is left of a picture?"""

import io
import random
import struct
import unicodedata
import warnings
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from handrail.engines.conversations import files
from handrail.engines.conversations.files import (
    NAME_LENGTH,
    PREVIEW_PIXELS,
    TYPE_OF_EXTENSION,
    CheckedFile,
    FileRefused,
    check,
    clean_name,
    draw_preview,
    most_bytes,
)
from tests.making import picture

pytestmark = pytest.mark.once


def looked_at(name: str, content: bytes) -> CheckedFile:
    return check(SimpleUploadedFile(name, content))


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        looked_at(name, content)
    return str(refused.value)


def noise(seed: str) -> random.Random:
    """The same accidents in every run."""
    return random.Random(seed)  # noqa: S311


def archive(*names: str, size: int = 10) -> bytes:
    """A ZIP with files of these names, in this order, each with bytes that cannot be packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, noise(name).randbytes(size))
    return out.getvalue()


def box(brand: bytes) -> bytes:
    """The beginning of a film: an ISO base media file with this brand (ISO/IEC 14496-12, 4.3)."""
    return struct.pack(">I", 20) + b"ftyp" + brand + b"\0\0\2\0" + brand + b"\0" * 100


WORD = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
SHEET = archive("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml")
SLIDES = archive("[Content_Types].xml", "_rels/.rels", "ppt/presentation.xml")
WEBM = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\x82\x84webm" + b"\0" * 100

GOOD: dict[str, bytes] = {
    "png": picture("PNG"),
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "gif": picture("GIF"),
    "webp": picture("WEBP"),
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0",
    "docx": WORD,
    "xlsx": SHEET,
    "pptx": SLIDES,
    "zip": archive("a.txt", "b.txt"),
    "mp4": box(b"mp42"),
    "mov": box(b"qt  "),
    "webm": WEBM,
    "txt": "Grüße, 你好, שלום\r\n\tund mehr".encode(),
    "log": b"2026-11-24 03:00 \x1b[31merror\x1b[0m\n",
    "csv": "Name;Größe\nA;1\n".encode("latin-1"),
    "json": b'{"a": [1, 2]}',
    "md": b"# Title\n\n*words*\n",
}


# --- Types --------------------------------------------------------------------------------------


def test_every_accepted_type_is_tried_here() -> None:
    assert set(GOOD) == set(TYPE_OF_EXTENSION)


@pytest.mark.parametrize("extension", GOOD)
def test_an_accepted_file_is_taken_as_what_it_is(extension: str) -> None:
    for name in (f"file.{extension}", f"FILE.{extension.upper()}"):
        checked = looked_at(name, GOOD[extension])
        assert (checked.name, checked.content_type) == (name, TYPE_OF_EXTENSION[extension])
        assert checked.size == len(GOOD[extension])
        assert len(checked.sha256) == 64
        assert bool(checked.preview) == checked.content_type.startswith("image/")


@pytest.mark.parametrize("extension", GOOD)
@pytest.mark.parametrize("other", GOOD)
def test_no_file_passes_for_another(extension: str, other: str) -> None:
    """Except where both are texts, both the same picture format, or any archive a ZIP."""
    alike = [{"jpg", "jpeg"}, files.TEXTS, {"docx", "zip"}, {"xlsx", "zip"}, {"pptx", "zip"}]
    if extension == other or any({extension, other} <= same for same in alike):
        return
    assert "is not what its name says" in refusal(f"file.{other}", GOOD[extension])


@pytest.mark.parametrize("extension", ["docx", "xlsx", "pptx"])
def test_a_plain_archive_is_no_document(extension: str) -> None:
    assert refusal(f"file.{extension}", GOOD["zip"])
    assert refusal(f"file.{extension}", b"PK\x03\x04" + b"\0" * 100)


ORDERS = {
    "Word": ("docx", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"]),
    "LibreOffice": ("docx", ["_rels/.rels", "docProps/core.xml", "word/document.xml"]),
    "Google": ("docx", ["word/numbering.xml", "word/document.xml", "[Content_Types].xml"]),
    "python-pptx": ("pptx", ["[Content_Types].xml", "docProps/thumbnail.jpeg", "ppt/slide1.xml"]),
    "openpyxl": ("xlsx", ["docProps/app.xml", "xl/workbook.xml", "[Content_Types].xml"]),
}


@pytest.mark.parametrize("program", ORDERS)
@pytest.mark.parametrize("size", [10, 3000, 100_000])
def test_a_document_is_known_whichever_program_wrote_it(program: str, size: int) -> None:
    extension, names = ORDERS[program]
    assert looked_at(f"file.{extension}", archive(*names, size=size))


@pytest.mark.parametrize(
    "name", ["run.exe", "page.html", "drawing.svg", "a.js", "x.docm", "a.tar.gz", "a", "png", "a."]
)
def test_other_names_are_refused_in_words_that_help(name: str) -> None:
    assert "send pictures, PDF, Office, text, CSV, ZIP or video" in refusal(name, b"words")


def test_a_text_with_control_codes_is_no_text() -> None:
    assert refusal("notes.txt", b"MZ\x90\0\x03\0\0\0")
    assert refusal("notes.txt", "two words\0here".encode("utf-16"))
    assert looked_at("notes.txt", "two words".encode("utf-16"))


@pytest.mark.parametrize("letter", ["ü", "你", "🦊"])
@pytest.mark.parametrize("shift", range(4))
def test_a_long_text_may_be_cut_within_a_letter(letter: str, shift: int) -> None:
    """Only its beginning is looked at, wherever that ends."""
    assert looked_at("notes.txt", ("x" * shift + letter * 40_000).encode())


def test_empty_and_too_large_files_are_refused() -> None:
    assert refusal("notes.txt", b"") == "“notes.txt” is empty."
    assert looked_at("notes.txt", b"x" * most_bytes())
    assert "is larger than 25 MB" in refusal("notes.txt", b"x" * (most_bytes() + 1))


@pytest.mark.parametrize("most", [1, 7, 40])
def test_the_operator_says_how_large_a_file_may_be(settings: Any, most: int) -> None:
    settings.MOST_FILE_MB = most
    assert looked_at("notes.txt", b"x" * most * 1024 * 1024)
    assert f"is larger than {most} MB" in refusal("notes.txt", b"x" * (most * 1024 * 1024 + 1))


# --- Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\Alice\\report.pdf", "report.pdf"),
        ("pic\u200bture.p\u200dng", "picture.png"),
        ("invoice\u202egnp.exe", "invoicegnp.exe"),
        ("a\r\nb\0c.txt", "abc.txt"),
        ("Größe 🦊.png", "Größe 🦊.png"),
        ("Gro\u0308ße.png", "Größe.png"),
        ("  spaces .txt . ", "spaces .txt"),
        ("", "file"),
        ("...", "file"),
        ("\u202e", "file"),
        ("/", "file"),
    ],
)
def test_a_name_is_shown_without_what_deceives(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_a_very_long_name_keeps_its_extension() -> None:
    assert clean_name("x" * 4096 + ".png") == "x" * (NAME_LENGTH - 4) + ".png"
    assert len(clean_name("x" * 4096)) == NAME_LENGTH
    assert len(clean_name("x." + "y" * 4096)) <= NAME_LENGTH


def test_what_hides_an_extension_is_gone_before_it_is_read() -> None:
    assert "“run.exe”" in refusal("run.png\u200b/../run.exe", b"MZ")
    assert refusal("picture.png\u202e\0.exe", picture())


@given(st.text())
def test_no_name_breaks_out_or_hides_anything(text: str) -> None:
    name = clean_name(text)
    assert name
    assert len(name) <= NAME_LENGTH
    assert not {unicodedata.category(letter) for letter in name} & files.INVISIBLE
    assert not {"/", "\\"} & set(name)
    assert clean_name(name) == name


# --- Previews -----------------------------------------------------------------------------------


def drawn(content: bytes) -> Image.Image:
    preview = draw_preview(SimpleUploadedFile("x", content))
    assert preview is not None
    shown = Image.open(io.BytesIO(preview.read()))
    shown.load()
    assert shown.format == "WEBP"
    return shown


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_whatever_follows_a_picture_is_gone(kind: str) -> None:
    hidden = b"<script>alert('hidden')</script>"
    preview = draw_preview(SimpleUploadedFile("x", picture(kind) + hidden))
    assert preview is not None
    assert b"hidden" not in preview.read()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_where_and_with_what_it_was_taken_is_gone(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (52.0, 31.0, 12.0)
    given_picture = picture(kind, exif=exif)
    assert b"Secret Camera" in given_picture
    preview = draw_preview(SimpleUploadedFile("x", given_picture))
    assert preview is not None
    content = preview.read()
    assert b"Secret Camera" not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_photograph_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    assert drawn(picture("JPEG", size=(40, 20), exif=exif)).size == (20, 40)


def test_words_inside_a_picture_file_are_gone() -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Comment", "a secret comment", zip=False)
    preview = draw_preview(SimpleUploadedFile("x", picture("PNG", pnginfo=info)))
    assert preview is not None
    assert b"secret" not in preview.read()


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    assert drawn(picture("PNG", size=(4000, 1000))).size == (PREVIEW_PIXELS, PREVIEW_PIXELS // 4)
    assert drawn(picture("PNG", size=(40, 30))).size == (40, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_mode_are_drawn(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, "JPEG" if mode == "CMYK" else "PNG")
    assert drawn(out.getvalue()).mode == ("RGBA" if "A" in mode else "RGB")


@pytest.mark.parametrize(("shade", "shown"), [(0, 0), (32_768, 128), (65_535, 255)])
def test_grey_of_sixteen_bits_is_as_light_as_it_was(shade: int, shown: int) -> None:
    """Screenshots of scanners and of medical and scientific programs."""
    out = io.BytesIO()
    Image.new("I;16", (8, 8), shade).save(out, "PNG")
    found = drawn(out.getvalue()).convert("L").getpixel((4, 4))
    assert isinstance(found, int)
    assert abs(found - shown) <= 2


def test_print_colours_are_shown_as_screen_colours() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (16, 16), (0, 255, 255, 0)).save(out, "JPEG", quality=95)
    red, green, blue = drawn(out.getvalue()).getpixel((8, 8))  # type: ignore[misc]
    assert red > 200
    assert max(green, blue) < 60


def test_a_large_photograph_is_unpacked_no_larger_than_needed() -> None:
    """Its turn is read from what the file says, and its shape is kept."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    photograph = picture("JPEG", size=(6000, 4000), exif=exif)
    assert drawn(photograph).size == (1067, PREVIEW_PIXELS)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_other_films_are_drawn_as_their_first_picture_too(kind: str) -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "white"), Image.new("RGB", (8, 8), "black")
    first.save(out, kind, save_all=True, append_images=[second])
    shown = drawn(out.getvalue())
    assert shown.convert("L").getpixel((4, 4)) >= 250  # type: ignore[operator]
    assert getattr(shown, "n_frames", 1) == 1


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_picture_that_was_cut_off_is_kept_and_not_drawn(kind: str, part: float) -> None:
    noisy = Image.frombytes("RGB", (64, 64), noise(kind).randbytes(64 * 64 * 3))
    out = io.BytesIO()
    noisy.save(out, kind)
    whole = out.getvalue()
    checked = looked_at(f"cut.{kind.lower()}", whole[: int(len(whole) * part)])
    assert checked.preview is None


def test_what_is_transparent_stays_so() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(out, "PNG")
    assert drawn(out.getvalue()).getpixel((4, 4))[3] == 0  # type: ignore[index]


def test_a_film_of_pictures_is_drawn_as_its_first() -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (8, 8), "white"), Image.new("RGB", (8, 8), "black")
    first.save(out, "GIF", save_all=True, append_images=[second])
    assert drawn(out.getvalue()).convert("L").getpixel((4, 4)) == 255


def png_header(width: int, height: int) -> bytes:
    """A small file that says that it unpacks to a huge picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + checksum

    shape = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", shape) + body


@pytest.mark.parametrize("side", [7_100, 9_600, 50_000, 2**31 - 1])
def test_a_picture_that_would_fill_the_memory_is_kept_and_not_drawn(side: int) -> None:
    checked = looked_at("bomb.png", png_header(side, side))
    assert checked.content_type == "image/png"
    assert checked.preview is None


def test_a_film_whose_picture_outgrows_its_frame_is_not_drawn() -> None:
    """A GIF says its size twice (GIF89a, 18 and 20); the second may be larger."""
    content = bytearray(picture("GIF"))
    at = content.index(b",", 13)
    content[at + 5 : at + 9] = struct.pack("<HH", 65_535, 65_535)
    assert draw_preview(SimpleUploadedFile("x", bytes(content))) is None


def broken(content: bytes, chance: random.Random) -> bytes:
    """The same with some bytes changed, lost or put in."""
    damaged = bytearray(content)
    for _ in range(chance.choice([1, 2, 8])):
        at = chance.randrange(len(damaged))
        damage: list[Callable[[], bytes]] = [
            lambda: chance.randbytes(1),
            lambda: b"",
            lambda: chance.randbytes(9),
        ]
        damaged[at : at + chance.choice([1, 30])] = chance.choice(damage)()
        if not damaged:
            return b"\0"
    return bytes(damaged)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_broken_picture_is_drawn_or_not_and_breaks_nothing(kind: str) -> None:
    chance, whole = noise(kind), picture(kind, size=(64, 64))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow tells of broken metadata
        for _ in range(300):
            draw_preview(SimpleUploadedFile("x", broken(whole, chance)))
