"""What a form prints stands in one table, the keys of the front matter in another."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from conftest import ROOT, edition_of
from publisher import templates
from publisher.forms import FORMS, Element, Printed, Zone, in_zones, printed
from publisher.keys import KEYS, NAMES, value_of
from publisher.model import Form, Organ
from publisher.readers.schema import FrontMatter
from publisher.renderers import text
from publisher.setting import compose

KINDS = {element.kind for element in get_args(Printed)}
ALL_GIVEN = {
    "number": "青水令〔2030〕1号",
    "copy_number": "1",
    "classification": "秘密★1年",
    "urgency": "特急",
    "signers": ("孟䶮",),
    "issuers": (Organ("青岚市水务局"),),
    "recipients": "各区水务局",
    "note": "此件公开发布",
    "present": ("孟䶮",),
    "copies": ("市政府办公室",),
    "printing_organ": "青岚市水务局办公室",
}


@pytest.mark.parametrize("form", Form)
def test_each_form_has_an_entry_and_prints_its_elements_in_the_order_of_reading(form: Form) -> None:
    order = list(Element)
    assert list(FORMS[form].elements) == sorted(FORMS[form].elements, key=order.index)


@pytest.mark.parametrize(
    ("form", "left_out"),
    [
        (Form.GENERAL, {"attendance"}),
        (Form.LETTER, {"attendance"}),
        (Form.ORDER, {"attendance", "title", "recipients"}),
        (Form.MINUTES, set()),
    ],
)
def test_what_a_form_has_no_place_for_is_not_printed(form: Form, left_out: set[str]) -> None:
    edition = edition_of("停用一天。", form=form, **ALL_GIVEN)
    flat = {"head_line", "mark", "reference", "title", "recipients", "blocks", "attendance"} | {
        *("signature", "remark", "imprint")
    }
    assert {element.kind for element in printed(edition)} == flat - left_out


def test_a_letter_names_no_signer_and_no_printing() -> None:
    zones = in_zones(printed(edition_of("停用一天。", form=Form.LETTER, **ALL_GIVEN)))
    reference, (imprint,) = zones[Zone.HEAD][-1], zones[Zone.FOOT]
    assert (reference.signers, imprint.copies_lines, imprint.organ) == (
        (),
        ("抄送：市政府办公室。",),
        "",
    )


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (Element.COPIES, ((), "青岚市水务局办公室")),
        (Element.PRINTING, (("市政府办公室",), "")),
    ],
)
def test_what_stands_beside_another_is_printed_without_it(
    monkeypatch: pytest.MonkeyPatch, without: Element, said: tuple[tuple[str, ...], str]
) -> None:
    usual = FORMS[Form.GENERAL]
    elements = tuple(element for element in usual.elements if element is not without)
    monkeypatch.setitem(FORMS, Form.GENERAL, replace(usual, elements=elements))
    edition = edition_of("停用一天。", **ALL_GIVEN)
    (imprint,) = in_zones(printed(edition))[Zone.FOOT]
    assert (imprint.copies, imprint.organ) == said
    on_paper = compose(edition).imprint
    assert on_paper is not None
    assert (sum((each.groups for each in on_paper.lists), ()), on_paper.organ) == said


def test_text_page_and_fragment_write_every_kind_of_element() -> None:
    assert set(text._WRITERS) == set(get_args(Printed))
    for name in ("page-forms.html.jinja", "fragment-forms.html.jinja"):
        source = (templates.folder("web") / name).read_text("utf-8")
        macros = set(re.findall(r"{% macro (\w+)\(", source))
        assert KINDS - {"blocks"} | {"paragraph", "heading", "clause"} <= macros, name


def test_the_keys_are_those_that_are_read() -> None:
    assert {field.alias for field in FrontMatter.model_fields.values()} == {
        key.name for key in KEYS
    }
    assert set(FrontMatter.model_fields) == set(NAMES)


def test_each_key_is_a_field_of_the_document() -> None:
    document = edition_of().document
    for key in KEYS:
        value_of(document, key.field)


def test_a_form_is_named_in_few_places() -> None:
    names = "|".join(form.name for form in Form)
    sources = (ROOT / "src" / "publisher").rglob("*.py")
    named = {
        path.relative_to(ROOT / "src" / "publisher").as_posix()
        for path in sources
        if re.search(rf"(?<!Level)\bForm\.(?:{names})\b", path.read_text("utf-8"))
    }
    assert len(named) <= 8, "who has to know a form asks forms.FORMS"
