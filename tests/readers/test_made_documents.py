"""The made documents: between them every key and element is used, most in `complete`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import pytest

from conftest import DOCUMENTS, Reading, checked, read_content, resolved
from publisher.diagnostics import stops_publishing
from publisher.model import (
    ColumnRole,
    Document,
    Grouping,
    Heading,
    Inline,
    Kind,
    LevelForm,
    LineBreak,
    Link,
    NumberedHeading,
    Orientation,
    Strong,
    WebRecord,
    plain,
)
from publisher.readers.schema import (
    AttachmentEntry,
    BureauEntry,
    FrontMatter,
    IssuedEntry,
    OrganEntry,
    PictureKeys,
    SiteEntry,
    TextFront,
    TextTableKeys,
)
from publisher.readers.yaml import read_mapping


@pytest.fixture(scope="module")
def minimal() -> Reading:
    return read_content(DOCUMENTS, "minimal")


@pytest.fixture(scope="module")
def complete() -> Reading:
    return read_content(DOCUMENTS, "complete")


def values(file: str, first: str = "", last: str = "\0") -> dict[str, Any]:
    """The mapping in a file, between two marks."""
    text = (DOCUMENTS / file).read_text(encoding="utf-8")
    read, _ = read_mapping(text.removeprefix(first).split(last)[0], file)
    return read.data


def keys(entries: list[dict[str, Any]]) -> set[str]:
    return {key for entry in entries for key in entry}


def aliases(schema: Any) -> set[str]:
    return {field.alias for field in schema.model_fields.values()}


def inlines(content: tuple[Inline, ...]) -> Iterator[Inline]:
    for one in content:
        yield one
        if isinstance(one, Strong | Link):
            yield from inlines(one.content)


# -- complete ---------------------------------------------------------------------------


OF_MINUTES = {"出席": "present", "请假": "excused", "列席": "observers"}
"""Keys that one document cannot use together with all others, and their fields."""
OF_ALL = {"版式", "印刷", *OF_MINUTES}
OF_ITEMS = {"题注", "连续编号"}
"""Keys that the made document `items` uses."""
OF_FINISHED_FILES = {"红头"}
"""A key that the made document `finished-files` uses."""
GIVEN = ("forms", "pictures", "finished-files")
"""Made documents whose attachments are forms, pictures and finished files."""


def test_the_made_documents_use_every_key_of_the_front_matter() -> None:
    files = [path.relative_to(DOCUMENTS) for path in DOCUMENTS.glob("*/document.md")]
    used = {key for file in files for key in values(str(file), "---\n", "\n---\n")}
    assert used == aliases(FrontMatter)


def test_complete_uses_every_key_but_those_of_other_forms() -> None:
    front = values("complete/document.md", "---\n", "\n---\n")
    issued = front["印发件"]
    attachments = [*front["附件"], *(one for entry in issued for one in entry.get("附件", ()))]
    for slug in GIVEN:
        attachments += values(f"{slug}/document.md", "---\n", "\n---\n")["附件"]
    assert set(front) | OF_ALL | OF_ITEMS | OF_FINISHED_FILES == aliases(FrontMatter)
    assert keys(issued) == aliases(IssuedEntry)
    assert keys(attachments) == aliases(AttachmentEntry)


def test_what_is_forwarded_uses_every_key_of_a_text() -> None:
    files = [path for path in DOCUMENTS.glob("*/*.md") if path.name != "document.md"]
    begun = (path for path in files if path.read_text(encoding="utf-8").startswith("---\n"))
    used = {
        key
        for path in begun
        for key in values(str(path.relative_to(DOCUMENTS)), "---\n", "\n---\n")
    }
    assert used | OF_ITEMS == aliases(TextFront)


OF_LISTS = {"列", "行头", "分组方式", "脚注", "续表", "对账"}
"""Keys that tables of attachments use, and those in a text hardly ever."""


def test_tables_and_pictures_in_a_text_use_every_key_that_is_theirs() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS.glob("*/*.md")]
    braces = [match for text in texts for match in re.findall(r"\n(\{.*\})\n", text)]
    used = keys([read_mapping(brace, "braces")[0].data for brace in braces])
    assert used | OF_LISTS == aliases(TextTableKeys) | aliases(PictureKeys)


def test_its_bureau_uses_every_key() -> None:
    bureau = values("bureau.yaml")
    assert set(bureau) | {"版面"} == aliases(BureauEntry)
    assert keys(bureau["发文机关"]) == aliases(OrganEntry)
    assert set(bureau["网站"]) == aliases(SiteEntry)


def test_complete_leaves_no_field_of_the_model_empty(complete: Reading) -> None:
    document = complete.document
    bureau = complete.bureau
    empty = [name for name in Document.__slots__ if not getattr(document, name)]
    assert empty == [*OF_MINUTES.values(), "comments"]
    assert [name for name in WebRecord.__slots__ if not getattr(document.web, name)] == []
    assert bureau.organs[0].mark
    assert bureau.organs[0].code
    assert len(bureau.organs) >= 3
    assert all(getattr(bureau.site, name) for name in bureau.site.__slots__)
    assert bureau.people
    assert bureau.departments
    assert bureau.terms


def test_complete_uses_every_choice_that_the_model_has(complete: Reading) -> None:
    document = complete.document
    forwarded = read_content(DOCUMENTS, "forwarded").document
    proses = [*document.proses, *forwarded.proses]
    assert {form for text in proses for form in text.levels} == set(LevelForm)
    printed = {one.role for table in document.tables for one in table.columns}
    assert printed == set(ColumnRole) - {ColumnRole.CLAUSE}
    assert any(row.clause for table in document.tables for row in table.rows)
    assert {table.grouping for table in document.tables} == set(Grouping)
    assert {table.orientation for table in document.tables} == {*Orientation, None}


def test_complete_uses_every_level_of_every_text(complete: Reading) -> None:
    for text in complete.document.proses:
        used = {block.level for block in text.blocks if isinstance(block, Heading)}
        assert used in (set(range(1, len(text.levels) + 1)), set()), text.title


def test_complete_uses_every_inline_element(complete: Reading) -> None:
    used = [
        inline
        for text in complete.document.proses
        for block in text.blocks
        for inline in inlines(block.content)
    ]
    assert {type(one) for one in used} >= {Strong, Link, LineBreak}
    words = "".join(
        plain(block.content) for one in complete.document.proses for block in one.blocks
    )
    for piece in ("*", "#", "<b>空话</b>", "{{ 单位 }}", "䶮", "喆", "堃", "玥"):
        assert piece in words


def test_complete_has_headings_that_run_in_alone_and_above_text(complete: Reading) -> None:
    blocks = resolved(complete.document).issued[0].blocks
    run_ins = [one.run_in for one in blocks if isinstance(one, NumberedHeading)]
    assert None in run_ins
    assert () in run_ins
    assert any(run_ins)


def test_complete_has_only_the_findings_that_it_is_made_to_have(complete: Reading) -> None:
    assert [one.name for one in complete.findings] == [
        "html_as_text",
        "html_as_text",
        "template_as_text",
    ]
    assert not stops_publishing(checked(complete.document))


def test_values_of_complete_are_read_as_they_are_meant(complete: Reading) -> None:
    document = complete.document
    assert document.copy_number == "000012"
    assert [organ.name for organ in document.issuers] == [
        "青岚市水务局",
        "青岚市生态环境局",
        "青岚市农业农村局",
    ]
    assert document.signers == ("孟䶮", "柳喆", "司徒玥")
    assert document.date == datetime.date(2030, 3, 1)
    assert document.printing_date == datetime.date(2030, 3, 4)
    assert document.web.summary == (
        "印发清洁河湖行动方案、巡护管理办法和倡议书，自 2030 年 4 月起施行。"
    )
    assert [text.title for text in document.issued][1] == "青岚市河湖巡护\n管理办法"
    assert document.bureau.people[2].name == "司徒玥"


# -- minimal ----------------------------------------------------------------------------


def test_minimal_has_what_a_document_must_have_and_nothing_else(minimal: Reading) -> None:
    document = minimal.document
    given = {"slug", "bureau", "body", "kind", "issuers", "date"}
    given |= {"form", "sides", "red_head", "seal", "web", "place", "places", "front"}
    assert {name for name in Document.__slots__ if getattr(document, name)} == given
    assert document.kind is Kind.ANNOUNCEMENT
    assert document.web == WebRecord()
    assert [plain(block.content) for block in document.body.blocks] == ["滨河路泵站今日起停用。"]
    assert document.body.attachments == ()


def test_minimal_has_no_findings(minimal: Reading) -> None:
    assert minimal.findings == ()
    assert checked(minimal.document) == []
