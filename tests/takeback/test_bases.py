"""Which content a file was made from: as it lies there, a commit, or nobody knows."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import CASE, STOCK, write
from publisher import builds
from publisher.model import Document
from publisher.provenance import Provenance
from publisher.readers import read_bureau, read_document
from publisher.takeback import commits
from publisher.takeback.bases import base_of
from publisher.takeback.result import BaseKind

PLAN = STOCK[f"{CASE}/plan.md"]
assert isinstance(PLAN, str)

Git = Callable[..., str]


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    write(tmp_path / "content", STOCK)
    return tmp_path / "content"


@pytest.fixture
def git(content: Path) -> Git:
    def run(*arguments: str) -> str:
        who = {"NAME": "柳喆", "EMAIL": "liu@example.cn", "DATE": "2030-03-01T12:00:00+08:00"}
        kept = {f"GIT_{role}_{key}": who[key] for role in ("AUTHOR", "COMMITTER") for key in who}
        command = ["git", "-C", str(content.parent), *arguments]
        environment = {**os.environ, **kept}
        return subprocess.run(
            command, env=environment, check=True, capture_output=True, text=True
        ).stdout

    run("init", "--quiet", "--initial-branch=main")
    commit(run)
    return run


def commit(git: Git) -> str:
    git("add", "--all")
    git("commit", "--quiet", "--message=content")
    return git("rev-parse", "HEAD").strip()


def made_from(content: Path) -> Provenance:
    version = builds.printed_version(builds.content_of(content, CASE))
    return Provenance(CASE, version, "document.docx")


def read(content: Path) -> Document:
    document, _ = read_document(content / CASE, read_bureau(content)[0])
    assert document is not None
    return document


def edit(content: Path, words: str) -> None:
    (content / CASE / "plan.md").write_text(PLAN.replace("逐段排查。", words), "utf-8")


def test_the_content_as_it_lies_there(content: Path) -> None:
    base = base_of(made_from(content), read(content), content)
    assert (base.kind, base.document, base.called) == (BaseKind.CURRENT, read(content), "")


@pytest.mark.parametrize("name", ["accepted.yaml", "comments.yaml"])
def test_what_is_accepted_or_answered_makes_no_other_version(content: Path, name: str) -> None:
    provenance = made_from(content)
    (content / CASE / name).write_text("", "utf-8")
    assert base_of(provenance, read(content), content).kind is BaseKind.CURRENT


def test_a_commit_of_before(content: Path, git: Git) -> None:
    provenance, was, first = made_from(content), read(content), git("rev-parse", "HEAD").strip()
    for words in ("逐段排查，不留死角。", "逐段排查，5月底前完成。"):
        edit(content, words)
        commit(git)
    base = base_of(provenance, read(content), content)
    assert (base.kind, base.document) == (BaseKind.COMMIT, was)
    assert base.called == f"提交 {first[:7]}（2030-03-01）"


def test_a_commit_of_another_branch_or_one_that_was_merged(content: Path, git: Git) -> None:
    git("checkout", "--quiet", "-b", "draft")
    edit(content, "逐段排查，不留死角。")
    provenance, was = made_from(content), read(content)
    commit(git)
    git("checkout", "--quiet", "main")
    assert base_of(provenance, read(content), content).document == was
    git("merge", "--quiet", "--no-ff", "--strategy=ours", "--message=merged", "draft")
    git("branch", "--quiet", "-D", "draft")
    assert base_of(provenance, read(content), content).document == was


def test_a_change_of_the_bureau_is_another_version(content: Path, git: Git) -> None:
    provenance = made_from(content)
    bureau = content / "bureau.yaml"
    bureau.write_text(bureau.read_text("utf-8") + "# 备注\n", "utf-8")
    base = base_of(provenance, read(content), content)
    assert base.kind is BaseKind.COMMIT


def test_content_in_the_root_of_its_repository(content: Path) -> None:
    command = ["git", "-C", str(content), "-c", "user.name=甲", "-c", "user.email=a@example.cn"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "one"]):
        subprocess.run([*command, *arguments], check=True)
    provenance = made_from(content)
    edit(content, "逐段排查，不留死角。")
    assert base_of(provenance, read(content), content).kind is BaseKind.COMMIT


def test_what_was_never_committed_is_not_known(content: Path, git: Git) -> None:
    edit(content, "逐段排查，不留死角。")
    provenance = made_from(content)
    edit(content, "逐段排查，5月底前完成。")
    current = read(content)
    base = base_of(provenance, current, content)
    assert (base.kind, base.document) == (BaseKind.UNKNOWN, current)


@pytest.mark.parametrize("given", [None, Provenance(CASE, "0f" * 32, "document.docx")])
def test_without_a_repository_or_a_word_of_it_nothing_is_known(
    content: Path, given: Provenance | None
) -> None:
    assert base_of(given, read(content), content).kind is BaseKind.UNKNOWN


def test_a_repository_without_a_commit_knows_nothing(content: Path) -> None:
    subprocess.run(["git", "-C", str(content), "init", "-q"], check=True)
    provenance = Provenance(CASE, "0f" * 32, "document.docx")
    assert base_of(provenance, read(content), content).kind is BaseKind.UNKNOWN


def test_a_picture_of_then_is_read(content: Path, git: Git) -> None:
    from PIL import Image

    picture = content / CASE / "图.png"
    Image.new("RGB", (40, 30), "red").save(picture)
    edit(content, "逐段排查。\n\n![河道](图.png)\n")
    commit(git)
    provenance, was = made_from(content), read(content)
    Image.new("RGB", (40, 30), "blue").save(picture)
    base = base_of(provenance, read(content), content)
    assert (base.kind, base.document) == (BaseKind.COMMIT, was)
    assert was != read(content)


def test_each_state_is_looked_at_once(
    content: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = []
    monkeypatch.setattr(commits, "_listed", lambda root, tree: listed.append(tree) or iter(()))
    for words in ("一。", "逐段排查。", "一。"):
        edit(content, words)
        commit(git)
    assert base_of(Provenance(CASE, "0f" * 32, "a.docx"), read(content), content).kind
    assert len(listed) == len(set(listed)) == 2
