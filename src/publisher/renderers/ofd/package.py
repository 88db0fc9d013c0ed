"""Pages that are drawn → an OFD package (GB/T 33190-2016), written page by page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

from publisher.renderers.ofd.drawn import PlacedPage
from publisher.renderers.ofd.faces import EmbeddedFace
from publisher.renderers.ofd.markup import DECLARATION, NAMESPACE, clean, number, root, said
from publisher.renderers.ofd.objects import PageWriter, ResourceShelf
from publisher.renderers.ofd.places import MM
from publisher.renderers.ofd.telling import (
    Goal,
    NamedElement,
    OfdInfo,
    OutlineEntry,
    PageLink,
    TaggedObject,
)

TAGS_NAMESPACE = "urn:publisher:gongwen"
"""Of custom tags: elements called as GB/T 9704 calls them."""
_WHEN = (1980, 1, 1, 0, 0, 0)
_KIBI = 1024


class OfdPackage:
    """An OFD file that is being written."""

    def __init__(self, about: OfdInfo, pages: int, faces: Mapping[str, EmbeddedFace]) -> None:
        self._bytes = io.BytesIO()
        self._zip = zipfile.ZipFile(self._bytes, "w", zipfile.ZIP_DEFLATED, compresslevel=6)
        self._last = 0
        self._page_ids = [self._new() for _ in range(pages)]
        self._paper: tuple[MM, MM] | None = None
        self._media: dict[str, int] = {}
        self._media_files: dict[str, str] = {}
        self._shelf = ResourceShelf(self._new, faces, self._media)
        self._write("OFD.xml", _entry(about))

    # -- pages

    def add_picture(self, key: str, data: bytes, suffix: str) -> None:
        """Keep what pictures show, once."""
        if key not in self._media:
            name = f"image_{len(self._media)}{suffix}"
            self._media[key], self._media_files[key] = self._new(), name
            self._write(f"Doc_0/Res/{name}", data, is_packed=True)

    def add_page(
        self, place: int, page: PlacedPage, ranks: Mapping[int, int], links: Sequence[PageLink]
    ) -> list[tuple[int, TaggedObject]]:
        """Write a page; what holds words, by its rank in the order of reading."""
        self._paper = self._paper or (page.width, page.height)
        leads = {link: self._action(link.target) for link in links}
        writer = PageWriter(self._page_ids[place], ranks, leads, self._shelf)
        self._write(f"Doc_0/{_page_file(place)}", writer.write(page))
        return writer.held

    def _action(self, target: Goal | str | None) -> str:
        """What is done where something is clicked."""
        match target:
            case None:
                return ""
            case Goal():
                page = self._page_ids[target.page]
                left, top = number(target.left), number(target.top)
                dest = f'<ofd:Dest Type="XYZ" PageID="{page}" Left="{left}" Top="{top}"/>'
                done = f"<ofd:Goto>{dest}</ofd:Goto>"
            case address:
                done = f"<ofd:URI URI={quoteattr(clean(address))}/>"
        return f'<ofd:Actions><ofd:Action Event="CLICK">{done}</ofd:Action></ofd:Actions>'

    # -- the end

    def finish(
        self,
        outline: Sequence[OutlineEntry],
        elements: Sequence[NamedElement],
        attachments: Mapping[str, bytes],
    ) -> bytes:
        """The whole file."""
        resources = self._fonts() + self._pictures()
        lines = "".join(map(self._outline, outline))
        parts = f"<ofd:Outlines>{lines}</ofd:Outlines>" if lines else ""
        parts += self._tags(elements) if elements else ""
        parts += self._attachments(attachments) if attachments else ""
        width, height = self._paper or (0, 0)
        paper = f"<ofd:PhysicalBox>0 0 {number(width)} {number(height)}</ofd:PhysicalBox>"
        common = f"<ofd:MaxUnitID>{self._last}</ofd:MaxUnitID><ofd:PageArea>{paper}</ofd:PageArea>"
        pages = "".join(
            f'<ofd:Page ID="{identifier}" BaseLoc="{_page_file(place)}"/>'
            for place, identifier in enumerate(self._page_ids)
        )
        inner = (
            f"<ofd:CommonData>{common}{resources}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>"
        )
        self._write("Doc_0/Document.xml", root("Document", inner + parts))
        self._zip.close()
        return self._bytes.getvalue()

    def _fonts(self) -> str:
        listed = ""
        for place, (key, identifier) in enumerate(self._shelf.fonts.items()):
            face = self._shelf.faces[key]
            name = f"font_{place}{face.suffix}"
            self._write(f"Doc_0/Res/{name}", face.data)
            names = f"FontName={quoteattr(face.name)} FamilyName={quoteattr(face.family)}"
            names += ' Bold="true"' if face.bold else ""
            file = f"<ofd:FontFile>{name}</ofd:FontFile>"
            listed += f'<ofd:Font ID="{identifier}" {names}>{file}</ofd:Font>'
        return self._resources("PublicRes", "Fonts", listed)

    def _pictures(self) -> str:
        listed = "".join(
            f'<ofd:MultiMedia ID="{self._media[key]}" Type="Image"'
            f' Format="{name.rpartition(".")[2].upper()}">'
            f"<ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>"
            for key, name in self._media_files.items()
        )
        return self._resources("DocumentRes", "MultiMedias", listed)

    def _resources(self, name: str, kind: str, listed: str) -> str:
        if not listed:
            return ""
        inner = f"<ofd:{kind}>{listed}</ofd:{kind}>"
        self._write(f"Doc_0/{name}.xml", root("Res", inner, ' BaseLoc="Res"'))
        return f"<ofd:{name}>{name}.xml</ofd:{name}>"

    def _outline(self, entry: OutlineEntry) -> str:
        inner = "".join(map(self._outline, entry.inner))
        title = f"Title={quoteattr(clean(entry.title))}"
        count = f' Count="{len(entry.inner)}"' if entry.inner else ""
        lead = self._action(entry.goal)
        return f"<ofd:OutlineElem {title}{count}>{lead}{inner}</ofd:OutlineElem>"

    def _tags(self, elements: Sequence[NamedElement]) -> str:
        """Elements by name; no `.xml`, for nothing in the standard says how such a file looks."""
        inner = ""
        for named in elements:
            refs = "".join(
                f'<ofd:ObjectRef PageRef="{each.page}">{each.identifier}</ofd:ObjectRef>'
                for each in named.objects
            )
            inner += f"<{named.name}>{refs}</{named.name}>"
        spaces = f'xmlns="{TAGS_NAMESPACE}" xmlns:ofd="{NAMESPACE}"'
        self._write("Doc_0/Tags/Elements.tag", f"{DECLARATION}<公文 {spaces}>{inner}</公文>")
        file = "<ofd:FileLoc>Elements.tag</ofd:FileLoc>"
        tag = f'<ofd:CustomTag NameSpace="{TAGS_NAMESPACE}">{file}</ofd:CustomTag>'
        self._write("Doc_0/Tags/CustomTags.xml", root("CustomTags", tag))
        return "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>"

    def _attachments(self, attachments: Mapping[str, bytes]) -> str:
        listed = ""
        for place, (name, data) in enumerate(sorted(attachments.items())):
            suffix = name.rpartition(".")[2]
            file = f"file_{place}.{suffix}"
            self._write(f"Doc_0/Attachs/{file}", data)
            about = f'Format="{escape(suffix)}" Size="{len(data) / _KIBI:.3f}" Usage="source"'
            listed += (
                f'<ofd:Attachment ID="attachment_{place}" Name={quoteattr(clean(name))} {about}>'
                f"<ofd:FileLoc>{file}</ofd:FileLoc></ofd:Attachment>"
            )
        self._write("Doc_0/Attachs/Attachments.xml", root("Attachments", listed))
        return "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>"

    def _new(self) -> int:
        self._last += 1
        return self._last

    def _write(self, name: str, data: str | bytes, *, is_packed: bool = False) -> None:
        info = zipfile.ZipInfo(name, _WHEN)
        info.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)


def _page_file(place: int) -> str:
    return f"Pages/Page_{place}/Content.xml"


def _entry(about: OfdInfo) -> str:
    """`OFD.xml`: what the file is, in the order of the schema."""
    keywords = "".join(f"<ofd:Keyword>{said(word)}</ofd:Keyword>" for word in about.keywords)
    further = "".join(
        f"<ofd:CustomData Name={quoteattr(name)}>{said(words)}</ofd:CustomData>"
        for name, words in about.further.items()
        if words
    )
    given = (
        ("DocID", about.identifier),
        ("Title", said(about.title)),
        ("Author", said(about.author)),
        ("Subject", said(about.subject)),
        ("Abstract", said(about.abstract)),
        ("CreationDate", about.date),
        ("ModDate", about.date),
        ("DocUsage", "Normal"),
        ("Keywords", keywords),
        ("Creator", said(about.creator)),
        ("CreatorVersion", said(about.creator_version)),
        ("CustomDatas", further),
    )
    info = "".join(f"<ofd:{name}>{value}</ofd:{name}>" for name, value in given if value)
    body = f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
    return root("OFD", f"<ofd:DocBody>{body}</ofd:DocBody>", ' Version="1.0" DocType="OFD"')
