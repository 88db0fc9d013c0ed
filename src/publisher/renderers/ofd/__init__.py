"""The finished PDFs of an edition → the same pages as OFD (GB/T 33190-2016)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import partial
from hashlib import md5, sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from publisher import __version__
from publisher.model import Archive, Edition
from publisher.renderers.ofd.elements import (
    SoughtElement,
    elements,
    of_attachment,
    of_document,
)
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.leading import Leading
from publisher.renderers.ofd.order import ReadingOrder, reading_order
from publisher.renderers.ofd.package import OfdPackage
from publisher.renderers.ofd.reading import PageReader
from publisher.renderers.ofd.scans import Scans
from publisher.renderers.ofd.telling import OfdInfo, TaggedObject

if TYPE_CHECKING:
    import pikepdf


def render(edition: Edition, pdfs: Mapping[str, bytes]) -> dict[str, bytes]:
    """`document.ofd`, and `attachment-N.ofd` of each attachment that is not bound with it.

    Each shows what its PDF shows, the same glyphs in the same places. None where archives are to
    get the PDF alone.
    """
    if edition.document.archived_as is Archive.PDF:
        return {}
    return {
        str(PurePosixPath(name).with_suffix(".ofd")): as_ofd(
            data, _sought(edition, name), about(edition, data)
        )
        for name, data in pdfs.items()
    }


def _sought(edition: Edition, name: str) -> Iterable[SoughtElement]:
    """What is to be named in the document, or in the attachment of a name."""
    for attachment in edition.attachments:
        if name == f"attachment-{attachment.ordinal}.pdf":
            return of_attachment(edition, attachment)
    return of_document(edition)


def about(edition: Edition, data: bytes) -> OfdInfo:
    """What the file says of a document that is set in a PDF."""
    import pikepdf

    document = edition.document
    with pikepdf.open(io.BytesIO(data)) as file:
        title = str(file.docinfo.get("/Title", ""))
    return OfdInfo(
        identifier=md5(data, usedforsecurity=False).hexdigest(),
        title=title,
        author="、".join(organ.name for organ in document.issuers),
        subject=document.web.subject or "",
        abstract=document.web.summary or "",
        date=document.date.isoformat() if document.date else "",
        keywords=document.web.keywords,
        creator="publisher",
        creator_version=__version__,
        further={
            "文种": document.kind.value if document.kind else "",
            "发文字号": document.number or "",
            "密级": document.classification or "",
            "紧急程度": document.urgency or "",
        },
    )


def as_ofd(data: bytes, sought: Iterable[SoughtElement], said: OfdInfo) -> bytes:
    """A tagged PDF as OFD, in which the elements are named that it shows of those sought."""
    import pikepdf

    with ExitStack() as opened, pikepdf.open(io.BytesIO(data)) as file:
        faces: dict[str, EmbeddedFace] = {}
        package = OfdPackage(said, len(file.pages), faces)
        scanned = Scans(data, package.add_picture, faces, opened)
        reader = PageReader(_pictures(package), faces)
        order, leading = reading_order(file), Leading(file)
        ranks, held = _by_page(order), list[tuple[int, TaggedObject]]()
        for place, page in enumerate(file.pages):
            drawn = reader.read(page, scanned.of(place), partial(_said, order, place))
            held += package.add_page(place, drawn, ranks.get(place, {}), leading.links(place))
        scanned.finish()
        return package.finish(leading.outline(), elements(sought, _in_order(held)), _held_in(file))


def _said(order: ReadingOrder, page: int, piece: int) -> str:
    return order.said.get((page, piece), "")


def _in_order(held: Iterable[tuple[int, TaggedObject]]) -> list[TaggedObject]:
    return [each for _, each in sorted(held, key=lambda pair: pair[0])]


def _by_page(order: ReadingOrder) -> dict[int, dict[int, int]]:
    """The ranks of pieces, page by page."""
    pages: dict[int, dict[int, int]] = {}
    for (page, piece), rank in order.ranks.items():
        pages.setdefault(page, {})[piece] = rank
    return pages


def _held_in(file: pikepdf.Pdf) -> dict[str, bytes]:
    """The sources that the PDF holds, where it is to."""
    return {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}


def _pictures(package: OfdPackage) -> Any:
    """What keeps pictures of a PDF, each read once."""
    import pikepdf

    keys: dict[tuple[int, int], str] = {}

    def keep(image: Any) -> str:
        if image.objgen not in keys:
            data, suffix = _as_file(pikepdf, image)
            keys[image.objgen] = sha256(data).hexdigest()
            package.add_picture(keys[image.objgen], data, suffix)
        return keys[image.objgen]

    return keep


def _as_file(pikepdf: Any, image: Any) -> tuple[bytes, str]:
    """A picture as JPEG where it is one and has no mask, else as PNG."""
    mask = image.get("/SMask")
    if mask is None and image.get("/Filter") == "/DCTDecode":
        return image.read_raw_bytes(), ".jpg"
    shown = pikepdf.PdfImage(image).as_pil_image()
    if mask is not None:
        shown = shown.convert("RGB")
        covered = pikepdf.PdfImage(mask).as_pil_image().convert("L").resize(shown.size)
        shown.putalpha(covered)
    file = io.BytesIO()
    shown.save(file, "PNG")
    return file.getvalue(), ".png"
