"""A bureau's own templates are checked at once, and each fault is told with its place."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document as WordFile
from docx.oxml.ns import qn

from conftest import DOCUMENTS
from publisher import cli, pipeline, template_check, templates
from publisher.diagnostics import Finding, Severity
from publisher.renderers import docx, metadata, pdf
from publisher.setting.editions import edition_of

Edit = Callable[[Path], object]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    shutil.copytree(templates.SHIPPED, folder)
    return folder


# -- ways to spoil a folder ----------------------------------------------------------------


def written(file: str, old: str, new: str) -> Edit:
    """Other words in a template that is text."""

    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def removed(file: str) -> Edit:
    return lambda folder: (folder / file).unlink()


def filled(file: str, data: bytes) -> Edit:
    return lambda folder: (folder / file).write_bytes(data)


def part_changed(pattern: str, new: str, part: str = "word/document.xml") -> Edit:
    """Other XML in a part of the general Word template."""

    def edit(folder: Path) -> None:
        path = folder / "docx/official.docx"
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        text, count = re.subn(pattern, new, parts[part].decode(), count=1, flags=re.DOTALL)
        assert count == 1
        parts[part] = text.encode()
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)

    return edit


def style_changed(name: str, old: str, new: str) -> Edit:
    """Other properties in a style."""
    style = rf'(<w:name w:val="{name}"/>(?:(?!</w:style>).)*?){old}'
    return part_changed(style, rf"\g<1>{new}", "word/styles.xml")


def style_removed(name: str) -> Edit:
    style = rf'<w:style (?:(?!</w:style>).)*?<w:name w:val="{name}"/>.*?</w:style>'
    return part_changed(style, "", "word/styles.xml")


def paragraph_removed(words: str) -> Edit:
    return part_changed(rf"<w:p>(?:(?!</w:p>).)*?{re.escape(words)}.*?</w:p>", "")


def empty_archive(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


WORD, LETTER = "docx/official.docx", "docx/letter.docx"
PRINT, CSS = "print/document.html.jinja", "print/document.css.jinja"
BOMB = b"<w:p xmlns:w='w'>" * 100_000

# What is spoilt, how, and what is said of it: the finding, its file and line, words in it.
FAULTS = {
    "a style of Word removed": (
        style_removed("附件标识"),
        ("missing_style", WORD, None, "段落样式“附件标识”"),
    ),
    "a style of Word renamed": (
        part_changed('w:val="西文"', 'w:val="英文"', "word/styles.xml"),
        ("missing_style", WORD, None, "字符样式“西文”"),
    ),
    "a table style removed": (
        style_removed("公文表格"),
        ("missing_style", WORD, None, "表格样式“公文表格”"),
    ),
    "a style of another kind": (
        part_changed(
            '(w:type=")character("[^>]*><w:name w:val="强调")',
            r"\g<1>paragraph\g<2>",
            "word/styles.xml",
        ),
        ("missing_style", WORD, None, "字符样式“强调”"),
    ),
    "the box of the 版记 renamed": (
        part_changed('name="版记"', 'name="文本框 1"'),
        ("missing_box", WORD, None, "版记"),
    ),
    "the paragraph of the mark in another style": (
        part_changed(
            r"(<w:pStyle w:val=\")[^\"]*(\"/></w:pPr><w:r><w:t>\{\{ 发文机关标志)",
            r"\g<1>Normal\g<2>",
        ),
        ("missing_paragraph", WORD, None, "发文机关标志"),
    ),
    "a brace lost": (
        paragraph_removed("{{ 标题 }}"),
        ("missing_brace", WORD, None, "{{ 标题 }}"),
    ),
    "the place of the text lost": (
        paragraph_removed("{{ 正文 }}"),
        ("missing_brace", WORD, None, "{{ 正文 }}"),
    ),
    "words beside the place of the text": (
        part_changed(r"\{\{ 正文 \}\}", "全文：{{ 正文 }}"),
        ("crowded_brace", WORD, 29, "全文：{{ 正文 }}"),
    ),
    "a typing error in a brace": (
        part_changed(r"\{\{ 标题 \}\}", "{{ 题标 }}"),
        ("unknown_brace", WORD, 23, "题标"),
    ),
    "a brace not closed": (
        part_changed(r"\{\{ 标题 \}\}", "{{ 标题 }"),
        ("broken_brace", WORD, 23, "{{ 标题 }"),
    ),
    "a brace in full width": (
        part_changed(r"\{\{ 标题 \}\}", "｛｛ 标题 ｝｝"),
        ("broken_brace", WORD, 23, "不是半角"),
    ),
    "a brace that says nothing": (
        part_changed(r"\{\{ 标题 \}\}", "{{ 标题 | }}"),
        ("broken_brace", WORD, 23, "应为"),
    ),
    "a statement of Word without an end": (
        part_changed(r"\{%p endfor %\}", "{%p endif %}"),
        ("broken_brace", WORD, None, "不认识 endif"),
    ),
    "another pitch of lines": (
        style_changed("Body Text", 'w:line="589"', 'w:line="560"'),
        (
            "changed_measure",
            WORD,
            None,
            "行距应为固定值 29.45 磅，现为固定值 28 磅",
        ),
    ),
    "lines that are not exact": (
        style_changed("Body Text", 'w:lineRule="exact"', 'w:lineRule="auto"'),
        ("changed_measure", WORD, None, "倍"),
    ),
    "lines in which a picture would be cut off": (
        style_changed("图片", 'w:lineRule="atLeast"', 'w:lineRule="exact"'),
        ("changed_measure", WORD, None, "行距应为最小值 1 磅，现为固定值 1 磅"),
    ),
    "another size": (
        style_changed("表格文字", 'w:sz w:val="24"', 'w:sz w:val="21"'),
        ("changed_measure", WORD, None, "字号应为 12 磅，现为 10.5 磅"),
    ),
    "another distance": (
        style_changed("附件标题", 'w:after="589"', 'w:after="0"'),
        ("changed_measure", WORD, None, "段后应为 29.45 磅，现为 0 磅"),
    ),
    "no indent": (
        style_changed("Body Text", 'w:firstLineChars="200" w:firstLine="628"', ""),
        ("changed_measure", WORD, None, "首行缩进应为 2.0 字，现为 0.0 字"),
    ),
    "other margins": (
        part_changed('w:left="1587"', 'w:left="1701"'),
        ("changed_measure", WORD, None, "左边距应为 28 毫米，现为 30"),
    ),
    "no Word file": (
        filled(LETTER, b"no zip"),
        ("unreadable_template", LETTER, None, "不是完好的 Word 文件"),
    ),
    "a Word file without styles": (
        filled(LETTER, empty_archive("word/document.xml")),
        ("unreadable_template", LETTER, None, "没有样式表"),
    ),
    "a Word file of damaged XML": (
        filled(LETTER, empty_archive("word/styles.xml")),
        ("unreadable_template", LETTER, None, "不是完好的 Word 文件"),
    ),
    "a Word file of nothing but depth": (
        part_changed(".*", BOMB.decode()),
        ("unreadable_template", WORD, None, "不是完好的 Word 文件"),
    ),
    "a Word file that is not there": (
        removed(LETTER),
        ("missing_template", LETTER, None, LETTER),
    ),
    "a template that is not there": (
        removed("web/index.html.jinja"),
        ("missing_template", "web/index.html.jinja", None, "web/index.html.jinja"),
    ),
    "a stylesheet that another template takes in": (
        removed("web/page.css"),
        ("missing_template", "web/page.css", None, "web/page.css"),
    ),
    "what editors do not told": (
        removed("web/editors.toml"),
        ("missing_template", "web/editors.toml", None, "web/editors.toml"),
    ),
    "settings that are none": (
        written("web/metadata.toml", "=", "=="),
        ("broken_markup", "web/metadata.toml", None, ""),
    ),
    "bytes that are no text": (
        filled("web/index.html.jinja", b"\xff\xfe\x00"),
        ("unreadable_template", "web/index.html.jinja", None, "UTF-8"),
    ),
    "a file of nothing but length": (
        filled("web/index.html.jinja", b"x" * (2**20 + 1)),
        ("unreadable_template", "web/index.html.jinja", None, "太大"),
    ),
    "brackets in one another without end": (
        filled("web/index.html.jinja", b"{{ " + b"(" * 100_000),
        ("broken_markup", "web/index.html.jinja", 1, "嵌套太深"),
    ),
    "a bracket not closed": (
        written("web/index.html.jinja", "}}", "}"),
        ("broken_markup", "web/index.html.jinja", None, "模板标记有错"),
    ),
    "a statement without its end": (
        written("web/page.html.jinja", "{% endmacro %}", ""),
        ("broken_markup", "web/page.html.jinja", None, "模板标记有错"),
    ),
    "a statement that there is not": (
        written("web/page.html.jinja", "{% set site", "{% let site"),
        ("broken_markup", "web/page.html.jinja", "{% let site", "不认识 let"),
    ),
    "a typing error in a value": (
        written("web/page.html.jinja", "document.body.title", "documnet.body.title"),
        ("unknown_value", "web/page.html.jinja", "documnet", "documnet"),
    ),
    "a typing error in what a value has": (
        written("web/page.html.jinja", "document.body.title", "document.body.titel"),
        ("unknown_attribute", "web/page.html.jinja", "body.titel", "“.titel”"),
    ),
    "a filter that there is not": (
        written("web/page.html.jinja", "| one_line", "| one_lime"),
        ("unknown_filter", "web/page.html.jinja", "| one_lime", "one_lime"),
    ),
    "a macro removed": (
        written("web/page-forms.html.jinja", "macro notes(", "macro remarks("),
        (
            "missing_macro",
            "web/sequence.html.jinja",
            None,
            "“notes”，own/web/page-forms",
        ),
    ),
    "a macro of the fragment removed": (
        written("web/fragment-forms.html.jinja", "macro notes(", "macro remarks("),
        ("missing_macro", "web/sequence.html.jinja", None, "“notes”，own/web/fragment-forms"),
    ),
    "a macro that is imported by name": (
        written("web/page-forms.html.jinja", "macro sums(", "macro totals("),
        ("missing_macro", "web/page.html.jinja", "sums %}", "“sums”"),
    ),
    "a block without a place": (
        written("web/base.html.jinja", "block rules", "block styles"),
        ("lost_block", "web/page.html.jinja", "{% block rules", "“rules”"),
    ),
    "a value that is not used": (
        written("web/page.html.jinja", "{{ structured | safe }}", ""),
        ("unused_value", "web/page.html.jinja", 1, "“structured”"),
    ),
    "another size in print": (
        written(CSS, "font-size: {{ no_2.css }}", "font-size: 20pt"),
        ("changed_measure", CSS, None, "font-size：原来是 {{ no_2.css }}，现在是 20pt"),
    ),
    "a distance gone in print": (
        written(CSS, "min-height: {{ page.line.css }};", ""),
        ("changed_measure", CSS, 1, ".number 的 min-height"),
    ),
}


def matches(
    own: Path, finding: Finding, name: str, file: str, line: int | str | None, words: str
) -> bool:
    """Whether a finding is the one that is expected; a line may be told by what stands on it."""
    place = finding.place
    if isinstance(line, str):
        lines = (own / file).read_text("utf-8").splitlines()
        line = next(number for number, there in enumerate(lines, 1) if line in there)
    return (
        (finding.name, place.file) == (name, f"own/{file}")
        and line in (None, place.line)
        and words in finding.message
    )


@pytest.mark.thorough
@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_with_its_place(own: Path, case: str) -> None:
    edit, said = FAULTS[case]
    edit(own)
    found = list(template_check.check_folder(own, said[1].partition("/")[0]))
    assert any(matches(own, finding, *said) for finding in found), found


@pytest.mark.thorough
def test_all_faults_are_told_at_once(own: Path) -> None:
    several = ("a brace lost", "a style of Word renamed", "a macro removed", "another size")
    for case in several:
        FAULTS[case][0](own)
    found = template_check.check(own)
    for case in several:
        assert any(matches(own, finding, *FAULTS[case][1]) for finding in found)
    assert len(found) == len(several)


def test_the_templates_that_come_with_the_program_have_no_fault() -> None:
    assert template_check.check(templates.SHIPPED) == ()


def test_what_may_be_changed_is_no_error(own: Path) -> None:
    for case in ("another size", "other margins", "another size in print"):
        FAULTS[case][0](own)
    assert {finding.severity for finding in template_check.check(own)} == {Severity.REVIEW}


def test_colours_faces_and_words_are_the_bureaus_own(own: Path) -> None:
    style_changed("heading 1", 'w:color w:val="000000"', 'w:color w:val="222222"')(own)
    style_changed("heading 2", "楷体_GB2312", "楷体")(own)
    written("web/page.html.jinja", "跳到正文", "直接看正文")(own)
    written(CSS, "text-align: center", "text-align: left")(own)
    assert template_check.check(own) == ()


def test_what_documents_have_may_be_shown(own: Path) -> None:
    added = "{{ document.note }}{{ edition.mark_suffix.strip() }}{% set day = document.date.year %}"
    written("web/page.html.jinja", "{% block body %}", "{% block body %}" + added)(own)
    written("web/fragment.html.jinja", "{% include", "{{ document.kind.value }}{% include")(own)
    assert template_check.check(own) == ()


def test_a_template_may_be_put_into_two(own: Path) -> None:
    path = own / "web/index.html.jinja"
    path.rename(own / "web/list.html.jinja")
    path.write_text("{% include 'list.html.jinja' %}\n", "utf-8")
    assert template_check.check(own) == ()


def test_a_folder_without_templates_lacks_all_of_them(tmp_path: Path) -> None:
    found = template_check.check(tmp_path)
    assert {finding.name for finding in found} == {"missing_template", "unused_template"}
    assert sum(finding.place.file.endswith(".docx") for finding in found) == 4


# -- used all the same ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "error"),
    [
        ("{{ 1 // 0 }}", ZeroDivisionError),
        ("{% for one in range(10 ** 9) %}{% endfor %}", OverflowError),
        ("{{ 1 | inline }}", TypeError),
        ("{% macro same() %}{{ same() }}{% endmacro %}{{ same() }}", RecursionError),
    ],
)
def test_what_a_template_of_its_own_does_wrong_is_no_fault_of_the_program(
    template: str, error: type[Exception], own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(error):
        templates.environment("web").from_string(template).render()
    monkeypatch.setenv(templates.VARIABLE, str(own))
    with pytest.raises(templates.BrokenTemplate, match=f"模板用不了（{error.__name__}"):
        templates.environment("web").from_string(template).render()


def test_a_style_that_asks_for_a_file_is_told() -> None:
    with pytest.raises(templates.BrokenTemplate, match="要取 file:///etc/hostname：样式和图片须"):
        pdf.set_pages('<style>@import "file:///etc/hostname"</style><p>x')


@pytest.mark.parametrize("tag", ["name = 1\nvalue = ''", "name = 'a'", "value = 'title'", "x = 1"])
def test_a_tag_that_lacks_something_is_told(
    tag: str, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own / "web" / metadata.TAGS).write_text(f"[[tag]]\n{tag}\n", "utf-8")
    monkeypatch.setenv(templates.VARIABLE, str(own))
    with pytest.raises(templates.BrokenTemplate, match=r"metadata\.toml 无法读取"):
        metadata.tags_of({"title": "标题"})


@pytest.mark.parametrize(
    "data", [b"", b"PK\x05\x06" + bytes(18)], ids=["empty", "a ZIP of nothing"]
)
def test_a_word_template_that_is_none_is_told(
    data: bytes, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document, _, _ = pipeline.read(DOCUMENTS, "minimal")
    assert document
    (own / "docx" / "official.docx").write_bytes(data)
    monkeypatch.setenv(templates.VARIABLE, str(own))
    with pytest.raises(templates.BrokenTemplate, match=r"Word 模板 official\.docx用不了"):
        docx.render(edition_of(document))


def test_a_word_template_may_have_a_background(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document, _, _ = pipeline.read(DOCUMENTS, "minimal")
    assert document
    file = own / "docx" / "official.docx"
    template = WordFile(str(file))
    background = template.element.makeelement(qn("w:background"), {qn("w:color"): "FFF8F0"})
    template.element.insert(0, background)
    template.save(str(file))
    monkeypatch.setenv(templates.VARIABLE, str(own))
    made = WordFile(io.BytesIO(docx.render(edition_of(document))["document.docx"]))
    assert [each.tag for each in made.element] == [qn("w:background"), qn("w:body")]


# -- the command ----------------------------------------------------------------------------


@pytest.mark.thorough
def test_the_command_ends_with_what_was_found(own: Path, capsys: pytest.CaptureFixture) -> None:
    assert cli.run(["template", "check", str(own)]) == cli.CLEAN
    assert "没有发现问题" in capsys.readouterr().out
    FAULTS["another size"][0](own)
    assert cli.run(["template", "check", str(own)]) == cli.CLEAN
    FAULTS["a brace lost"][0](own)
    assert cli.run(["template", "check", str(own)]) == cli.STOPPED
    assert cli.run(["template", "check", str(own / "nowhere")]) == cli.WRONG_USAGE


def test_the_command_checks_the_templates_that_are_in_use(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    FAULTS["a brace lost"][0](own)
    monkeypatch.setenv("PUBLISHER_TEMPLATES", str(own))
    assert cli.run(["template", "check", "--json"]) == cli.STOPPED
    (finding,) = json.loads(capsys.readouterr().out)["findings"]
    assert finding["name"] == "missing_brace"


def test_what_a_composition_holds_may_be_asked_of_it_though_no_template_of_ours_does(
    own: Path, capsys: pytest.CaptureFixture
) -> None:
    template = own / "print" / "document.html.jinja"
    text = template.read_text("utf-8")
    template.write_text(text + "{{ composition.text_pages }}\n", "utf-8")
    assert cli.run(["template", "check", str(own)]) == cli.CLEAN
    assert "没有发现问题" in capsys.readouterr().out
