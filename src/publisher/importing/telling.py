"""What was imported → the lines that a terminal shows: what was made, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from publisher import diagnostics, terminal
from publisher.diagnostics import Severity
from publisher.importing.bureaus import in_words
from publisher.importing.imported import Imported
from publisher.importing.slugs import beside
from publisher.intake.result import Certainty, Role
from publisher.intake.shown import ink
from publisher.intake.source import LeftOut

Told = tuple[str, str]
"""A line, and its colour; empty for that of the terminal."""
_MOST = 20
"""Lines of a kind: the report has all."""
_LONGEST = 30
"""Characters of words that are quoted."""


def lines(made: Imported, content: Path, report: Path, *, is_dry: bool) -> Iterator[Told]:
    """All that is told of an import, the most important last."""
    yield _made(made, content, is_dry=is_dry), ""
    if same := beside(made.document, made.intake.sources[0].name, made.slug):
        words = f"{content / same} 已有，这一份另取了名称：是同一份公文的，请删去其中一份。"
        yield f"    {words}", "yellow"
    for source in made.intake.sources:
        for sentence in source.sentences:
            yield f"    {source.name}：{sentence}", ""
    yield _blocks(made), ""
    yield _words(made), "" if made.account.is_whole else "red"
    yield from _unaccounted(made)
    yield from _mends(made)
    yield from _proposals(made)
    yield from _findings(made)
    yield from _questions(made)
    yield from _next(made, report, is_dry=is_dry)


def _made(made: Imported, content: Path, *, is_dry: bool) -> str:
    does = "会写成" if is_dry else "已写成"
    names = "、".join(sorted(made.files, key=lambda name: (name != "document.md", name)))
    shared = ""
    if made.bureau is not None:
        verb = "新建" if made.is_first else "补充"
        shared = f"，并{'会' if is_dry else ''}{verb} {content / 'bureau.yaml'}"
    count = len(made.intake.sources)
    return f"读入 {count} 个文件，{does} {content / made.slug}（{names}）{shared}。"


def _blocks(made: Imported) -> str:
    """How many blocks of which kinds, and how sure."""
    roles = made.roles
    kinds = "，".join(f"{role.value} {roles[role]}" for role in Role if roles[role])
    counts = made.certainties
    sure = "，".join(f"{each.value} {counts[each]}" for each in Certainty if counts[each])
    return f"认出 {roles.total()} 块：{kinds}。其中{sure}。"


def _words(made: Imported) -> str:
    """The figure of the account."""
    return f"字数：{figure(made)}。"


def figure(made: Imported) -> str:
    """How many characters were taken in, left out and lost: 收入 12,345 字，不收入 67 字（…）."""
    account = made.account
    reasons: Counter[str] = Counter()
    for each in account.left_out:
        reasons[each.why] += len(ink(each.words))
    why = "、".join(f"{reason} {count:,}" for reason, count in reasons.most_common())
    left = f"不收入 {account.dropped:,} 字" + (f"（{why}）" if why else "")
    return f"收入 {account.kept:,} 字，{left}，不知去向 {account.missing:,} 字"


def _unaccounted(made: Imported) -> Iterator[Told]:
    """Each passage that is lost, in the content alone, or elsewhere than it was."""
    account = made.account
    for what, passages in (
        ("不知去向", account.lost),
        ("原件里没有", account.surplus),
        ("位置变了", account.misplaced),
    ):
        yield from _bounded((f"    {what}：{_quoted(made, each)}", "red") for each in passages)
    if not account.is_whole:
        yield "    这是程序的差错：请对照原件改正写成的内容，并把这份报告交给维护者。", "red"


def _quoted(made: Imported, passage: LeftOut) -> str:
    place = made.where(passage.source, passage.number)
    return f"{place}“{brief(passage.words)}”"


def brief(words: str) -> str:
    """Words on one line that is not long."""
    return terminal.brief(words, _LONGEST)


def _bounded(given: Iterable[Told]) -> Iterator[Told]:
    return terminal.bounded(given, _MOST, lambda rest: (_further(rest), ""))


def _further(count: int) -> str:
    return f"    …… 还有 {count} 处，见报告。"


def _mends(made: Imported) -> Iterator[Told]:
    if mends := made.intake.mends:
        yield f"已修正 {len(mends)} 处：", ""
        each_line = (
            (f"    {mend.where}：“{mend.before}”→“{mend.after}”（{mend.why}）", "")
            for mend in mends
        )
        yield from _bounded(each_line)


def _proposals(made: Imported) -> Iterator[Told]:
    """What was added to `bureau.yaml`, or could be."""
    hint = "（请补进去；导入时加 --bureau 就自动补）"
    added = made.intake.proposals if made.adds else ()
    for what, proposals in (
        ("已补进 bureau.yaml", added),
        (f"bureau.yaml 里还没有{hint}", made.proposals),
    ):
        names = in_words(proposals)
        if names:
            each = "；".join(f"{key}：{'、'.join(given)}" for key, given in names.items())
            yield f"{what}：{each}。", "yellow"


def _findings(made: Imported) -> Iterator[Told]:
    errors = [each for each in made.findings if each.severity is Severity.ERROR]
    sentences: Iterator[tuple[str, ...]] = map(diagnostics.as_lines, errors)
    for of_one in terminal.bounded(sentences, _MOST, lambda rest: (_further(rest),)):
        yield from ((line, "red") for line in of_one)
    yield f"检查结果：{diagnostics.count(made.findings)}。", "red" if errors else ""


def _questions(made: Imported) -> Iterator[Told]:
    questions = made.intake.questions
    if questions:
        yield f"请核对 {len(questions)} 处：", "yellow"
        each_line = (
            (f"    {made.place(each)}“{brief(each.words)}”：{each.question}", "yellow")
            for each in questions
        )
        yield from _bounded(each_line)


def _next(made: Imported, report: Path, *, is_dry: bool) -> Iterator[Told]:
    yield f"报告：{report / 'index.html'}", ""
    if is_dry:
        yield "这是试导入，没有写内容；去掉 --dry-run 就写。", ""
    else:
        yield f"下一步：对照报告核对，改好后运行 publisher check {made.slug}。", ""
