"""Nothing that stands in content commands the terminal that shows it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from conftest import CASE, FRONT, STOCK, front, write
from publisher import cli
from publisher.terminal import one_line, visible, visible_json

HOSTILE = ("\x1b[2J", "\x07", "\x9b31m", "\x7f", "\u202e", "\u2066", "\u200f", "\u061c", "\u2028")
SHOWN = [f"<U+{ord(one[0]):04X}>{one[1:]}" for one in HOSTILE]


@pytest.mark.parametrize(("text", "shown"), list(zip(HOSTILE, SHOWN, strict=True)))
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert visible(f"甲{text}乙") == f"甲{shown}乙"


def test_half_characters_can_be_shown() -> None:
    """Names of files that are not UTF-8 have such."""
    assert visible("\udcff").encode() == b"<U+DCFF>"


def test_other_words_stay() -> None:
    text = "公文：a\tb\nc 𠮷 👨‍👩‍👧 é"
    assert visible(text) == text


def test_a_line_that_is_said_stays_one() -> None:
    assert one_line("甲\n乙\r\n") == "甲<U+000A>乙<U+000D><U+000A>"


def test_json_says_the_same_with_escapes() -> None:
    told = {"message": "".join(HOSTILE) + "𠮷"}
    escaped = visible_json(json.dumps(told, ensure_ascii=False))
    assert json.loads(escaped) == told
    assert visible(escaped) == escaped


def _is_clean(said: str) -> bool:
    return visible(said) == said


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content with such characters in values, texts, cells, and the name of a folder."""
    bad = "".join(one for one in HOSTILE)
    write(tmp_path / "content", STOCK)
    write(
        tmp_path / "content",
        {
            f"{CASE}/document.md": front(f"{FRONT}\n文\u202e钟: '{bad}'"),
            f"{CASE}/plan.md": f"# 清理{bad}岸线\n\n逐段{bad}排查。\n",
            f"{CASE}/{bad[1:4]}x\u202e.md": "",
            "no\u202e\x1b[2Jtice/document.md": f"{bad}",
        },
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.thorough
@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--json"],
        ["check", "--format", "github"],
        ["check", "--format", "sarif"],
        ["check", "\x1b[2J"],
        ["publish"],
        ["diff", "before"],
        ["diff", "\x1b[2J"],
        ["inspect", "\x1b[2J.pdf"],
        ["verify-published", "\u202e.html"],
        ["accept", "\x1b:1", "--reason", "x"],
        ["new", "\u202e"],
        ["\x1b[2J"],
        ["check", "--\x1b[2J"],
    ],
    ids=repr,
)
def test_no_command_says_it(
    place: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(place / "before", {f"{CASE}/document.md": "\x1b[2J\u202e"})
    cli.run(arguments)
    said = capsys.readouterr()
    assert said.out + said.err
    assert _is_clean(said.out + said.err), said


def test_nor_does_what_git_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    word = tmp_path / "a.docx"
    with zipfile.ZipFile(word, "w") as package:
        package.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:body><w:p><w:r><w:t>甲\u202e乙\x9b2J</w:t></w:r></w:p></w:body></w:document>",
        )
    assert cli.run(["textconv", str(word)]) == cli.CLEAN
    assert capsys.readouterr().out == "甲<U+202E>乙<U+009B>2J\n"


FORGED = "已写入"
NAME = f"a\n{FORGED}"
"""On a terminal that showed it as it is, its second line would look like the program's own."""


@pytest.fixture
def forgeries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Content in which each name has such a line, and files of others whose names have."""
    folder = tmp_path / NAME / "content"
    write(folder, STOCK)
    write(
        folder,
        {
            f"{NAME}/document.md": front(f"{FRONT}\n文号: 1").replace("plan.md", "'x\\n.md'"),
            f"{CASE}/{NAME}.md": "",
            f"{CASE}/{NAME}.csv": "",
            f"{CASE}/accepted.yaml": "接受: []\n",
        },
    )
    for suffix in ("docx", "pdf", "html", "xlsx", "csv", "ofd"):
        (tmp_path / f"{NAME}.{suffix}").write_bytes(b"not what its name says")
    shutil.copytree(folder, tmp_path / "before")
    shutil.copytree(folder / CASE, folder / "case-2")
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "x" + NAME],
        ["check", "--format", "github"],
        ["check", "--format", "docx", "--output", f"{NAME}/no/{NAME}.docx", CASE],
        ["publish", "case", "--build", f"{NAME}.csv"],
        ["publish", "--cluster", f"tcp://{NAME}"],
        ["archive", "--build", f"b{NAME}"],
        ["diff", "before", "--build", f"b{NAME}"],
        ["diff", NAME],
        ["diff", f"no{NAME}"],
        ["diff", f"before/{CASE}/{NAME}.md", f"before/{CASE}/{NAME}.csv"],
        ["inspect", f"{NAME}.pdf", f"{NAME}.ofd", f"{NAME}.docx"],
        ["inspect", f"no{NAME}.pdf"],
        ["inspect", f"{NAME}.pdf", "--html", f"{NAME}.html"],
        ["verify-published", f"{NAME}.html"],
        ["textconv", f"no{NAME}.docx"],
        ["accept", f"content/{CASE}/{NAME}.md:1", "--reason", "x"],
        ["accept", f"content/{NAME}/document.md:1", "--reason", "x"],
        ["new", NAME],
        ["new", "x-1", "--like", NAME],
        ["init", f"{NAME}.csv"],
        ["fonts", "--from", NAME],
        ["import", f"{NAME}.csv", "--dry-run"],
        ["import", f"{NAME}.zip"],
        ["take-back", f"{NAME}.docx"],
        ["take-back", f"{NAME}.xlsx", "--slug", NAME],
        ["progress", f"{NAME}.xlsx"],
        ["extract", NAME],
        ["explain", NAME],
        ["style", "learn", f"{NAME}.pdf", f"{NAME}.docx"],
        ["template", "check", NAME],
        [NAME],
        ["check", f"--{NAME}"],
    ],
    ids=lambda arguments: " ".join(arguments).replace(NAME, "…"),
)
def test_no_name_can_forge_a_line(
    forgeries: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with_content = {"check", "publish", "archive", "diff", "verify-published", "accept", "new"} | {
        *("import", "take-back", "progress", "extract", "explain")
    }
    asked = ["--content", str(forgeries)] if arguments[0] in with_content else []
    cli.run([*arguments, *asked])
    captured = capsys.readouterr()
    said = captured.out + captured.err
    assert said
    assert _is_clean(said)
    assert not [line for line in said.splitlines() if line.startswith(FORGED)]
