"""What the preview answers, and to whom; and what it keeps to itself."""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from asking import HERE, Answer, ask

from bench import Bench, bench_in
from conftest import CASE
from publisher.diagnostics import Finding, Severity
from publisher.model import Place
from publisher.serve import view
from publisher.serve.site import ALWAYS, _Pages, site
from publisher.serve.workshop import Workshop

SECRET = "words of another file"
DOCUMENT = f"/document/{CASE}"


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return bench_in(tmp_path)


@pytest.fixture
def app(bench: Bench) -> Any:
    """The preview of a document that has been published once."""
    bench.publish()
    return site(bench.open())


def finding(severity: Severity = Severity.ERROR, message: str = "写错了", line: int = 7) -> Finding:
    return Finding("wrong", severity, Place("content/case/plan.md", line, 3), message, "请改正。")


def found(bench: Bench, *findings: Finding, **given: Any) -> Workshop:
    """A workshop that knows these findings and is idle."""
    workshop = bench.open()
    known = {CASE: findings}
    workshop.situation = replace(workshop.situation, busy=False, findings=known, **given)
    return workshop


# -- what is shown ----------------------------------------------------------------------


def test_the_start_leads_to_the_first_document(app: Any) -> None:
    answer = ask(app, "/")
    assert (answer.status, answer.headers["location"]) == (303, f"{DOCUMENT}/")


def test_a_folder_without_documents_says_what_to_do(bench: Bench) -> None:
    (bench.content / CASE / "document.md").unlink()
    assert "publisher new" in ask(site(bench.open()), "/").text


def test_the_page_has_a_panel_for_findings_page_pdf_and_fragment(app: Any) -> None:
    page = ask(app, f"{DOCUMENT}/").text
    for name in ("检查结果", "网页", "PDF", "网页片段"):
        assert f">{name}</h2>" in page
    for address in ("files/web/index.html", "files/document.pdf", "fragment"):
        assert f'src="{DOCUMENT}/{address}' in page


def test_a_finding_stands_there_with_its_file_and_line_errors_first(bench: Bench) -> None:
    review = finding(Severity.REVIEW, "请看", line=2)
    page = ask(site(found(bench, review, finding())), f"{DOCUMENT}/").text
    assert "content/case/plan.md:7:3" in page
    assert "plan.md 第 7 行" in page
    assert page.index("写错了") < page.index("请看")


def test_the_line_of_a_finding_is_quoted_around_its_place(bench: Bench) -> None:
    long = "甲" * 50 + "乙" + "丙" * 50
    (bench.content / CASE / "plan.md").write_text(f"# 一\n{long}\n短。\n", "utf-8")
    quoted = [
        view.excerpt(bench.content, Place("content/case/plan.md", line, column))
        for line, column in ((2, 51), (3, 1), (9, 1))
    ]
    assert quoted == [f"…{'甲' * 20}乙{'丙' * 39}…", "短。", ""]
    assert view.excerpt(bench.content, Place("content/case/missing.md")) == ""


def test_what_measuring_came_to_stands_below_the_findings(bench: Bench) -> None:
    bench.publish()
    workshop = found(bench)
    assert "格式检测" not in view.update(workshop, CASE)["report"]
    manifest = bench.build / CASE / "manifest.json"
    told = json.loads(manifest.read_bytes()) | {"told": {"PDF": "全部符合"}}
    manifest.write_text(json.dumps(told), "utf-8")
    report = view.update(workshop, CASE)["report"]
    assert "PDF：全部符合" in report
    assert f'href="{DOCUMENT}/files/conformance.html"' in report


def test_words_of_the_content_are_shown_as_words(bench: Bench) -> None:
    page = ask(site(found(bench, finding(message="<script>x</script>"))), f"{DOCUMENT}/").text
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_files_of_the_last_good_build_are_marked_where_there_are_errors(
    bench: Bench,
) -> None:
    bench.publish()
    told = view.update(found(bench, finding()), CASE)
    assert told["state"] == "stopped"
    assert told["stale"].startswith("上一版（")
    assert told["status"] == "错误 1 处：没有重新生成。"
    assert told["panels"]["pdf"]
    assert view.update(found(bench), CASE)["stale"] == ""


def test_before_the_first_build_the_panels_say_what_is_missing(bench: Bench) -> None:
    told = view.update(found(bench, finding()), CASE)
    assert told["panels"] == {"page": "", "pdf": "", "fragment": ""}
    assert told["absent"] == "还没有生成过：先改正检查结果中的错误。"
    assert told["stale"] == ""


def test_a_broken_environment_stands_among_the_findings(bench: Bench) -> None:
    told = view.update(found(bench, problem="没有找到仿宋字体，请运行 make fonts"), CASE)
    assert told["state"] == "problem"
    assert "请运行 make fonts" in told["report"]
    assert "再保存一次" in told["report"]


def test_other_documents_are_offered_where_there_are_some(bench: Bench) -> None:
    assert view.update(bench.open(), CASE)["documents"] == ""
    other = bench.content / "通知"
    other.mkdir()
    (other / "document.md").write_text("", "utf-8")
    assert 'href="/document/%E9%80%9A%E7%9F%A5/"' in view.update(bench.open(), CASE)["documents"]


def test_the_fragment_is_shown_within_a_page(app: Any) -> None:
    shown = ask(app, f"{DOCUMENT}/fragment").text
    assert shown.startswith("<!DOCTYPE html>")
    assert "<p>片段</p>" in shown


def test_pictures_and_files_that_the_fragment_names_are_shown_from_the_build(app: Any) -> None:
    answer = ask(app, f"{DOCUMENT}/fragment")
    assert '<base href="files/web/">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "img-src data: 'self'; base-uri 'self';" in policy
    page = ask(app, f"{DOCUMENT}/files/web/index.html").headers["content-security-policy"]
    assert "img-src data:; base-uri 'none';" in page


def test_the_stream_tells_how_things_stand_and_ends_with_the_workshop(bench: Bench) -> None:
    workshop = found(bench, finding())

    async def first_two() -> list[str]:
        stream = _Pages(workshop)._stream(CASE)
        first = await anext(stream)
        workshop._tell(replace(workshop.situation, findings={CASE: ()}))
        second = await anext(stream)
        workshop.close()
        assert [one async for one in stream] == []
        return [first, second]

    events = asyncio.run(first_two())
    told = [json.loads(one.split("data: ")[1]) for one in events]
    assert [one["state"] for one in told] == ["stopped", "good"]


# -- what is served ---------------------------------------------------------------------


def test_a_file_of_the_manifest_is_served_with_its_kind(app: Any) -> None:
    answer = ask(app, f"{DOCUMENT}/files/document.pdf")
    assert (answer.status, answer.body) == (200, b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"


NOT_SERVED = (
    "",
    ".",
    "..",
    "web",
    "web/",
    "web/.",
    "/",
    "//document.pdf",
    "./document.pdf",
    "web/../document.pdf",
    "web//index.html",
    "document.pdf/",
    "document.pdf\0",
    "DOCUMENT.PDF",
    "manifest.json",
    "unlisted.txt",
    "../secret.txt",
    "../../secret.txt",
    "../.lock",
    "web/../../../secret.txt",
    "..\\secret.txt",
    "web\\index.html",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "%2e%2e%5csecret.txt",
    "..;/secret.txt",
    "/etc/hostname",
    "//etc/hostname",
    "file:///etc/hostname",
    "C:\\secret.txt",
)


@pytest.mark.parametrize("name", NOT_SERVED)
def test_nothing_is_served_that_the_manifest_does_not_list(bench: Bench, name: str) -> None:
    bench.publish()
    (bench.build / CASE / "unlisted.txt").write_text(SECRET)
    (bench.build / "secret.txt").write_text(SECRET)
    (bench.build.parent / "secret.txt").write_text(SECRET)
    answer = ask(site(bench.open()), f"{DOCUMENT}/files/{name}")
    assert answer.status == 404
    assert SECRET not in answer.text


@pytest.mark.parametrize("slug", ["..", ".", "", "missing", "../case", "case/..", "%2e%2e"])
def test_no_folder_is_served_that_is_no_document(bench: Bench, slug: str) -> None:
    bench.publish()
    bench.publish(slug="missing")  # a build that no content stands behind
    app = site(bench.open())
    assert ask(app, f"/document/{slug}/files/document.pdf").status == 404
    assert ask(app, f"/document/{slug}/").status == 404
    assert ask(app, f"/document/{slug}/events").status == 404


def test_a_link_that_stands_in_a_builds_place_is_not_followed(bench: Bench, tmp_path: Path) -> None:
    bench.publish()
    (tmp_path / "web").mkdir()
    for name in ("document.pdf", "index.html"):
        (tmp_path / "web" / name).write_text(SECRET)
    page, folder = bench.build / CASE / "document.pdf", bench.build / CASE / "web"
    page.unlink()
    page.symlink_to(tmp_path / "web" / "document.pdf")
    folder.rename(tmp_path / "aside")
    folder.symlink_to(tmp_path / "web")
    app = site(bench.open())
    for name in ("document.pdf", "web/index.html"):
        assert ask(app, f"{DOCUMENT}/files/{name}").status == 404


def test_a_file_that_is_gone_is_not_there(bench: Bench) -> None:
    bench.publish()
    (bench.build / CASE / "document.pdf").unlink()
    assert ask(site(bench.open()), f"{DOCUMENT}/files/document.pdf").status == 404


@pytest.mark.parametrize("kind", ["pipe", "folder", "device"])
def test_what_became_another_kind_of_file_is_not_there_and_stops_nobody(
    bench: Bench, kind: str
) -> None:
    bench.publish()
    file = bench.build / CASE / "document.pdf"
    file.unlink()
    match kind:
        case "pipe":
            os.mkfifo(file)
        case "folder":
            file.mkdir()
        case _:
            file.symlink_to("/dev/zero")
    assert ask(site(bench.open()), f"{DOCUMENT}/files/document.pdf").status == 404


MANIFESTS = {
    "a list": "[]",
    "nothing": "",
    "an empty one": "{}",
    "files that are a list": '{"files": ["document.pdf"], "title": "甲"}',
    "entries that are none": '{"files": {"document.pdf": 1}, "title": 5, "told": [1]}',
    "names that lead outside": (
        '{"files": {"/etc/hostname": {"sha256": ""}, "../secret.txt": {"sha256": ""}}}'
    ),
    "depth": "[" * 100_000,
}


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS)
def test_whatever_a_manifest_says_the_page_is_shown_and_nothing_else_is(
    bench: Bench, manifest: str
) -> None:
    bench.publish()
    (bench.build / CASE / "manifest.json").write_text(manifest)
    (bench.build / "secret.txt").write_text(SECRET)
    app = site(bench.open())
    assert ask(app, f"{DOCUMENT}/").status == 200
    for name in ("document.pdf", "/etc/hostname", "../secret.txt", "%2e%2e/secret.txt"):
        assert ask(app, f"{DOCUMENT}/files/{name}").status == 404


def test_files_that_were_taken_away_are_told(bench: Bench) -> None:
    update = view.update(found(bench), CASE)
    assert "生成的文件不在了" in update["status"]


@pytest.mark.parametrize("name", ["html", "html.jinja", "css.map", "../frame.html.jinja", ""])
def test_of_its_own_files_only_style_and_script_are_served(app: Any, name: str) -> None:
    assert ask(app, "/preview.css").headers["content-type"] == "text/css; charset=utf-8"
    assert ask(app, "/preview.js").status == 200
    assert ask(app, f"/preview.{name}").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_can_be_done_but_read(app: Any, method: str) -> None:
    assert ask(app, f"{DOCUMENT}/", method).status == 405


# -- to whom, and under which rules -----------------------------------------------------


def named(*hosts: str) -> tuple[tuple[str, str], ...]:
    return tuple(("host", host) for host in hosts)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:9", "LOCALHOST"])
def test_who_names_this_machine_is_answered(app: Any, host: str) -> None:
    assert ask(app, f"{DOCUMENT}/", headers=named(host)).status == 200


@pytest.mark.parametrize(
    "hosts",
    [
        (),
        ("",),
        ("example.org",),
        ("example.org:8000",),
        ("127.0.0.1.example.org",),
        ("localhost.example.org:8000",),
        ("localhost@example.org",),
        ("example.org:127.0.0.1",),
        ("127.0.0.2",),
        ("0.0.0.0:8000",),
        ("[::1]:8000",),
        ("127.0.0.1", "example.org"),
    ],
    ids=" ".join,
)
def test_who_came_by_another_name_is_refused(app: Any, hosts: tuple[str, ...]) -> None:
    for path in ("/", f"{DOCUMENT}/", f"{DOCUMENT}/events", "/preview.js"):
        answer = ask(app, path, headers=named(*hosts))
        assert answer.status == 421
        assert answer.text == "只有启动预览的人，用 127.0.0.1 或 localhost，才能打开预览。"


def answers(app: Any) -> dict[str, Answer]:
    paths = ("/", f"{DOCUMENT}/", "/preview.js", "/missing", f"{DOCUMENT}/fragment")
    files = (f"{DOCUMENT}/files/{name}" for name in ("document.pdf", "web/index.html", "missing"))
    refused = {"refused": ask(app, "/", headers=())}
    return refused | {path: ask(app, path, headers=HERE) for path in (*paths, *files)}


def test_nothing_is_kept_by_the_browser_or_read_by_another_site(app: Any) -> None:
    for path, answer in answers(app).items():
        assert ALWAYS.items() <= answer.headers.items(), path
        assert not [name for name in answer.headers if name.startswith("access-control")]
    assert ALWAYS["cache-control"] == "no-store"


def test_every_page_says_what_it_may_do_and_no_other_site_may_frame_it(app: Any) -> None:
    for path, answer in answers(app).items():
        if answer.headers.get("content-type", "").startswith("text/html"):
            policy = answer.headers["content-security-policy"]
            assert policy.startswith("default-src 'none'"), path
            assert "frame-ancestors 'none'" in policy or "frame-ancestors 'self'" in policy
            scripts = policy.split("script-src")[1].split(";")[0]
            assert "unsafe" not in scripts
    frame = ask(app, f"{DOCUMENT}/").headers["content-security-policy"]
    assert "unsafe" not in frame


def test_a_published_page_may_run_just_the_scripts_that_stand_in_it(app: Any) -> None:
    policy = ask(app, f"{DOCUMENT}/files/web/index.html").headers["content-security-policy"]
    # Of `go()`, as `openssl dgst -sha256 -binary | base64` tells it.
    assert "script-src 'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw=';" in policy
    assert "connect-src" not in policy
