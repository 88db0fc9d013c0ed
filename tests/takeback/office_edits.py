"""`python3 office_edits.py JOBS.json`: edits of files in LibreOffice, as people make them there.

Runs with the Python that knows UNO, which is not that of the tests; `edited_in_office` calls it.
A job names a file, where it is saved and as what, whether changes are tracked, its edits, and who
makes them, if that matters.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from office import _property, opened, running, save


def main(jobs: Path) -> None:
    with running() as context:
        for job in json.loads(jobs.read_text("utf-8")):
            _do(context, job)


def _do(context: Any, job: dict[str, Any]) -> None:
    _sign(context, job.get("author", ""))
    document = opened(context, job["source"])
    try:
        document.RecordChanges = job["tracked"]
        for name, *words in job["edits"]:
            EDITS[name](document, *words)
        save(document, Path(job["target"]))
    finally:
        document.close(True)


def _sign(context: Any, author: str) -> None:
    """Tell LibreOffice who works with it."""
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    user = provider.createInstanceWithArguments(
        "com.sun.star.configuration.ConfigurationUpdateAccess",
        (_property("nodepath", "/org.openoffice.UserProfile/Data"),),
    )
    user.setPropertyValue("givenname", author)
    user.commitChanges()


def _range(document: Any, words: str) -> Any:
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    there = document.findAll(search)
    assert there.Count == 1, (words, there.Count)
    return there.getByIndex(0)


def _replace(document: Any, old: str, new: str) -> None:
    _range(document, old).setString(new)


def _insert_after(document: Any, words: str, new: str) -> None:
    place = _range(document, words)
    cursor = place.Text.createTextCursorByRange(place)
    cursor.gotoEndOfParagraph(False)
    cursor.Text.insertControlCharacter(cursor, 0, False)  # PARAGRAPH_BREAK
    cursor.Text.insertString(cursor, new, False)


def _delete(document: Any, words: str) -> None:
    place = _range(document, words)
    cursor = place.Text.createTextCursorByRange(place)
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    cursor.setString("")


def _split(document: Any, words: str) -> None:
    place = _range(document, words)
    cursor = place.Text.createTextCursorByRange(place.Start)
    cursor.Text.insertControlCharacter(cursor, 0, False)


def _join(document: Any, words: str) -> None:
    place = _range(document, words)
    cursor = place.Text.createTextCursorByRange(place)
    cursor.gotoEndOfParagraph(False)
    cursor.goRight(1, True)
    cursor.setString("")


def _delete_row(document: Any, words: str) -> None:
    table, row = _row_of(document, words)
    table.Rows.removeByIndex(row, 1)


def _insert_row(document: Any, words: str, *cells: str) -> None:
    table, row = _row_of(document, words)
    table.Rows.insertByIndex(row + 1, 1)
    for column, typed in enumerate(cells):
        table.getCellByPosition(column, row + 1).setString(typed)


def _row_of(document: Any, words: str) -> tuple[Any, int]:
    place = _range(document, words)
    name = place.Cell.CellName
    return place.TextTable, int("".join(filter(str.isdigit, name))) - 1


EDITS = {
    "replace": _replace,
    "insert": _insert_after,
    "delete": _delete,
    "split": _split,
    "join": _join,
    "delete row": _delete_row,
    "insert row": _insert_row,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
