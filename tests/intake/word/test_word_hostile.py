"""Files that are none, damaged, in disguise or made to do harm: a sentence that says what to do."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from random import Random

import pytest
from made_word import (
    assert_whole,
    cell,
    field,
    lines,
    made,
    paragraph,
    paragraphs,
    read,
    row,
    run,
    table,
)
from test_word_numbers import OFFICIAL, item

from publisher import office
from publisher.files import Unreadable
from publisher.intake import word
from publisher.intake.word import reading
from publisher.intake.word.disarming import disarmed
from publisher.intake.word.kinds import WordKind, kind_of
from publisher.wordfile import W

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def compound(stream: str, sector: bytes = b"") -> bytes:
    """As much of a compound file as tells what it is."""
    return OLE.ljust(512, b"\0") + sector.ljust(512, b"\0") + stream.encode("utf-16-le")


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made_:
        for name, text in parts.items():
            made_.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


ENCRYPTED_DOC = b"\xec\xa5\xc1\x00" + b"\0" * 6 + struct.pack("<H", 0x0100)
PLAIN_DOC = b"\xec\xa5\xc1\x00" + b"\0" * 8
ODT = "application/vnd.oasis.opendocument.text"


def str_ids(value: object) -> str:
    """What is said of a case; of its bytes how many, for archives hold the time of their making."""
    return f"{len(value)} bytes" if isinstance(value, bytes) else str(value)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (made(paragraph("甲")), WordKind.DOCX),
        (compound("WordDocument", PLAIN_DOC), WordKind.DOC),
        (compound("WordDocument", ENCRYPTED_DOC), WordKind.ENCRYPTED),
        (compound("EncryptedPackage"), WordKind.ENCRYPTED),
        (compound("Workbook"), WordKind.SHEETS),
        (compound("PowerPoint Document"), WordKind.SLIDES),
        (compound("CONTENTS"), WordKind.WORKS),
        (archive(mimetype=ODT, content_xml="<a/>"), WordKind.ODT),
        (archive(xl__workbook_xml="<a/>"), WordKind.SHEETS),
        (b"{\\rtf1\\ansi }", WordKind.RTF),
        (b"%PDF-1.7", WordKind.PDF),
        (b"\xef\xbb\xbf<!DOCTYPE html><html></html>", WordKind.PAGE),
        ("<html><body>通知</body></html>".encode("utf-16"), WordKind.PAGE),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", WordKind.PAGE),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"/>', WordKind.WORD_XML),
        ("关于做好工作的通知".encode("gbk"), WordKind.TEXT),
        (b"\x89PNG\r\n\x1a\n", WordKind.PICTURE),
        (b"", WordKind.EMPTY),
        (b"\0\0\0", WordKind.EMPTY),
        (b"\x01\x02\0\x03", WordKind.UNKNOWN),
    ],
    ids=str_ids,
)
def test_a_file_is_known_by_its_bytes(data: bytes, kind: WordKind) -> None:
    assert kind_of(data) is kind


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (compound("EncryptedPackage"), "去掉密码"),
        (archive(xl__workbook_xml="<a/>"), ".xlsx"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"", "空文件"),
        (b"PK\x03\x04damaged", "不是完好的 Word 文件"),
        (archive(word__document_xml="<w:document"), "不是完好的 Word 文件"),
        (archive(word__styles_xml="<a/>"), "不是完好的 Word 文件"),
        (archive(word__document_xml=f"<w:document xmlns:w='{W[1:-1]}'/>"), "不是完好的 Word 文件"),
        (
            archive(word__document_xml="<w:document xmlns:w='urn:x'><w:body/></w:document>"),
            "不是完好的",
        ),
        (archive(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "DOCTYPE"),
    ],
    ids=str_ids,
)
def test_what_cannot_be_read_says_why(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        word.read("通知.doc", data)


@pytest.mark.parametrize(
    "data", [compound("WordDocument", PLAIN_DOC), b"{\\rtf1 }"], ids=["doc", "rtf"]
)
def test_without_libreoffice_an_old_file_says_what_to_do(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "office", lambda: None)
    with pytest.raises(Unreadable, match=r"要有 LibreOffice 才能读.*另存为 \.docx"):
        word.read("通知.doc", data)
    assert word.pages(data) is None


def test_what_libreoffice_makes_nothing_of_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "as_docx", lambda data, suffix: None)
    monkeypatch.setattr(office, "office", lambda: "soffice")
    with pytest.raises(Unreadable, match="打不开"):
        word.read("通知.rtf", b"{\\rtf1 }")


def test_an_old_file_is_read_as_what_libreoffice_makes_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(office, "as_docx", lambda data, suffix: made(paragraph(suffix)))
    monkeypatch.setattr(office, "office", lambda: "soffice")
    source = word.read("通知.doc", compound("WordDocument", PLAIN_DOC))
    assert (source.called, source.raw) == ("Word 97—2003 文档", ".doc")
    assert source.sentences == (
        "是 Word 97—2003 文档，由 LibreOffice 转换为 .docx 后读取，版面可能与原来略有不同",
    )


# -- nothing that LibreOffice could fetch --------------------------------------------------------


@pytest.mark.parametrize(
    "inside",
    [
        r'{\field{\*\fldinst INCLUDEPICTURE "file:///etc/passwd"}{\fldrslt 旧}}',
        r'{\field{\*\fldinst {\b includetext} "file:///etc/passwd"}{\fldrslt 旧}}',
        r"{\field{\*\fldinst \'49NCLUDEPICTURE c:\\a.png}{\fldrslt 旧}}",
        r'{\field\fldinst DDEAUTO excel "a.xls"}',
        r"{\*\template http://example.org/a.dot}",
        r"{\sp{\sn pibName}{\sv http://example.org/a.png}}",
    ],
)
def test_nothing_in_rtf_makes_another_file_be_read(inside: str) -> None:
    safe = disarmed(b"{\\rtf1 " + inside.encode() + b"}", WordKind.RTF)
    for name in (rb"\fldinst", rb"\template", rb"\sn pib"):
        assert name not in safe
    assert safe.count(b"{") == safe.count(b"}")


def test_fields_of_rtf_that_read_nothing_stay() -> None:
    data = rb'{\rtf1 {\field{\*\fldinst { PAGE }}{\fldrslt 1}}{\field{\*\fldinst HYPERLINK "http://a"}}}'
    assert disarmed(data, WordKind.RTF) == data


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-le"])
@pytest.mark.parametrize("before", ["", " ", '  "'])
def test_fields_of_an_old_file_that_read_others_are_blanked_in_their_place(
    encoding: str, before: str
) -> None:
    fields = f'\x13{before}INCLUDEPICTURE "a"\x14\x15\x13{before}includetext a\x15'
    blanked = fields.replace("INCLUDEPICTURE", "X" * 14).replace("includetext", "X" * 11)
    data = OLE + f"include {fields} IMPORT".encode(encoding)
    safe = OLE + f"include {blanked} IMPORT".encode(encoding)
    assert disarmed(data, WordKind.DOC) == safe


WORDS = "Important: import duties included, INCLUDE, LINK"


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (WordKind.DOC, OLE + WORDS.encode() + WORDS.encode("utf-16-le") + b"\x13 PAGE \x15"),
        (WordKind.WORKS, OLE + WORDS.encode("utf-16-le")),
        (WordKind.RTF, rb"{\rtf1 " + WORDS.encode() + b"}"),
    ],
    ids=["doc", "works", "rtf"],
)
def test_words_that_fields_have_too_stay(kind: WordKind, data: bytes) -> None:
    assert disarmed(data, kind) == data


def test_words_of_a_file_of_xml_stay_and_nothing_in_it_makes_another_be_read() -> None:
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    safe = disarmed(
        f"""<w:wordDocument xmlns:w="{name}" xmlns:v="v"><w:t>{WORDS}</w:t>
        <w:instrText>INCLUDEPICTURE "file:///etc/a.png"</w:instrText><w:instrText>PAGE</w:instrText>
        <w:instrText>HYPERLINK "http://a.cn"</w:instrText><w:fldSimple w:instr="DDE c:\\\\a"/>
        <v:imagedata src="http://example.org/a.png"/><v:imagedata src="wordml://1.png"/>
        </w:wordDocument>""".encode(),
        WordKind.WORD_XML,
    ).decode()
    assert "mso-application" in safe  # by which LibreOffice knows it
    for kept in (WORDS, "PAGE", "http://a.cn", "wordml://1.png"):
        assert kept in safe
    for place in ("etc", "example.org", "DDE"):
        assert place not in safe


def test_nothing_in_odt_makes_another_file_be_read() -> None:
    xlink = "http://www.w3.org/1999/xlink"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    content = (
        f'<a xmlns:x="{xlink}" xmlns:t="{text}"><i x:href="file:///etc/a.png"/>'
        '<i x:href="http://example.org/a.png"/><i x:href="../../a.png"/>'
        '<i x:href="Pictures/a.png"/>'
        '<t:section><t:section-source x:href="a.odt"/></t:section><t:a x:href="http://a.cn"/></a>'
    )
    parts = {"content_xml": content, "Object 1__content_xml": content}
    safe = disarmed(archive(mimetype=ODT, **parts, Basic__a_xml="<a/>"), WordKind.ODT)
    with zipfile.ZipFile(io.BytesIO(safe)) as archive_:
        shown = archive_.read("content.xml").decode()
        assert archive_.read("Object 1/content.xml").decode() == shown  # a chart has words
        assert "Basic/a.xml" not in archive_.namelist()
    assert "etc" not in shown
    assert "example.org" not in shown
    assert "section-source" not in shown
    assert "Pictures/a.png" in shown
    assert "http://a.cn" in shown


# -- odd but readable ----------------------------------------------------------------------------


def test_a_strict_file_is_read() -> None:
    strict = made(
        paragraph(run("甲", '<w:b/><w:sz w:val="22pt"/>'), settings='<w:ind w:start="44pt"/>'),
        files={"docProps/app.xml": "<Properties><Company>市水务局</Company></Properties>".encode()},
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(strict)) as given, zipfile.ZipFile(out, "w") as made_:
        for name in given.namelist():
            text = given.read(name).decode()
            for kind in ("wordprocessingml", "drawingml", "officeDocument"):
                usual = f"http://schemas.openxmlformats.org/{kind}/2006"
                text = text.replace(usual, f"http://purl.oclc.org/ooxml/{kind}")
            text = text.replace("extended-properties", "extendedProperties")
            made_.writestr(name, text)
    (only,) = paragraphs(out.getvalue())
    assert (only.words, only.runs[0].is_bold, only.runs[0].size) == ("甲", True, 22.0)
    assert only.look.left == 2.0
    assert read(out.getvalue()).properties == (("单位", "市水务局"),)


def test_a_file_of_one_piece_of_xml_is_read_as_the_archive_that_it_stands_for() -> None:
    pkg = "http://schemas.microsoft.com/office/2006/xmlPackage"
    with zipfile.ZipFile(io.BytesIO(made(paragraph("甲")))) as given:
        parts = "".join(
            f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{_bare(given.read(name).decode())}'
            "</pkg:xmlData></pkg:part>"
            for name in given.namelist()
        )
    binary = (
        "<pkg:part pkg:name='/a.png'><pkg:binaryData>%%%</pkg:binaryData></pkg:part><pkg:part/>"
    )
    flat = f'<?xml version="1.0"?><pkg:package xmlns:pkg="{pkg}">{parts}{binary}</pkg:package>'
    source = word.read("甲.xml", flat.encode())
    assert (source.called, source.raw, source.sentences) == ("Word 文档", "甲", ())


def _bare(xml: str) -> str:
    """Without a declaration, which stands at the begin of a file alone."""
    return xml.partition("?>")[2] if xml.startswith("<?") else xml


def test_a_main_part_of_another_name_is_found() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(made(paragraph("甲")))) as given,
        zipfile.ZipFile(out, "w") as to,
    ):
        for name in given.namelist():
            renamed = name.replace("word/document.xml", "word/document2.xml")
            text = given.read(name).replace(b"word/document.xml", b"/word/document2.xml")
            to.writestr(renamed, text)
    assert lines(out.getvalue()) == ["甲"]


@pytest.mark.parametrize(
    ("bound", "piece"),
    [("MOST_PIECES", "<w:p/>"), ("MOST_PIECES", "<w:tc/>"), ("MOST_TAGS", "<a/>")],
)
def test_a_file_of_too_many_pieces_says_so(
    bound: str, piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, bound, 9)
    with pytest.raises(Unreadable, match="请拆开再导入"):
        word.read("大.docx", made(piece * 10))


def test_a_part_is_found_however_its_name_is_written() -> None:
    data = made(
        paragraph("甲", settings='<w:pStyle w:val="s"/>'),
        relations=[("s", "styles", "Styles.XML")],
        files={"word/styles.xml": _styles("正文样式").encode()},
    )
    (only,) = paragraphs(data)
    assert only.look.style == "正文样式"


def _styles(name: str) -> str:
    style = f'<w:style w:type="paragraph" w:styleId="s"><w:name w:val="{name}"/></w:style>'
    return f'<w:styles xmlns:w="{W[1:-1]}">{style}</w:styles>'


def test_macros_are_not_run_and_that_is_told() -> None:
    source = read(made(paragraph("甲"), files={"word/vbaProject.bin": b"\xd0\xcf"}))
    assert source.sentences == ("文件中有宏，没有运行，也不收入",)


def test_a_damaged_part_beside_the_text_is_told() -> None:
    data = made(
        paragraph("甲"),
        relations=[("s", "styles", "styles.xml")],
        files={"word/styles.xml": b"<w:"},
    )
    source = read(data)
    assert [each.words for each in paragraphs(data)] == ["甲"]
    assert source.sentences == ("文件中有损坏的部分（word/styles.xml），没有读",)


@pytest.mark.parametrize("code", ["D800", "0000", "000B", "FFFF", "12345", "zz", ""])
def test_a_sign_that_is_no_character_is_none(code: str) -> None:
    source = read(made(paragraph(f'<w:r><w:sym w:font="Wingdings" w:char="{code}"/></w:r>', "甲")))
    assert source.raw.encode() == "甲".encode()


@pytest.mark.parametrize(
    "parts",
    [
        {"styles": "<w:style/><w:docDefaults/><w:style><w:basedOn/><w:name/></w:style>"},
        {"numbering": "<w:abstractNum/><w:num/><w:num><w:abstractNumId/><w:lvlOverride/></w:num>"},
        {"footnotes": "<w:footnote/>", "comments": "<w:comment/>", "settings": "<w:a/>"},
    ],
    ids=["styles", "numbering", "notes"],
)
def test_what_lacks_its_values_is_read(parts: dict[str, str]) -> None:
    settings = "<w:pStyle/><w:numPr><w:ilvl/><w:numId/></w:numPr><w:ind/><w:jc/><w:outlineLvl/>"
    settings += '<w:sectPr><w:headerReference/><w:cols w:num="x"/><w:pgSz/><w:pgMar/></w:sectPr>'
    inside = (
        run("甲", "<w:sz/><w:color/><w:u/><w:rFonts/><w:rStyle/><w:vertAlign/>")
        + "<w:hyperlink>"
        + run("乙")
        + "</w:hyperlink><w:fldSimple/><w:sdt/><w:ins/><w:del/>"
        "<w:r><w:sym/><w:br/><w:fldChar/><w:footnoteReference/><w:commentReference/><w:ruby/>"
        "<w:drawing/><w:pict><v:line/><v:rect/><v:shape><v:imagedata/></v:shape></w:pict>"
        "<w:object><o:OLEObject/></w:object></w:r>"
    )
    data = made(paragraph(inside, settings=settings) + "<w:tbl/><w:altChunk/>", **parts)
    assert "".join(lines(data)) == "甲乙\n"


def test_an_empty_file_has_nothing_in_it() -> None:
    assert read(made("")).blocks == ()
    assert read(made("<w:p/>")).raw == ""


@pytest.mark.parametrize(
    "wrap",
    [
        "<w:sdt><w:sdtContent>%s</w:sdtContent></w:sdt>",
        "<w:customXml>%s</w:customXml>",
        "<w:tbl><w:tr><w:tc>%s</w:tc></w:tr></w:tbl>",
        "<w:p><w:r><w:pict><w:txbxContent>%s</w:txbxContent></w:pict></w:r></w:p>",
        "<mc:AlternateContent><mc:Choice>%s</mc:Choice></mc:AlternateContent>",
        "<w:p><w:ins>%s</w:ins></w:p>",
    ],
)
def test_what_is_nested_as_deep_as_xml_may_be_is_read(wrap: str) -> None:
    depth = 240 // wrap.count("</")
    inside = "%s"
    for _ in range(depth):
        inside = wrap % inside
    assert lines(made(inside % paragraph("最里面"))) == ["最里面"]


# -- mutated -------------------------------------------------------------------------------------


def everything() -> bytes:
    """A file with something of all that is read."""
    box = "<w:r><w:pict><v:shape><w:txbxContent>%s</w:txbxContent></v:shape></w:pict></w:r>"
    mark = '<w:r><w:footnoteReference w:id="%s"/></w:r>'
    note = "".join(
        f'<w:footnote w:id="{place}">{paragraph("见附录。", mark % (5 - place))}</w:footnote>'
        for place in (2, 3)
    )
    control = "<w:sdt><w:sdtPr/><w:sdtContent>%s</w:sdtContent></w:sdt>"
    formula = "<m:oMath><m:f><m:num><m:r><m:t>2</m:t></m:r></m:num><m:den/></m:f></m:oMath>"
    equation = field("EQ \\f(2,3)")
    body = (
        paragraph(box % paragraph("青岚市文件"), "号", settings='<w:jc w:val="center"/>')
        + item("加强领导", 1, 0)
        + item("落实责任", 1, 1)
        + paragraph("见", field('HYPERLINK "http://a.cn"', "网站"), field("PAGE", "1"))
        + paragraph(
            '<w:r><w:footnoteReference w:id="2"/></w:r>', "<w:ins>" + run("加") + "</w:ins>"
        )
        + table(
            control
            % row(cell("甲", settings='<w:vMerge w:val="restart"/><w:gridSpan w:val="2"/>')),
            row(cell("乙", settings="<w:vMerge/>"), "丙"),
            widths=(900, 20, 900),
        )
        + paragraph(formula, equation, settings="<w:rPr><w:vanish/></w:rPr>")
        + '<w:altChunk r:id="c"/>'
        + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    )
    return made(
        body,
        numbering=OFFICIAL,
        footnotes=note,
        relations=[("c", "aFChunk", "a.html")],
        files={"word/a.html": "<p>里面的</p>".encode()},
    )


def mutated(data: bytes, random: Random) -> bytes:
    """A few bytes of a part are others, or some of it is missing or there twice."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made_:
        chosen = random.choice(
            [each for each in given.namelist() if "Types" not in each and "media" not in each]
        )
        for name in given.namelist():
            part = given.read(name)
            made_.writestr(name, _mutated(part, random) if name == chosen else part)
    return out.getvalue()


def _mutated(part: bytes, random: Random) -> bytes:
    pieces = part.decode().replace(">", ">\n").split("\n")
    start = next((place for place, each in enumerate(pieces) if "xmlns" in each), 0) + 1
    for _ in range(random.randint(1, 4)):
        place = random.randrange(min(start, len(pieces) - 1), len(pieces))
        match random.randrange(5):
            case 0:
                pieces[place] = ""
            case 1:
                pieces.insert(place, random.choice(pieces[start:] or pieces))
            case 2:
                values = ("-1", "", "99999999999999999999", "1e400", "ABC", "１", "nan", "0x7")
                pieces[place] = _with_value(pieces[place], random.choice(values))
            case 3:
                twin = random.randrange(start, len(pieces)) if start < len(pieces) else place
                pieces[place], pieces[twin] = pieces[twin], pieces[place]
            case _:
                pieces[place] = pieces[place].replace("w:p", "w:tbl").replace("w:r>", "w:tc>")
    return "".join(pieces).encode()


def _with_value(piece: str, text: str) -> str:
    before, mark, rest = piece.partition('="')
    return f'{before}="{text}"{rest.partition(chr(34))[2]}' if mark else piece


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.thorough
def test_a_mutated_file_is_read_or_refused_with_a_sentence(seed: int) -> None:
    random, data = Random(seed), everything()
    read_ = 0
    for _ in range(60):
        with suppress(Unreadable):
            assert_whole(word.read("文件.docx", mutated(data, random)))
            read_ += 1
    assert read_ > 20  # else it says little
