"""Numbers and words are those that LibreOffice shows, and old formats read as what they were."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from made_word import characters, made, paragraphs, read
from PIL import Image
from test_word_numbers import OFFICIAL, abstract, item, level, num, restart

from conftest import Saves
from publisher import office
from publisher.intake import word
from publisher.intake.source import SourceFile, SourcePicture, paragraphs_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]

FORMS = (
    *("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "upperRoman"),
    *("ideographLegalTraditional", "ideographTraditional", "ideographZodiac", "lowerRoman"),
    *("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalZero", "decimal"),
    *("upperLetter", "lowerLetter", "japaneseCounting", "taiwaneseCountingThousand"),
)
STARTS = (1, 2, 10, 11, 12, 19, 20, 21, 99)
ARTICLES = abstract(
    20,
    level(0, "chineseCountingThousand", "第%1章"),
    level(1, "chineseCountingThousand", "第%2条"),
    level(2, "chineseCounting", "（%3）"),
    level(3, text="%1.%2.%3.%4"),
)


def numbered() -> bytes:
    """Paragraphs of all formats, and of lists that go on, begin anew and go deep at random."""
    definitions = [abstract(place + 30, level(0, form, "[%1]")) for place, form in enumerate(FORMS)]
    lists = [
        num(1, 0),
        num(2, 20),
        num(3, 20),
        num(4, 20, *(restart(each, 1) for each in range(4))),
    ]
    body = []
    for place, _ in enumerate(FORMS):
        for start in STARTS:
            identifier = 100 + len(lists)
            lists.append(num(identifier, place + 30, restart(0, start)))
            body.append(item(f"第{place}种", identifier))
    random = Random(18)
    body += [
        item("段", random.choice((1, 2, 3, 4)), random.choice((0, 1, 1, 2, 2, 3)))
        for _ in range(80)
    ]
    first = OFFICIAL.replace(num(1, 0), "")
    return made("".join(body), numbering=first + "".join(definitions) + ARTICLES + "".join(lists))


def shown_by(saves: Saves, data: bytes) -> list[str]:
    text = saves(data, ".docx", "txt").decode("utf-8-sig")
    return ["".join(line.split()) for line in text.splitlines() if line.strip()]


def test_numbers_are_those_of_libreoffice(office_saves: Saves) -> None:
    data = numbered()
    assert [each.words for each in paragraphs(data)] == shown_by(office_saves, data)


@pytest.fixture(scope="module")
def original() -> bytes:
    body = "".join(item(f"第{place}项工作。", 1, place % 3) for place in range(9))
    return made(body + item("Important: import, INCLUDE", 1), numbering=OFFICIAL)


@pytest.mark.parametrize(
    ("suffix", "called"),
    [("doc", "Word 97—2003 文档"), ("rtf", "RTF 文档"), ("odt", "ODT 文档")],
)
def test_old_formats_read_as_what_they_were(
    suffix: str, called: str, original: bytes, office_saves: Saves
) -> None:
    source = word.read(f"a.{suffix}", office_saves(original, ".docx", suffix))
    assert source.called == called
    assert "由 LibreOffice 转换" in source.sentences[0]
    if suffix != "rtf":  # in which LibreOffice writes no Chinese commas of labels
        assert _lines(source) == _lines(read(original))
    assert characters(source.raw) == characters(read(original).raw)


def _lines(source: SourceFile) -> list[str]:
    return [each.words for each in paragraphs_in(source.blocks) if each.words]


def test_pages_are_pictures(original: bytes) -> None:
    pages = office.pages(original)
    assert pages is not None
    assert [each[:4] for each in pages] == [b"\x89PNG"]
    assert office.pages(b"no Word file") is None


def test_libreoffice_reads_no_other_file(tmp_path: Path) -> None:
    Image.new("RGB", (9, 9), (1, 2, 3)).save(tmp_path / "secret.png")
    address = (tmp_path / "secret.png").as_uri()
    fields = (
        rf'{{\field{{\*\fldinst INCLUDEPICTURE "{address}" \\d}}{{\fldrslt}}}}',
        rf'{{\field{{\*\fldinst {{INCLUDE}}{{PICTURE}} "{address}" \\d}}{{\fldrslt}}}}',
    )
    source = word.read("a.rtf", f"{{\\rtf1\\ansi text {''.join(fields)}\\par}}".encode())
    assert [each.words for each in paragraphs_in(source.blocks)] == ["text "]
    assert not any(isinstance(each, SourcePicture) for each in source.blocks)
