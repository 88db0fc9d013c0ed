"""From a content folder to a build folder: what is made, when, and when it is not."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from conftest import (
    CASE,
    DOCUMENTS,
    FRONT,
    ROOT,
    STOCK,
    Overlay,
    front,
    read_content,
    resolved,
    tool,
    write,
)
from publisher import builds, fonts, output, pipeline, production, reconcile, renderers
from publisher.diagnostics import UndrawnPicture
from publisher.filetypes import FILE_TYPES, type_of
from publisher.inspect import pdf, pictures
from publisher.model import Document, Edition, Reconciliation, SetTable
from publisher.pipeline import Outcome, State
from publisher.provenance import Provenance, provenance_of
from publisher.renderers import Format
from publisher.serve import view

pytestmark = pytest.mark.thorough


def publish(content: Path, build: Path, *slugs: str) -> list[Outcome]:
    with ThreadPoolExecutor(1) as executor:
        names = slugs or pipeline.slugs(content)
        return pipeline.publish(content, build, names, executor, lambda slug, what: None)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real notice, published once."""
    build = tmp_path_factory.mktemp("real")
    (outcome,) = publish(ROOT / "content", build, "2025-work-points")
    assert outcome.state is State.PUBLISHED
    return build


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leaves out what takes seconds, for tests that are about something else."""
    quick = {
        name: kind for name, kind in production.FORMATS.items() if not (kind.is_measured or kind.of)
    }
    monkeypatch.setattr(production, "FORMATS", quick)
    return


@pytest.fixture
def stock(tmp_path: Path) -> Path:
    """A content folder with the stock document."""
    write(tmp_path / "content", STOCK)
    return tmp_path / "content"


# -- what is made -----------------------------------------------------------------------


def test_a_document_that_is_too_long_to_be_measured_is_published_and_says_so(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    monkeypatch.setattr(pictures, "MOST_PAGES", 1)
    monkeypatch.setenv("PATH", "")  # without LibreOffice
    (outcome,) = publish(stock, tmp_path / "build")
    assert outcome.state is State.PUBLISHED
    told = dict(outcome.told)["PDF"]
    assert re.fullmatch("不能测量：有 [0-9]+ 页，超过 1 页，超出测量的限度", told)
    conformance = (tmp_path / "build" / CASE / "conformance.html").read_text("utf-8")
    assert told in conformance
    assert "<img" not in conformance
    (again,) = publish(stock, tmp_path / "build")
    assert again.state is State.UNCHANGED


@pytest.mark.usefixtures("no_pdf")
def test_plan_and_table_are_reconciled_once(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reconciled, own = [], reconcile.reconcile

    def counted(document: Document) -> tuple[Reconciliation, ...]:
        reconciled.append(document.slug)
        return own(document)

    monkeypatch.setattr(reconcile, "reconcile", counted)
    (outcome,) = publish(stock, tmp_path / "build")
    assert outcome.state is State.PUBLISHED
    assert reconciled == [CASE]


def test_the_build_holds_every_output_and_an_overview(real_build: Path) -> None:
    assert set(tree(real_build)) == {"index.html"} | {
        f"2025-work-points/{name}"
        for name in (
            "document.docx",
            "document.pdf",
            "document.ofd",
            "attachment-1.docx",
            "attachment-1.xlsx",
            "attachment-1.csv",
            "document.txt",
            "web/index.html",
            "web/fragment.html",
            "web/fields.html",
            "web/document.docx",
            "web/document.pdf",
            "web/document.ofd",
            "web/attachment-1.docx",
            "web/attachment-1.xlsx",
            "web/attachment-1.csv",
            "conformance.html",
            "reconciliation.html",
            "findings.json",
            "manifest.json",
        )
    }


def test_all_91_rows_are_in_every_output(real_build: Path, real_edition: Edition) -> None:
    folder = real_build / "2025-work-points"
    numbers = [str(number) for number in range(1, 92)]
    assert _csv_numbers(folder / "attachment-1.csv") == numbers
    assert _xlsx_numbers(folder / "attachment-1.xlsx") == numbers
    assert _docx_numbers(folder / "attachment-1.docx") == numbers
    assert _docx_numbers(folder / "document.docx") == numbers
    assert _html_numbers(folder / "web/index.html") == numbers
    assert _html_numbers(folder / "web/fragment.html") == numbers
    # Words of rows in PDF and text: tests/test_one_text.py and tests/renderers/test_text.py.
    (attachment,) = real_edition.attachments
    assert isinstance(attachment.content, SetTable)
    text = (folder / "document.txt").read_text("utf-8")
    assert all(
        row.cells[2].items[0] in text for row in attachment.content.rows if row.cells[2].items
    )


def test_files_of_the_office_say_what_they_were_made_from_and_those_of_the_page_do_not(
    real_build: Path,
) -> None:
    slug = "2025-work-points"
    folder = real_build / slug
    version = builds.printed_version(builds.content_of(ROOT / "content", slug))
    for name in ("document.docx", "attachment-1.docx", "attachment-1.xlsx"):
        of_office, public = (folder / name).read_bytes(), (folder / "web" / name).read_bytes()
        assert provenance_of(of_office) == Provenance(slug, version, name)
        assert provenance_of(public) is None
        with zipfile.ZipFile(io.BytesIO(public)) as package:
            assert "docProps/custom.xml" not in package.namelist()
            assert not any(b"_Block_" in package.read(name) for name in package.namelist())


def _csv_numbers(path: Path) -> list[str]:
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    return [row[0] for row in rows[1:]]


def _xlsx_numbers(path: Path) -> list[str]:
    import openpyxl

    sheet = openpyxl.load_workbook(path).worksheets[0]
    return [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]


def _docx_numbers(path: Path) -> list[str]:
    """Those of all its tables: the attachment has one on each page."""
    import docx

    tables = docx.Document(str(path)).tables
    return [row.cells[0].text for table in tables for row in table.rows[1:]]


def _html_numbers(path: Path) -> list[str]:
    from lxml import html

    page = html.fromstring(path.read_text("utf-8"))
    return [str(cell.text_content()).strip() for cell in page.xpath("//tbody//th[@scope='row']")]


def test_the_manifest_tells_what_was_made_of_what(real_build: Path) -> None:
    folder = real_build / "2025-work-points"
    manifest = output.read_manifest(folder)
    assert manifest is not None
    files = {name for name in tree(folder) if name != "manifest.json"}
    assert set(manifest["files"]) == files
    assert set(manifest["inputs"]["content"]) == {
        "accepted.yaml",
        "bureau.yaml",
        "document.md",
        "plan.md",
        "tasks.csv",
    }
    assert set(manifest["inputs"]["fonts"]) == {"仿宋", "楷体", "黑体", "小标宋", "宋体", "西文"}
    assert "weasyprint" in manifest["inputs"]["tools"]
    assert str(ROOT) not in json.dumps(manifest)


def test_all_that_files_are_made_with_is_recorded() -> None:
    """Else another version of it would leave old files as they are."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        named = tomllib.load(file)["project"]["dependencies"]
    libraries = {re.split("[<>=]", one)[0] for one in named}
    speak_and_serve = {"click", "rich", "starlette", "uvicorn", "watchfiles"}
    only_read_of_others = {"webencodings", "openpyxl"}
    tells_where = {"platformdirs"}
    beside = speak_and_serve | only_read_of_others | tells_where
    assert libraries - beside == set(builds.TOOLS)


def test_the_findings_are_kept_beside_the_files(real_build: Path) -> None:
    data = (real_build / "2025-work-points/findings.json").read_bytes()
    found = json.loads(data)["findings"]
    (empty,) = (one for one in found if one["name"] == "empty_task")
    assert (empty["file"], empty["line"]) == ("content/2025-work-points/tasks.csv", 90)
    assert all(one["accepted"].startswith("2025年2月26日印发的原文如此") for one in found)


def test_what_a_build_says_is_as_the_schemas_say(real_build: Path) -> None:
    schemas = tool("schemas")
    folder = real_build / "2025-work-points"
    schemas.FINDINGS.validate_json((folder / "findings.json").read_bytes())
    manifest = schemas.MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    assert isinstance(manifest, schemas.DocumentManifest)
    assert manifest.format == 1


def test_the_overview_links_to_what_was_made(real_build: Path) -> None:
    page = (real_build / "index.html").read_text("utf-8")
    assert 'href="2025-work-points/document.pdf"' in page
    assert "2025年全市民政工作要点" in page


@pytest.mark.usefixtures("no_pdf")
def test_of_a_classified_document_no_page_is_made(stock: Path, tmp_path: Path) -> None:
    write(stock, {"case/document.md": front(FRONT.replace("文种", "密级: 秘密★1年\n文种"))})
    publish(stock, tmp_path / "build")
    made = tree(tmp_path / "build" / CASE)
    assert "document.txt" in made
    assert not [name for name in made if name.startswith("web/")]


@pytest.mark.usefixtures("no_pdf")
def test_a_document_that_was_taken_away_leaves_the_overview(stock: Path, tmp_path: Path) -> None:
    write(
        stock,
        {
            "gone/document.md": front(
                "文种: 通知\n标题: 通知\n成文日期: 2030-01-01\n发文机关: 青岚市水务局"
            )
        },
    )
    publish(stock, tmp_path / "build")
    assert "gone/" in (tmp_path / "build/index.html").read_text("utf-8")
    shutil.rmtree(stock / "gone")
    publish(stock, tmp_path / "build")
    assert "gone/" not in (tmp_path / "build/index.html").read_text("utf-8")


# -- again ------------------------------------------------------------------------------


@pytest.mark.usefixtures("no_pdf")
def test_a_second_run_with_nothing_changed_makes_nothing(stock: Path, tmp_path: Path) -> None:
    build = tmp_path / "build"
    assert publish(stock, build)[0].state is State.PUBLISHED
    before = {path: path.stat().st_mtime_ns for path in build.rglob("*") if path.is_file()}
    assert publish(stock, build)[0].state is State.UNCHANGED
    after = {path: path.stat().st_mtime_ns for path in build.rglob("*") if path.is_file()}
    assert {path.name for path in before if before[path] != after[path]} <= {".lock"}


@pytest.mark.usefixtures("no_pdf")
def test_a_build_of_before_there_were_versions_of_the_form_is_read(
    stock: Path, tmp_path: Path
) -> None:
    write(stock, {"case/plan.md": "文,字。\n"})
    (before,) = publish(stock, tmp_path / "build")
    folder = tmp_path / "build" / CASE
    findings = folder / "findings.json"
    older = json.dumps(json.loads(findings.read_bytes())["findings"]).encode()
    findings.write_bytes(older)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    del manifest["format"]
    manifest["files"]["findings.json"] = {"bytes": len(older), "sha256": output.digest(older)}
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (again,) = publish(stock, tmp_path / "build")
    assert again.state is State.UNCHANGED
    assert again.findings == before.findings != ()
    assert "half_width_punctuation" in (tmp_path / "build" / "index.html").read_text("utf-8")


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize(
    "file", ["case/document.md", "case/plan.md", "case/tasks.csv", "bureau.yaml"]
)
def test_a_change_in_any_source_publishes_again(stock: Path, tmp_path: Path, file: str) -> None:
    publish(stock, tmp_path / "build")
    (stock / file).write_text((stock / file).read_text("utf-8").rstrip() + "\n\n", "utf-8")
    assert publish(stock, tmp_path / "build")[0].state is State.PUBLISHED


@pytest.mark.usefixtures("no_pdf")
def test_a_finished_file_that_was_touched_is_made_again(stock: Path, tmp_path: Path) -> None:
    publish(stock, tmp_path / "build")
    made = tmp_path / "build" / CASE / "document.txt"
    words = made.read_bytes()
    made.write_bytes(b"touched")
    assert publish(stock, tmp_path / "build")[0].state is State.PUBLISHED
    assert made.read_bytes() == words


# -- bad input --------------------------------------------------------------------------

BAD: dict[str, tuple[Overlay, str]] = {
    "a missing attachment": ({"case/tasks.csv": None}, "missing_file"),
    "an unknown key": ({"case/document.md": "---\n文钟: 通知\n---\n正文。\n"}, "unknown_key"),
    "no front matter": ({"case/document.md": "正文。\n"}, "missing_front_matter"),
    "a control character": ({"case/plan.md": "正\x07文。\n"}, "control_character"),
    "Big5": ({"case/plan.md": "民政業務".encode("big5")}, "unreadable_encoding"),
}


@pytest.mark.usefixtures("no_pdf")
@pytest.mark.parametrize(("overlay", "name"), BAD.values(), ids=BAD)
def test_an_error_stops_publishing_and_the_last_good_build_stays(
    stock: Path, tmp_path: Path, overlay: Overlay, name: str
) -> None:
    build = tmp_path / "build"
    publish(stock, build)
    before = tree(build)
    for file in overlay:
        (stock / file).unlink()
    write(stock, overlay)
    (outcome,) = publish(stock, build)
    assert outcome.state is State.STOPPED
    assert name in [one.name for one in outcome.findings]
    assert tree(build) == before


@pytest.mark.usefixtures("no_pdf")
def test_one_bad_document_does_not_keep_the_others_back(stock: Path, tmp_path: Path) -> None:
    write(stock, {"bad/document.md": "正文。\n"})
    states = {one.slug: one.state for one in publish(stock, tmp_path / "build")}
    assert states == {"bad": State.STOPPED, CASE: State.PUBLISHED}


def test_a_picture_that_cannot_be_drawn_keeps_no_other_document_back(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def undrawn(edition: Edition) -> dict[str, bytes]:
        if edition.document.slug == "bad":
            raise UndrawnPicture("图片“流程”画不出来")
        return {}

    shutil.copytree(stock / CASE, stock / "bad")
    monkeypatch.setattr(production, "FORMATS", {"Word": Format(undrawn, ("document.docx",))})
    bad, good = publish(stock, tmp_path / "build", "bad", CASE)
    assert (bad.state, good.state) == (State.STOPPED, State.PUBLISHED)
    assert [(each.name, each.message) for each in bad.findings] == [
        ("undrawn_picture", "图片“流程”画不出来")
    ]
    assert not (tmp_path / "build" / "bad").exists()


@pytest.mark.usefixtures("no_pdf")
def test_a_file_that_cannot_be_read_is_a_finding_and_keeps_no_other_document_back(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(stock, {name.replace(CASE, "shut", 1): data for name, data in STOCK.items()})
    opened = os.open

    def open_but_one(path: Any, *arguments: Any, **named: Any) -> Any:
        if str(path).endswith("shut/plan.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *arguments, **named)

    monkeypatch.setattr(os, "open", open_but_one)
    outcomes = {one.slug: one for one in publish(stock, tmp_path / "build")}
    assert outcomes[CASE].state is State.PUBLISHED
    assert outcomes["shut"].state is State.STOPPED
    assert "unreadable_file" in [one.name for one in outcomes["shut"].findings]


def test_a_document_that_is_a_link_to_nowhere_is_not_passed_over(stock: Path) -> None:
    (stock / "lost").mkdir()
    (stock / "lost" / "document.md").symlink_to("nowhere")
    assert pipeline.slugs(stock) == (CASE, "lost")


@pytest.mark.usefixtures("no_pdf")
def test_a_renderer_that_fails_leaves_the_last_good_build(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tmp_path / "build"
    publish(stock, build)
    before = tree(build)
    (stock / "case/plan.md").write_text("改了。\n", "utf-8")

    def fail(edition: Edition) -> dict[str, bytes]:
        raise OSError(28, "No space left on device")

    failing = {**production.FORMATS, "附件表": Format(fail, ())}
    monkeypatch.setattr(production, "FORMATS", failing)
    with pytest.raises(OSError, match="No space"):
        publish(stock, build)
    assert tree(build) == before


def test_without_its_fonts_nothing_is_published(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISHER_FONTS", str(tmp_path / "none"))
    builds.environment.cache_clear()
    try:
        with pytest.raises(fonts.MissingFonts, match="make fonts"):
            publish(stock, tmp_path / "build")
    finally:
        builds.environment.cache_clear()


# -- the same bytes ---------------------------------------------------------------------

SURROUNDINGS = (
    {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/New_York", "LC_ALL": "", "LANG": "C", "PYTHONHASHSEED": "2"},
)


@pytest.mark.slow
def test_the_same_content_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    builds = []
    for index, surroundings in enumerate(SURROUNDINGS):
        place = tmp_path / f"地方 {index}"
        shutil.copytree(DOCUMENTS, place / "content")
        command = [sys.executable, "-m", "publisher", "publish", "complete"]
        environment: dict[str, Any] = {**os.environ, **surroundings}
        done = subprocess.run(command, cwd=place, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        made = tree(place / "build")
        made.pop(".archive.json")  # what is known of the files of this disk
        builds.append(made)
    assert builds[0].keys() == builds[1].keys()
    assert [name for name in builds[0] if builds[0][name] != builds[1][name]] == []


def test_publishing_asks_no_more_of_an_executor_than_submit(
    stock: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # without LibreOffice
    submitted = []

    class Watching(ThreadPoolExecutor):
        def submit(self, call: Any, /, *arguments: Any, **named: Any) -> Any:
            submitted.append(call)
            return super().submit(call, *arguments, **named)

    with Watching(1) as executor:
        assert isinstance(executor, Executor)
        pipeline.publish(stock, tmp_path / "build", [CASE], executor, lambda slug, what: None)
    # And what measures the files that these make, or makes others of them.
    renders = [kind.render for kind in production.FORMATS.values() if not kind.of]
    assert submitted[: len(renders)] == renders


# -- the table of formats ---------------------------------------------------------------


def test_each_format_gives_just_the_files_that_the_table_names(stock: Path) -> None:
    edition = resolved(read_content(stock).document)
    files: dict[str, dict[str, bytes]] = {}
    for called, kind in renderers.FORMATS.items():
        made = kind.render(edition, files[kind.of]) if kind.of else kind.render(edition)
        files[called] = made
        for name in made:
            assert any(fnmatch(name, known) for known in kind.files)
            assert type_of(name) in FILE_TYPES
        assert not kind.is_measured or kind.files[0] in made


def test_what_the_preview_shows_is_made(real_build: Path) -> None:
    assert {panel.file for panel in view.PANELS} <= tree(real_build / "2025-work-points").keys()
