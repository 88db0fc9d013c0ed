"""What empty controls show → the building blocks that Word takes it from when one is emptied."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.part import XmlPart

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.glossary+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/glossaryDocument"


def name_of(document: WordDocument, shown: str) -> str:
    """The name of the building block that holds these words, made where it is not there."""
    from docx.oxml.ns import qn

    part: Any = _part_of(document)
    name = sha256(shown.encode()).hexdigest()[:32].upper()
    blocks = part.element[0]
    if not any(block[0][0].get(qn("w:val")) == name for block in blocks):
        blocks.append(_block(name, shown))
    return name


def _part_of(document: WordDocument) -> XmlPart:
    """The part that holds the building blocks of a document, new where it has none."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import XmlPart
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for relation in document.part.rels.values():
        if relation.reltype == _RELATION and isinstance(relation.target_part, XmlPart):
            return relation.target_part
    root: Any = parse_xml(f"<w:glossaryDocument {nsdecls('w')}><w:docParts/></w:glossaryDocument>")
    part = XmlPart(PackURI("/word/glossary/document.xml"), _TYPE, root, document.part.package)
    document.part.relate_to(part, _RELATION)
    return part


def _block(name: str, shown: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    guid = f"{{{UUID(hex=name)}}}".upper()
    return parse_xml(
        f"""<w:docPart {nsdecls("w")}><w:docPartPr><w:name w:val="{name}"/><w:category>
        <w:name w:val="General"/><w:gallery w:val="placeholder"/></w:category><w:behaviors>
        <w:behavior w:val="content"/></w:behaviors><w:guid w:val="{guid}"/></w:docPartPr>
        <w:docPartBody><w:p><w:r><w:t xml:space="preserve">{shown}</w:t></w:r></w:p>
        </w:docPartBody></w:docPart>"""
    )
