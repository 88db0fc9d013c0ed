"""The bytes of a picture → a part of the package, of which the same bytes have one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.images import Image

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import Part


def relation_of(document: WordDocument, image: Image) -> str:
    """The name of the relation by which the text of a document refers to a picture."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    there = _part_of(document, image) or _new_part(document, image)
    return document.part.relate_to(there, RELATIONSHIP_TYPE.IMAGE)


def _part_of(document: WordDocument, image: Image) -> Part | None:
    for relation in document.part.rels.values():
        if not relation.is_external and relation.target_part.partname.startswith(_FOLDER):
            part: Part = relation.target_part
            if part.blob == image.data:
                return part
    return None


_FOLDER = "/word/media/shown-"
"""How the names of these parts begin, which those of a template's pictures do not."""


def _new_part(document: WordDocument, image: Image) -> Part:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    parts = document.part.package.iter_parts()
    number = 1 + sum(part.partname.startswith(_FOLDER) for part in parts)
    name = PackURI(f"{_FOLDER}{number}{image.kind.suffix}")
    return Part(name, image.kind.value, image.data, document.part.package)
