"""Each style of Word stands in `styles.py` alone; the templates have just those."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from conftest import ROOT
from publisher import templates
from publisher.forms import FORMS
from publisher.inspect.recognised import Part
from publisher.model import Form, LevelForm
from publisher.readers.schema import FrontMatter
from publisher.standard import TYPEFACES
from publisher.styles import HEADINGS, RUN_IN_HEADINGS, Style

NAMES = {style.word_name for style in Style}
BRACES = set(re.findall(r"\{\{ (\w+)", (ROOT / "tools" / "make_template.py").read_text("utf-8")))
ALSO_ELSE = {
    *(part.value for part in Part),
    *(field.alias for field in FrontMatter.model_fields.values()),
    *(face.name for face in TYPEFACES),
    *BRACES,
    "印发",
    "图片",
    "表头",
    "表题",
    "表注",
    "Footer",
    "Normal",
    "Title",
}
"""Names of styles that name an element, a face, a brace or something of other formats too."""
SOURCES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").glob("*.py")])
WORDS_OWN = {"Default Paragraph Font", "Normal Table", "No List", "Strong"}


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_no_name_of_a_style_is_typed_but_in_the_table_of_styles() -> None:
    typed = {}
    for path in SOURCES:
        ours = NAMES if path.name == "make_template.py" else NAMES - ALSO_ELSE
        if path.name != "styles.py" and (there := ours.intersection(strings(path))):
            typed[path.relative_to(ROOT).as_posix()] = there
    assert typed == {}


def test_names_that_only_styles_have_are_most_of_them() -> None:
    assert len(NAMES & ALSO_ELSE) < len(NAMES) / 3


def test_each_style_has_a_name_and_a_block_of_its_own() -> None:
    assert len(NAMES) == len(Style)
    assert len({style.value.holds for style in Style}) == len(Style)


@pytest.mark.parametrize("form", Form, ids=lambda form: form.name)
def test_a_template_has_the_styles_of_its_form_and_no_others(form: Form) -> None:
    there = docx.Document(str(templates.folder("docx") / FORMS[form].word_template)).styles
    kinds = {style.name: style.type.name.lower() for style in there}
    for style in Style.of_form(form):
        assert kinds[style.word_name] == style.kind
    names = {style.word_name for style in Style.of_form(form)}
    assert kinds.keys() - names == WORDS_OWN


def test_the_styles_of_a_template_are_asked_by_name_in_words_capitals_or_not() -> None:
    assert Style.named("heading 2") is Style.named("Heading 2") is Style.CLAUSE
    assert Style.named("成文日期") is Style.DATE
    assert Style.named("标题 2") is None


def test_every_form_of_heading_has_a_style_and_every_style_of_headings_a_form() -> None:
    assert HEADINGS.keys() == RUN_IN_HEADINGS.keys() == set(LevelForm) - {LevelForm.ARTICLE}
    assert Style.PART.value.levels == (LevelForm.PART, LevelForm.UNNUMBERED, LevelForm.DECIMAL)


def test_the_page_on_templates_has_the_table_of_styles() -> None:
    rows = "".join(
        f"| {style.value.holds} | `{style.word_name}` | {style.kind} |\n" for style in Style
    )
    assert rows in (ROOT / "templates" / "README.md").read_text("utf-8")
