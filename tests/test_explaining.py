"""A first text that explains a document: what it quotes, and that it says nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from publisher import cli, explaining
from publisher.archive.readings import read_reading
from publisher.archive.record import withheld
from publisher.model import Heading, Item, plain
from publisher.readers import read_bureau, read_document

ROOT = Path(__file__).parents[1]
NOTICE = "2025-work-points"


@pytest.fixture
def content(tmp_path):
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def read(content, name=f"{NOTICE}-reading"):
    bureau, _ = read_bureau(content)
    document, found = read_document(content / name, bureau, "reading.md")
    assert found == []
    return document


def test_all_that_it_quotes_stands_in_the_document(content):
    explaining.explain(content, NOTICE, f"{NOTICE}-reading")
    document = read(content)
    sources = "".join(path.read_text("utf-8") for path in sorted((content / NOTICE).iterdir()))
    there = re.sub(r"[\s#*]|\{#[^}]*\}", "", sources)
    quoted = [
        plain(block.content[1:])
        for block in document.body.blocks
        if isinstance(block, Item) and len(block.content) > 1
    ]
    assert len(quoted) > 30
    for words in quoted:
        assert re.sub(r"\s", "", words) in there
    titles = [plain(b.content) for b in document.body.blocks if isinstance(b, Heading)]
    assert titles == ["为什么印发", "涉及谁", "主要做什么", "有哪些数", "什么时候办", "还要写的"]
    assert document.web.explains == (NOTICE,)


def test_each_figure_and_deadline_of_the_plan_is_there(content):
    text = explaining.explain(content, NOTICE, "reading-1").read_text("utf-8")
    figures, dates = text.split("# 有哪些数")[1].split("# 什么时候办")
    assert "打造13个城乡老年友好型社区示范点" in figures
    assert "第二十届湖北省中老年人才艺大赛" not in figures
    assert "任务表，46 项：" in dates


def test_a_draft_is_not_for_the_public_until_somebody_has_written_it(content):
    file = explaining.explain(content, NOTICE, "reading-1")
    assert withheld(read(content, "reading-1"))
    assert read_reading(content, "reading-1") == []
    text = file.read_text("utf-8")
    file.write_text(re.sub("公开属性.*\n", "", text), "utf-8")
    assert not withheld(read(content, "reading-1"))


def test_what_somebody_wrote_is_never_overwritten(content, capsys):
    said = ["explain", NOTICE, "--content", str(content)]
    assert cli.run(said) == cli.CLEAN
    file = content / f"{NOTICE}-reading" / "reading.md"
    file.write_text("mine", "utf-8")
    assert cli.run(said) == cli.STOPPED
    assert file.read_text("utf-8") == "mine"
    assert "没有动它" in capsys.readouterr().err
    for name in ("../out", "public"):
        assert cli.run([*said, "--as", name]) == cli.WRONG_USAGE
    assert cli.run([*said, "--as", "reading-2"]) == cli.CLEAN


def test_what_no_document_says_is_left_to_be_written(tmp_path):
    content = Path(shutil.copytree(ROOT / "tests" / "documents", tmp_path / "content"))
    text = explaining.explain(content, "minimal", "reading-1").read_text("utf-8")
    assert "原文没有写明。\n××××" in text
    with pytest.raises(explaining.CannotExplain, match="有密级"):
        explaining.explain(content, "classified-urgent", "reading-2")
