"""What a text says of attachments and of what it issues → what of it is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from publisher.checks.review import review
from publisher.checks.titles import unquoted
from publisher.diagnostics import Finding
from publisher.model import Attachment, Block, Document, Heading, Prose, one_line, plain
from publisher.words.numerals import COUNTED, value_of
from publisher.words.places import place_in

_OWN = r"(?:^|(?<=[，。；：、（(\s“见按照写报交据和及与至将对在用由附]))"
"""What stands before 附件 where it is this document's: of another's, its name does."""
_NUMBERED = re.compile(
    f"{_OWN}附件\\s*(?P<number>[1-9][0-9]?|[{COUNTED}](?![{COUNTED}]))(?![0-9年月.．：:-])"
)
_NAMED = re.compile(f"(?<![不未])见附件(?![0-9{COUNTED}])")
_OTHERWISE = re.compile(f"(?<![不未])见(?P<name>附[表图])(?![0-9{COUNTED}])")


def absent_attachment(document: Document) -> Iterator[Finding]:
    """A text speaks of an attachment that is not there: 附件3 of two, 见附件 without any.

    Attachments are bound with the document and numbered as the 附件说明 lists them; a single one
    has no number (GB/T 9704 7.3.4, 7.3.7). Add it to the front matter, or mend the number. 附件2
    of another document, as in 《某某通知》附件2, is not meant; 见附表 is told where 附件 is printed
    above what is attached. Forms that are attached may speak of what is to be handed in with
    them; a letter that is attached is held against its own. An attachment that could not be read is
    there.
    """
    shared = max(len(text.attachments) + text.unread for text in document.texts)
    held = [(text, shared) for text in document.texts]
    held += [(text, len(text.attachments)) for text in _attached(document) if text.attachments]
    for text, most in held:
        for block in text.blocks:
            words = plain(block.content)
            for match in _NUMBERED.finditer(words):
                if not _is_of_another(words, match.start()):
                    yield from _numbered_wrongly(block, match, most)
            for match in _OTHERWISE.finditer(words):
                if most and not _is_named(match["name"], document):
                    yield _absent(block, match, f"写了“{match[0]}”，印出的是“附件”")
            for match in _NAMED.finditer(words):
                if most == 0 and not _is_of_another(words, match.start()):
                    yield _absent(block, match, "写了“见附件”，本文没有附件")


def _is_named(name: str, document: Document) -> bool:
    """Whether a title of the document, or a heading, has a name for what is attached."""
    titles = [part.title for part in _parts(document)]
    titles += [
        plain(block.content)
        for text in document.proses
        for block in text.blocks
        if isinstance(block, Heading)
    ]
    return any(re.search(f"(?<!见){name}", title) for title in titles)


def _numbered_wrongly(block: Block, match: re.Match[str], most: int) -> Iterator[Finding]:
    number = value_of(match["number"])
    if number is None:
        return
    if number > most:
        there = f"只有 {most} 个附件" if most else "没有附件"
        yield _absent(block, match, f"提到了“{match[0]}”，本文{there}")
    elif most == 1:
        yield _absent(block, match, f"提到了“{match[0]}”，本文只有一个附件，不编号")


def _absent(block: Block, match: re.Match[str], message: str) -> Finding:
    return review(
        "absent_attachment",
        place_in(block, match.start()),
        message,
        "请在文件信息的“附件”中补上，或改正文字。",
    )


def _is_of_another(words: str, at: int) -> bool:
    """Whether a bracket that is open there cites a document: （某发〔2024〕3号，附件2）."""
    bracket = words.rfind("（", 0, at)
    return bracket > words.rfind("）", 0, at) and "〔" in words[bracket:at]


# -- titles -----------------------------------------------------------------------------

_ISSUED = re.compile("(?:印发|发布|公布)(?P<titles>(?:《[^《》]+》[、和及与]?)+)")
_QUOTED = re.compile("《([^《》]+)》")


def issued_title_differs(document: Document) -> Iterator[Finding]:
    """The title says that it issues 《甲》, and no 印发件 has that title.

    What is issued bears the title by which it is issued; readers look for that one. Make the two
    alike, or add what is missing to 印发件. Where nothing is given as 印发件, nothing is said, and
    nothing of 转发《甲》: what is passed on may be the text that 甲 itself issues.
    """
    match = _ISSUED.search(re.sub(r"\s", "", document.body.title))
    if not match or not document.issued:
        return
    titles = {unquoted(text.title): one_line(text.title) for text in document.issued}
    for quoted in _QUOTED.findall(match["titles"]):
        if unquoted(quoted) not in titles:
            yield review(
                "issued_title_differs",
                document.place_of("标题"),
                f"标题印发的是《{quoted}》，印发件是{_listed(titles.values())}",
                "请使两处标题一致；缺少印发件的，请补上。",
            )


def _listed(titles: Iterable[str]) -> str:
    return "".join(f"《{title}》" for title in titles)


def differing_title(document: Document) -> Iterator[Finding]:
    """A text calls an attachment, or what is issued, by a title that is not quite its own.

    The name in the text, in the 附件说明 and on the attachment are one (GB/T 9704 7.3.7). Told is
    《甲表》（附件1） where 附件1 bears another title, and a title in 《》 that differs from one of
    this document's by a character or two. A short form that the title holds is right; titles that
    differ in year, place or ordinal are those of other documents, and so are those with a 发文字号
    behind them or that are repealed. Told is an attachment too that
    gives another title at the begin of its own file; what another organ wrote may keep it.
    """
    yield from _otherwise_headed(document)
    known = {unquoted(part.title): one_line(part.title) for part in _parts(document)}
    for text in document.texts:
        for block in text.blocks:
            words = plain(block.content)
            for match in _QUOTED.finditer(words):
                title = _numbered_title(text, words, match)
                is_other = bool(_OTHER_DOCUMENT.match(words, match.end()))
                if title is None and unquoted(match[1]) not in known and not is_other:
                    title = _nearly(match[1], known)
                if title:
                    yield review(
                        "differing_title",
                        place_in(block, match.start()),
                        f"文中是《{match[1]}》，文件信息中的标题是《{title}》",
                        "请使两处标题一致；指的是另一份文件的，可以保留。",
                    )


def _otherwise_headed(document: Document) -> Iterator[Finding]:
    """Attachments above which another title stands than in the 附件说明."""
    for text in _attached(document):
        own = text.own_title
        # 附件说明 may name the organ before it, which has signed below.
        if own and not unquoted(text.title).endswith(unquoted(own)):
            yield review(
                "differing_title",
                dict(text.own.places).get("标题", text.place),
                f"附件说明写的是《{one_line(text.title)}》，附件上的标题是《{one_line(own)}》",
                "请使两处标题一致；附件是别的机关的文件、要照原样印的，可以保留。",
            )


def _attached(document: Document) -> Iterator[Prose]:
    """The attachments that are words."""
    for text in document.texts:
        yield from text.proses[1:]


def _parts(document: Document) -> Iterator[Attachment]:
    """What a document issues, and all attachments."""
    for text in document.proses:
        yield from text.attachments
    yield from document.issued


_OTHER_DOCUMENT = re.compile("[（(][^（）()]*〔|[^，。；《]{0,12}废止")
"""Behind a title: its number is that of another document, and so is what is repealed."""
_NUMBER_AFTER = re.compile("[（(](?:见|详见)?附件(?P<number>[1-9][0-9]?)?[）)]")
_NUMBER_BEFORE = re.compile(f"{_OWN}附件(?P<number>[1-9][0-9]?)?[：:]?$")


_NEAR = 12
"""In so many characters before a name stands its number."""


def _numbered_title(text: Prose, words: str, match: re.Match[str]) -> str | None:
    """The title of the attachment whose number stands beside a name, where the two differ."""
    after = _NUMBER_AFTER.match(words, match.end())
    start = match.start()
    beside = after or _NUMBER_BEFORE.search(words, max(start - _NEAR, 0), start)
    there = text.attachments
    if not beside or text.unread or (beside["number"] is None and len(there) != 1):
        return None
    number = int(beside["number"] or 1)
    if number > len(there):
        return None  # told as absent
    title = one_line(there[number - 1].title)
    return None if _holds(unquoted(match[1]), unquoted(title)) else title


def _holds(title: str, name: str) -> bool:
    return title in name or name in title


_SHORTEST = 8
"""Titles of fewer characters, as 申请表, are alike by chance."""
_MOST_EDITS = 2
_TELLS_APART = frozenset(
    f"省市县区州盟旗国乡镇村街局厅部年月季期批次届上下东西南北甲乙丙丁{COUNTED}0123456789"
)
"""Characters in which titles of different documents differ: place, year, ordinal."""


def _nearly(name: str, known: Mapping[str, str]) -> str | None:
    """The title that a name was meant to be; None where it is none, or surely another."""
    words = unquoted(name)
    return next(
        (title for known_title, title in known.items() if _is_slip(words, known_title)), None
    )


def _is_slip(name: str, title: str) -> bool:
    """Whether two titles differ by a character or two, and not as those of two documents do.

    The last character is that of the kind of text: 方案 and 细则 are two documents. Two characters
    that stand for two others are another word: 实施意见 and 指导意见.
    """
    from rapidfuzz.distance import Levenshtein

    if (
        len(name) < _SHORTEST
        or name[-1:] != title[-1:]
        or abs(len(name) - len(title)) > _MOST_EDITS
    ):
        return False
    if _holds(name, title):
        return False
    most = _MOST_EDITS if len(name) >= 12 else 1
    edits = [edit for edit in Levenshtein.opcodes(name, title) if edit.tag != "equal"]
    changed = [
        (name[edit.src_start : edit.src_end], title[edit.dest_start : edit.dest_end])
        for edit in edits
    ]
    return (
        sum(max(len(old), len(new)) for old, new in changed) <= most
        and not any(len(old) > 1 and new for old, new in changed)
        and _TELLS_APART.isdisjoint("".join(old + new for old, new in changed))
    )
