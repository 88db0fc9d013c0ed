"""The archive behind a plain file server in Chromium: search, filters, what keeps people away."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_archive import CONTENT, making, public, written

from barriers import barriers
from conftest import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

PAGES = (
    *("index.html", "site/2024.html", "plan/", "old/", "reading/", "plan-v1/"),
    *("plan/changes-plan-v1.html",),
)
Open = Callable[..., "Page"]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *given: Any) -> None:
        pass


def _complain(request: Any, complaints: list[str]) -> None:
    """A request that fails; not one that is given up because the page leads on."""
    if request.failure != "net::ERR_ABORTED":
        complaints.append(request.url)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root: Path = tmp_path_factory.mktemp("served")
    more = {f"m{n}/document.md": written(f"关于第{n}号堰塘的通知") for n in range(3)}
    more["plan/tasks.csv"] = "序号,任务\n1,清理河道。\n2,清理岸线。\n"  # which can be filtered
    write(root / "content", {**CONTENT, **more})
    making.archived(root / "content", root / "build")
    return root


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(public(root)))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def open_page(browser: Browser, address: str) -> Iterator[Open]:
    """Opens a page of the archive; fails where the browser complains, as of its policy."""
    complaints: list[str] = []
    contexts = []

    def open_at(name: str, width: int = 1280, **given: Any) -> Page:
        context = browser.new_context(reduced_motion="reduce", **given)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("requestfailed", lambda request: _complain(request, complaints))
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + name)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


def titles(page: Page) -> list[str]:
    return page.locator("#policies h2").all_inner_texts()


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_people_from_reading(name: str, open_page: Open) -> None:
    for width, scheme in ((320, "light"), (1280, "dark")):
        page = open_page(name, width, color_scheme=scheme, bypass_csp=True)
        assert barriers(page, scheme).found == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize(
    ("where", "width"), [("no scripts", 320), ("the site's policy", 1280), ("a disk", 320)]
)
def test_what_does_nothing_has_no_room(
    where: str, width: int, address: str, root: Path, browser: Browser
) -> None:
    """Where no script runs; from a disk those run that fetch nothing, and the rest has no room."""
    context = browser.new_context(java_script_enabled=where != "no scripts")
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    if where == "the site's policy":
        page.route("**/*", _without_scripts)
    base = public(root).as_uri() + "/" if where == "a disk" else address
    page.goto(f"{base}index.html")
    assert page.locator("form, button").locator("visible=true").count() == 0
    assert page.get_by_text("不能搜索：").is_visible()
    page.goto(f"{base}plan/index.html")
    tools = page.locator("form.tools")
    assert tools.count() == 1
    runs = where == "a disk"
    assert (tools.bounding_box() is not None, tools.is_visible()) == (runs, runs)
    for button in page.get_by_role("button", include_hidden=True).all():
        assert (button.bounding_box() is not None) == runs
    assert errors == []
    context.close()


def _without_scripts(route: Any) -> None:
    answer = route.fetch()
    policy = {"content-security-policy": "script-src 'none'"}
    route.fulfill(response=answer, headers={**answer.headers, **policy})


def test_words_are_searched_in_chinese_under_the_page_s_own_policy(open_page: Open) -> None:
    page = open_page("index.html")
    page.get_by_label("标题、文号或正文里的词").fill("清淤8公里")
    page.get_by_role("button", name="搜索").click()
    page.get_by_text("符合条件的 2 份").wait_for()
    assert titles(page) == ["《关于清淤的通知》解读", "关于清淤的通知"]
    assert "q=" in page.url


_ASKED = (
    *(
        "青水发[2020]3号",
        "青水发〔2020〕3号",
        "青水发(2020)3号",
        "青水发（２０２０）３号",
        "青水发2020",
    ),
    *(
        "青水发 2020 3号",
        "〔2020〕3号",
        "堤防　巡查",
        "堤防，巡查",
        "《关于堤防巡查的通知》",
    ),
    *("“堤防”巡查！", "巡查1次", "巡查１次", "堤", "  堤防  "),
)


@pytest.mark.parametrize("asked", _ASKED)
def test_a_document_is_found_by_its_number_its_words_and_a_single_character(
    asked: str, open_page: Open
) -> None:
    page = open_page(f"index.html?q={asked}")
    page.get_by_text("符合条件的 1 份").wait_for()
    assert titles(page) == ["关于堤防巡查的通知"]


def test_filters_leave_what_was_chosen_and_stand_in_the_address(open_page: Open) -> None:
    page = open_page("index.html")
    page.get_by_label("有效性").select_option("已废止")
    page.get_by_text("符合条件的 1 份").wait_for()
    assert titles(page) == ["关于堤防巡查的通知"]
    page.get_by_role("link", name="清除条件").click()
    page.get_by_text("共 7 份").wait_for()
    page = open_page("index.html?kind=政策解读")
    page.get_by_text("符合条件的 1 份").wait_for()
    assert page.get_by_label("文种").input_value() == "政策解读"


def test_what_is_not_there_is_told_in_words(open_page: Open) -> None:
    page = open_page("index.html?q=没有这个词")
    page.get_by_text("没有符合条件的公文").wait_for()


_SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) sum += shift.value;
  }).observe({ type: 'layout-shift', buffered: true });
  requestAnimationFrame(() => setTimeout(() => done(sum), 0));
})"""


@pytest.mark.parametrize("name", ["index.html", "index.html?q=%E5%A0%A4%E9%98%B2"])
def test_nothing_jumps_while_the_list_is_loaded(open_page: Open, name: str) -> None:
    page = open_page(name, width=412)
    page.locator("#count").get_by_text("份").wait_for()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(_SHIFTS) < 0.1


def test_without_scripts_there_are_lists(open_page: Open) -> None:
    page = open_page("index.html", java_script_enabled=False)
    assert len(titles(page)) == 7
    assert not page.locator("form.search").is_visible()
    assert page.locator("p.hint").is_visible()


def test_a_page_is_printed_and_its_address_copied(open_page: Open) -> None:
    page = open_page("plan/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制网址").click()
    page.get_by_text("已复制。").wait_for()
    address = "https://water.example.org/zc/plan/"
    assert page.evaluate("navigator.clipboard.readText()") == address
    assert page.locator("figure.code svg").is_visible()
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.get_by_role("button", name="打印").click()
    assert page.title() == "printed"


def test_a_former_address_opens_the_page_of_today(open_page: Open, address: str) -> None:
    page = open_page("former/")
    page.wait_for_url(f"{address}plan/")
