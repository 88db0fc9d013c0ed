"""A finished PDF → the same, which says that it is kept for archives: PDF/A-2a, or 3a with sources.

Nothing is seen of it: colours get their profile, and the metadata say what the file keeps.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from hashlib import md5
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from zlib import adler32, compress

from publisher.filetypes import type_of
from publisher.renderers import color_profile

if TYPE_CHECKING:
    import pikepdf

Sources = Mapping[str, bytes]
"""What a document was made from, or holds as data: files by name."""

_UA_CLAIM = re.compile(rb"<rdf:Description[^>]*\bpdfuaid:part=[^>]*/>")
_A_CLAIM = re.compile(rb"<rdf:Description[^>]*\bpdfaid:part=[^>]*/>")
_END = b"</rdf:RDF>"
_ID = (
    '<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    ' pdfaid:part="{part}" pdfaid:conformance="A" />'
)
_PRINTED = 4
"""An annotation's flags: it belongs to the page, on paper too."""

_UA_SCHEMA = """\
<rdf:Description rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed\
</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>\
</rdf:Description>"""
"""PDF/A asks that a file describes each property that it does not know itself (6.6.2.3)."""


def claim(file: pikepdf.Pdf) -> None:
    """Make an open PDF, tagged and with all fonts inside, PDF/A-2a; 3a where it holds sources."""
    _set_color(file)
    for page in file.pages:
        _set_page(page.obj)
    _declare(file, 3 if "/AF" in file.Root else 2)
    _end_clearly(file)


def claim_nothing(file: pikepdf.Pdf) -> None:
    """Say no longer that a PDF keeps PDF/UA, nor that it keeps PDF/A."""
    file.Root.Metadata.write(_UA_CLAIM.sub(b"", _unclaimed(file)))


def _declare(file: pikepdf.Pdf, part: int) -> None:
    words = _unclaimed(file)
    added = _ID.format(part=part) + (_UA_SCHEMA if _UA_CLAIM.search(words) else "")
    file.Root.Metadata.write(words.replace(_END, added.encode() + _END, 1))


def _unclaimed(file: pikepdf.Pdf) -> bytes:
    """The metadata without what was claimed of PDF/A."""
    words = file.Root.Metadata.read_bytes().replace(_UA_SCHEMA.encode(), b"")
    return _A_CLAIM.sub(b"", words)


# -- what is shown ----------------------------------------------------------------------


def _set_color(file: pikepdf.Pdf) -> None:
    """Red, green and blue of the pages are those of sRGB."""
    import pikepdf

    profile = file.make_stream(color_profile.srgb())
    profile.N = 3
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String(color_profile.NAME),
        Info=pikepdf.String(color_profile.NAME),
        RegistryName=pikepdf.String("http://www.color.org"),
        DestOutputProfile=profile,
    )
    file.Root.OutputIntents = pikepdf.Array([file.make_indirect(intent)])


def _set_page(page: Any) -> None:
    """Pictures are not smoothed by whoever shows them, and links belong to the page."""
    for image in _images(page.get("/Resources", {}), set()):
        if "/Interpolate" in image:
            del image["/Interpolate"]
    for annotation in page.get("/Annots", ()):
        annotation.F = _PRINTED


def _images(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Pictures of a page, also those in its drawings, and their masks."""
    for drawn in dict(resources.get("/XObject", {})).values():
        if drawn.objgen in seen:
            continue
        seen.add(drawn.objgen)
        if drawn.get("/Subtype") == "/Form":
            yield from _images(drawn.get("/Resources", {}), seen)
        else:
            yield drawn
            yield from (drawn[key] for key in ("/SMask", "/Mask") if _is_stream(drawn.get(key)))


def _is_stream(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Stream)


# -- what is held -----------------------------------------------------------------------


def hold(file: pikepdf.Pdf, sources: Sources) -> None:
    """Files inside, each with what it is to the document (ISO 19005-3 6.8)."""
    import pikepdf

    if not sources:
        return
    held = [(name, _held(file, name, data)) for name, data in sorted(sources.items())]
    names = pikepdf.Array([part for name, spec in held for part in (pikepdf.String(name), spec)])
    if "/Names" not in file.Root:
        file.Root.Names = pikepdf.Dictionary()
    file.Root.Names.EmbeddedFiles = file.make_indirect(pikepdf.Dictionary(Names=names))
    file.Root.AF = pikepdf.Array([spec for _, spec in held])


def _held(file: pikepdf.Pdf, name: str, data: bytes) -> Any:
    import pikepdf

    stream = file.make_stream(data)
    stream.Type = pikepdf.Name.EmbeddedFile
    stream.Subtype = pikepdf.Name("/" + type_of(name).media_type)
    sum_ = md5(data, usedforsecurity=False).digest()
    stream.Params = pikepdf.Dictionary(Size=len(data), CheckSum=pikepdf.String(sum_))
    if date := file.docinfo.get("/ModDate"):
        stream.Params.ModDate = date
    spec = pikepdf.Dictionary(
        Type=pikepdf.Name.Filespec,
        F=pikepdf.String(name),
        UF=pikepdf.String(name),
        EF=pikepdf.Dictionary(F=stream, UF=stream),
        AFRelationship=pikepdf.Name.Source if _is_text(name) else pikepdf.Name.Data,
        Desc=pikepdf.String(type_of(name).called),
    )
    return file.make_indirect(spec)


def _is_text(name: str) -> bool:
    return PurePosixPath(name).suffix == ".md"


# -- how it is written ------------------------------------------------------------------


def written(file: pikepdf.Pdf) -> bytes:
    """The bytes of an open PDF, the same for the same PDF.

    Of what is kept for archives no index that qpdf makes ends in a carriage return, either: objects
    are parted and the metadata get a blank until none does, or there are none.
    """
    data = _saved(file, is_packed=True)
    if not _A_CLAIM.search(file.Root.Metadata.read_bytes()):
        return data
    for key in _PARTED:
        if not _UNCLEAR.search(data):
            return data
        file.Root[key] = file.make_indirect(file.Root[key])
        words = file.Root.Metadata.read_bytes()
        file.Root.Metadata.write(words.replace(_PACKET_END, _BLANK + _PACKET_END, 1))
        data = _saved(file, is_packed=True)
    return data if not _UNCLEAR.search(data) else _saved(file, is_packed=False)


def _saved(file: pikepdf.Pdf, *, is_packed: bool) -> bytes:
    from pikepdf import ObjectStreamMode

    saved = io.BytesIO()
    file.save(
        saved,
        deterministic_id=True,
        fix_metadata_version=False,
        object_stream_mode=ObjectStreamMode.generate if is_packed else ObjectStreamMode.disable,
    )
    return saved.getvalue()


_UNCLEAR = re.compile(rb"\r\n?endstream")
_PACKET_END = b"<?xpacket end"
_PARTED = ("/MarkInfo", "/ViewerPreferences", "/OutputIntents")
"""What a catalogue may hold itself or lead to."""


def _end_clearly(file: pikepdf.Pdf) -> None:
    """Let no stream end in half a line's end: readers that look for `endstream` take it for one.

    A blank behind what is drawn changes nothing, nor does a byte behind a font, nor one behind the
    end that compressed bytes have in themselves.
    """
    for stream in file.objects:
        if not _is_stream(stream) or not _ends_in_return(stream):
            continue
        if "/Length1" in stream:
            stream.Length1 += 1
            stream.write(stream.read_bytes() + _BYTE)
        elif stream.get("/Subtype") == "/OpenType":
            stream.write(stream.read_bytes() + _BYTE)
        elif "/Type" not in stream or stream.get("/Subtype") == "/Form":
            stream.write(stream.read_bytes() + _BLANK)
        else:
            _lengthen(stream)


def _lengthen(stream: Any) -> None:
    """Pictures, and files inside, keep each byte of their own."""
    import pikepdf

    if "/Filter" not in stream:
        data = compress(stream.read_bytes(), level=9)
        stream.write(data + _BLANK, filter=pikepdf.Name.FlateDecode)
    elif stream.Filter == "/FlateDecode":
        parms = stream.get("/DecodeParms")
        stream.write(stream.read_raw_bytes() + _BLANK, filter=stream.Filter, decode_parms=parms)


_BYTE, _BLANK = b"\1", b"\n"


def _ends_in_return(stream: Any) -> bool:
    """Whether it does as it is written: what is not compressed yet then ends with its checksum."""
    raw = stream.read_raw_bytes()
    return bytes(raw[-1:]) == b"\r" if "/Filter" in stream else _checksum_is_return(raw)


def _checksum_is_return(data: bytes) -> bool:
    return adler32(data) & 0xFF == ord("\r")
