"""The documentation says what is true: commands, keys, findings, modules; its examples are read."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path

import click
import pytest
from docxtpl import DocxTemplate

from conftest import ROOT, tool
from csv_tables import read_table
from publisher import cli, drafts, limits, pipeline, templates
from publisher.diagnostics import Finding, Severity, as_lines
from publisher.model import (
    ColumnRole,
    Delivery,
    Form,
    Grouping,
    Kind,
    LevelForm,
    Orientation,
    RedHead,
    Seal,
    Sides,
)
from publisher.readers import schema
from publisher.readers.markdown import read_blocks
from publisher.readers.schema import (
    AttachmentEntry,
    BureauEntry,
    FrontMatter,
    IssuedEntry,
    PageEntry,
    PageName,
    validate,
)
from publisher.readers.source import Source
from publisher.readers.yaml import read_mapping
from publisher.standard import PROFILES
from publisher.words.deadlines import due_date

DOCS = ROOT / "docs"
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
PAGES = (
    ENGLISH,
    CHINESE,
    ROOT / "CHANGELOG.md",
    ROOT / "CONTRIBUTING.md",
    ROOT / "templates" / "README.md",
    *sorted(DOCS.glob("**/*.md")),
)
USER_PAGES = (CHINESE, DOCS / "writing.md")
FIRST_SCREEN = 24
"""Lines that a terminal shows at once."""

_FENCE = re.compile(r"^```+(\S*)(?: (\S+))?\n(.*?)^```+$", re.MULTILINE | re.DOTALL)


def _text(path: Path) -> str:
    return path.read_text("utf-8")


WRITING = _text(DOCS / "writing.md")


def _blocks(text: str) -> list[tuple[str, str, str]]:
    """Language, file and content of each fenced block."""
    return [(match[1], match[2] or "", match[3]) for match in _FENCE.finditer(text)]


def _without_blocks(text: str) -> str:
    return _FENCE.sub("", text)


def _headings(text: str) -> list[tuple[int, str]]:
    found = re.findall(r"^(#+) (.*)$", _without_blocks(text), re.MULTILINE)
    return [(len(marks), words) for marks, words in found]


def _tables(text: str) -> Iterator[list[list[str]]]:
    """The rows of each table, its header first; a cell without its backticks."""
    for table in re.findall(r"(?:^\|.*\|\n)+", _without_blocks(text), re.MULTILINE):
        lines = [line for line in table.splitlines() if not re.fullmatch(r"\|[-|]+\|", line)]
        yield [[_cell(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def _cell(text: str) -> str:
    words = text.strip().replace(r"\|", "|")
    return words[1:-1] if re.fullmatch(r"`[^`]+`", words) else words


def _table(text: str, *header: str) -> list[list[str]]:
    return next(rows[1:] for rows in _tables(text) if rows[0] == list(header))


# -- README -----------------------------------------------------------------------------


def _targets() -> dict[str, str]:
    """The targets of the Makefile that have a sentence."""
    return dict(re.findall(r"^([a-z]+):.*## (.*)$", _text(ROOT / "Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_the_two_commands_stand_on_the_first_screen(page):
    start = "\n".join(_text(page).splitlines()[:FIRST_SCREEN])
    _, _, commands = _blocks(start)[0]
    assert commands.splitlines() == ["make publish", "make test"]
    assert {"publish", "test"} <= _targets().keys()


def test_both_readmes_have_the_same_sections_and_blocks():
    english, chinese = _text(ENGLISH), _text(CHINESE)
    assert [level for level, _ in _headings(english)] == [level for level, _ in _headings(chinese)]
    assert _blocks(english) == _blocks(chinese)
    shapes = [[[len(row) for row in rows] for rows in _tables(page)] for page in (english, chinese)]
    assert shapes[0] == shapes[1]
    links = [set(_links(page)) - {"README.md", "README.zh-CN.md"} for page in (english, chinese)]
    assert links[0] == links[1]


def test_every_page_stands_in_the_contents_and_on_the_site():
    contents, site = _text(DOCS / "README.md"), _text(ROOT / "mkdocs.yml")
    for page in DOCS.glob("*.md"):
        if page.name != "README.md":
            assert f"({page.name})" in contents
        assert f"docs/{page.name}" in site


def test_pages_are_laid_for_the_site_with_links_that_hold_there(tmp_path):
    site = tool("site_of_docs")
    site.lay(tmp_path)
    contents = _text(tmp_path / "docs" / "README.md")
    assert "(../README.md)" in contents
    assert "(../README.en.md)" in contents
    assert "(decisions/README.md)" in contents
    assert (tmp_path / "docs" / "decisions" / "README.md").is_file()


def test_lines_of_chinese_are_joined_but_not_in_examples():
    joined = tool("site_of_docs").joined
    assert joined("公文\n  目录\nabc\n表\n") == "公文目录\nabc\n表\n"
    assert joined("```text\n甲\n乙\n```\n") == "```text\n甲\n乙\n```\n"


def test_the_limits_are_as_many_in_both_readmes():
    english, chinese = (_text(page).split("\n## ")[-2] for page in (ENGLISH, CHINESE))
    assert english.count("\n* ") == chinese.count("\n* ") > 0


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_every_make_target_is_documented_and_exists(page):
    documented = {row[0].removeprefix("make ") for row in next(_commands(page, "make"))}
    assert documented == _targets().keys()


def _commands(page: Path, first: str) -> Iterator[list[list[str]]]:
    for rows in _tables(_text(page)):
        if rows[0][0] == first:
            yield rows[1:]


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_the_example_of_the_readme_is_read_without_findings(page, tmp_path):
    (_, _, document), (_, _, plan), (_, _, tasks), (_, _, bureau) = _blocks(_text(page))[-4:]
    folder = tmp_path / "content" / "2025-plan"
    folder.mkdir(parents=True)
    (folder / "document.md").write_text(document, "utf-8")
    (folder / "plan.md").write_text(plan, "utf-8")
    (folder / "tasks.csv").write_text(tasks, "utf-8")
    (folder.parent / "bureau.yaml").write_text(bureau, "utf-8")
    assert _read(folder) == ()


def _read(folder: Path) -> tuple[Finding, ...]:
    document, found, _ = pipeline.read(folder.parent, folder.name)
    assert document is not None
    return found


# -- the command line -------------------------------------------------------------------


def _subcommands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """All commands, those of a group after its name."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _subcommands(command, f"{above}{name} ")
        else:
            yield above + name, command


def _options() -> list[tuple[str, str]]:
    return [
        (name, option)
        for name, command in _subcommands(cli.publisher)
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    ]


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_every_command_and_option_is_documented(page):
    rows = [row for rows in _tables(_text(page)) for row in rows]
    general = next(row for row in rows if row[0].startswith("`publisher --version"))
    for command, option in _options():
        row = next((row for row in rows if row[0].startswith(f"publisher {command}")), [])
        assert option in " ".join([*row, *general]), f"publisher {command} {option}"


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_every_documented_command_exists(page):
    named = re.findall(r"`publisher ([a-z][a-z-]*)", _text(page))
    assert set(named) <= cli.publisher.commands.keys()


@pytest.mark.parametrize("page", [ENGLISH, *USER_PAGES], ids=lambda page: page.name)
def test_every_exit_code_is_documented(page):
    codes = {cli.CLEAN, cli.STOPPED, cli.UNFINISHED, cli.WRONG_USAGE}
    tables = [rows for rows in _tables(_text(page)) if rows[0][0] in ("exit code", "退出码")]
    assert {int(row[0]) for row in tables[0][1:]} == codes


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_every_environment_variable_is_documented(page):
    sources = (_text(path) for path in (ROOT / "src").rglob("*.py"))
    used = set(chain.from_iterable(re.findall(r"PUBLISHER_[A-Z]+", text) for text in sources))
    assert used == set(re.findall(r"PUBLISHER_[A-Z]+", _text(page)))


# -- writing content --------------------------------------------------------------------


def _entries() -> list[type[schema._Entry]]:
    """Those that content is written as: keys that several of them share are described in each."""
    made = [schema._Entry]
    for entry in made:
        made += entry.__subclasses__()
    return [entry for entry in made if not entry.__subclasses__()]


def _keys() -> list[tuple[str, str, str]]:
    """Entry, key and field of everything that content may say."""
    return [
        (entry.__name__, field.alias or name, name)
        for entry in _entries()
        for name, field in entry.model_fields.items()
    ]


_KEY_TABLES = {
    "FrontMatter": ("项目", "是什么", "依据", "例"),
    "IssuedEntry": ("项目", "是什么"),
    "TextFront": ("自己的项目", "是什么"),
    "AttachmentEntry": ("项目", "是什么", "用于"),
    "TextTableKeys": ("表格的项目", "是什么"),
    "PictureKeys": ("图片的项目", "是什么"),
    "OrganEntry": ("项目", "是什么", "依据"),
    "PageEntry": ("项目", "是什么", "例"),
    "SiteEntry": ("项目", "是什么"),
    "BureauEntry": ("项目", "是什么", "例"),
    "AcceptedEntry": ("项目", "是什么"),
    "AcceptanceEntry": ("项目", "是什么", "说明"),
    "RuleEntry": ("项目", "是什么", "说明"),
    "CommentsEntry": ("项目", "是什么"),
    "CommentEntry": ("项目", "是什么", "说明"),
    "ArchiveEntry": ("归档的项目", "是什么"),
    "SiteColumnEntry": ("栏目的项目", "是什么"),
}


def _table_of(entry: type[schema._Entry]) -> list[list[str]]:
    """The rows of the table that describes the keys of an entry, and no others."""
    keys = {field.alias for field in entry.model_fields.values()}
    header = list(_KEY_TABLES[entry.__name__])
    pages = WRITING + _text(DOCS / "archive.md")
    tables = [rows[1:] for rows in _tables(pages) if rows[0] == header]
    return next((rows for rows in tables if {row[0] for row in rows} == keys), [])


@pytest.mark.parametrize("entry", _entries(), ids=lambda entry: entry.__name__)
def test_every_key_of_content_is_described_and_no_other(entry):
    assert _table_of(entry), f"no page has a table of just the keys of {entry.__name__}"


_CHOICES = [
    one
    for choices in (
        *(Kind, Seal, Form, Sides, LevelForm, ColumnRole, Grouping, Orientation, Delivery, RedHead),
        PageName,
    )
    for one in choices
]


def test_every_choice_is_documented():
    assert [choice for choice in _CHOICES if choice.value not in WRITING] == []


def test_the_examples_in_the_table_of_keys_are_read_without_findings():
    rows = _table(WRITING, *_KEY_TABLES["FrontMatter"])
    examples = {row[0]: row[3] for row in rows if row[3] != "见下"}
    assert all(example.startswith(f"{key}: ") for key, example in examples.items())
    values, found = read_mapping("\n".join(examples.values()), "document.md")
    entry, wrong = validate(values, FrontMatter)
    assert [*found, *wrong] == []
    assert entry.model_fields_set == FrontMatter.model_fields.keys() - {"issued", "attachments"}


_LENGTHS = ("上边距", "下边距", "左边距", "右边距", "行距")


@pytest.mark.parametrize("row", _table(WRITING, "名称", *_LENGTHS), ids=lambda row: row[0])
def test_the_lengths_of_a_page_are_those_that_are_documented(row):
    name, *lengths = row
    page = PROFILES[PageName(name).name.lower()]
    told = [f"{one.mm:g} 毫米" for one in (page.top, page.bottom, page.left, page.right)]
    assert lengths == [*told, f"{page.line.pt:g} 磅"]


def test_the_examples_of_a_page_are_read_as_they_are_meant():
    rows = _table_of(PageEntry)
    values, _ = read_mapping("\n".join(row[2] for row in rows), "bureau.yaml")
    entry, found = validate(values, PageEntry)
    assert found == []
    assert (entry.top, entry.bottom, entry.left, entry.right) == (37, 35, 28, 26)


def test_the_examples_of_a_bureau_are_read_without_findings():
    examples = [content for _, file, content in _blocks(WRITING) if file.endswith("bureau.yaml")]
    assert len(examples) == 2
    for content in examples:
        values, found = read_mapping(content, "bureau.yaml")
        assert [*found, *validate(values, BureauEntry)[1]] == []


def _whole_example(folder: Path) -> Path:
    for _, file, content in _blocks(WRITING):
        if file:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
    return folder / "content" / "2025-plan"


def test_the_complete_example_is_read_without_findings(tmp_path):
    assert _read(_whole_example(tmp_path)) == ()


def test_the_finding_that_is_shown_is_what_the_program_says(tmp_path):
    path = _whole_example(tmp_path) / "document.md"
    path.write_text(_text(path).replace("主送:", "主送机关:"), "utf-8")
    assert "\n".join(line for one in _read(path.parent) for line in as_lines(one)) + "\n" in WRITING


@pytest.mark.usefixtures("no_processes")
def test_the_review_that_is_shown_is_what_the_program_says(tmp_path, monkeypatch, capsys):
    page = _text(DOCS / "reviewing.md")
    for side in ("v1", "now"):
        _whole_example(tmp_path / side)
    for file, old, new in _table(page, "文件", "把", "改为"):
        path = tmp_path / "now" / "content" / "2025-plan" / file
        assert _text(path).count(old) == 1
        path.write_text(_text(path).replace(old, new), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["diff", "v1/content", "now/content"]) == cli.CLEAN
    said = capsys.readouterr().out.replace("v1/content → now/content", "v1 → 当前内容")
    assert said.replace("v1-content..now-content", "v1..worktree") in page


def test_the_character_without_a_font_is_said_as_shown(tmp_path):
    path = _whole_example(tmp_path) / "plan.md"
    path.write_text(_text(path).replace("年内建成", "年内😀建成"), "utf-8")
    (found,) = (one for one in _read(path.parent) if one.name == "character_without_font")
    assert "".join(f"{line}\n" for line in as_lines(found)) in WRITING


@pytest.mark.parametrize(
    ("language", "content"),
    [(language, content) for language, file, content in _blocks(WRITING) if not file],
)
def test_every_example_is_read_without_errors(language, content):
    lines = content.splitlines()
    match language:
        case "markdown":
            found = read_blocks(lines, "x.md")[1]
        case "csv":
            found = read_table(Source("x.csv", tuple(lines)), None)[2]
        case "yaml":
            values, found = read_mapping(content, "x.yaml")
            found += validate(values, FrontMatter)[1]
        case _:
            assert language == "text"
            return
    assert [one for one in found if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("row", _table(WRITING, "写法", "是什么", "提示"), ids=lambda row: row[0])
def test_what_is_kept_as_text_is_reported_as_documented(row):
    words, _, name = row
    _, found = read_blocks([words], "x.md")
    assert {one.name for one in found} == {name}


@pytest.mark.parametrize("row", _table(WRITING, "写法", "理解为"), ids=lambda row: row[0])
def test_deadlines_mean_what_is_documented(row):
    words, meaning = row
    assert due_date(words, 2025) == (None if meaning == "没有日期" else date.fromisoformat(meaning))


def test_the_sample_of_a_new_document_lacks_nothing_but_what_is_to_be_filled_in(tmp_path):
    _whole_example(tmp_path)
    content = tmp_path / "content"
    for kind in Kind:
        drafts.new(content, "new", kind, date(2025, 3, 10))
        found = pipeline.read(content, "new").findings
        assert {one.name for one in found} == {"unfilled_place"}


# -- terms and findings -----------------------------------------------------------------


def _terms() -> set[tuple[str, ...]]:
    """The first two cells of each row: what it is called, and its name in the code."""
    return {tuple(row[:2]) for rows in _tables(_text(DOCS / "terms.md")) for row in rows}


def test_every_key_stands_in_the_terms_with_its_name_in_the_code():
    terms = _terms()
    assert [key for key in _keys() if key[1:] not in terms] == []


def test_every_choice_stands_in_the_terms():
    named = {(choice.value, f"{type(choice).__name__}.{choice.name}") for choice in _CHOICES}
    assert named - _terms() == set()


def test_the_page_of_findings_is_what_make_docs_writes():
    assert _text(DOCS / "findings.md") == tool("make_docs").main()


def test_the_page_of_rules_is_what_make_docs_writes():
    assert _text(DOCS / "rules.md") == tool("make_docs").rules_page()


def test_the_schemas_are_those_that_make_docs_writes():
    made = tool("make_docs").json_schemas()
    assert {path.name for path in DOCS.glob("*.schema.json")} == made.keys()
    for name, text in made.items():
        assert _text(DOCS / name) == text
        assert json.loads(text)["$schema"].startswith("https://json-schema.org/")


_OF_FINDINGS = ("readers", "template_check")


def test_the_name_of_every_finding_is_a_heading():
    headings = {words for _, words in _headings(_text(DOCS / "findings.md"))}
    sources = [*(ROOT / "src/publisher/checks").glob("*.py")]
    sources += [ROOT / "src/publisher" / name / "findings.py" for name in _OF_FINDINGS]
    for path in sources:
        names = re.findall(r"(?:Finding|_error|_review)\(\s*\"([a-z_]+)\"", _text(path))
        assert set(names) <= headings


_LIMITS = (
    limits.MOST_BYTES >> 20,
    limits.MOST_LINES,
    limits.MOST_FILES,
    limits.MOST_TEXT,
    limits.MOST_BLOCKS,
    limits.MOST_PARAGRAPH,
    limits.MOST_MARKS,
    limits.MOST_ROWS,
    limits.MOST_CELLS,
    limits.MOST_TABLE_TEXT,
    limits.MOST_COLUMNS,
    limits.MOST_CELL,
    limits.MOST_MARKUP,
    limits.MOST_NESTING,
    limits.MOST_FINDINGS,
    limits.MOST_ATTACHED >> 20,
    limits.MOST_PIXELS,
    limits.MOST_PDF_PAGES,
)


def test_the_limits_are_those_that_are_documented():
    told = [int(row[1].split()[0]) for row in _table(WRITING, "什么", "最多")]
    assert tuple(told) == _LIMITS
    assert len(told) == sum(name.startswith("MOST_") for name in vars(limits))


# -- architecture and templates ---------------------------------------------------------


def test_the_table_of_modules_is_what_make_docs_writes():
    assert _text(DOCS / "architecture.md") == tool("make_docs").architecture_page()


def test_the_glossary_is_what_make_docs_writes():
    assert _text(DOCS / "glossary.md") == tool("make_docs").glossary_page()


def test_the_gallery_is_what_make_docs_writes_and_shows_every_example():
    gallery = tool("gallery")
    assert _text(DOCS / "gallery.md") == gallery.page()
    assert sorted(example.name for example in gallery.EXAMPLES) == sorted(drafts.examples())
    pictures = list(gallery.PICTURES.iterdir())
    assert all(path.name in gallery.page() for path in pictures)
    assert sum(path.stat().st_size for path in pictures) < 2_000_000


_HOLDS = {
    "__init__.py",
    "__main__.py",
    "changes.py",
    "inspect/pages.py",
    "inspect/recognised.py",
    "inspect/thresholds.py",
    "intake/result.py",
    "intake/source.py",
    "kinds.py",
    "limits.py",
    "model.py",
    "phrases/surnames.py",
    "place.py",
    "renderers/ofd/drawn.py",
    "renderers/ofd/telling.py",
    "renderers/ofd/undrawable.py",
    "rules.py",
    "setting/composition.py",
    "standard.py",
    "styles.py",
}
"""Modules that make nothing of anything: they say what they hold."""


def test_every_module_says_first_what_comes_in_and_what_goes_out():
    told = tool("make_docs").modules()
    assert {name for name, sentence in told.items() if "→" not in sentence} <= _HOLDS
    for path in (ROOT / "src" / "publisher").rglob("*.py"):
        first, *rest = _text(path).removeprefix('"""').split("\n", 2)
        assert first.rstrip('"').endswith("."), f"{path}: the first sentence fills its line"
        assert first.endswith('"""') or rest[0] == "", f"{path}: a blank line follows it"


def test_every_module_that_is_named_in_passing_exists():
    for path in (DOCS / "architecture.md", ROOT / "templates" / "README.md"):
        for name in re.findall(r"`([\w/]+\.py)`", _text(path)):
            assert (ROOT / "src" / "publisher" / name).is_file() or (ROOT / name).is_file(), name


CONTRIBUTING = _text(ROOT / "CONTRIBUTING.md")


def test_every_file_and_folder_that_contributors_are_sent_to_exists():
    files = set(re.findall(r"`([\w./-]+\.(?:py|md|toml|jinja|csv))`", CONTRIBUTING))
    folders = set(re.findall(r"`([\w./-]+/)`", CONTRIBUTING)) - {"build/fuzz/"}
    for name in (*files, *folders):
        there = [ROOT / name, ROOT / "src" / "publisher" / name]
        assert any(path.is_dir() if name in folders else path.is_file() for path in there), name


def test_every_table_that_contributors_are_sent_to_exists():
    for name, module in set(re.findall(r"`(\w+)`\s+in\s+`([\w/]+\.py)`", CONTRIBUTING)):
        folder = ROOT if (ROOT / module).is_file() else ROOT / "src" / "publisher"
        text = _text(folder / module)
        holds = rf"^ *(?:class |def )?{name}\b"
        assert re.search(holds, text, re.MULTILINE), f"{module} has no {name}"


def test_contributors_are_told_how_to_add_what_is_added_most():
    added = {words for _, words in _headings(CONTRIBUTING) if words.startswith("Adding ")}
    assert added >= {
        f"Adding {what}"
        for what in (
            *("a check", "a format", "a form", "an element", "a word of a deadline", "a block"),
            *("a key of the front matter", "a reader", "a command"),
        )
    }
    assert len(re.findall(r"`\w+`\s+in\s+`[\w/]+\.py`", CONTRIBUTING)) > 15


def test_the_import_order_is_the_one_that_is_held():
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    assert "\n".join(layers) + "\n" in [
        content for _, _, content in _blocks(_text(DOCS / "architecture.md"))
    ]


def test_the_page_on_templates_names_every_brace_and_file():
    page = _text(ROOT / "templates" / "README.md")
    made = [DocxTemplate(path) for path in templates.folder("docx").glob("*.docx")]
    environment = templates.environment("docx")
    braces = [one.get_undeclared_template_variables(environment) for one in made]
    assert {row[0] for row in _table(page, "braces", "becomes")} == set(chain(*braces))
    for path in (ROOT / "templates").glob("*/*.*"):
        assert path.name in page


def test_the_page_on_templates_names_every_class_of_print():
    page = _text(ROOT / "templates" / "README.md")
    for path in (ROOT / "templates" / "print").glob("*.html.jinja"):
        for classes in re.findall(r'class="([^"{]+)', _text(path)):
            for name in classes.split():
                assert f"`{name}`" in page, name


# -- all pages --------------------------------------------------------------------------


def _links(text: str) -> list[str]:
    """Targets of links that do not leave the repository."""
    words = re.sub(r"`[^`\n]*`", "", _without_blocks(text))
    targets = re.findall(r"\]\(([^)\s]+)\)", words)
    return [target for target in targets if not target.startswith(("http", "mailto"))]


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives to a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page):
    for target in _links(_text(page)):
        name, _, anchor = target.partition("#")
        path = (page.parent / name).resolve() if name else page
        assert path.exists(), target
        if anchor:
            assert anchor in {_anchor(words) for _, words in _headings(_text(path))}, target


def test_decisions_are_numbered_and_have_the_same_parts():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    for number, page in enumerate(pages, 1):
        assert page.name.startswith(f"{number:04}-")
        headings = _headings(_text(page))
        assert headings[0][1].startswith(f"{number}. ")
        assert [words for _, words in headings[1:]] == ["Context", "Decision", "Consequences"]


@pytest.mark.parametrize("entry", [IssuedEntry, AttachmentEntry])
def test_the_keys_that_an_entry_must_have_are_marked(entry):
    rows = _table_of(entry)
    marked = {row[0] for row in rows if "必须有" in row[1]}
    fields = entry.model_fields.values()
    assert marked == {field.alias for field in fields if field.is_required()}
