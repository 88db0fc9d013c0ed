"""Files of ours as `take-back` takes them: what they want, or a sentence, whatever they hold."""

from __future__ import annotations

import io
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from random import Random

from engine import Broken, Target
from grammars import SHEET, WORD
from intake_targets import kept_inside
from mutations import of_package, pack, part_of, unpack
from openpyxl import load_workbook

from conftest import ROOT
from publisher import takeback
from publisher.diagnostics import BrokenEnvironment
from publisher.model import Document
from publisher.renderers import table
from publisher.renderers.docx.comments import CommentedFile, WordComment, words_of
from publisher.setting.editions import edition_of
from publisher.takeback import TakingWishes, record, telling, writing
from publisher.takeback.knowing import UnknownDocument
from publisher.takeback.result import TakenBack

sys.path.append(str(ROOT / "tests" / "takeback"))
import returned as on_paper
from drafts_returned import FILES, SLUG, desk_at
from returned import Desk

_CHINESE = re.compile("[\u4e00-\u9fff]")


def _hold(holds: object, promise: str, about: object = "") -> None:
    if not holds:
        raise Broken(promise, about)


def _taken(name: str) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        with tempfile.TemporaryDirectory() as place, kept_inside():
            desk = desk_at(Path(place))
            (desk.place / name).write_bytes(data)
            try:
                return _came_of(desk, name)
            except (BrokenEnvironment, UnknownDocument) as error:
                words = str(error)
                _hold(_CHINESE.search(words) and "\n" not in words, "why is told in Chinese", words)
                _hold(_untouched(desk), "nothing is written of what cannot be taken")
                return "refused"

    return read


def _came_of(desk: Desk, name: str) -> str:
    made = _preview(desk, name)
    _hold(_untouched(desk), "a preview writes nothing")
    writing.write(made, desk.content, desk.place / "build", writes=True)
    _hold(not desk.read().findings or made.files, "content is as it was where nothing is written")
    _hold(desk.read().document == made.result, "what is written is what was shown")
    if made.knows_base:
        again = _preview(desk, name)
        _hold(not again.files, "a file that is taken again changes nothing", again.files)
    if not made.is_settled:
        return "asked"
    return "taken" if made.files else "nothing to take"


def _preview(desk: Desk, name: str) -> TakenBack:
    made = takeback.take_back(
        [desk.place / name], desk.content, TakingWishes(SLUG), lambda *_: None
    )
    preview = writing.write(made, desk.content, desk.place / "build", writes=False)
    lines = ["".join(words for words, _ in line) for line in telling.lines(made, preview)]
    _hold(not any("\n" in line for line in lines), "each line is one", lines)
    record.as_json(made, is_written=False)
    return made


def _untouched(desk: Desk) -> bool:
    return desk.files() == {name: text.encode() for name, text in FILES.items()}


# -- seeds ------------------------------------------------------------------------------

_EDITS: tuple[tuple[on_paper.Edit, ...], ...] = (
    (on_paper.replaced("负总责", "负全责"), on_paper.cell(0, 2, 2, "5月20日")),
    (
        on_paper.tracked("立即整改", "当场整改", "柳喆"),
        on_paper.tracked("做好检查", "做好自查", "陆堃"),
    ),
    (on_paper.added_after("有关情况每周", "遇有险情随时报告。"), on_paper.removed("检查范围")),
    (
        on_paper.moved_after("有关情况每周", "及其附属设施"),
        on_paper.row_removed(0, 2),
        on_paper.split_before("每座水库落实"),
    ),
)
_PARTS = re.compile(
    r"\[Content|_rels|docProps/custom|word/(?!fontTable|theme|settings|webSettings)"
)


@cache
def _word_files() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as place:
        desk = desk_at(Path(place))
        data = desk.published()
        redline = desk.redline(_older(desk))
    edited = [on_paper.edited(data, *edits) for edits in _EDITS]
    edited.append(on_paper.edited(redline, *_EDITS[1]))
    edited.append(_commented(edited[1]))
    return tuple(map(_reduced, edited))


def _older(desk: Desk) -> Document:
    path = desk.folder / "document.md"
    words = path.read_text("utf-8")
    path.write_text(words.replace("每周报告", "每月报告").replace("限期整改", "整改"), "utf-8")
    old: Document = desk.read().document
    path.write_text(words, "utf-8")
    return old


def _commented(data: bytes) -> bytes:
    file = CommentedFile(data)
    moment = "2030-05-01T09:00:00Z"
    reply = WordComment("陆堃", "已经写明。", moment)
    for at, paragraph in enumerate(file.paragraphs[8:14]):
        words = len(words_of(paragraph))
        comment = WordComment("柳喆", f"第{at}处是否写明？", moment, (reply,), at % 2 == 0)
        file.add(comment, paragraph, 0, words)
    return file.data()


def _reduced(data: bytes) -> bytes:
    return pack({name: part for name, part in unpack(data).items() if _PARTS.match(name)})


@cache
def _workbooks() -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as place:
        desk = desk_at(Path(place))
        files = table.render(edition_of(desk.read().document))
        data = desk.stamped(files["attachment-1.xlsx"], "attachment-1.xlsx")
    return tuple(
        pack({name: part for name, part in unpack(each).items() if "theme" not in name})
        for each in (data, _in_excel(data))
    )


def _in_excel(data: bytes) -> bytes:
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    row = [each for each in sheet.iter_rows() if any(cell.value for cell in each)][-2]
    row[1].value = "检查放水设施和启闭机"
    sheet.append(["4", "检查应急物资", "6月底", "陆堃"])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _target(
    name: str,
    file: str,
    seeds: Callable[[], Sequence[bytes]],
    mutate: Callable[[Random, Sequence[bytes]], bytes],
    short: int,
) -> Target:
    suffix = Path(file).suffix
    return Target(f"take-back-{name}", suffix, seeds, mutate, _taken(file), 3_000, short)


RETURNING = (
    _target("docx", "document.docx", _word_files, of_package(part_of(WORD)), 5),
    _target("xlsx", "attachment-1.xlsx", _workbooks, of_package(part_of(SHEET)), 5),
)
