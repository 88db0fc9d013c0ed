"""A DOCX that refers to what is not in it: nothing is fetched, and nothing is read beside it."""

from __future__ import annotations

import io
import os
import shutil
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from publisher.inspect import inspect_docx, office
from publisher.outside import reaches_out, sealed
from publisher.wordfile import DOCUMENT, parts_of, xml_of

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    f'<Override PartName="/{DOCUMENT}" ContentType="{_MAIN}"/></Types>'
)
_SPACES = " ".join(
    f'xmlns:{prefix}="{space}"'
    for prefix, space in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": OFFICE,
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
    }.items()
)
WHERE = "file:///x/secret.png"


def relations(*given: tuple[str, str, str | None]) -> str:
    """Relations r1, r2 … of a type, a target and a mode."""
    made = ""
    for number, (kind, target, mode) in enumerate(given, 1):
        told = f' TargetMode="{mode}"' if mode else ""
        made += f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"{told}/>'
    return f"{_RELATIONS}{made}</Relationships>"


def word(body: str, *given: tuple[str, str, str | None], **parts: str | bytes) -> bytes:
    """A DOCX with that in its body, those relations, and further parts (`__` for `/`)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        root = relations((f"{OFFICE}/officeDocument", DOCUMENT, None))
        made.writestr("_rels/.rels", root)
        words = f"<w:p><w:r><w:t>words</w:t></w:r></w:p>{body}"
        made.writestr(DOCUMENT, f"<w:document {_SPACES}><w:body>{words}</w:body></w:document>")
        if given:
            made.writestr("word/_rels/document.xml.rels", relations(*given))
        for name, part in parts.items():
            made.writestr(name.replace("__", "/"), part)
    return out.getvalue()


def picture(how: str) -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline><wp:extent cx="900000" cy="900000"/>'
        '<wp:docPr id="1" name="x"/><a:graphic><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        '<pic:cNvPr id="1" name="x"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f"<a:blip {how}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        '<a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def link(target: str = WHERE) -> bytes:
    body = '<w:p><w:hyperlink r:id="r1"><w:r><w:t>here</w:t></w:r></w:hyperlink></w:p>'
    return word(body, (f"{OFFICE}/hyperlink", target, "External"))


def svg(where: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="90" height="90"><image xlink:href="{where}" width="90" height="90"/></svg>'
    )


LINKED, EMBEDDED = picture('r:link="r1"'), picture('r:embed="r1"')
IMAGE, HYPERLINK = f"{OFFICE}/image", f"{OFFICE}/hyperlink"


def reaching(where: str) -> dict[str, bytes]:
    """Files that refer to another, by how they do."""
    in_settings = relations((f"{OFFICE}/attachedTemplate", where, "External"))
    chunk = word(LINKED, (IMAGE, where, "External"))
    vml = '<w:p><w:r><w:pict><v:shape><v:imagedata %s="r1"/></v:shape></w:pict></w:r></w:p>'
    return {
        "a linked picture": word(LINKED, (IMAGE, where, "External")),
        "an embedded one that is linked": word(EMBEDDED, (IMAGE, where, "External")),
        "a picture that calls itself a link": word(LINKED, (HYPERLINK, where, "External")),
        "an embedded one that does": word(EMBEDDED, (HYPERLINK, where, "External")),
        "a mode in small letters": word(LINKED, (IMAGE, where, "external")),
        "a mode with blanks": word(LINKED, (IMAGE, where, " External ")),
        "no mode": word(LINKED, (IMAGE, where, None)),
        "a mode that lies": word(EMBEDDED, (IMAGE, where, "Internal")),
        "a picture of old": word(vml % "r:id", (IMAGE, where, "External")),
        "one of old that calls itself a link": word(vml % "r:pict", (HYPERLINK, where, "External")),
        "an object": word('<o:OLEObject r:id="r1"/>', (f"{OFFICE}/oleObject", where, "External")),
        "a document within": word(
            '<w:subDoc r:id="r1"/>', (f"{OFFICE}/subDocument", where, "External")
        ),
        "a template": word("", **{"word___rels__settings.xml.rels": in_settings}),
        "relations under another name": word("", **{"word___rels__settings.xml.RELS": in_settings}),
        "relations in UTF-16": word(
            "", **{"word___rels__settings.xml.rels": in_settings.encode("utf-16")}
        ),
        "relations with a prefix": word(
            "",
            **{
                "word___rels__settings.xml.rels": in_settings.replace("<R", "<p:R")
                .replace("</R", "</p:R")
                .replace("xmlns=", "xmlns:p=")
            },
        ),
        "a whole file as text": word(
            '<w:altChunk r:id="r1"/>',
            (f"{OFFICE}/aFChunk", "chunk.docx", None),
            **{"word__chunk.docx": chunk},
        ),
    }


@pytest.mark.parametrize("how", reaching(WHERE))
def test_a_file_that_refers_to_another_is_not_given_to_libreoffice(how: str) -> None:
    data = reaching(WHERE)[how]
    assert reaches_out(parts_of(data))
    assert "引用了外部的文件" in inspect_docx("x.docx", data).how


@pytest.mark.parametrize("target", ["http://example.org/", "mailto:a@example.org", "#place"])
def test_links_of_text_are_nothing_unusual(target: str) -> None:
    assert not reaches_out(parts_of(link(target)))


# -- what LibreOffice is given ----------------------------------------------------------


def sealed_parts(data: bytes) -> dict[str, bytes]:
    return parts_of(sealed(parts_of(data)))


@pytest.mark.parametrize("how", reaching(WHERE))
def test_the_copy_for_libreoffice_names_no_place(how: str) -> None:
    for part in sealed_parts(reaching(WHERE)[how]).values():
        assert b"secret" not in part


def test_links_of_text_lead_nowhere_in_the_copy_and_their_words_stay() -> None:
    parts = sealed_parts(link())
    assert b"here" in parts[DOCUMENT]
    targets = [one.get("Target") for one in xml_of(parts["word/_rels/document.xml.rels"])]
    assert targets == ["#"]


@pytest.mark.parametrize(
    "body",
    [
        f'<w:p><w:fldSimple w:instr="INCLUDEPICTURE {WHERE}"><w:r/></w:fldSimple></w:p>',
        f"<w:p><w:r><w:instrText>INCLUDETEXT {WHERE}</w:instrText></w:r></w:p>",
        r"<w:p><w:r><w:instrText>DDEAUTO c:\\secret.exe</w:instrText></w:r></w:p>",
        f'<w:p><w:r><w:pict><v:imagedata src="{WHERE}"/></w:pict></w:r></w:p>',
        f'<w:p><w:r><w:pict><v:imagedata o:href="{WHERE}"/></w:pict></w:r></w:p>',
    ],
    ids=["a field", "the instruction of one", "a program", "a picture", "another picture"],
)
def test_places_that_are_no_relations_are_taken_out_too(body: str) -> None:
    assert b"secret" not in sealed_parts(word(body))[DOCUMENT]


def test_page_numbers_stay() -> None:
    body = r'<w:p><w:fldSimple w:instr=" PAGE \* MERGEFORMAT "/></w:p>'
    assert rb"PAGE \* MERGEFORMAT" in sealed_parts(word(body))[DOCUMENT]


def test_pictures_stay_and_whole_files_are_left_out_whatever_their_names_say() -> None:
    parts = sealed_parts(
        word(
            "",
            word__a_png=png(),
            **{
                "word__svg.png": svg(WHERE),
                "word__page.html": f'<html><img src="{WHERE}"></html>',
                "word__page.xml": f'<html><img src="{WHERE}"/></html>',
                "word__object.bin": b"\xd0\xcf\x11\xe0",
                "word__file.docx": word(""),
            },
        )
    )
    assert set(parts) == {"[Content_Types].xml", "_rels/.rels", DOCUMENT, "word/a_png"}


# -- LibreOffice itself -----------------------------------------------------------------


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address at which a server gives a picture, and what it was asked for."""
    paths: list[str] = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(png())

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/picture.png", paths
    server.shutdown()
    server.server_close()
    thread.join(10)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("how", ["a picture that calls itself a link", "a mode in small letters"])
def test_libreoffice_asks_no_server_and_reads_no_file_even_of_what_nothing_was_taken_out(
    how: str, asked: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, paths = asked
    secret = tmp_path / "secret.png"
    secret.write_bytes(png())
    os.utime(secret, (1, time.time()))  # the system then notes when it is read
    for where in (address, secret.as_uri()):
        assert office.as_pdf(reaching(where)[how])
    assert paths == []
    assert secret.stat().st_atime == 1


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_reads_no_file_that_a_drawing_names(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(png())
    os.utime(secret, (1, time.time()))
    drawing = {"word__media__a.png": svg(secret.as_uri())}
    data = word(EMBEDDED, (IMAGE, "media/a.png", None), **drawing)
    assert office.as_pdf(sealed(parts_of(data)))
    assert secret.stat().st_atime == 1
