"""The page in Chromium: what checkers find, what a keyboard reaches, what a reader sees."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from lxml import html
from test_reconciliation import drifted
from test_web import FILES, complete_document, document, page_of, table
from test_web_tables import plan, report

import enclosing
from barriers import barriers
from browsing import Pages
from conftest import BROWSERS, DOCUMENTS, FLAGS, ROOT, read_content, resolved
from marked import marked
from publisher.diagnostics import Finding, Severity
from publisher.model import Column, ColumnRole, Edition, Place, Prose
from publisher.renderers import given, reconciliation, web
from publisher.renderers.overview import IndexEntry, render_index
from publisher.renderers.web import render, title
from tried import some_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

REVIEWED = {"color-contrast", "color-contrast-enhanced", "identical-links-same-purpose"}
"""What axe leaves to a person: the ground of what lies under sticky cells, and the rows' links,
which are called by their 序号 in each table."""
MODULES = ROOT / "tests" / "npm" / "node_modules"

Open = Callable[..., "Page"]


TWO_COLUMNS = (Column("序号", ColumnRole.SERIAL), Column("事项", ColumnRole.TEXT))


def names_without_groups() -> tuple[tuple[str, ...], ...]:
    return tuple((str(number), f"第{number}处") for number in range(1, 251))


@pytest.fixture(scope="module")
def folder(real_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, as files."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "notice.html").write_bytes(render(real_edition, FILES)["web/index.html"])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(web, "LONG", 1)
        (folder / "long.html").write_bytes(render(real_edition, FILES)["web/index.html"])
        listed = Prose("名单", attachments=(table(names_without_groups(), TWO_COLUMNS),))
        (folder / "parted.html").write_text(page_of(document(listed)), "utf-8")
    (folder / "complete.html").write_text(page_of(complete_document(), FILES), "utf-8")
    for slug in ("table-banner-groups", "regulation", "minutes", "order", "items", "forwarded"):
        made = resolved(read_content(DOCUMENTS, slug).document)
        (folder / f"{slug}.html").write_bytes(render(made, {})["web/index.html"])
    tables = dict.fromkeys(("table-1.xlsx", "table-2.csv"), b"x")
    (folder / "tables.html").write_bytes(render(report(), tables)["web/index.html"])
    (folder / "plan.html").write_bytes(render(plan(), {})["web/index.html"])
    enclosed = {**given.render(enclosing.edition()), "attachment-1.xlsx": b"x"}
    (folder / "given.html").write_bytes(render(enclosing.edition(), enclosed)["web/index.html"])
    findings = (Finding("empty_task", Severity.REVIEW, Place("a.csv"), "没有任务。", "补写。"),)
    entry = IndexEntry("trees", "通知", "0" * 64, (("web/index.html", 2048),), findings)
    (folder / "overview.html").write_bytes(render_index((entry,)))
    secret = replace(entry, slug="s" * 60, classification="机密★5年")
    (folder / "classified.html").write_bytes(render_index((secret, entry)))
    for name, made in (("reconciled", real_edition), ("drifted", resolved(drifted()))):
        (folder / f"{name}.html").write_bytes(reconciliation.render(made)[reconciliation.FILE])
    return folder


@pytest.fixture
def open_page(pages: Pages, folder: Path) -> Iterator[Open]:
    """Opens one of the pages; fails where the browser complains or asks for anything."""

    def open_at(name: str = "notice", width: int = 1280, query: str = "", **given: Any) -> Page:
        address = f"{(folder / name).as_uri()}.html{query}"
        # The tests' own scripts are let past the page's policy; what it allows is tested apart.
        return pages.open(address, width, **{"bypass_csp": True, **given})

    yield open_at
    assert pages.put_back() == []


# -- checkers -----------------------------------------------------------------------------

PAGES = (
    *("notice", "complete", "table-banner-groups", "regulation", "minutes", "overview"),
    *("items", "forwarded", "tables", "plan", "given"),
    *("reconciled", "drifted"),
)


WIDE = ("notice", "complete", "table-banner-groups", "overview", "tables", "given", "drifted")
"""Pages that are laid out otherwise in a wide window; the dark changes colours alone, which a test
holds: one width shows them, and no page of hundreds of rows has colours of its own."""


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        *((name, 320, "light") for name in PAGES),
        *((name, 1280, "light") for name in some_of(WIDE, 2)),
        *((name, 320, "dark") for name in some_of(("items", *WIDE[1:]), 2)),
    ],
)
def test_axe_finds_no_barrier(open_page: Open, name: str, width: int, scheme: str) -> None:
    there = barriers(open_page(name, width, color_scheme=scheme), scheme)
    assert there.found == []
    assert there.left <= REVIEWED


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("complete", "?large=1"),
        ("complete", "?large=2"),
        ("notice", "?large=2&departments=养老服务科&sort=完成时限"),
    ],
)
def test_axe_finds_no_barrier_in_large_print_or_with_a_filter(
    open_page: Open, name: str, query: str
) -> None:
    assert barriers(open_page(name, 320, query)).found == []


@pytest.mark.parametrize(
    ("spoil", "caught"),
    [
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('article p').style.color = '#999'", "color-contrast-enhanced"),
        ("document.querySelector('.own').removeAttribute('aria-label')", "link-name"),
        ("document.querySelector('.tools select').closest('label').replaceWith("
         "document.querySelector('.tools select'))", "select-name"),
        ("document.querySelector('main').outerHTML = '<div>' + "
         "document.querySelector('main').innerHTML + '</div>'", "landmark-one-main"),
    ],
)  # fmt: skip
def test_axe_would_catch_a_page_that_is_spoilt(open_page: Open, spoil: str, caught: str) -> None:
    page = open_page("complete")
    page.evaluate(spoil)
    assert caught in barriers(page).names


def ibm(page: Page) -> set[str]:
    """The rules that IBM's checker says fail."""
    engine = MODULES / "accessibility-checker-engine" / "ace.js"
    if not engine.is_file():
        pytest.skip("needs the packages of tests/npm")
    page.add_script_tag(path=engine)
    # Sorted out there: the report tells of thousands of elements that are right.
    failed: list[str] = page.evaluate(
        """async () => (await new ace.Checker().check(document, ['WCAG_2_2'])).results
        .filter((one) => one.value.join() === 'VIOLATION,FAIL').map((one) => one.ruleId)"""
    )
    return set(failed)


@pytest.mark.parametrize(
    ("name", "width"), [("complete", 320), *((name, 1280) for name in some_of(PAGES, 2))]
)
def test_ibms_checker_finds_no_failure(open_page: Open, name: str, width: int) -> None:
    # It wants a row or a column of nothing but heads; labels of a form stand where they are drawn.
    of_forms = {"table_headers_exists"} if name == "given" else set()
    assert ibm(open_page(name, width)) == of_forms


def test_ibms_checker_would_catch_cells_whose_headers_are_gone(open_page: Open) -> None:
    page = open_page("table-banner-groups")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelectorAll('tbody th').forEach(th => th.removeAttribute('id'))")
    assert {"html_lang_exists", "table_headers_ref_valid"} <= ibm(page)


@pytest.fixture(scope="module")
def nu(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the Nu Html Checker says of each page, and of one that is `spoilt`, all by one run."""
    page = (folder / "notice.html").read_text("utf-8")
    spoilt = tmp_path_factory.mktemp("nu") / "spoilt.html"
    spoilt.write_text(page.replace('id="t1c2"', "", 1), "utf-8")
    files = [*sorted(folder.glob("*.html")), spoilt]
    said: dict[str, list[str]] = {one.stem: [] for one in files}
    for one in _nu(files):
        said[Path(one["url"]).stem].append(one["message"])
    return said


def _nu(files: list[Path]) -> list[dict[str, Any]]:
    jar = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or not jar.is_file():
        pytest.skip("needs Java and the packages of tests/npm")
    command = [java, "-Xss8m", "-jar", str(jar), "--format", "json", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    # It does not reckon hashes; test_web does, and the browser refuses nothing. Nor does it know
    # container queries and their lengths (CSS Containment 3), which every browser has.
    unknown = re.compile(
        "violates Content Security Policy|“container-type”|“@container”|“width”: Unknown dimension"
    )
    return [one for one in said if not unknown.search(one["message"])]


def test_the_nu_html_checker_has_nothing_to_say(nu: dict[str, list[str]]) -> None:
    assert {page: said for page, said in nu.items() if said and page != "spoilt"} == {}


def test_the_nu_html_checker_would_catch_a_header_that_is_not_there(
    nu: dict[str, list[str]],
) -> None:
    assert any("t1c2" in message for message in nu["spoilt"])


# -- the table for who listens --------------------------------------------------------------


def csv_rows() -> list[dict[str, str]]:
    path = ROOT / "content" / "2025-work-points" / "tasks.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def nodes_of(page: Page) -> list[dict[str, Any]]:
    """The accessibility tree of a page, without what it leaves out."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [one for one in nodes if not one["ignored"]]


def roles(page: Page) -> dict[str, int]:
    """How many nodes of each role of tables the accessibility tree has."""
    named = [one["role"]["value"] for one in nodes_of(page)]
    wanted = ("table", "row", "columnheader", "rowheader", "cell", "gridcell")
    return {role: named.count(role) for role in wanted if role in named}


def roles_of_the_csv() -> dict[str, int]:
    rows = csv_rows()
    return {
        "table": 1,
        "row": 1 + len(rows),
        "columnheader": len(rows[0]),
        "rowheader": len(rows) + len({row["一级要点"] for row in rows}),
        "cell": len(rows) * (len(rows[0]) - 2),
    }


@pytest.mark.parametrize(("width", "script"), [(320, True), (320, False), (1280, True)])
def test_the_tree_for_who_listens_has_the_rows_and_cells_of_the_csv(
    open_page: Open, width: int, script: bool
) -> None:
    assert roles(open_page("notice", width, java_script_enabled=script)) == roles_of_the_csv()


def test_who_listens_has_the_rows_that_are_out_of_the_window(
    browser: Browser, folder: Path
) -> None:
    # As with a program that reads aloud: what is only asked once has no rows that are not drawn.
    path = next(filter(None, map(shutil.which, BROWSERS)))
    flags = [*FLAGS, "--force-renderer-accessibility"]
    listening = browser.browser_type.launch(executable_path=path, args=flags)
    for width in (320, 1280):
        page = listening.new_page(viewport={"width": width, "height": 900})
        page.goto((folder / "long.html").as_uri())
        wanted = roles_of_the_csv()
        # A name of groups that stands above the rows has no head of its own in a wide window.
        wanted["columnheader"] -= width == 1280
        assert roles(page) == wanted
        page.goto((folder / "parted.html").as_uri())
        assert roles(page)["row"] == 251
    listening.close()


def names(page: Page, role: str) -> list[str]:
    """What the nodes of a role are called for who listens."""
    return [one["name"]["value"] for one in nodes_of(page) if one["role"]["value"] == role]


@pytest.mark.parametrize("width", [320, 1280])
def test_rows_are_called_by_words_of_the_document_alone(open_page: Open, width: int) -> None:
    serial = [row["序号"] for row in csv_rows()]
    groups = {row["一级要点"] for row in csv_rows()}
    page = open_page("notice", width)
    assert names(page, "row")[1:] == serial
    assert set(names(page, "rowheader")) == {*serial, *groups}


def test_rows_without_a_serial_are_called_by_their_first_words(
    open_page: Open, folder: Path
) -> None:
    columns = (Column("单位", ColumnRole.TEXT), Column("任务", ColumnRole.TEXT))
    plain = table((("甲局", "栽树"), ("", "浇水")), columns)
    made = page_of(document(Prose("通知", attachments=(plain,))))
    (folder / "plain.html").write_text(made, "utf-8")
    page = open_page("plain")
    assert names(page, "row")[1] == "甲局"
    assert names(page, "rowheader")[0] == "甲局"
    assert barriers(page).found == []
    (folder / "plain.html").unlink()


def entries(column: str, words: str, parted: str = "\n") -> str:
    """What a cell of the CSV shows: people and departments stand on a line each."""
    return words.replace("；", parted) if column.startswith("责任") else words


@pytest.mark.parametrize("name", ["notice", "long"])
def test_copied_cells_hold_the_words_of_the_document_alone(
    browser: Browser, folder: Path, name: str
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto((folder / f"{name}.html").as_uri())
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#t1'))")
    page.keyboard.press("Control+c")
    text = page.evaluate("navigator.clipboard.readText()")
    markup = page.evaluate(
        "navigator.clipboard.read().then(([one]) => one.getType('text/html'))"
        ".then(blob => blob.text())"
    )
    context.close()
    rows = csv_rows()
    # A sheet takes a tab for the next cell, and a line of an entry for a line.
    expected = "\t".join(rows[0]) + "\n"
    for index, row in enumerate(rows):
        repeats = index and rows[index - 1]["一级要点"] == row["一级要点"]
        cells = [entries(name, words) for name, words in row.items()]
        expected += "\t".join(cells[:1] + cells[1 + bool(repeats) :]) + "\n"
    if name == "notice":  # the rows of a long list are drawn as grids: their lines have no tabs
        assert text.strip() == expected.strip()
    copied = html.fromstring(markup).xpath("//tbody/tr")
    assert len(copied) == len(rows)
    for tr, row in zip(copied, rows, strict=True):
        words = [cell.text_content() for cell in tr.xpath("./td | ./th[@scope='row']")]
        own = [entries(name, row[name], "") for name in row if name != "一级要点"]
        assert words == own


def test_the_counts_would_miss_rows_that_are_no_rows(open_page: Open) -> None:
    page = open_page("notice", 320)
    page.evaluate("document.querySelectorAll('tr').forEach(r => r.setAttribute('role', 'group'))")
    assert roles(page).get("row", 0) == 0


# -- filter and order, by keyboard ----------------------------------------------------------


def concerning(name: str) -> list[str]:
    return [row["序号"] for row in csv_rows() if name in row["责任部门"].split("；")]


def serials(page: Page) -> list[str]:
    return page.locator("#t1 tbody th[scope=row]").all_inner_texts()


def choose(page: Page, label: str, words: str) -> None:
    """Choose what begins with `words` in a list, with the keyboard alone."""
    field = page.get_by_role("combobox", name=label)
    field.focus()
    page.keyboard.press("Home")
    for _ in range(40):
        if field.evaluate("field => field.selectedOptions[0].text").startswith(words):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(words)


def test_a_department_is_chosen_by_keyboard_and_the_count_is_told(open_page: Open) -> None:
    page = open_page()
    choose(page, "责任部门", "养老服务科")
    wanted = concerning("养老服务科")
    assert serials(page) == wanted
    status = page.get_by_role("status")
    assert status.inner_text() == f"显示 {len(wanted)} 项，共 91 项"


def test_what_is_chosen_stands_in_the_address_and_in_a_link(open_page: Open) -> None:
    page = open_page()
    choose(page, "责任部门", "养老服务科")
    choose(page, "排列", "按完成时限")
    link = page.get_by_role("link", name="这次筛选的链接")
    address = link.get_attribute("href")
    assert address is not None
    assert page.url == address.split("#")[0]
    sent = open_page("notice", 320, address[address.index("?") :])
    assert serials(sent) == serials(page)
    assert set(serials(sent)) == set(concerning("养老服务科"))
    assert sent.get_by_role("combobox", name="责任部门").input_value() == "养老服务科"


def test_words_are_looked_for_in_any_order_and_in_the_names_of_groups(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("searchbox").focus()
    page.keyboard.type("银龄颐养 培训")
    expected = [
        row["序号"]
        for row in csv_rows()
        if all(word in "".join(row.values()) for word in ("银龄颐养", "培训"))
    ]
    assert serials(page) == expected != []


def test_what_matches_nothing_is_said_and_cleared_by_keyboard(open_page: Open) -> None:
    page = open_page()
    page.get_by_role("searchbox").fill("没有这样的词")
    assert page.get_by_role("status").inner_text() == "没有符合条件的项，共 91 项"
    assert not page.locator("#t1").is_visible()
    page.get_by_role("button", name="清除条件").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#t1 tbody th[scope=row]').length === 91")
    assert "?" not in page.url


def test_rows_are_ordered_by_deadline_and_back(open_page: Open) -> None:
    page = open_page()
    choose(page, "排列", "按完成时限")
    cells = page.locator("#t1 tbody tr td:nth-last-child(3)")
    dates = [one or "9999" for one in cells.evaluate_all(
        "cells => cells.map(cell => cell.querySelector('time')?.dateTime ?? '')"
    )]  # fmt: skip
    assert len(dates) == 91
    assert dates == sorted(dates)
    assert page.get_by_role("columnheader", name="完成时限").get_attribute("aria-sort")
    assert cells.last.inner_text() == ""
    choose(page, "排列", "按原来")
    assert serials(page) == [row["序号"] for row in csv_rows()]
    assert not page.locator("[aria-sort]").count()


@pytest.mark.parametrize("name", ["notice", "long"])
@pytest.mark.parametrize("query", ["?departments=养老服务科", "?sort=责任部门", "?words=建设"])
def test_groups_stay_with_their_rows_however_rows_are_chosen(
    open_page: Open, query: str, name: str
) -> None:
    page = open_page(name, 1280, query)
    group_of = {row["序号"]: row["一级要点"] for row in csv_rows()}
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('#t1 tbody')].flatMap(body => {
             const head = body.querySelector('.group');
             return [...body.rows].map(row => [
               row.querySelector('th[scope=row]').textContent, head.textContent.trim(),
               head.rowSpan === body.rows.length ? 'whole' : 'torn']);
           })"""
    )
    assert drawn
    assert drawn == [[serial, group_of[serial], "whole"] for serial, _, _ in drawn]
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))
    assert page.locator("#t1 tbody tr").count() == len(drawn)


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("", ["1一（一）", "2", "3（二）", "4二（一）", "5"]),
        ("?departments=甲科", ["1一（一）", "3（二）", "5二"]),
        ("?departments=乙科&words=设施", ["2一（一）"]),
        ("?sort=责任部门", ["1一（一）", "3（二）", "5二", "2一（一）", "4二（一）"]),
        ("?sort=完成时限", ["5二", "1一（一）", "3（二）", "4二（一）", "2一（一）"]),
    ],
)
def test_groups_within_groups_stay_with_their_rows_however_rows_are_chosen(
    open_page: Open, query: str, rows: list[str]
) -> None:
    page = open_page("plan", 1280, query)
    drawn = page.evaluate(
        """() => [...document.querySelectorAll('#t1 tbody tr')].map(row =>
             [...row.cells].filter(one => one.matches('th')).map(one => one.innerText).join(' '))"""
    )
    assert [re.sub("、..|(?<=）)..| ", "", line) for line in drawn] == rows
    places = lefts(page, "#t1 tbody td:nth-last-child(3)")
    assert len(places) == len(rows)
    assert len(set(places)) == 1
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")
    assert len(ids) == len(set(ids))


def test_on_a_phone_the_names_of_groups_stand_above_their_cards(open_page: Open) -> None:
    page = open_page("plan", 320)
    tops = "all => all.map(e => Math.round(e.getBoundingClientRect().top))"
    names_of_first = "#t1 tbody tr:first-child > :is(.group, th:not(.group))"
    outer, inner, serial, *_ = sorted(
        zip(
            page.eval_on_selector_all(names_of_first, tops),
            page.locator(names_of_first).all_inner_texts(),
            strict=True,
        )
    )
    assert [words for _, words in (outer, inner, serial)] == ["一、养老", "（一）设施", "1"]
    assert outer[0] < inner[0] < serial[0]


def test_printed_from_the_browser_a_group_within_a_group_is_named(open_page: Open) -> None:
    page = open_page("plan")
    page.emulate_media(media="print")
    seen = page.evaluate(
        """() => [...document.querySelectorAll('#t1 .inner')].filter(e => e.checkVisibility())
          .map(e => [e.innerText, e.getBoundingClientRect().bottom
            <= e.parentElement.querySelector('td:not(.group)').getBoundingClientRect().top + 1])"""
    )
    assert seen == [["（一）设施", True], ["（二）人才", True], ["（一）体系", True]]


def test_rows_below_a_heading_row_are_ordered_with_it(open_page: Open) -> None:
    page = open_page("table-banner-groups", 1280, "?sort=指导部门")
    rows = page.locator("#t1 tbody").evaluate_all(
        "bodies => bodies.map(body => [...body.rows].map(row => row.cells[0].innerText))"
    )
    assert rows[0][0] == "投入机制"  # 规划科 comes before 河湖科
    assert sorted(one for body in rows for one in body[1:]) == ["1", "2", "3", "4", "5"]
    assert all(len(body) > 1 for body in rows)


def test_a_spelling_that_means_the_same_finds_the_same(open_page: Open) -> None:
    page = open_page("notice", 1280, "?departments=市社会救助中心")
    assert serials(page) == [
        row["序号"]
        for row in csv_rows()
        if {"社会救助中心", "市社会救助中心"} & set(row["责任部门"].split("；"))
    ]


@pytest.mark.parametrize("name", ["notice", "long"])
@pytest.mark.parametrize("query", ["", "?departments=养老服务科"])
def test_a_link_to_a_row_shows_it_though_a_filter_hides_it(
    open_page: Open, name: str, query: str
) -> None:
    page = open_page(name, 1280, f"{query}#attachment-1-90")
    assert page.locator("#t1 tbody th[scope=row]").count() == 91
    assert page.locator("#attachment-1-90").evaluate("e => e.getBoundingClientRect().top < 900")


def test_rows_without_groups_stand_in_bodies_that_cost_nothing_out_of_sight(
    open_page: Open,
) -> None:
    page = open_page("parted")
    bodies = "() => [...document.querySelectorAll('#t1 tbody')].map(one => one.rows.length)"
    serial = [number for number, _ in names_without_groups()]
    shown = "() => [...document.querySelectorAll('#t1 tbody th')].map(one => one.textContent)"
    assert page.evaluate(bodies) == [100, 100, 50]
    assert page.evaluate(shown) == serial
    page.get_by_role("searchbox").fill("处")
    page.get_by_role("searchbox").fill("")
    page.wait_for_function("document.querySelectorAll('#t1 tbody tr').length === 250")
    assert page.evaluate(bodies) == [100, 100, 50]
    page.get_by_role("searchbox").fill("5")
    chosen = [one for one in serial if "5" in one]
    assert page.evaluate(shown) == chosen
    assert page.evaluate(bodies) == [len(chosen)]
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.querySelector('tbody')).contentVisibility") == (
        "visible"
    )


def test_an_address_that_was_cut_off_does_no_harm(open_page: Open) -> None:
    page = open_page("complete", 1280, "#%E0%A4%A")  # an error would be a complaint
    forms = page.locator("form.tools")
    assert forms.count() > 1
    for form in forms.all():
        assert form.is_visible()
        assert form.get_by_role("combobox").first.locator("option").count() > 1
    for cut in ("%", "%E5%81%A5%E5%85%A8%E5%85", "?%ff", "]"):
        page.evaluate("hash => { location.hash = hash }", cut)
        page.wait_for_function("hash => location.hash === '#' + hash", arg=cut)


def test_links_that_name_the_first_words_of_a_heading_still_lead_there(open_page: Open) -> None:
    page = open_page("notice", 1280, "#着力开展银龄颐养品质提升行动")
    top = "one => one.getBoundingClientRect().top"
    heading = page.get_by_role("heading", name="二、着力开展“银龄颐养品质提升”行动")
    assert 0 <= heading.evaluate(top) < 200
    page.evaluate("location.hash = 'attachment-1-三着力开展精准救助暖心帮扶行动'")
    group = page.locator("th.group", has_text="三、着力开展“精准救助暖心帮扶”行动")
    page.wait_for_function(f"one => Math.abs(({top})(one)) < 200", arg=group.element_handle())


def test_the_filter_keeps_what_else_the_address_says(open_page: Open) -> None:
    page = open_page("notice", 1280, "?id=7&large=1")
    choose(page, "责任领导", "尹丹")
    assert re.search(r"\?id=7&large=1&people=", page.url)


def test_each_table_of_a_page_has_its_own_filter(open_page: Open) -> None:
    page = open_page("complete")
    page.get_by_role("searchbox").nth(1).fill("浇水")
    page.wait_for_url("**?2-words=*")
    assert page.locator("#t1 tbody tr").count() == 3
    assert page.locator("#t3 tbody tr:not(.group-row)").count() == 1


def test_without_javascript_all_rows_are_there_and_no_dead_controls(open_page: Open) -> None:
    page = open_page("notice", 1280, java_script_enabled=False)
    assert page.locator("#t1 tbody tr").count() == 91
    for control in page.locator("button, select, input, .tools").all():
        assert not control.is_visible()


# -- what is seen, and reached ---------------------------------------------------------------


@pytest.mark.parametrize("query", ["", "?large=2"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_window_of_320_pixels(
    open_page: Open, name: str, query: str
) -> None:
    page = open_page(name, 320, query)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("width", [320, 1280])
def test_wider_spacing_of_text_cuts_nothing_off(open_page: Open, width: int) -> None:
    page = open_page("notice", width)
    page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; "
        "word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    cut = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter(e => !e.closest('.hidden, thead') && e.checkVisibility())
          .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX))
          .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML.slice(0, 99))"""
    )
    assert cut == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_text_of_twice_the_size_stays_in_the_window(open_page: Open) -> None:
    page = open_page("notice", 1280)
    page.add_style_tag(content="html { font-size: 200% }")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_header_of_the_table_stays_in_sight(open_page: Open) -> None:
    page = open_page()
    page.locator("#attachment-1-40").evaluate("row => row.scrollIntoView({block: 'center'})")
    assert page.locator("#t1c2").evaluate("head => head.getBoundingClientRect().top") == 0


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_numbers_deadlines_and_names_are_not_torn(open_page: Open, width: int) -> None:
    page = open_page("notice", width)
    torn = page.evaluate(
        """() => [...document.querySelectorAll('#t1 time, #t1 th[scope=row] a')]
          .filter(e => e.getClientRects().length > 1).map(e => e.innerText)"""
    )
    assert torn == []


def test_the_keyboard_soon_reaches_text_contents_and_table(open_page: Open) -> None:
    page = open_page()
    for words, target in (
        ("跳到正文", "page-main"),
        ("跳到目录", "page-contents"),
        ("跳到附件的表格", "attachment-1"),
    ):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.inner_text() == words
        box = focused.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert focused.get_attribute("href") == f"#{target}"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.contents')")


def test_contents_that_scroll_show_it(open_page: Open) -> None:
    page = open_page()
    side = page.locator(".side")
    assert side.evaluate("one => one.scrollHeight > one.clientHeight")

    def dark(at: str) -> float:
        """How dark the edge of the side is."""
        from io import BytesIO

        from PIL import Image

        taken = Image.open(BytesIO(page.screenshot())).convert("L")
        box = side.bounding_box()
        assert box
        x = int(box["x"] + box["width"] - 3)
        y = int(box["y"] + box["height"] - 2 if at == "end" else box["y"] + 1)
        return 255 - float(taken.getpixel((x, y)))  # type: ignore[arg-type]

    page.evaluate("document.querySelector('.clause').scrollIntoView()")
    assert dark("end") > dark("start") + 30
    side.evaluate("one => { one.scrollTop = one.scrollHeight }")
    assert dark("start") > dark("end") + 30


def test_lines_of_a_phone_are_not_filled_by_gaps(open_page: Open) -> None:
    justified = """() => [...document.querySelectorAll('article p, .clause')]
      .filter(e => getComputedStyle(e).textAlign === 'justify').length"""
    assert open_page("notice", 320).evaluate(justified) == 0
    assert open_page("notice", 768, "?large=1").evaluate(justified) == 0
    assert open_page("notice", 1280).evaluate(justified) > 0


@pytest.mark.parametrize("width", [320, 1280])
def test_the_lines_of_run_in_headings_have_the_rhythm_of_the_text(
    open_page: Open, width: int
) -> None:
    page = open_page("notice", width)
    lines = page.locator(".clause").evaluate_all(
        """all => all.map(one => one.getBoundingClientRect().height
             / parseFloat(getComputedStyle(one).lineHeight))"""
    )
    assert len(lines) > 20
    assert all(abs(one - round(one)) < 0.02 for one in lines)


def test_the_keyboard_reaches_everything_and_what_it_reaches_is_seen(open_page: Open) -> None:
    page = open_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    count = page.locator("a:visible, button:visible, select:visible, input:visible").count()
    seen = 0
    for _ in range(count + 5):
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (e === document.body) return null;
              const b = e.getBoundingClientRect();
              const x = b.left + b.width / 2, y = b.top + b.height / 2;
              const hit = document.elementFromPoint(x, y);
              return {seen: !!hit && (e.contains(hit) || hit.contains(e)),
                      outline: getComputedStyle(e).outlineStyle, what: e.outerHTML.slice(0, 99)};
            }"""
        )
        if state is None:
            break
        assert state["seen"], state["what"]
        assert state["outline"] != "none", state["what"]
        seen += 1
        page.keyboard.press("Tab")
    assert seen >= count


@pytest.mark.parametrize("name", ["notice", "items"])
@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_24_pixels_or_stand_in_a_sentence(
    open_page: Open, name: str, width: int
) -> None:
    page = open_page(name, width)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, select, input, summary')]
          .filter(e => e.checkVisibility() && !e.matches('.skip'))
          .map(e => [e.outerHTML.slice(0, 99), e.getBoundingClientRect()])
          .filter(([, b]) => Math.min(b.width, b.height) < 23.9).map(([html]) => html)"""
    )
    in_sentences = re.compile('href="#attachment-1"|role="doc-noteref"')
    assert [one for one in small if not in_sentences.search(one)] == []


def lefts(page: Page, selector: str) -> list[int]:
    """Where the left edges of elements are."""
    return page.eval_on_selector_all(
        selector, "all => all.map(e => Math.round(e.getBoundingClientRect().left))"
    )  # type: ignore[no-any-return]


def test_names_and_offices_stand_below_one_another_where_there_is_room(open_page: Open) -> None:
    page = open_page("items", 1280)
    names, offices = ".name-list dd > :first-child", ".name-list dd > :nth-child(3)"
    assert len(set(lefts(page, names))) == len(set(lefts(page, offices))) == 1
    widths = "all => all.map(e => [e.offsetWidth, 3 * parseFloat(getComputedStyle(e).fontSize)])"
    for width, three in page.eval_on_selector_all(".name-list .short", widths):
        assert width == round(three)


def test_on_a_phone_names_are_not_spread_and_offices_hang_below_them(open_page: Open) -> None:
    page = open_page("items", 320)
    box = "all => all.map(e => [...e.getClientRects()].map(b => [b.left, b.width]))"
    (short, *_) = page.eval_on_selector_all(".name-list .short", box)
    size = page.eval_on_selector(".name-list", "e => parseFloat(getComputedStyle(e).fontSize)")
    assert abs(short[0][1] - 2 * size) < 1
    lines = next(
        each for each in page.eval_on_selector_all(".name-list dd > :nth-child(3)", box) if each[2:]
    )
    assert all(abs(left - short[0][0] - size) < 1 for left, _ in lines[1:])
    style = "e => getComputedStyle(e).textAlign"
    assert page.eval_on_selector(".items p", style) == "start"


def test_a_note_is_reached_from_its_mark_and_the_mark_from_the_note(open_page: Open) -> None:
    page = open_page("items")
    mark, note = page.get_by_role("link", name="注[1]", exact=True), page.locator(".footnotes li")
    mark.focus()
    page.keyboard.press("Enter")
    assert note.evaluate("e => e.matches(':target')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.ariaLabel") == "回到正文中的注[1]"
    page.keyboard.press("Enter")
    assert mark.evaluate("e => e.matches(':target')")


@pytest.mark.parametrize("name", ["notice", "items"])
@pytest.mark.parametrize("width", [320, 420, 500, 640])
def test_no_line_has_the_link_of_a_clause_alone(open_page: Open, name: str, width: int) -> None:
    alone, count = open_page(name, width).evaluate(
        """() => {
          const links = [...document.querySelectorAll(':is(.line, .clause) > .own')];
          return [links.filter(link => {
            const words = document.createRange();
            words.setStart(link.parentElement, 0);
            words.setEndBefore(link);
            const last = Math.max(...[...words.getClientRects()].map(box => box.bottom));
            const own = link.getBoundingClientRect();
            return (own.top + own.bottom) / 2 > last;
          }).map(link => link.parentElement.textContent), links.length];
        }"""
    )
    assert count > 5
    assert alone == []


def test_no_level_of_headings_outweighs_the_one_above_it(open_page: Open) -> None:
    page = open_page("items")
    weights = page.evaluate(
        """() => ['h2 part', 'h3 clause', 'h4 item', 'h5 subitem', 'h4 decimal_3'].map(kind => {
          const [tag, form] = kind.split(' ');
          const heading = document.createElement(tag);
          heading.className = `form-${form}`;
          document.querySelector('article').append(heading);
          return Number(getComputedStyle(heading).fontWeight);
        })"""
    )
    assert weights[:4] == sorted(weights[:4], reverse=True)
    assert max(weights[2:]) < weights[1]


def test_no_line_begins_with_the_mark_of_a_note(open_page: Open) -> None:
    page = open_page("items", 1280)
    torn = page.evaluate(
        """() => {
          const mark = document.querySelector('sup a'), line = mark.closest('p');
          const before = document.createRange(), words = mark.parentElement.previousSibling;
          before.setStart(words, words.length - 1);
          before.setEnd(words, words.length);
          const torn = [];
          for (let width = 120; width < 400; width += 3) {
            line.style.width = `${width}px`;
            const above = before.getBoundingClientRect(), own = mark.getBoundingClientRect();
            if (own.top > above.bottom) torn.push(width);
          }
          return torn;
        }"""
    )
    assert torn == []


def test_print_is_enlarged_in_two_steps_by_keyboard_and_kept_by_the_address(
    open_page: Open,
) -> None:
    page = open_page()
    size = "parseFloat(getComputedStyle(document.querySelector('.part > p[id]')).fontSize)"
    before = page.evaluate(size)
    for name, step, factor in (("大字版", "1", 1.5), ("特大字", "2", 2)):
        button = page.get_by_role("button", name=name)
        button.focus()
        page.keyboard.press("Space")
        assert page.evaluate(size) == before * factor
        assert f"large={step}" in page.url
        again = open_page("notice", 1280, f"?large={step}")
        assert again.evaluate(size) == before * factor
        pressed = again.locator("[aria-pressed=true]").all_inner_texts()
        assert pressed == [name]
        assert again.evaluate("Object.keys(localStorage).length + document.cookie.length") == 0
        again.locator("#t1 tbody th a").first.evaluate("link => link.click()")
        assert f"large={step}" in again.url
    page.keyboard.press("Space")
    assert page.evaluate(size) == before
    assert "large" not in page.url
    assert open_page("notice", 1280, "?large=yes").evaluate(size) == before * 1.5


@pytest.mark.parametrize("step", [1, 2])
def test_large_print_stays_in_the_window(open_page: Open, step: int) -> None:
    page = open_page("notice", 320, f"?large={step}")
    for width in (320, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_forced_colours_keep_borders_and_focus(open_page: Open) -> None:
    page = open_page("complete", 1280, forced_colors="active")
    assert barriers(page).found == []
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_nothing_moves_for_who_wants_no_motion(open_page: Open) -> None:
    smooth = "getComputedStyle(document.documentElement).scrollBehavior"
    assert open_page().evaluate(smooth) == "auto"
    assert open_page(reduced_motion="no-preference").evaluate(smooth) == "smooth"


def test_under_its_own_policy_the_page_works_and_nothing_is_refused(open_page: Open) -> None:
    for name in PAGES:
        page = open_page(name, 1280, bypass_csp=False)
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    page = open_page("notice", 1280, "?departments=养老服务科", bypass_csp=False)
    assert serials(page) == concerning("养老服务科")


def test_printed_from_the_browser_the_document_stands_alone(open_page: Open) -> None:
    page = open_page("notice", 1280, "?departments=养老服务科")
    page.emulate_media(media="print")
    for gone in (".site", ".side", ".facts", ".site-footer", ".own", ".tools select", ".skip"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".mark").is_visible()
    assert page.get_by_role("status").is_visible()
    assert page.pdf().startswith(b"%PDF")


def sheets(page: Page) -> list[list[str]]:
    """What stands on each printed page, line by line."""
    printed = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    texts = [one.get_textpage().get_text_range() for one in printed]
    # Chromium tells readers of the PDF radicals instead of some characters (⼀, 一).
    return [[unicodedata.normalize("NFKC", line) for line in text.splitlines()] for text in texts]


def test_printed_from_the_browser_each_page_of_a_table_has_the_name_of_the_group(
    open_page: Open,
) -> None:
    groups = {row["序号"]: row["一级要点"] for row in csv_rows()}
    serial = re.compile(r"([0-9]+) [^0-9页]")
    going_on = 0
    for lines in sheets(open_page()):
        rows = [match[1] for line in lines if (match := serial.match(line)) and match[1] in groups]
        if not any(line.startswith("序号") for line in lines) or not rows:
            continue
        first = next(index for index, line in enumerate(lines) if line.startswith(f"{rows[0]} "))
        assert groups[rows[0]] in "".join(lines[:first])
        for group in {groups[one] for one in rows}:
            assert group in "".join(lines)
        going_on += groups[rows[0]] == groups.get(str(int(rows[0]) - 1))
    assert going_on > 3


def test_an_overview_tears_no_label(open_page: Open) -> None:
    for width in (320, 768, 1280):
        page = open_page("classified", width)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        torn = page.evaluate(
            """() => [...document.querySelectorAll('.overview dt, .overview dd span, dd strong')]
              .filter(e => {
                const range = document.createRange();
                range.selectNodeContents(e);
                return new Set([...range.getClientRects()].map(one => one.top)).size > 1;
              })
              .map(e => e.innerText)"""
        )
        assert torn == []


# -- tables of figures ----------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 768])
def test_figures_stay_a_table_that_scrolls_by_keyboard_with_what_names_its_rows(
    open_page: Open, width: int
) -> None:
    page = open_page("tables", width)
    frame = page.locator(".frame").first
    frame.evaluate("frame => { frame.style.width = '220px' }")
    place = "one => one.getBoundingClientRect().left"
    name, figures = (
        page.locator(f"#table-1 tbody tr:nth-child(3) {cell}") for cell in ("th", "td")
    )
    before = name.first.evaluate(place), figures.first.evaluate(place)
    frame.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('.frame').scrollLeft > 60")
    assert figures.first.evaluate(place) < before[1] - 60
    kept = name.last.evaluate(place)
    assert kept >= frame.evaluate(place) - 1
    assert roles(page)["columnheader"] > 5
    assert page.evaluate("getComputedStyle(document.querySelector('#table-1 td')).display") == (
        "table-cell"
    )


def test_below_48_rem_only_lists_are_cards(open_page: Open) -> None:
    display = "table => getComputedStyle(table).display"
    page = open_page("tables", 320)
    drawn = {one.get_attribute("id"): one.evaluate(display) for one in page.locator("table").all()}
    assert drawn.pop("table-3") == "block"
    assert set(drawn.values()) == {"table"}


@pytest.mark.parametrize("width", [320, 1280])
def test_figures_of_a_column_have_their_points_below_one_another(
    open_page: Open, width: int
) -> None:
    points = open_page("tables", width).evaluate(
        """() => [...document.querySelectorAll('#table-1 td.figure:last-child')].map((cell) => {
          const words = cell.firstChild;
          const range = document.createRange();
          const at = words.data.search(/[.]|$/);
          range.setStart(words, at - 1);
          range.setEnd(words, at);
          return Math.round(range.getBoundingClientRect().right);
        })"""
    )
    assert len(points) == 3
    assert len(set(points)) == 1


def test_printed_figures_stand_whole_without_a_frame(open_page: Open) -> None:
    page = open_page("tables", 1280)
    page.emulate_media(media="print")
    assert page.locator(".frame").first.evaluate("e => getComputedStyle(e).overflow") == "visible"
    lines = [line for sheet in sheets(page) for line in sheet]
    for words in ("表1 收到的申请", "单位:件", "注:1.本表按年计。", "1,200"):
        squeezed = "".join(lines).replace(" ", "")
        assert words.replace(" ", "") in squeezed, words


# -- titles -------------------------------------------------------------------------------

LINES = """() => [...document.querySelectorAll('h1')].map((title) => {
  const texts = document.createTreeWalker(title, NodeFilter.SHOW_TEXT);
  const lines = [''];
  let above;
  while (texts.nextNode()) {
    [...texts.currentNode.data].forEach((character, at) => {
      const range = document.createRange();
      range.setStart(texts.currentNode, at);
      range.setEnd(texts.currentNode, at + 1);
      const { top, width } = range.getBoundingClientRect();
      if (width && above !== undefined && top > above + 9) lines.push('');
      if (width) above = top;
      lines[lines.length - 1] += character;
    });
  }
  return { lines, wide: title.scrollWidth - title.clientWidth };
})"""
"""The lines of each title as they are seen, and by how much it is wider than its room."""


@pytest.fixture(scope="module")
def of_titles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of two hundred titles, with the page's own stylesheet."""
    css = (ROOT / "templates" / "web" / "page.css").read_text("utf-8")
    titles = "".join(f"<h1>{title(one.words)}</h1>" for one in marked("second", "third"))
    page = tmp_path_factory.mktemp("titles") / "titles.html"
    page.write_text(
        f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{css}</style>'
        f"<article>{titles}</article>",
        "utf-8",
    )
    return page


@pytest.mark.parametrize(
    ("width", "percent", "room", "most"),
    # At 7 and 5 characters a line, words that belong together part: a few against the marks.
    [
        (320, 100, 11, 1),
        (320, 150, 7, 35),
        (320, 200, 5, 45),
        (768, 100, 11, 1),
        (1280, 100, 11, 1),
    ],
)
def test_no_title_is_torn_or_too_wide_on_any_screen(
    browser: Browser, of_titles: Path, width: int, percent: int, room: int, most: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(of_titles.as_uri())
    page.evaluate(f"document.documentElement.style.fontSize = '{percent}%'")
    torn = []
    for one, seen in zip(marked("second", "third"), page.evaluate(LINES), strict=True):
        assert seen["wide"] <= 1, one.words
        assert "".join(seen["lines"]) == one.words
        places = one.torn(seen["lines"])
        torn += [place for place in places if one.widest_piece(place.index("|")) <= room]
    page.close()
    assert len(torn) <= most, torn


def test_a_copied_title_has_the_words_of_the_document(open_page: Open) -> None:
    page = open_page("notice", 320)
    copied = page.evaluate(
        "() => (getSelection().selectAllChildren("
        "document.querySelector('h1')), getSelection().toString())"
    )
    assert copied == page.title().split(" - ")[0]


# -- pictures and forms -------------------------------------------------------------------


def test_a_picture_is_no_wider_than_a_telephone_until_it_is_enlarged(open_page: Open) -> None:
    page = open_page("given", 320)
    size = (
        "(({width, height}) => [width, width / height])(document.querySelector('#picture-1 img'))"
    )
    width, shape = page.evaluate(size)
    assert width <= 284
    assert round(shape, 1) == 3
    page.click("#picture-1 + p .enlarge")
    assert page.evaluate(size)[0] == 900
    frame = "document.querySelector('#picture-1-large')"
    assert page.evaluate(f"{frame}.scrollWidth > {frame}.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click("#picture-1 + p .reduce")
    assert page.evaluate(size)[0] <= 284


def test_a_form_scrolls_in_its_own_frame_and_keeps_its_drawing(open_page: Open) -> None:
    page = open_page("given", 320)
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    frame = "document.querySelector('.frame')"
    assert page.evaluate(f"{frame}.scrollWidth > {frame}.clientWidth")
    assert page.evaluate(f"{frame}.scrollHeight <= {frame}.clientHeight")
    heights = page.evaluate("[...document.querySelectorAll('#t1 tr')].map(r => r.offsetHeight)")
    assert min(heights) >= 45  # 12 mm
    assert page.evaluate("getComputedStyle(document.querySelector('#t1 td')).display") == (
        "table-cell"
    )


def test_what_is_transparent_in_a_picture_is_white_in_the_dark(open_page: Open) -> None:
    page = open_page("given", 320, color_scheme="dark")
    color = "getComputedStyle(document.querySelector('#picture-2 img')).backgroundColor"
    assert page.evaluate(color) == "rgb(255, 255, 255)"
