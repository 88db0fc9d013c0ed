"""What makes a PDF one for archives: its colours, what it says of itself, what it holds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zlib import compress

import pikepdf
import pytest
from PIL import Image, ImageCms

import rendered
from audit import rules_of_pdf_a_broken_by, rules_of_pdf_ua_broken_by
from publisher.renderers import archival, color_profile
from publisher.renderers.pdf import render

pytestmark = rendered.in_one_process

Spoil = Callable[[pikepdf.Pdf], None]


def changed(data: bytes, change: Spoil) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        change(file)
        written = io.BytesIO()
        file.save(written, deterministic_id=True, fix_metadata_version=False)
    return written.getvalue()


# -- the profile ------------------------------------------------------------------------


def test_the_profile_is_srgb_as_littlecms_has_it() -> None:
    """Colours that are taken from the one to the other stay what they are."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(color_profile.srgb()))
    assert ImageCms.getProfileDescription(ours).strip() == color_profile.NAME
    theirs = ImageCms.createProfile("sRGB")
    colors = Image.frombytes("RGB", (256, 3), bytes(range(256)) * 9)
    taken = ImageCms.profileToProfile(colors, ours, theirs)
    assert taken is not None
    pairs = zip(colors.tobytes(), taken.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1


# -- what a PDF says of itself ----------------------------------------------------------


def no_intent(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents


def no_profile(file: pikepdf.Pdf) -> None:
    del file.Root.OutputIntents[0].DestOutputProfile


def without(words: bytes) -> Spoil:
    def spoil(file: pikepdf.Pdf) -> None:
        metadata = file.Root.Metadata
        assert words in metadata.read_bytes()
        metadata.write(metadata.read_bytes().replace(words, b""))

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        no_intent,
        no_profile,
        without(b' pdfaid:part="2"'),
        without(b"<pdfaProperty:valueType>Integer</pdfaProperty:valueType>"),
    ],
    ids=["no intent", "no profile", "no part", "no type"],
)
def test_a_pdf_that_was_spoilt_breaks_rules(spoil: Spoil) -> None:
    data = rendered.document("minimal").finished
    assert rules_of_pdf_a_broken_by(changed(data, lambda file: None)) == set()
    assert rules_of_pdf_a_broken_by(changed(data, spoil))


def test_what_a_pdf_claims_it_claims_once_and_takes_back_whole() -> None:
    with pikepdf.open(io.BytesIO(rendered.document("minimal").finished)) as file:
        archival.claim(file)
        assert file.Root.Metadata.read_bytes().count(b"pdfaid:part=") == 1
        archival.claim_nothing(file)
        said = file.Root.Metadata.read_bytes()
    assert b"pdfaid:part" not in said
    assert b"pdfuaid:part" not in said


def test_the_same_document_gives_the_same_bytes() -> None:
    edition = rendered.edition("pictures")
    assert render(edition) == render(edition)


def test_no_stream_ends_in_what_looks_like_half_a_line_end() -> None:
    """A checksum at the end of compressed bytes may; readers that look for the end are misled."""

    def add(file: pikepdf.Pdf) -> None:
        blank = next(
            drawn for count in range(300) if archival._checksum_is_return(drawn := b"\n" * count)
        )
        file.pages[0].Contents = file.make_stream(blank)
        archival.claim(file)

    data = changed(rendered.document("minimal").finished, add)
    assert b"\r\nendstream" not in data
    assert b"\r\rendstream" not in data


def test_nor_does_a_picture_or_a_file_inside_which_keep_their_bytes() -> None:
    data = next(
        made for count in range(999) if archival._checksum_is_return(made := b"a" * 3 * count)
    )
    with pikepdf.open(io.BytesIO(rendered.document("minimal").finished)) as file:
        archival.hold(file, {"a.csv": data})
        picture = file.make_stream(compress(data), Filter=pikepdf.Name.FlateDecode)
        picture.Type, picture.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        picture.Width, picture.Height, picture.BitsPerComponent = len(data) // 3, 1, 8
        picture.ColorSpace = pikepdf.Name.DeviceRGB
        file.pages[0].Resources.XObject = pikepdf.Dictionary(Shown=picture)
        archival.claim(file)
        written = archival.written(file)
    assert not archival._UNCLEAR.search(written)
    assert rules_of_pdf_a_broken_by(written, "3a") == set()
    with pikepdf.open(io.BytesIO(written)) as file:
        assert file.attachments["a.csv"].get_file().read_bytes() == data
        assert file.pages[0].Resources.XObject.Shown.read_bytes() == data


def test_nor_does_the_index_that_is_made_when_it_is_written() -> None:
    """Of so many PDFs that differ in some letters, the index of some would."""
    unclear = 0
    for count in range(900):
        with pikepdf.open(io.BytesIO(rendered.document("minimal").finished)) as file:
            file.Root.Letters = count * "a"
            if archival._UNCLEAR.search(archival._saved(file, is_packed=True)):
                unclear += 1
                data = archival.written(file)
                assert not archival._UNCLEAR.search(data)
                assert rules_of_pdf_a_broken_by(data) == set()
            if unclear == 2:
                return
    pytest.fail("none did")


def test_where_nothing_helps_there_is_no_index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archival, "_PARTED", ())
    monkeypatch.setattr(archival, "_UNCLEAR", re.compile(b"/ObjStm"))
    with pikepdf.open(io.BytesIO(rendered.document("minimal").finished)) as file:
        data = archival.written(file)
    assert b"/ObjStm" not in data
    assert rules_of_pdf_a_broken_by(data) == set()


# -- what a PDF holds -------------------------------------------------------------------


def test_sources_are_inside_and_the_pdf_is_3a() -> None:
    sources = {"document.md": "正文".encode(), "table.csv": b"a,b\n1,2\n"}

    def add(file: pikepdf.Pdf) -> None:
        archival.hold(file, sources)
        archival.claim(file)

    data = changed(rendered.document("minimal").finished, add)
    assert rules_of_pdf_a_broken_by(data, "3a") == set()
    assert rules_of_pdf_ua_broken_by(data) == set()
    with pikepdf.open(io.BytesIO(data)) as file:
        held = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
        assert held == sources
        assert [str(spec.AFRelationship) for spec in file.Root.AF] == ["/Source", "/Data"]
