"""The preview as its user meets it: in the terminal, on the wire, in the browser."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from barriers import barriers
from bench import bench_in
from conftest import CASE, FRONT, STOCK, front, hear_all, write
from publisher import cli, pipeline
from publisher.serve import HOST, _listening, _server
from publisher.serve.site import site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DOCUMENT = f"{CASE}/document.md"


# -- in the terminal --------------------------------------------------------------------


@contextmanager
def running(folder: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command over `folder/content`, and the address that it tells."""
    command = [sys.executable, "-u", "-m", "publisher", "serve", "--port", "0", *arguments]
    (folder / "tmp").mkdir(exist_ok=True)
    # Without LibreOffice in PATH a build takes half the time.
    environment = {**os.environ, "TMPDIR": str(folder / "tmp"), "PATH": ""}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=hear_all,
    )
    assert process.stdout
    try:
        first = process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:[0-9]+/", first)
        assert found, first
        yield process, found[0]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.thorough
@pytest.mark.parametrize("how", [signal.SIGINT])  # `make faults` has the others
def test_ctrl_c_ends_it_quietly_and_leaves_nothing_behind(tmp_path: Path, how: int) -> None:
    write(tmp_path / "content", STOCK)
    with running(tmp_path) as (process, _):
        time.sleep(2.5)  # while the first build goes on
        process.send_signal(how)
        _, error = process.communicate(timeout=20)
    assert process.returncode == cli.CLEAN
    assert error == ""
    assert [one.name for one in (tmp_path / "tmp").glob("publisher-*")] == []


def test_a_taken_port_is_said_and_ends_with_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "content", STOCK)
    monkeypatch.chdir(tmp_path)
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        assert cli.run(["serve", "--port", str(port)]) == cli.UNFINISHED
    said = capsys.readouterr().err
    assert f"端口 {port} 正被别的程序使用" in said
    assert "请用 --port 换一个" in said


def test_wrong_arguments_end_with_3(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["serve"]) == cli.WRONG_USAGE
    assert "content 中没有公文" in capsys.readouterr().err
    assert cli.run(["serve", "--port", "65536"]) == cli.WRONG_USAGE
    assert "--port 的值不对" in capsys.readouterr().err


# -- on the wire ------------------------------------------------------------------------


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A preview of a made-up build behind a real port."""
    monkeypatch.setattr(pipeline, "publish", lambda *arguments: [])
    bench = bench_in(tmp_path)
    bench.publish()
    (tmp_path / "secret.txt").write_text("secret")
    workshop = bench.open()
    with _listening(0) as listener:
        server = _server(workshop, site(workshop))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(10)
        assert not thread.is_alive()


def exchange(port: int, request: str) -> bytes:
    """Just these words to the port, and all that comes back."""
    with socket.create_connection((HOST, port), timeout=5) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


def get(port: int, target: str, host: str = "localhost") -> bytes:
    return exchange(port, f"GET {target} HTTP/1.1\nHost: {host}\nConnection: close\n\n")


def test_no_spelling_of_a_path_leads_out_of_the_build(port: int) -> None:
    files = f"/document/{CASE}/files"
    assert get(port, f"{files}/document.pdf").endswith(b"%PDF")
    out = ("../../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/%2e%2e/secret.txt")
    out += ("..%5c..%5csecret.txt", "..\\..\\secret.txt", "%252e%252e/%252e%252e/secret.txt")
    out += ("....//....//secret.txt", "..%c0%af..%c0%afsecret.txt", "%00", "", "web/", ".")
    for name in out:
        answer = get(port, f"{files}/{name}")
        assert answer.startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), name
        assert b"secret" not in answer.partition(b"\r\n\r\n")[2]
    for target in ("/../secret.txt", "//etc/passwd", "/document/../secret.txt", "secret.txt"):
        assert get(port, target).startswith((b"HTTP/1.1 404 ", b"HTTP/1.1 400 ")), target


def test_another_name_is_refused_on_the_wire_too(port: int) -> None:
    assert get(port, f"/document/{CASE}/", "example.org").startswith(b"HTTP/1.1 421 ")
    assert exchange(port, "GET / HTTP/1.0\n\n").startswith(b"HTTP/1.1 4")


def test_it_listens_on_this_machine_alone(port: int) -> None:
    hexadecimal = f"{port:04X}"
    lines = Path("/proc/net/tcp").read_text().splitlines()
    listening = [line.split()[1] for line in lines if f":{hexadecimal} " in line and " 0A " in line]
    assert listening == [f"0100007F:{hexadecimal}"]


# -- in the browser ---------------------------------------------------------------------


def wait_for(page: Page, state: str) -> None:
    page.wait_for_selector(f"body[data-state={state}]", timeout=60_000)


@pytest.mark.slow
def test_an_edit_is_seen_and_a_broken_one_keeps_the_page(browser: Browser, tmp_path: Path) -> None:
    content = tmp_path / "content"
    long = "\n\n".join(f"第{number}段。" for number in range(60))
    write(content, {**STOCK, DOCUMENT: front(text=long)})
    complaints: list[str] = []
    with running(tmp_path) as (process, address):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        wait_for(page, "good")
        words = page.frame_locator("iframe[title=网页]").locator("main")
        words.get_by_text("第59段。").wait_for()
        before = _scrolled(page, 900)
        # An edit.
        write(content, {DOCUMENT: front(text=f"{long}\n\n补上一段。")})
        words.get_by_text("补上一段。").wait_for(timeout=60_000)
        page.frame_locator("iframe[title=网页片段]").get_by_text("补上一段。").wait_for()
        wait_for(page, "good")
        assert abs(_scrolled(page) - before) < 50
        # A broken one.
        write(content, {DOCUMENT: front(FRONT.replace("文种", "文钟"), "改坏了。")})
        wait_for(page, "stopped")
        report = page.locator("#report")
        report.get_by_text("content/case/document.md:2:1").wait_for()
        assert "上一版" in page.locator("#panel-page .stale").inner_text()
        assert words.get_by_text("补上一段。").count() == 1
        assert page.title().startswith("✗")
        # Mended.
        write(content, {DOCUMENT: front(text="改好了。")})
        words.get_by_text("改好了。").wait_for(timeout=60_000)
        wait_for(page, "good")
        assert page.locator("#panel-page .stale").inner_text() == ""
        assert complaints == []
        # The end of the program.
        process.send_signal(signal.SIGINT)
        wait_for(page, "ended")
        page.close()


def _scrolled(page: Page, to: int | None = None) -> int:
    """How far the page in its panel is scrolled, after it was scrolled there."""
    (frame,) = (one for one in page.frames if one.url.split("?")[0].endswith("web/index.html"))
    if to is not None:
        frame.evaluate(f"window.scrollTo({{top: {to}, behavior: 'instant'}})")
    time.sleep(0.5)
    return int(frame.evaluate("window.scrollY"))


@pytest.fixture
def shown(browser: Browser, port: int) -> Iterator[Any]:
    """Opens the preview of the made-up build."""
    pages = []

    def open_at(width: int, scheme: Any = "light") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        pages.append(page)
        page.goto(f"http://localhost:{port}/")
        wait_for(page, "good")
        return page

    yield open_at
    for page in pages:
        page.close()


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_barrier(shown: Any, width: int, scheme: str) -> None:
    page = shown(width, scheme)
    # What stands in the frames is tested where it is made.
    assert barriers(page, scheme, exclude=("iframe",)).found == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.slow
def test_each_panel_can_be_shown_alone_by_keyboard_and_the_address_keeps_it(shown: Any) -> None:
    page = shown(1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    for name in ("report", "page", "pdf", "fragment"):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"location.hash === '#{name}'", timeout=10_000)
        visible = page.eval_on_selector_all(
            ".panel", "all => all.filter(one => one.offsetWidth).map(one => one.id)"
        )
        assert visible == [f"panel-{name}"]
    page.reload()
    assert page.is_checked("#view-fragment")
