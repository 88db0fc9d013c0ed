"""Documents that a text cites by title and number → those that are cited in two ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.checks.lines import matches, shown
from publisher.checks.review import review
from publisher.checks.titles import unquoted
from publisher.diagnostics import Finding
from publisher.model import Document, Place

_REFERENCE = re.compile(
    r"(?<!》)(?<!》[、和及与])《(?P<title>[^《》]+)》\s*"
    r"[（(](?P<number>[\u3400-\u9fff]+〔[0-9]{4}〕\s*[0-9]+\s*号)(?P<rest>[^（）()]*)[）)]"
)
_SHORTEST_TITLE = 6
"""Titles of fewer characters, as 意见, are short names of several documents."""


@dataclass(frozen=True, slots=True)
class _Reference:
    """A document as a text cites it."""

    title: str
    number: str
    place: Place

    @property
    def shown(self) -> str:
        return shown(f"《{self.title}》（{self.number}）")


def reference_disagrees(document: Document) -> Iterator[Finding]:
    """A document is cited by another number, or a number with another title, than further above.

    《某某办法》（某发〔2024〕3号） is compared with every other such pair in all texts, the title
    and the cells of tables. One of the two is a slip, unless the title was issued in several years,
    or one notice issued both. A title that holds the other, as a short one does, is no other title.
    Mend the wrong one.
    """
    by_number: dict[str, _Reference] = {}
    by_title: dict[str, _Reference] = {}
    for reference in _references(document):
        titled = by_number.setdefault(reference.number, reference)
        numbered = by_title.setdefault(unquoted(reference.title), reference)
        if not _same_title(titled.title, reference.title):
            yield _finding(reference, titled, "同一文号的标题不一致")
        elif numbered.number != reference.number:
            yield _finding(reference, numbered, "同一标题的文号不一致")


def _references(document: Document) -> Iterator[_Reference]:
    for match, locate in matches(_REFERENCE, document):
        is_list = "〔" in match["rest"]  # which title has which number is anybody's guess
        if len(match["title"]) >= _SHORTEST_TITLE and not is_list:
            number = re.sub(r"\s", "", match["number"])
            yield _Reference(match["title"], number, locate(match.start()))


def _same_title(title: str, cited: str) -> bool:
    return unquoted(title) in unquoted(cited) or unquoted(cited) in unquoted(title)


def _finding(reference: _Reference, earlier: _Reference, what: str) -> Finding:
    where = f"{earlier.place.file}:{earlier.place.line}"
    return review(
        "reference_disagrees",
        reference.place,
        f"{what}：这里是{reference.shown}，{where} 是{earlier.shown}",
        "请对照原文件核对标题和文号。",
    )
