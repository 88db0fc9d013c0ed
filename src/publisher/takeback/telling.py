"""What was taken back → the lines that a terminal shows: what came, what did not, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from publisher import terminal
from publisher.changes import sentence
from publisher.renderers.changes import summary
from publisher.takeback.readings import brief
from publisher.takeback.result import (
    BaseKind,
    Conflict,
    NotTaken,
    Returned,
    TakenBack,
    WrittenPreview,
)

Told = tuple[tuple[str, str], ...]
"""A line: words, each with a colour; empty for that of the terminal."""
_MOST = 20
"""Lines of a kind: the page has all."""
_LONGEST = 40


def lines(made: TakenBack, preview: WrittenPreview) -> Iterator[Told]:
    """All that is told of taking back, the most important last."""
    for returned in made.returned:
        yield from _file(returned)
    yield from _changes(made)
    yield from _conflicts(made.conflicts)
    yield from _not_taken(made.not_taken)
    yield from _comments(made)
    yield from _next(made, preview)


def base(returned: Returned) -> str:
    """From what a file was made, in a sentence."""
    match returned.base.kind:
        case BaseKind.CURRENT:
            return "由当前内容生成"
        case BaseKind.COMMIT:
            return f"由以前的内容生成：{returned.base.called}；内容后来的修改保留"
        case BaseKind.UNKNOWN:
            return "不知道由哪一版内容生成，直接与当前内容比较"


def people(returned: Returned) -> str:
    """Who worked on a file, as far as it says."""
    if len(returned.authors) > _MOST:
        return f"修订：{'、'.join(returned.authors[:_MOST])} 等 {len(returned.authors)} 人"
    if returned.authors:
        return f"修订：{'、'.join(returned.authors)}"
    if returned.editor == returned.name:
        return "没有修订标记，也没有写明是谁保存的，改动都记在文件名下"
    return f"没有修订标记，都算作{returned.editor}改的"


def count(made: TakenBack) -> str:
    """How many changes are taken, in a sentence."""
    if not made.changes:
        return "没有要收进内容的修改"
    return f"收进内容的修改{sentence(made.changes)}"


def _file(returned: Returned) -> Iterator[Told]:
    colour = "yellow" if returned.base.kind is BaseKind.UNKNOWN else ""
    yield ((f"{returned.name}：", ""), (base(returned), colour), (f"；{people(returned)}。", ""))
    for each in returned.sentences:
        yield ((f"    {each}", ""),)


def _comments(made: TakenBack) -> Iterator[Told]:
    if made.acceptances:
        yield ((f"批注里答复过的问题 {len(made.acceptances)} 处，记进 accepted.yaml。", ""),)
    if made.comments:
        waiting = len(made.open_comments)
        state = f"待答复 {waiting} 条" if waiting else "都已答复"
        colour = "yellow" if waiting else ""
        yield ((f"批注 {len(made.comments)} 条，", ""), (state, colour), ("。", ""))


def _changes(made: TakenBack) -> Iterator[Told]:
    yield ((f"{count(made)}。", ""),)
    shown = list(summary.lines(made.changes))[1:]
    # References that may have to be changed stand behind the changes.
    names = [made.authors.get(each.identifier, ()) for each in made.changes.changes]
    names += [()] * (len(shown) - len(names))
    each_line = (
        (*line, (f"（{'、'.join(who)}）", "") if who else ("", ""))
        for line, who in zip(shown, names, strict=True)
    )
    yield from _bounded(each_line)


def _conflicts(conflicts: Iterable[Conflict]) -> Iterator[Told]:
    listed = list(conflicts)
    if not listed:
        return
    yield ((f"各改各的 {len(listed)} 处，没有收进内容，请决定用哪一种：", "red"),)
    yield from _bounded(_conflict(each) for each in listed)


def _conflict(each: Conflict) -> Told:
    kept = each.against or "内容"
    edited = each.theirs if each.ours == each.base else each.ours
    return (
        (f"    {each.where}：原来“{brief(edited, each.base, _LONGEST)}”，", ""),
        (f"{kept}“{brief(each.base, each.ours, _LONGEST)}”", "yellow"),
        ("，", ""),
        (f"{each.source}“{brief(each.base, each.theirs, _LONGEST)}”", "yellow"),
    )


def _not_taken(not_taken: Iterable[NotTaken]) -> Iterator[Told]:
    for reason, some in groupby(by_reason(not_taken), lambda each: each.reason):
        listed = list(some)
        yield ((f"没有收进内容的（{reason.value}）{len(listed)} 处：", "yellow"),)
        yield from _bounded(_left(each) for each in listed)


def _left(each: NotTaken) -> Told:
    return ((f"    {each.source} {each.where}：{terminal.brief(each.words, _LONGEST)}", ""),)


def by_reason(not_taken: Iterable[NotTaken]) -> list[NotTaken]:
    """The same, those of a reason together."""
    listed = list(not_taken)
    order = list(dict.fromkeys(each.reason for each in listed))
    return sorted(listed, key=lambda each: order.index(each.reason))


def _next(made: TakenBack, preview: WrittenPreview) -> Iterator[Told]:
    yield ((f"预览：{preview.folder / 'index.html'}", ""),)
    if preview.is_written:
        yield ((f"已写入：{'、'.join(sorted(made.files))}。撤销：", "green"),)
        yield from (((f"    {command}", ""),) for command in preview.undo)
    elif not made.files:
        yield (("没有要写入的：内容已经是这样。", ""),)
    else:
        yield ((f"还没有写入。看过预览，加上 --write 就写：{'、'.join(sorted(made.files))}。", ""),)


def _bounded(given: Iterable[Told]) -> Iterator[Told]:
    return terminal.bounded(given, _MOST, lambda rest: ((f"    …… 还有 {rest} 处，见预览。", ""),))
