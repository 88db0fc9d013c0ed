"""Small true inputs of each format, from which others are made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from mutations import pack, unpack
from PIL import Image as Raster

import foreign_pdfs
from conftest import DOCUMENTS, FRONT, ROOT, front
from ofd_of_others import OFD_OF_OTHERS
from publisher.model import ColumnRole, Document, Edition, NotedComment
from publisher.readers import read_bureau, read_document
from publisher.reconcile import reconcile
from publisher.renderers import docx, ofd, pdf, web
from publisher.resolve import resolve
from publisher.verify.saved import Passage, read_page
from publisher.writers.comments import with_comments

FOLDERS = (DOCUMENTS, ROOT / "content", ROOT.parent / "shared" / "cases")
"""What people and faults have written; the last is not in every checkout."""
LONGEST = 600
"""Bytes of a seed: of long files, their beginning."""


def _files(*suffixes: str) -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(one for one in folder.rglob("*") if one.suffix in suffixes)


def _beginning(data: bytes) -> bytes:
    """Whole lines of a long file."""
    return data if len(data) <= LONGEST else data[: data.rfind(b"\n", 0, LONGEST) + 1]


@cache
def texts() -> tuple[bytes, ...]:
    """Markdown."""
    written = [path.read_bytes() for path in _files(".md") if path.name != "expected.md"]
    bodies = [data.split(b"\n---", 1)[-1].lstrip(b"-\n") for data in written]
    return tuple(dict.fromkeys(_beginning(body) for body in bodies if body.strip()))


@cache
def mappings() -> tuple[bytes, ...]:
    """YAML: front matter, `bureau.yaml`, `accepted.yaml`, `comments.yaml`."""
    documents = [path.read_bytes() for path in _files(".md") if path.name == "document.md"]
    fronts = [data.split(b"---\n")[1] for data in documents if data.count(b"---\n") > 1]
    written = [path.read_bytes() for path in _files(".yaml")]
    remark = NotedComment("韩正", "2030-03-02 09:30", "请改。", answer="已改。")
    remarks = with_comments(b"", [remark])
    return tuple(dict.fromkeys(map(_beginning, [*fronts, *written, remarks])))


@cache
def pictures() -> tuple[bytes, ...]:
    """PNG, JPEG and what is neither."""
    made = []
    for kind, mode in (("PNG", "RGB"), ("PNG", "P"), ("PNG", "LA"), ("JPEG", "RGB"), ("GIF", "P")):
        stream = io.BytesIO()
        Raster.new(mode, (7, 5)).save(stream, kind)
        made.append(stream.getvalue())
    return tuple(made)


@cache
def drawings() -> tuple[bytes, ...]:
    """SVG."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    inner = (
        '<path d="M0 0L40 20" style="fill:none"/><text x="1" y="9">东区</text>',
        '<defs><linearGradient id="a"/></defs><rect fill="url(#a)" width="9" height="9"/>',
        '<style>path{stroke:#c00}</style><use xlink:href="#b"/><g id="b"><circle r="3"/></g>',
        '<a href="https://a.cn/"><image href="data:image/png;base64,AA=="/></a>',
    )
    return tuple(f'<svg {names} viewBox="0 0 40 20">{each}</svg>'.encode() for each in inner)


@cache
def tables() -> tuple[bytes, ...]:
    """CSV."""
    return tuple(dict.fromkeys(_beginning(path.read_bytes()) for path in _files(".csv")))


@cache
def contents() -> tuple[bytes, ...]:
    """Folders of content, each packed, with one document named `case`."""
    found = [path.parent for path in _files(".md") if path.name == "document.md"]
    return tuple(dict.fromkeys(_packed(folder) for folder in found))


def _packed(folder: Path) -> bytes:
    bureau = folder.parent / "bureau.yaml"
    parts = {"bureau.yaml": bureau.read_bytes()} if bureau.is_file() else {}
    files = [path for path in sorted(folder.iterdir()) if path.suffix in (".md", ".csv", ".yaml")]
    return pack({**parts, **{f"case/{path.name}": path.read_bytes() for path in files}})


# -- finished documents -----------------------------------------------------------------

SMALL = {
    "bureau.yaml": "发文机关:\n  - 名称: 青岚市水务局\n",
    "case/document.md": front(
        f"{FRONT}\n          条款: 对应条款\n      - 文件: sites.csv\n        标题: 站点表",
        "现将计划印发给你们，详见[网站](https://a.cn/)。",
    ),
    "case/plan.md": "# 清理岸线\n\n## 排查问题。\n\n逐段排查，年内完成12处。\n",
    "case/tasks.csv": """\
序号,组别,任务,时限,责任人,部门,条款
1,清理岸线,逐段排查。,5月底,柳喆；陆堃,河湖科,
2,清理岸线,完成12处。,年内,柳喆,河湖科,一（一）
""",
    "case/sites.csv": "序号,站点\n1,上游站\n",
}
"""A document with a text, a table of tasks and one without roles."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Files by name below a folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())


COLUMNS = {
    "序号": ColumnRole.SERIAL,
    "组别": ColumnRole.GROUP,
    "任务": ColumnRole.TEXT,
    "时限": ColumnRole.DEADLINE,
    "责任人": ColumnRole.PEOPLE,
    "部门": ColumnRole.DEPARTMENTS,
    "条款": ColumnRole.CLAUSE,
}


@cache
def small() -> Document:
    """The small document."""
    with TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        write(content, SMALL)
        return _read(content, "case")


def _read(content: Path, slug: str) -> Document:
    bureau, _ = read_bureau(content)
    document, _ = read_document(content / slug, bureau)
    assert document
    return document


def _edition(slug: str) -> Edition:
    document = _read(DOCUMENTS, slug)
    return resolve(document, reconcile(document))


@cache
def fragment() -> bytes:
    """What a CMS is given of the small document."""
    return web.render_fragment(resolve(small()))


@cache
def passages() -> tuple[Passage, ...]:
    """Its words outside tables."""
    return read_page(fragment(), 10**9, is_own=True).passages


@cache
def pages() -> tuple[bytes, ...]:
    """Saved web pages that show that document, or others."""
    words = fragment().decode()
    plain = f"<html><head><title>公告</title></head><body><main>{words}</main></body></html>"
    old = f'<table><tr><td><div style="color:red">{words}</div></td></tr></table><p>版权所有'
    odd = words.replace("<p>", "<p><font>").replace("<td>", "<td nowrap>").replace("</tr>", "")
    saved = [path.read_bytes() for path in _files(".html") if path.stat().st_size <= 10 * LONGEST]
    return (fragment(), plain.encode(), old.encode("gb18030"), odd.encode(), *saved)


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OVERRIDES = "".join(
    f'<Override PartName="/word/{part}.xml" ContentType="{_KIND}.{kind}+xml"/>'
    for part, kind in {
        "document": "document.main",
        "styles": "styles",
        "footnotes": "footnotes",
    }.items()
)
_DOCX = {
    "[Content_Types].xml": f"""\
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
{_OVERRIDES}</Types>""",
    "_rels/.rels": f"""\
<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" \
Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""\
<Relationships xmlns="{_RELATIONS}">
<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>
<Relationship Id="rId3" Type="{_OFFICE}/hyperlink" Target="https://a.cn/" TargetMode="External"/>
</Relationships>""",
    "word/styles.xml": f"""\
<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr>\
</w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:pPr>\
<w:spacing w:line="579" w:lineRule="exact"/></w:pPr><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/>\
<w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="b"><w:name w:val="标题"/><w:basedOn w:val="a"/><w:rPr>\
<w:b w:val="1"/><w:rFonts w:eastAsia="方正小标宋简体"/><w:color w:val="FF0000"/><w:sz w:val="88"/>\
</w:rPr></w:style></w:styles>""",
    "word/footnotes.xml": f"""\
<w:footnotes xmlns:w="{_W}"><w:footnote w:id="1"><w:p><w:r><w:t>见附件。</w:t></w:r></w:p>\
</w:footnote></w:footnotes>""",
    "word/document.xml": f"""\
<w:document xmlns:w="{_W}" xmlns:r="{_OFFICE}" \
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:pStyle w:val="b"/></w:pPr><w:r><w:t>青岚市水务局文件</w:t></w:r></w:p>
<w:p><w:pPr><w:jc w:val="both"/><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>\
<w:r><w:t xml:space="preserve">泵站今日起停用。 </w:t></w:r><w:ins w:id="2" w:author="甲">\
<w:r><w:t>请周知。</w:t></w:r></w:ins><w:del w:id="3" w:author="甲"><w:r><w:delText>旧</w:delText>\
</w:r></w:del><w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r><w:hyperlink r:id="rId3"><w:r>\
<w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t>网址</w:t></w:r></w:hyperlink></w:p>
<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>\
<w:r><w:t>序号</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/>\
</w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>清理岸线</w:t></w:r></w:p>\
</w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>框</w:t>\
</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:t>框</w:t></mc:Fallback>\
</mc:AlternateContent><w:fldSimple w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:r></w:p>
<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" \
w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>""",
}
"""What stands in Word files in the fewest parts."""


_PARTS = re.compile(r"\[Content|_rels|word/(?:_rels|document|styles|footer)")
"""What a program that reads Word files looks into."""


@cache
def word_files() -> tuple[bytes, ...]:
    """DOCX: the smallest, and one that the program makes."""
    small = pack({name: text.encode() for name, text in _DOCX.items()})
    with zipfile.ZipFile(io.BytesIO(docx.render(_edition("minimal"))["document.docx"])) as made:
        own = pack({name: made.read(name) for name in made.namelist() if _PARTS.match(name)})
    return small, own


@cache
def prints() -> tuple[bytes, ...]:
    """PDF: the smallest, and some that the program makes, without the outlines of their fonts."""
    return (_small_print(), *map(_own_print, ("minimal", "letter", "table-without-groups")))


@cache
def ofd_prints() -> tuple[bytes, ...]:
    """OFD that the program makes, without all fonts but small ones; and what programs of others
    use: a template, a composite object, a pen, steps that are counted."""
    own = tuple(map(_own_ofd, ("minimal", "letter", "table-without-groups")))
    return (pack({name: text.encode() for name, text in OFD_OF_OTHERS.items()}), *own)


def _own_ofd(slug: str) -> bytes:
    edition = _edition(slug)
    made = ofd.render(edition, {"document.pdf": pdf.render(edition)["document.pdf"]})
    parts = unpack(made["document.ofd"])
    return pack(
        {
            name: data if len(data) < _SMALL_FONT or "font_" not in name else b""
            for name, data in parts.items()
        }
    )


_SMALL_FONT = 5000


@cache
def attached() -> tuple[bytes, ...]:
    """PDF as others make them: tagged and not, turned, filled in, with layers and scripts."""
    makes = (foreign_pdfs.tagged, foreign_pdfs.odd, foreign_pdfs.active, foreign_pdfs.layered)
    return tuple(_without_outlines(make()) for make in (*makes, foreign_pdfs.with_drawing))


def _own_print(slug: str) -> bytes:
    return _without_outlines(pdf.render(_edition(slug))["document.pdf"])


def _without_outlines(data: bytes) -> bytes:
    """A PDF without the outlines of its fonts, nothing in it compressed."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/FontFile2" in thing:
                del thing["/FontFile2"]
            if isinstance(thing, pikepdf.Dictionary) and "/FontFile3" in thing:
                del thing["/FontFile3"]
        document.remove_unreferenced_resources()
        document.save(
            file,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return file.getvalue()


def _small_print() -> bytes:
    """A page of Latin and Chinese words, a stroke, a form and a picture, turned by a quarter."""
    drawn = (
        b"q 1 0 0 RG 2 w 72 700 m 500 700 l S Q 0 0 0 rg 72 690 400 1 re f "
        b"BT /F1 16 Tf 1 0 0 1 72 720 Tm (Order No. 1) Tj ET "
        b"BT /F2 22 Tf 1 0 0 rg 72 740 Td <0001000200030004> Tj ET /X1 Do /X2 Do"
    )
    inner = b"q 0 1 -1 0 300 300 cm BT /F1 12 Tf 10 10 Td 2 Tr [(In) -20 (ner)] TJ ET Q"
    names = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
        b"endcodespacerange 2 beginbfchar <0001> <6587> <0002> <D83CDC04> endbfchar "
        b"1 beginbfrange <0003> <0004> <4EF6> endbfrange endcmap"
    )
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595.3 841.9] >>",
        b"<< /Type /Page /Parent 2 0 R /Rotate 90 /CropBox [0 0 595 841] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R /F2 6 0 R >> /XObject << /X1 9 0 R /X2 10 0 R >> >> >>",
        _stream(b"", drawn),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /ABCDEF+Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /FangSong_GB2312 /Encoding /Identity-H "
        b"/DescendantFonts [7 0 R] /ToUnicode 8 0 R >>",
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /FangSong_GB2312 /DW 1000 "
        b"/W [1 [1000 1000]] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >> "
        b">>",
        _stream(b"", names),
        _stream(b"/Type /XObject /Subtype /Form /BBox [0 0 595 841] /Matrix [1 0 0 1 5 5]", inner),
        _stream(
            b"/Type /XObject /Subtype /Image /Width 2 /Height 2 /BitsPerComponent 8 "
            b"/ColorSpace /DeviceGray",
            b"abcd",
        ),
    )
    return _file_of(objects)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def _file_of(objects: tuple[bytes, ...]) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    made += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(made)
