"""What is left of the fragment once a CMS has cleaned it, and its flat tables."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import nh3
import pytest
from lxml import html

from conftest import DOCUMENTS, ROOT, edition_of, read_content, resolved
from publisher.model import Document, Edition, Form, FragmentTables, Grouping, Kind, SetTable
from publisher.renderers.web import render_fragment
from publisher.verify import Effect, Verification, verify
from publisher.verify.saved import read_page
from tried import some_of

NPM = ROOT / "tests" / "npm"
Sanitiser = Callable[[str], str]


REAL = "2025-work-points"
SLUGS = (
    *(REAL, "complete", "table-long", "four-levels", "items", "forwarded"),
    *("text-with-tables", "figures", "indicators", "withheld-group"),
)
"""The documents whose fragments are cleaned."""


@cache
def edition(slug: str, tables: FragmentTables = FragmentTables.MERGED) -> Edition:
    folder = ROOT / "content" if slug == REAL else DOCUMENTS
    return resolved(with_tables(read_content(folder, slug).document, tables))


def with_tables(document: Document, tables: FragmentTables) -> Document:
    site = replace(document.bureau.site, tables=tables)
    return replace(document, bureau=replace(document.bureau, site=site))


def flat(made: Edition) -> Edition:
    return resolved(with_tables(made.document, FragmentTables.FLAT))


def fragment(made: Edition) -> str:
    return render_fragment(made).decode()


def tables_of(made: Edition) -> list[SetTable]:
    return [one.content for one in made.attachments if isinstance(one.content, SetTable)]


# -- flat tables --------------------------------------------------------------------------


def test_in_a_flat_table_every_row_names_its_group_and_nothing_is_merged(
    real_edition: Edition,
) -> None:
    (table,) = tables_of(real_edition)
    page = html.fragment_fromstring(fragment(flat(real_edition)), create_parent="div")
    assert page.xpath(".//@rowspan | .//@colspan") == []
    rows = page.xpath(".//tbody/tr")
    groups = [group.label for group in table.groups for _ in group.rows]
    assert [row.xpath("./td[1]")[0].text_content() for row in rows] == groups
    assert {len(row.xpath("./td | ./th")) for row in rows} == {len(table.columns)}
    assert [row.xpath("./th[@scope='row']")[0].text_content() for row in rows] == [
        str(number) for number in range(1, 92)
    ]


def test_a_flat_table_has_the_column_of_groups_that_heading_rows_replace() -> None:
    made = edition("complete", FragmentTables.FLAT)
    banner = [one for one in tables_of(made) if one.grouping is Grouping.HEADING_ROW]
    page = html.fragment_fromstring(fragment(made), create_parent="div")
    for table in banner:
        (found,) = (
            one
            for one in page.xpath(".//table")
            if one.xpath("string(preceding-sibling::h2[1])") == table.title.replace("\n", "")
        )
        names = [one.text_content() for one in found.xpath("./thead//th")]
        assert names == [column.name for column in table.columns]


def test_the_bureau_says_whether_tables_are_flat() -> None:
    from publisher.readers.schema import BureauEntry, validate
    from publisher.readers.yaml import read_mapping

    values, _ = read_mapping("网站:\n  网页片段表格: 平铺\n", "bureau.yaml")
    entry, found = validate(values, BureauEntry)
    assert found == []
    assert entry.site
    assert entry.site.tables is FragmentTables.FLAT


def test_the_title_that_an_order_does_not_print_is_none_of_its_words() -> None:
    made = edition_of("现予公布。", title="关于公布的命令", kind=Kind.ORDER, form=Form.ORDER)
    page = html.fragment_fromstring(fragment(made), create_parent="div")
    assert [one.text_content() for one in page.xpath(".//h2[@data-generated]")] == [
        "关于公布的命令"
    ]


# -- sanitisers ---------------------------------------------------------------------------


def by_nh3(markup: str) -> str:
    """Rust's ammonia with its defaults: ids, classes and styles go."""
    return nh3.clean(markup)


LOOKS = {"class", "style"}
CELL = {*LOOKS, "rowspan", "colspan", "width"}
UEDITOR: dict[str, set[str]] = {
    **dict.fromkeys(("p", "h1", "h2", "h3", "h4"), LOOKS),
    "table": {*LOOKS, "width"},
    "td": CELL,
    "th": CELL,
    "a": {"href", "target", "title"},
    **{
        name: set()
        for name in ("strong", "br", "caption", "thead", "tbody", "tr", "ol", "li", "sub", "sup")
    },
}


def by_ueditor(markup: str) -> str:
    """The list of what UEditor 1.4.3 keeps (`whitList`)."""
    return nh3.clean(markup, tags=set(UEDITOR), attributes=UEDITOR, link_rel=None)


def by_ckeditor_5(markup: str) -> str:
    """What older versions of CKEditor 5 made of tables: `test_editors` has a newer one."""
    page = html.fragment_fromstring(markup, create_parent="div")
    for cell in page.xpath(".//tbody//th[@scope='rowgroup']"):
        cell.tag = "td"
    for element in page.xpath(".//*"):
        for name in ("scope", "style", "data-generated"):
            element.attrib.pop(name, None)
    for caption in page.xpath(".//caption"):
        caption.drop_tree()
    return html.tostring(page, encoding="unicode")


def by_node(name: str) -> Sanitiser:
    return lambda markup: _cleaned()[markup][name]


@cache
def _cleaned() -> dict[str, dict[str, str]]:
    """What the sanitisers of npm leave of each fragment that is tested, all by one run of Node."""
    node = shutil.which("node")
    if node is None or not (NPM / "node_modules").is_dir():
        pytest.skip("needs Node and tests/npm/node_modules (make setup-test)")
    merged = [edition(slug) for slug in SLUGS]
    fragments = [fragment(one) for one in (*merged, *map(flat, merged))]
    given = json.dumps(fragments).encode()
    done = subprocess.run(
        [node, str(NPM / "clean.mjs")], input=given, capture_output=True, check=True
    )
    return dict(zip(fragments, json.loads(done.stdout), strict=True))


SANITISERS: dict[str, Sanitiser] = {
    "nh3": by_nh3,
    "UEditor": by_ueditor,
    "DOMPurify": by_node("DOMPurify"),
    "DOMPurify, no attributes": by_node("DOMPurify, no attributes"),
    "sanitize-html": by_node("sanitize-html"),
}
MERGED_LOST = {"DOMPurify, no attributes", "sanitize-html"}
"""Those that drop rowspan."""
by_sanitiser = pytest.mark.parametrize("name", SANITISERS)
by_slug = pytest.mark.parametrize("slug", some_of(SLUGS, 2))


def left_by(name: str, made: Edition) -> Verification:
    """What is lost of a fragment by a sanitiser."""
    whole = fragment(made)
    return verify(made.document.slug, whole.encode(), SANITISERS[name](whole).encode())


def lost(result: Verification) -> list[str]:
    return [f"{one.place}：{one.message}" for one in result.differences if one.effect.counts]


@pytest.mark.thorough
@by_slug
@by_sanitiser
def test_no_word_row_or_heading_cell_of_a_flat_fragment_is_lost(name: str, slug: str) -> None:
    result = left_by(name, flat(edition(slug)))
    # The link of the text needs its address; all else lives in words and elements alone.
    kept = [one for one in result.differences if one.name != "lost_link"]
    assert [one.message for one in kept if one.effect.counts] == []


@pytest.mark.thorough
@by_slug
@pytest.mark.parametrize("name", sorted(SANITISERS.keys() - MERGED_LOST))
def test_no_word_row_or_heading_cell_of_a_merged_fragment_is_lost(name: str, slug: str) -> None:
    assert lost(left_by(name, edition(slug))) == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(MERGED_LOST))
def test_a_sanitiser_that_undoes_merged_cells_is_told_as_that(
    name: str, real_edition: Edition
) -> None:
    result = left_by(name, real_edition)
    assert [(one.name, one.effect) for one in result.differences if one.effect.counts] == [
        ("lost_cell", Effect.LOST)
    ]


@pytest.mark.thorough
@by_sanitiser
def test_the_cells_that_come_out_are_those_of_the_csv(name: str, real_edition: Edition) -> None:
    (table,) = tables_of(real_edition)
    cleaned = SANITISERS[name](fragment(flat(real_edition)))
    (sheet,) = read_page(cleaned.encode()).sheets
    rows = [[cell.text.replace(" ", "") for cell in row.cells] for row in sheet.rows[1:]]
    assert len(rows) == 91
    for found, row in zip(rows, table.rows, strict=True):
        given = ["".join(cell.items).replace(" ", "") for cell in row.cells]
        assert [one.replace("—", "") for one in found] == given


def test_ckeditor_5_loses_headings_of_groups_but_not_of_flat_tables(real_edition: Edition) -> None:
    merged = fragment(real_edition)
    spoiled = verify("x", merged.encode(), by_ckeditor_5(merged).encode())
    assert {one.name for one in spoiled.differences if one.effect.counts} == {"lost_header_cell"}
    whole = fragment(flat(real_edition))
    assert lost(verify("x", whole.encode(), by_ckeditor_5(whole).encode())) == []
