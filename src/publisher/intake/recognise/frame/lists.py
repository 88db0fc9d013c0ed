"""Lines → the 附件说明 among them: which lines, and the title that each entry names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from publisher.intake.recognise.frame.lines import FrameLine
from publisher.intake.recognise.frame.titles import is_title_words
from publisher.intake.result import Role
from publisher.words.elements import (
    LABEL,
    LABELLED,
    LIST_MARK,
    LISTED_FIRST,
    LISTED_NEXT,
    may_be_organ,
    signed_day,
)
from publisher.words.numerals import ONES, value_of

_MOST_NUMBERS = 60
_DEEP = 4
"""Characters from the left from which a line goes on with the title above it."""
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class ListedTitle:
    """What an entry of 附件说明 names."""

    title: str
    line: FrameLine
    of_file: str = ""
    """What stood behind it and is no part of it: （另附）, the suffix of a file."""


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """A 附件说明."""

    lines: tuple[FrameLine, ...]
    titles: tuple[ListedTitle, ...]


def lists_in(lines: Sequence[FrameLine]) -> Iterator[AttachmentList]:
    """Each 附件说明 among lines, in order."""
    place = 0
    while place < len(lines):
        listed = _list_at(lines, place)
        if listed is None:
            place += 1
        else:
            yield listed
            place += len(listed.lines)


def _list_at(lines: Sequence[FrameLine], place: int) -> AttachmentList | None:
    line = lines[place]
    if not _may_begin(line) or _is_title_of_table(lines, place):
        return None
    titles = _first_titles(line)
    taken = [line]
    if not titles and not _is_above_list(lines, place):
        return None
    if not titles:
        taken, titles = [line, lines[place + 1]], _titles_of(lines[place + 1].words)
    entries = [ListedTitle(title, taken[-1]) for title in titles]
    is_counted = not titles or _is_counted(taken[-1].words)
    for following in lines[place + len(taken) :]:
        if _goes_on(following, entries, is_counted=is_counted):
            last = entries[-1]
            entries[-1] = ListedTitle(last.title + following.words, last.line)
        elif next_titles := _next_titles(following, len(entries)):
            entries += [ListedTitle(title, following) for title in next_titles]
        else:
            break
        taken.append(following)
    return AttachmentList(tuple(taken), tuple(map(_without_file, entries)))


def _may_begin(line: FrameLine) -> bool:
    if not line.is_words or len(line.words) > _LONGEST * 10:
        return False
    if line.role is Role.ATTACHMENT_LIST:
        return True
    if line.is_styled or line.role is not None or line.is_centred:
        return False
    if LIST_MARK.fullmatch(line.bare):
        return True
    if LABEL.fullmatch(line.bare) or (line.bare.endswith("。") and len(line.bare) > _LONGEST):
        return False
    return bool(LISTED_FIRST.fullmatch(line.words) or LABELLED.fullmatch(line.words))


def _is_title_of_table(lines: Sequence[FrameLine], place: int) -> bool:
    """Whether 附表：… stands right above a table, as its title."""
    is_above = place + 1 < len(lines) and not lines[place + 1].is_words
    return is_above and lines[place].bare.startswith("附表")


def _first_titles(line: FrameLine) -> list[str]:
    if LIST_MARK.fullmatch(line.bare):
        return []
    words = line.words
    match = LABELLED.fullmatch(words) or LISTED_FIRST.fullmatch(words)
    if not match:
        return [words] if line.role is Role.ATTACHMENT_LIST else []
    return _titles_of(f"1.{match['title']}" if _is_counted(words) else match["title"])


def _is_counted(words: str) -> bool:
    return bool(re.match(rf"(?:附[件表]?\s*[：:]?\s*)?[0-9{ONES}十]{{1,3}}\s*[.．、：:\s]", words))


def _titles_of(words: str) -> list[str]:
    """The titles on a line: those of several entries are parted by their numbers."""
    titles: list[str] = []
    rest = words.strip()
    for number in range(1, _MOST_NUMBERS):
        begin = re.match(rf"{number}\s*[.．、]\s*", rest) if number == 1 else None
        rest = rest[begin.end() :] if begin else rest
        following = re.search(
            rf"[\s\u3000；;。，]\s*{number + 1}\s*[.．、]\s*(?=[^0-9\s]|[0-9]{{4}})", rest
        )
        titles.append(_title(rest[: following.start()] if following else rest))
        if following is None:
            break
        rest = rest[following.end() :]
    return [title for title in titles if title]


def _title(words: str) -> str:
    return re.sub(r"\s*\n\s*", "", words).strip(" \t\u3000；;")


def _without_file(entry: ListedTitle) -> ListedTitle:
    """An entry without what it says of a file: （另附）, .docx."""
    match = _OF_FILE.search(entry.title)
    if match is None or not match.start():
        return entry
    return ListedTitle(entry.title[: match.start()], entry.line, match[0])


_OF_FILE = re.compile(
    r"(?:\s*[（(](?:另附|附后|另发|点击下载|下载)[）)]"
    r"|[.．](?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar))+$",
    re.IGNORECASE,
)


def _is_above_list(lines: Sequence[FrameLine], place: int) -> bool:
    """Whether 附件： alone stands above entries, and not above what it labels."""
    if place + 1 >= len(lines) or not lines[place + 1].is_words:
        return False
    following = lines[place + 1]
    if LISTED_NEXT.fullmatch(following.words) and following.words.startswith("1"):
        return True
    if following.is_centred or following.begins_page or not is_title_words(following.words):
        return False
    after = lines[place + 2 : place + 4]
    return any(
        line.is_at_right or may_be_organ(line.words) or bool(signed_day(line.words))
        for line in after
    )


def _next_titles(line: FrameLine, count: int) -> list[str]:
    if not line.is_words or (line.is_styled and line.role is not Role.ATTACHMENT_LIST):
        return []
    match = LISTED_NEXT.fullmatch(line.words) or LABELLED.fullmatch(line.words)
    if match is None or len(line.bare) > _LONGEST:
        return []
    number = value_of(match["number"] or "")
    if number != count + 1:
        return []
    return _titles_of(match["title"])


def _goes_on(line: FrameLine, entries: Sequence[ListedTitle], *, is_counted: bool) -> bool:
    """Whether a line is the rest of the title above it, whose line was ended by hand."""
    if not entries or not line.is_words or line.role is not None or line.is_styled:
        return False
    if LISTED_NEXT.fullmatch(line.words) or LABEL.fullmatch(line.bare):
        return False
    if LABELLED.fullmatch(line.words) or signed_day(line.words) or line.is_at_right:
        return False
    is_hanging = line.lead >= _DEEP and line.lead > entries[-1].line.lead
    return is_hanging and not may_be_organ(line.words) and is_title_words(line.words)
