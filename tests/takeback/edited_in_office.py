"""Random edits → what they make of a document, and of its file in LibreOffice."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from returned import Desk
from word_hands import HABITS, edited_by_hand

import office
from conftest import DOCUMENTS
from publisher.compare import compare
from publisher.intake.opening import opened
from publisher.model import (
    Block,
    Cell,
    ColumnRole,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
    Row,
    Table,
    Text,
    plain,
)
from publisher.words.sentences import ends_sentence

SUFFIXES = (".docx", ".docx", ".doc", ".odt")
_NEW = ("县区交叉检查", "逐项登记造册", "限时办结", "专人负责", "按月通报", "分级处置")
_SENTENCES = (
    "各单位应当在十日内完成自查。",
    "发现隐患的，立即上报。",
    "有关经费由市级财政统筹安排。",
    "本项工作纳入年度考核。",
)


@dataclass(frozen=True, slots=True)
class Edited:
    """What edits make of a document, and how they are made in its file."""

    document: Document
    edits: tuple[tuple[str, ...], ...]


def edited(
    document: Document,
    file: str,
    chance: Random,
    kinds: Mapping[str, Kind] | None = None,
    tries: tuple[int, int] = (1, 4),
) -> Edited:
    """A document after some edits that do not touch one another; `file`: all words of its file."""
    kinds = kinds or KINDS
    edits: list[tuple[str, ...]] = []
    touched = {_FILE + file}
    for _ in range(chance.randint(*tries)):
        kind = chance.choice(list(kinds))
        made = kinds[kind](document, chance, touched)
        if made is not None:
            document, edit = made
            edits.append(edit)
    return Edited(document, tuple(edits))


Made = tuple[Document, tuple[str, ...]] | None
Kind = Callable[[Document, Random, set[str]], Made]


# -- texts ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    prose: Prose
    at: int
    words: str


def _is_unique(touched: set[str], words: str) -> bool:
    """Whether words stand in one place of the whole file as it was made."""
    return sum(each.count(words) for each in touched if each.startswith(_FILE)) == 1


_FILE = "\0"
"""Before the words of the whole file, among those that are touched."""


def _spots(document: Document, touched: set[str], *, alone: bool) -> list[_Spot]:
    """Paragraphs of words alone; `alone`: those that share their line with no heading."""
    spots = []
    for prose in document.proses:
        for at, block in enumerate(prose.blocks):
            kinds = (Paragraph,) if alone else (Paragraph, Item, Heading)
            words = plain(block.content)
            is_text = isinstance(block, kinds) and all(isinstance(x, Text) for x in block.content)
            if not is_text or len(words) < 12 or words in touched:
                continue
            if alone and (_runs_on(prose.blocks, at) or _is_below_item(block)):
                continue
            spots.append(_Spot(prose, at, words))
    return spots


def _saying(block: Block, words: str) -> Block:
    assert isinstance(block, (Paragraph, Item, Heading))
    return replace(block, content=(Text(words),))


def _is_below_item(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.depth)


def _runs_on(blocks: Sequence[Any], at: int) -> bool:
    before = blocks[at - 1] if at else None
    return isinstance(before, Heading) and ends_sentence(before.content)


def _with(document: Document, old: Prose, blocks: Sequence[Any]) -> Document:
    def changed(prose: Prose) -> Prose:
        attached = tuple(changed(x) if isinstance(x, Prose) else x for x in prose.attachments)
        made = tuple(blocks) if prose is old else prose.blocks
        return replace(prose, blocks=made, attachments=attached)

    issued = tuple(map(changed, document.issued))
    return replace(document, body=changed(document.body), issued=issued)


def _replaced(document: Document, chance: Random, touched: set[str]) -> Made:
    spots = _spots(document, touched, alone=False)
    for spot in chance.sample(spots, min(len(spots), 8)):
        start = chance.randrange(1, len(spot.words) - 6)
        old = spot.words[start : start + chance.randint(3, 5)]
        if not _is_unique(touched, old) or not old.isalpha():
            continue
        new = chance.choice(_NEW)
        words = spot.words[:start] + new + spot.words[start + len(old) :]
        blocks = list(spot.prose.blocks)
        blocks[spot.at] = _saying(blocks[spot.at], words)
        touched |= {spot.words, words}
        return _with(document, spot.prose, blocks), ("replace", old, new)
    return None


def _inserted(document: Document, chance: Random, touched: set[str]) -> Made:
    for spot in _sampled(document, chance, touched):
        new = chance.choice(_SENTENCES)
        if new in touched or not _is_unique(touched, spot.words[-12:]):
            continue
        blocks = list(spot.prose.blocks)
        blocks.insert(spot.at + 1, Paragraph((Text(new),)))
        touched |= {spot.words, new}
        return _with(document, spot.prose, blocks), ("insert", spot.words[-12:], new)
    return None


def _deleted(document: Document, chance: Random, touched: set[str]) -> Made:
    for spot in _sampled(document, chance, touched):
        blocks = list(spot.prose.blocks)
        after = blocks[spot.at + 1] if spot.at + 1 < len(blocks) else None
        if not isinstance(after, (Paragraph, Heading, Item)):
            continue
        if len(blocks) < 3 or not _is_unique(touched, spot.words[:12]):
            continue
        del blocks[spot.at]
        touched |= {spot.words, plain(after.content)}
        return _with(document, spot.prose, blocks), ("delete", spot.words[:12])
    return None


def _moved(document: Document, chance: Random, touched: set[str]) -> Made:
    for spot in _sampled(document, chance, touched):
        blocks = list(spot.prose.blocks)
        places = [
            each for each in _spots(document, touched, alone=True) if each.prose is spot.prose
        ]
        target = chance.choice(places)
        after = blocks[spot.at + 1] if spot.at + 1 < len(blocks) else None
        is_far = abs(target.at - spot.at) > 1
        unique = _is_unique(touched, spot.words[:12]) and _is_unique(touched, target.words[-12:])
        if not is_far or not unique or not isinstance(after, (Paragraph, Heading, Item)):
            continue
        moved = blocks[spot.at]
        blocks.insert(target.at + 1, moved)
        del blocks[spot.at + (target.at < spot.at)]
        touched |= {spot.words, target.words, plain(after.content)}
        return _with(document, spot.prose, blocks), ("move", spot.words[:12], target.words[-12:])
    return None


def _split(document: Document, chance: Random, touched: set[str]) -> Made:
    for spot in _sampled(document, chance, touched):
        at = spot.words.find("。") + 1
        rest = spot.words[at:]
        if not 0 < at < len(spot.words) - 8 or not _is_unique(touched, rest[:8]):
            continue
        blocks = list(spot.prose.blocks)
        blocks[spot.at : spot.at + 1] = [
            Paragraph((Text(spot.words[:at]),)),
            Paragraph((Text(rest),)),
        ]
        touched |= {spot.words, spot.words[:at], rest}
        return _with(document, spot.prose, blocks), ("split", rest[:8])
    return None


def _joined(document: Document, chance: Random, touched: set[str]) -> Made:
    for spot in _sampled(document, chance, touched):
        blocks = list(spot.prose.blocks)
        after = blocks[spot.at + 1] if spot.at + 1 < len(blocks) else None
        if not isinstance(after, Paragraph) or after.depth or plain(after.content) in touched:
            continue
        if not all(isinstance(x, Text) for x in after.content):
            continue
        if not _is_unique(touched, spot.words[-12:]):
            continue
        words = spot.words + plain(after.content)
        blocks[spot.at : spot.at + 2] = [Paragraph((Text(words),))]
        touched |= {spot.words, plain(after.content), words}
        return _with(document, spot.prose, blocks), ("join", spot.words[-12:])
    return None


def _sampled(document: Document, chance: Random, touched: set[str]) -> list[_Spot]:
    spots = _spots(document, touched, alone=True)
    return chance.sample(spots, min(len(spots), 8))


# -- tables -----------------------------------------------------------------------------------


def _tables(document: Document) -> list[Table]:
    return [
        table
        for table in document.tables
        if not table.is_form
        and len(table.rows) > 2
        and not any(cell.merge for row in table.rows for cell in row.cells)
        and table.column_of(ColumnRole.GROUP) is None
    ]


def _with_table(document: Document, old: Table, new: Table) -> Document:
    def changed(prose: Prose) -> Prose:
        return replace(
            prose,
            blocks=tuple(new if x is old else x for x in prose.blocks),
            attachments=tuple(
                new if x is old else changed(x) if isinstance(x, Prose) else x
                for x in prose.attachments
            ),
        )

    issued = tuple(map(changed, document.issued))
    return replace(document, body=changed(document.body), issued=issued)


def _celled(document: Document, chance: Random, touched: set[str]) -> Made:
    tables = _tables(document)
    if not tables:
        return None
    table = chance.choice(tables)
    row = chance.randrange(len(table.rows))
    for column, cell in enumerate(table.rows[row].cells):
        words = "".join(cell.items)
        is_text = table.columns[column].role is ColumnRole.TEXT and len(cell.items) == 1
        if not is_text or words in touched or len(words) < 4 or not _is_unique(touched, words):
            continue
        new = chance.choice(_NEW)
        cells = list(table.rows[row].cells)
        cells[column] = replace(cell, items=(new,))
        rows = list(table.rows)
        rows[row] = replace(rows[row], cells=tuple(cells))
        touched |= {words, new}
        return _with_table(document, table, replace(table, rows=tuple(rows))), (
            "replace",
            words,
            new,
        )
    return None


def _row_deleted(document: Document, chance: Random, touched: set[str]) -> Made:
    for table in _tables(document):
        row = chance.randrange(len(table.rows))
        if key := _key_of(table.rows[row], touched):
            touched |= {"".join(cell.items) for cell in table.rows[row].cells}
            rows = (*table.rows[:row], *table.rows[row + 1 :])
            made = _with_table(document, table, replace(table, rows=rows))
            return made, ("delete row", key)
    return None


def _row_inserted(document: Document, chance: Random, touched: set[str]) -> Made:
    for table in _tables(document):
        row = chance.randrange(len(table.rows))
        new = chance.choice(_NEW)
        key = _key_of(table.rows[row], touched)
        if not key or new in touched:
            continue
        roles = [column.role for column in table.columns]
        worded = ColumnRole.TEXT if ColumnRole.TEXT in roles else roles[0]
        cells = tuple(Cell((new,) if role is worded else ()) for role in roles)
        touched |= {new, key}
        rows = (*table.rows[: row + 1], Row(cells), *table.rows[row + 1 :])
        made = _with_table(document, table, replace(table, rows=rows))
        return made, ("insert row", key, *("".join(cell.items) for cell in cells))
    return None


def _key_of(row: Row, touched: set[str]) -> str:
    """Words by which a row is found; empty where it has none of its own."""
    for cell in row.cells:
        words = "".join(cell.items)
        is_there = len(cell.items) == 1 and len(words) >= 4 and words not in touched
        if is_there and _is_unique(touched, words):
            return words
    return ""


KINDS: dict[str, Kind] = {
    "replace": _replaced,
    "insert": _inserted,
    "delete": _deleted,
    "split": _split,
    "join": _joined,
    "cell": _celled,
    "delete row": _row_deleted,
    "insert row": _row_inserted,
}
BY_HAND = KINDS | {"move": _moved}


# -- in LibreOffice ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be edited."""

    source: Path
    target: Path
    edits: tuple[tuple[str, ...], ...]
    tracked: bool


def run(program: str, jobs: Sequence[Job], place: Path) -> None:
    """Edit files in LibreOffice, which is started once."""
    listed = [
        {
            "source": str(job.source),
            "target": str(job.target),
            "edits": job.edits,
            "tracked": job.tracked,
        }
        for job in jobs
    ]
    file = place / "jobs.json"
    file.write_text(json.dumps(listed, ensure_ascii=False), "utf-8")
    script = Path(__file__).with_name("office_edits.py")
    done = subprocess.run([program, script, file], capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr[-2000:]


def program() -> str | None:
    """The Python that runs the edits; None where there is none."""
    name: str | None = office.python()
    return name


# -- proofs -----------------------------------------------------------------------------------

DOCUMENT_NAMES = (
    *("items", "complete", "regulation", "text-with-tables", "three-attachments", "four-levels"),
    *("minutes", "letter", "table-long", "punctuation", "forwarded", "indicators"),
)
"""Made documents with texts and tables of most kinds."""


@dataclass(frozen=True, slots=True)
class Case:
    """A document that was edited in LibreOffice, and what is to come back."""

    number: int
    desk: Desk
    wanted: Document
    job: Job


def cases(seed: int, numbers: Iterable[int], place: Path) -> list[Case]:
    """Documents with random edits, done in LibreOffice; each depends on the seed and its number."""
    made = []
    for number in numbers:
        chance = Random(f"{seed} {number}")
        folder = place / str(number)
        desk = Desk.of(folder, chance.choice(DOCUMENT_NAMES))
        data = desk.published()
        wanted = edited(desk.read().document, opened("document.docx", data).raw, chance)
        if wanted.edits:
            source, target = folder / "document.docx", folder / f"back{chance.choice(SUFFIXES)}"
            source.write_bytes(data)
            tracked = chance.random() < 0.5
            made.append(
                Case(number, desk, wanted.document, Job(source, target, wanted.edits, tracked))
            )
    name = program()
    assert name is not None
    run(name, [case.job for case in made], place)
    return made


DRAFTS = Path(__file__).with_name("drafts")
"""Documents as offices draft them: 请示, 通告, 办法 with a form and a table, 纪要."""
_FOLDERS = {
    **dict.fromkeys(DOCUMENT_NAMES, DOCUMENTS),
    **dict.fromkeys(("request", "announcement", "measures", "meeting"), DRAFTS),
}


def cases_by_hand(seed: int, numbers: Iterable[int], place: Path) -> Iterator[Case]:
    """Documents with random edits, done as Word and WPS would."""
    for number in numbers:
        chance = Random(f"by hand {seed} {number}")
        folder, name = place / str(number), chance.choice(list(_FOLDERS))
        desk = Desk.of(folder, name, _FOLDERS[name])
        data = desk.published()
        wanted = edited(desk.read().document, opened("document.docx", data).raw, chance, BY_HAND)
        if wanted.edits:
            habit, author = chance.choice(HABITS), chance.choice(("", "罗定坤"))
            source, target = folder / "document.docx", folder / f"{habit or 'plain'}-{author}.docx"
            source.write_bytes(data)
            target.write_bytes(edited_by_hand(data, wanted.edits, habit, author, chance))
            job = Job(source, target, wanted.edits, bool(author))
            yield Case(number, desk, wanted.document, job)


def cases_pasted(seed: int, numbers: Iterable[int], place: Path) -> Iterator[Case]:
    """Documents of which the words were edited and then pasted into another template."""
    from pasted import WAYS, pasted

    for number in numbers:
        chance = Random(f"pasted {seed} {number}")
        folder, name = place / str(number), chance.choice(list(_FOLDERS))
        desk = Desk.of(folder, name, _FOLDERS[name])
        data = desk.published()
        wanted = edited(
            desk.read().document, opened("document.docx", data).raw, chance, BY_HAND, (0, 12)
        )
        way = chance.choice(list(WAYS))
        source, target = folder / "document.docx", folder / f"{way}.docx"
        source.write_bytes(data)
        target.write_bytes(pasted(edited_by_hand(data, wanted.edits, "", "", chance), way))
        yield Case(number, desk, wanted.document, Job(source, target, wanted.edits, False))


def wrong(case: Case) -> list[str]:
    """What did not come back, or came and nobody edited; and lines that changed for nothing."""
    try:
        said = list(_wrong(case))
    except Exception as error:  # of any kind: it is one that did not come back
        findings = [str(each) for each in getattr(error, "findings", ())]
        said = ["; ".join([f"{type(error).__name__} {error}", *findings])]
    return [f"{case.desk.slug} {case.job.target.name} {case.job.edits}: {each}" for each in said]


def _wrong(case: Case) -> Iterator[str]:
    before = case.desk.files()
    made = case.desk.taken(case.job.target, slug=case.desk.slug)
    for change in compare(case.desk.read().document, case.wanted).changes:
        yield f"{change.kind.value} {change.before} → {change.after}"
    for conflict in made.conflicts:
        yield f"{conflict.where}: {conflict.ours} / {conflict.theirs}"
    for left in made.not_taken:
        yield f"{left.reason.name} {left.where} {left.words}"
    yield from (
        f"{name} again" for name in case.desk.take(case.job.target, slug=case.desk.slug).files
    )
    changed = sum(_lines_gone(before[name], data) for name, data in case.desk.files().items())
    if changed > _MOST_LINES * len(case.job.edits):
        yield f"{changed} lines gone"


_MOST_LINES = 6
"""Lines of the content that an edit may take the place of: a paragraph with all its lines."""


def _lines_gone(before: bytes, after: bytes) -> int:
    """How many lines are gone; rows that are only counted anew are there."""
    old, new = (
        Counter(re.sub(rb"^[0-9]+,", b"", line) for line in data.splitlines())
        for data in (before, after)
    )
    return (old - new).total()
