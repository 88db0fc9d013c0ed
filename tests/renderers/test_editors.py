"""What editors of CMSs saved of the fragment, and what the table for web editors says of it."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from functools import cache
from types import ModuleType

import pytest
from lxml import html

from conftest import ROOT
from losses import MEASURES, losses
from publisher.model import FragmentTables
from publisher.renderers.editors import Editor, measured
from publisher.renderers.web import render_fields, render_fragment
from publisher.verify import verify

FOLDER = ROOT / "tests" / "editors"
SAVED = FOLDER / "saved"
TRIED = [one for one in measured().editors if one.saved]
by_editor = pytest.mark.parametrize("editor", TRIED, ids=lambda one: one.saved)


@cache
def tool(name: str) -> ModuleType:
    """A module of `tools/`."""
    path = ROOT / "tools" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"tools_{name}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look themselves up
    spec.loader.exec_module(module)
    return module


@cache
def fragment(form: FragmentTables) -> str:
    """What `make editors` gives the editors."""
    return str(tool("editors").fragment(form))


def saved_of(editor: Editor, form: FragmentTables) -> str:
    name = f"{editor.saved}-{editor.version}-{form.name.lower()}.html"
    return (SAVED / name).read_text("utf-8")


def arrives(editor: Editor, form: FragmentTables) -> bool:
    """Whether `verify-published` finds nothing lost or changed."""
    return verify("planting", fragment(form).encode(), saved_of(editor, form).encode()).is_whole


def test_what_is_given_holds_what_editors_lose() -> None:
    page = html.fragment_fromstring(fragment(FragmentTables.MERGED), create_parent="div")
    for path in (".//caption", ".//th[@scope='rowgroup'][@rowspan > 1]", ".//td/br", ".//p/a"):
        assert page.xpath(path), path
    gone = losses(fragment(FragmentTables.MERGED), "<p>别的</p>")
    assert gone == [one for one in MEASURES if "scope" not in one]
    for form in FragmentTables:
        assert losses(fragment(form), fragment(form)) == []


@by_editor
def test_the_table_says_which_form_arrives(editor: Editor) -> None:
    assert editor.tables == tuple(form.value for form in FragmentTables if arrives(editor, form))


@by_editor
def test_the_table_says_what_is_lost(editor: Editor) -> None:
    gone = {
        one for form in FragmentTables for one in losses(fragment(form), saved_of(editor, form))
    }
    assert set(editor.loses) == gone


def test_all_that_was_saved_is_told_and_pinned() -> None:
    told = {
        f"{one.saved}-{one.version}-{form.name.lower()}.html"
        for one in TRIED
        for form in FragmentTables
    }
    assert {path.name for path in SAVED.iterdir()} == told
    wanted = json.loads((FOLDER / "package.json").read_text("utf-8"))["dependencies"]
    lock = json.loads((FOLDER / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {one.name: one.package for one in tool("editors").EDITORS}
    assert {one.saved for one in TRIED} == set(packages)
    for one in TRIED:
        package = packages[one.saved]
        assert wanted[package] == lock[f"node_modules/{package}"]["version"] == one.version


def test_the_lock_has_a_hash_for_every_package_and_no_address() -> None:
    text = (FOLDER / "package-lock.json").read_text("utf-8")
    assert not re.search("resolved|https?:", text)
    packages = json.loads(text)["packages"]
    assert all("integrity" in one for name, one in packages.items() if name)


def test_who_was_not_measured_is_said_to_be_so() -> None:
    for one in measured().editors:
        assert bool(one.version) == bool(one.saved)
        assert one.version or "没有实测" in one.verdict


def test_page_and_sheet_say_the_same_with_versions_and_date() -> None:
    page = (ROOT / "docs" / "web-editors.md").read_text("utf-8")
    assert page == tool("make_docs").editors_page()
    day = str(measured().day)
    assert f"实测日期：{day}" in page
    document = tool("editors").small(FragmentTables.MERGED)
    sheet = render_fields(document.document, (), render_fragment(document)).decode()
    words = html.document_fromstring(sheet).text_content()
    assert day in words
    for one in measured().editors:
        told = f"{one.name}（{one.version}）" if one.version else one.name
        assert f"{told}：{one.verdict}。表格：{one.form}。" in words
    assert re.search(r"不能放表格，请上传文件", words)


def test_an_editor_that_tears_cells_is_told_as_one_that_holds_no_table() -> None:
    (quill,) = (one for one in measured().families if one.name == "Quill")
    assert [one.tables for one in quill.editors] == [()]
    assert "不能放表格" in quill.steps[0]
    assert "上传" in quill.steps[0]
