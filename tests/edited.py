"""The real notice and `edits.yaml` → two versions of it that differ in known ways.

`python tests/edited.py FOLDER` writes them to `FOLDER/old` and `FOLDER/new`, to be looked at.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
SLUG = "2025-work-points"
Edits = dict[str, list[dict[str, Any]]]


def _read(path: Path) -> Edits:
    edits: Edits = YAML(typ="safe").load(path.read_text("utf-8"))
    return edits


EDITS = _read(ROOT / "tests" / "edits.yaml")
FORWARDED = "forwarded"
"""A made notice with items, lists of names, notes and documents inside documents."""
EDITS_OF_FORWARDED = _read(ROOT / "tests" / "edits" / "forwarded.yaml")


def versions(folder: Path) -> tuple[Path, Path]:
    """The content before and after all edits, below a folder."""
    old, new = folder / "old", folder / "new"
    for content in (old, new):
        shutil.copytree(ROOT / "content", content)
        edit(content, EDITS["准备"])
    edit(new, EDITS["修改"])
    for content in (old, new):
        renumber(content / SLUG / "tasks.csv")
    return old, new


def versions_of_forwarded(folder: Path) -> tuple[Path, Path]:
    """The content of the made notice before and after all edits, below a folder."""
    old, new = folder / "old", folder / "new"
    for content in (old, new):
        shutil.copytree(ROOT / "tests" / "edits" / "content", content)
    edit(new, EDITS_OF_FORWARDED["修改"], FORWARDED)
    return old, new


def edit(content: Path, edits: list[dict[str, Any]], slug: str = SLUG) -> None:
    """Make edits in the files of a content folder."""
    for one in edits:
        path = content / slug / one["文件"]
        path.write_text(_edited(path.read_text("utf-8"), one), "utf-8")


def _edited(text: str, one: dict[str, Any]) -> str:
    match one:
        case {"移行": row, "在": after}:
            text = _row_moved(text, row, after)
        case {"加行": row, "在": after}:
            at = _row(text, after)[1]
            text = f"{text[:at]}{row}\n{text[at:]}"
        case {"删行": row}:
            start, end = _row(text, row)
            text = text[:start] + text[end:]
        case {"行": row, "并入": other}:
            text = _rows_joined(text, row, other)
        case {"移动": [first, before], **rest}:
            text = _moved(text, first, before, rest.get("到"))
    if "把" not in one:
        return text
    start, end = _row(text, one["行"]) if "行" in one else (0, len(text))
    assert text[start:end].count(one["把"]) == 1, one
    return text[:start] + text[start:end].replace(one["把"], one["改为"]) + text[end:]


def _moved(text: str, first: str, before: str, target: str | None) -> str:
    start, end = _line(text, first), _line(text, before)
    lines, rest = text[start:end], text[:start] + text[end:]
    if target is None:
        return rest
    at = _line(rest, target)
    return rest[:at] + lines + rest[at:]


def _line(text: str, words: str) -> int:
    """Where the line begins that begins with these words."""
    assert f"\n{text}".count(f"\n{words}") == 1, words
    return f"\n{text}".index(f"\n{words}")


def _row(text: str, words: str) -> tuple[int, int]:
    """The only row with these words, its line end included."""
    assert text.count(words) == 1, words
    at = text.index(words)
    return text.rfind("\n", 0, at) + 1, text.index("\n", at) + 1


def _row_moved(text: str, row: str, after: str) -> str:
    start, end = _row(text, row)
    group = text[slice(*_row(text, after))].split(",")[1]
    cells = text[start:end].split(",")
    rest = text[:start] + text[end:]
    at = _row(rest, after)[1]
    return rest[:at] + ",".join([cells[0], group, *cells[2:]]) + rest[at:]


def _rows_joined(text: str, row: str, other: str) -> str:
    start, end = _row(text, other)
    words = text[start:end].split(",")[2]
    rest = text[:start] + text[end:]
    start, end = _row(rest, row)
    cells = rest[start:end].split(",")
    cells[2] += words
    return rest[:start] + ",".join(cells) + rest[end:]


def renumber(path: Path) -> None:
    """Number the rows of a table anew."""
    header, *rows = path.read_text("utf-8").splitlines()
    counted = [f"{number},{row.split(',', 1)[1]}" for number, row in enumerate(rows, 1)]
    path.write_text("\n".join([header, *counted]) + "\n", "utf-8")


if __name__ == "__main__":
    print(*versions(Path(sys.argv[1])))
