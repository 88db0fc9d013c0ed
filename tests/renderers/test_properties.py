"""Document properties: as much as Word and Excel take; what a reader reads is never cut."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from conftest import edition_of
from publisher.model import Edition, Organ
from publisher.renderers import docx as word
from publisher.renderers.properties import LONGEST, listed, shortened

KEYWORDS = tuple(f"重点工作任务{number}" for number in range(40))


def properties_of(edition: Edition) -> docx.opc.coreprops.CoreProperties:  # type: ignore[name-defined]
    return docx.Document(io.BytesIO(word.render(edition)["document.docx"])).core_properties


def long_edition() -> Edition:
    edition = edition_of(
        "各单位要认真落实。",
        title="关于" + "认真做好各项重点工作" * 30 + "的通知",
        issuers=tuple(
            Organ(f"青岚市第{number}水务管理局") for number in "一二三四五六七八九十" * 3
        ),
        number="青水发〔2030〕7号",
    )
    web = replace(edition.document.web, keywords=KEYWORDS)
    return replace(edition, document=replace(edition.document, web=web))


def test_a_document_with_many_keywords_and_a_long_title_becomes_a_word_file() -> None:
    found = properties_of(long_edition())
    told = found.keywords.split("、")
    assert told == list(KEYWORDS[: len(told)])
    assert len(told) > 25
    assert found.title.endswith("…")
    assert len(found.title) == LONGEST
    assert set(found.author.split("、")) <= {
        organ.name for organ in long_edition().document.issuers
    }


def test_what_fits_is_left_as_it_is() -> None:
    assert shortened("通知") == "通知"
    assert shortened("字" * LONGEST) == "字" * LONGEST
    assert listed(["栽树", "浇水"]) == "栽树、浇水"
    assert listed([]) == ""


@pytest.mark.parametrize("character", ["字", "𬭳"])
def test_what_does_not_fit_is_cut_between_characters(character: str) -> None:
    found = shortened(character * 300)
    assert found.rstrip("…") == character * (len(found) - 1)
    assert len(found.encode("utf-16-le")) <= 2 * LONGEST


def test_a_list_is_cut_between_its_entries_and_begins_with_the_first_in_any_case() -> None:
    assert listed(["甲" * 200, "乙" * 200, "丙"]) == "甲" * 200
    assert listed(["甲" * 300, "乙"]) == shortened("甲" * 300)
