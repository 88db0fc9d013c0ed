"""What a file of the office says it was made from: it stays with it, and the public gets none."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as etree
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from audit import said_by_openxml_audit
from conftest import Saves
from publisher.provenance import Provenance, for_the_public, provenance_of, signed, stamped

ORIGIN = Provenance("2025-work-points", "0f" * 32, "document.docx")


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("各单位要抓好落实。")
    return saved(document)


@cache
def workbook() -> bytes:
    made: Any = openpyxl.Workbook()
    made.active["A1"] = "序号"
    return saved(made)


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def canonical(data: bytes) -> dict[str, str]:
    return {
        name: etree.canonicalize(part) for name, part in parts(data).items() if part[:1] == b"<"
    }


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.thorough
@pytest.mark.parametrize("make", [word, workbook])
def test_a_package_says_what_it_was_made_from(make: Callable[[], bytes], tmp_path: Path) -> None:
    data = make()
    assert provenance_of(data) is None
    made = stamped(data, ORIGIN)
    assert provenance_of(made) == ORIGIN
    assert stamped(data, ORIGIN) == made
    file = tmp_path / f"made.{'docx' if make is word else 'xlsx'}"
    file.write_bytes(data)
    before = said_by_openxml_audit(file)
    file.write_bytes(made)
    assert said_by_openxml_audit(file) == before


@pytest.mark.parametrize("make", [word, workbook])
def test_what_was_said_before_is_said_no_more(make: Callable[[], bytes]) -> None:
    first = stamped(make(), ORIGIN)
    later = replace(
        ORIGIN, content="a1" * 32, slug="名称 有空格", tracked=signed("甲", "2030-04-20")
    )
    assert provenance_of(stamped(first, later)) == later
    assert stamped(first, later) == stamped(make(), later)


def test_properties_of_others_stay() -> None:
    book: Any = openpyxl.Workbook()
    book.custom_doc_props.append(StringProperty(name="经办人", value="韩正"))
    made = stamped(saved(book), ORIGIN)
    assert provenance_of(made) == ORIGIN
    assert others(made) == {"经办人": "韩正"}
    public = for_the_public(made)
    assert provenance_of(public) is None
    assert others(public) == {"经办人": "韩正"}


def others(data: bytes) -> dict[str, str]:
    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    names = [name for name in book.custom_doc_props.names if name != "publisher"]
    return {name: book.custom_doc_props[name].value for name in names}


@pytest.mark.parametrize("make", [word, workbook])
def test_the_public_gets_a_file_that_says_nothing(make: Callable[[], bytes]) -> None:
    data = make()
    public = for_the_public(stamped(data, ORIGIN))
    assert canonical(public) == canonical(data)
    assert b"publisher" not in b"".join(parts(public).values())


@pytest.mark.parametrize(
    "data", [b"", b"PK\3\4", b"a text", word()[:2000]], ids=["none", "head", "text", "torn"]
)
def test_what_is_no_package_says_nothing(data: bytes) -> None:
    assert provenance_of(data) is None


@pytest.mark.parametrize(
    "said", ["", "a b c", "0f", f"{'0f' * 32} document.docx ", "0f" * 9000], ids=range(5)
)
def test_what_others_wrote_under_the_name_says_nothing(said: str) -> None:
    made = parts(stamped(word(), ORIGIN))
    words = f"{ORIGIN.content} {ORIGIN.file} {ORIGIN.slug}"
    custom = made["docProps/custom.xml"].replace(words.encode(), said.encode())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in (made | {"docProps/custom.xml": custom}).items():
            package.writestr(name, part)
    assert provenance_of(out.getvalue()) is None


@pytest.mark.slow
def test_libreoffice_keeps_it(office_saves: Saves) -> None:
    saved = stamped(word(), ORIGIN)
    for before, after in pairwise((".docx", ".odt", ".doc", ".docx")):
        saved = office_saves(saved, before, after[1:])
    assert provenance_of(saved) == ORIGIN
    assert provenance_of(office_saves(stamped(workbook(), ORIGIN), ".xlsx", "xlsx")) == ORIGIN


def test_the_author_of_tracked_changes_is_known_and_not_named() -> None:
    made = signed("柳喆", "2030-04-20T09:30:15Z")
    assert made == signed("柳喆", "2030-04-20T09:30:00Z")
    assert len({made, signed("陆堃", "2030-04-20T09:30:15Z"), signed("柳喆", "")}) == 3
    assert re.fullmatch("[0-9a-f]{16}", made)
