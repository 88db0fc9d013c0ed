"""Recipes for servers: their syntax, and that they do what they say."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from conftest import ROOT, tool
from publisher import starting
from publisher.filetypes import FILE_TYPES

PACKAGING = ROOT / "packaging"
UNITS = sorted((PACKAGING / "systemd").iterdir())
SITE = (PACKAGING / "nginx" / "publisher.conf").read_text("utf-8")
MOST_EXPOSED = 10
"""Of a unit, in tenths, as systemd counts what it leaves open: from 0 to 100."""


def test_the_recipe_is_one_that_can_be_run_without_a_builder() -> None:
    container = tool("container")
    recipe = container.read(container.RECIPE.read_text("utf-8"), {"DEBIAN": "bookworm"})
    assert recipe.command == ("publisher", "publish")
    assert recipe.environment["PUBLISHER_FONTS"].startswith("/usr/local/")
    assert all("--mount" not in step for step in recipe.steps)
    assert any("sh /mnt/install.sh" in step for step in recipe.steps)
    installs = next(step for step in recipe.steps if "apt-get install" in step)
    assert set(starting.SYSTEM_PACKAGES) <= set(installs.split())


def test_an_instruction_that_is_not_known_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="ADD"):
        tool("container").read("FROM debian\nADD a \\\n  b\n", {})


def test_arguments_and_environment_come_before_each_step() -> None:
    text = (
        'ENV A=/a\nRUN --mount=type=bind,target=/mnt x && \\\n    y\nENTRYPOINT ["p"]\nCMD ["q"]\n'
    )
    recipe = tool("container").read(text, {"OFFICE": "甲 乙"})
    assert recipe.steps == ("export OFFICE='甲 乙'\nexport A=/a\nx && y",)
    assert recipe.command == ("p", "q")


_CLOSED = {
    **{"id": "echo 1000", "touch": "exit 1", "tail": "echo '    lo: 0'", "publisher": "exit 0"},
    **{"find": "exit 0"},
}
"""What commands say in a container that is as it should be."""


@pytest.mark.parametrize(
    ("command", "says", "complaint"),
    [
        ("id", "echo 1000", ""),
        ("id", "echo 0", "以管理员身份运行\n"),
        ("touch", 'test "$1" = /srv/content/written', "/srv/content 可以写\n"),
        ("tail", "echo '  eth0: 0'", "有网络\n"),
        ("publisher", 'test "$1" != publish', ""),
        ("find", "echo /srv/build/x", "有的文件不归运行的用户\n"),
    ],
    ids=["closed", "root", "writable", "network", "unpublished", "owner"],
)
def test_a_container_that_is_not_closed_does_not_pass(
    command: str, says: str, complaint: str, tmp_path: Path
) -> None:
    for name, words in {**_CLOSED, "rm": "exit 0", command: says}.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{words}\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        ["sh", "-eu", "-c", tool("container").PROOF, "sh", "publish"],
        env={"PATH": f"{tmp_path}:{os.environ['PATH']}", "PUBLISHER_FONTS": "/fonts"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode == 0, done.stderr) == (says == _CLOSED.get(command), complaint)


def test_no_address_of_a_registry_stands_in_a_recipe() -> None:
    for path in (*PACKAGING.rglob("*"), ROOT / "tools" / "container.py"):
        if path.is_file():
            assert not re.search(r"https?://|docker\.io|debian\.org", path.read_text("utf-8"))


@pytest.fixture
def units(tmp_path: Path) -> list[Path]:
    """The units with a program that is here."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("没有 systemd-analyze，不检查 systemd 的单元")
    for unit in UNITS:
        words = unit.read_text("utf-8").replace("/opt/publisher/bin/publisher", "/bin/true")
        (tmp_path / unit.name).write_text(words, "utf-8")
    return [tmp_path / unit.name for unit in UNITS]


def test_units_are_what_systemd_knows(units: list[Path]) -> None:
    verified = subprocess.run(
        ["systemd-analyze", "verify", *map(str, units)], capture_output=True, text=True
    )
    about_ours = [line for line in verified.stderr.splitlines() if "publisher." in line]
    assert (verified.returncode, about_ours) == (0, [])


def test_a_unit_leaves_nothing_open_that_it_does_not_need(units: list[Path]) -> None:
    (service,) = (unit for unit in units if unit.suffix == ".service")
    asked = ["systemd-analyze", "security", "--offline=true", f"--threshold={MOST_EXPOSED}"]
    judged = subprocess.run([*asked, str(service)], capture_output=True, text=True)
    if "unrecognized option" in judged.stderr:
        pytest.skip("这里的 systemd-analyze 不会检查没有安装的单元")
    assert judged.returncode == 0, judged.stdout[-200:]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[HTTPConnection]:
    """A small archive as our site of nginx serves it."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    types = Path("/etc/nginx/mime.types")
    if nginx is None or not types.is_file():
        pytest.skip("没有 nginx，不检查它的配置")
    public = tmp_path / "public"
    (public / "2025-plan").mkdir(parents=True)
    (public / ".marker").write_text("内部", "utf-8")
    for name in ("index.html", "2025-plan/index.html", "document.ofd", "list.csv"):
        (public / name).write_text("公文", "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    site = SITE.replace("listen 80;", f"listen 127.0.0.1:{port};")
    site = site.replace("    listen [::]:80;\n", "")
    site = site.replace("/srv/publisher/build/public", str(public))
    temporary = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{name}_temp_path {tmp_path}/{name};\n" for name in temporary)
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(
        f"pid {tmp_path}/pid;\nerror_log {tmp_path}/errors;\ndaemon off;\nmaster_process off;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{paths}{site}}}\n",
        "utf-8",
    )
    command = [nginx, "-p", str(tmp_path), "-c", str(configuration)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as server:
        try:
            yield _reached(port)
        finally:
            server.terminate()


def _reached(port: int) -> HTTPConnection:
    for _ in range(100):
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.connect()
            return connection
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nginx 没有启动")


def asked(connection: HTTPConnection, path: str, method: str = "GET") -> HTTPResponse:
    connection.request(method, path)
    answer = connection.getresponse()
    answer.read()
    return answer


def test_nginx_serves_the_archive_and_what_pages_cannot_say(served: HTTPConnection) -> None:
    for path in ("/", "/2025-plan/", "/list.csv", "/missing"):
        answer = asked(served, path)
        assert answer.status == (404 if path == "/missing" else 200)
        assert answer.headers["Content-Security-Policy"] == "frame-ancestors 'self'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert asked(served, "/").headers["Content-Type"] == "text/html; charset=utf-8"
    assert asked(served, "/list.csv").headers["Content-Type"] == "text/csv; charset=utf-8"


def test_nginx_knows_the_types_of_files(served: HTTPConnection) -> None:
    (ofd,) = (given.media_type for given in FILE_TYPES if given.suffix == ".ofd")
    assert asked(served, "/document.ofd").headers["Content-Type"] == ofd


def test_nginx_serves_nothing_else(served: HTTPConnection) -> None:
    assert asked(served, "/.marker").status == 404
    assert asked(served, "/2025-plan/../.marker").status == 404
    assert asked(served, "/", "POST").status in (403, 405)
    assert asked(served, "/", "DELETE").status in (403, 405)
