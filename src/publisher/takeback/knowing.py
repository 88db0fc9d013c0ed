"""Files that came back → the document that they are of, as they say or by their words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from publisher.folders import documents_in
from publisher.model import Document, one_line
from publisher.readers import read_bureau, read_document
from publisher.takeback.printing import shown
from publisher.takeback.returning import ReceivedFile, named
from publisher.takeback.workbooks import ReceivedWorkbook


class UnknownDocument(Exception):
    """It cannot be seen which document a file is of; the words tell the user what to do."""


def slug_of(files: Sequence[ReceivedFile | ReceivedWorkbook], content: Path) -> str:
    """The document that all the files are of; UnknownDocument where that cannot be seen."""
    there = documents_in(content)
    slugs: dict[str, str] = {}
    for file in files:
        known = file.provenance.slug if file.provenance else ""
        if file.provenance and known not in there:
            raise UnknownDocument(
                f"{file.name} 是公文“{known}”的，{content} 里没有这份公文"
                f"（{_named(there)}）。名称改过的，请用 --slug 写明现在的名称。"
            )
        with named(file.name):
            slugs.setdefault(known or _by_words(file, content, there), file.name)
    if len(slugs) > 1:
        each = "；".join(f"{name} 是“{slug}”的" for slug, name in slugs.items())
        raise UnknownDocument(f"这些文件不是同一份公文的：{each}。请一份公文一次。")
    return next(iter(slugs))


def _by_words(file: ReceivedFile | ReceivedWorkbook, content: Path, there: Sequence[str]) -> str:
    """The document with the same number, or the same title; of an attachment alone, with such."""
    bureau = read_bureau(content)[0]
    read = {slug: read_document(content / slug, bureau)[0] for slug in there}
    if isinstance(file, ReceivedWorkbook):
        alike = [slug for slug, known in read.items() if known and file.looks_like(known)]
    else:
        looks = shown(file.docx, bureau, file.portion)
        alike = [slug for slug, known in read.items() if known and _is_same(looks, known, file)]
    if len(alike) != 1:
        why = "有几份公文都像" if alike else "里面没有生成时写入的标记，文号、标题或表格也对不上"
        raise UnknownDocument(
            f"看不出 {file.name} 是哪一份公文：{why}。请用 --slug 写明。{_named(alike or there)}。"
        )
    return alike[0]


def _is_same(looks: Document, known: Document, file: ReceivedFile) -> bool:
    alone = file.portion.alone(known)
    if alone is None:
        return False
    if looks.number and alone.number:
        return looks.number == alone.number
    return bool(one_line(looks.body.title)) and one_line(looks.body.title) == one_line(
        alone.body.title
    )


def _named(slugs: Sequence[str]) -> str:
    return f"现有：{'、'.join(slugs)}" if slugs else "没有公文"
