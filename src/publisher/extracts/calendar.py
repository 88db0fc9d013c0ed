"""An extract → its deadlines as a calendar (iCalendar, RFC 5545), with a reminder each.

Twenty lines write what a library would; nothing reads calendars here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from publisher import __version__
from publisher.extracts.extract import Extract
from publisher.extracts.keys import KnownTask
from publisher.extracts.notice import source_named
from publisher.extracts.tasks import AssignedTask
from publisher.renderers.sheet import UNDATED

_REMINDERS = (7, 1)
"""Days before a deadline, at nine in the morning."""
_OCTETS = 75
"""Of a line at most (3.1)."""


def calendar(extract: Extract, known: Mapping[str, KnownTask], gone: Iterable[KnownTask]) -> bytes:
    """An event of one day for each task whose deadline names a day.

    The identifier of an event is the key of its task: a later version of the same task takes its
    place in the calendar. `gone` are tasks that the table had before; they are cancelled.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//gongwen-publisher//publisher {__version__}//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(extract.title)}",
        *(line for task in extract.tasks for line in _event(task, extract, known)),
        *(line for each in gone for line in _cancelled(each, extract)),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def undated(extract: Extract) -> int:
    """How many tasks stand in no calendar: their deadline names no day."""
    return sum(1 for task in extract.tasks if task.due is None)


def _event(task: AssignedTask, extract: Extract, known: Mapping[str, KnownTask]) -> Iterator[str]:
    if task.due is None:
        return
    after = task.due + timedelta(days=1)
    said = "\n".join(_description(task, extract))
    yield "BEGIN:VEVENT"
    yield from _identity(task.key, known[task.key].sequence, extract)
    yield f"DTSTART;VALUE=DATE:{task.due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_text(f'到期：{_brief(task.words)}')}"
    yield f"DESCRIPTION:{_text(said)}"
    yield "TRANSP:TRANSPARENT"
    if extract.is_private:
        yield "CLASS:PRIVATE"
    for days in _REMINDERS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        # An event of a whole day begins at midnight.
        yield f"TRIGGER:-PT{days * 24 - 9}H"
        yield f"DESCRIPTION:{_text(f'{days}天后到期：{_brief(task.words)}')}"
        yield "END:VALARM"
    yield "END:VEVENT"


def _cancelled(each: KnownTask, extract: Extract) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield from _identity(each.key, each.sequence, extract)
    yield f"DTSTART;VALUE=DATE:{_stamp(extract):%Y%m%d}"
    yield "STATUS:CANCELLED"
    yield f"SUMMARY:{_text(f'已取消：{_brief(each.words)}')}"
    yield "END:VEVENT"


def _identity(key: str, sequence: int, extract: Extract) -> Iterator[str]:
    yield f"UID:{key}@publisher"
    yield f"DTSTAMP:{_stamp(extract):%Y%m%d}T000000Z"
    yield f"SEQUENCE:{sequence}"


def _stamp(extract: Extract) -> date:
    return extract.document.date or UNDATED


def _description(task: AssignedTask, extract: Extract) -> Iterator[str]:
    yield task.words
    yield f"时限：{task.deadline}"
    if sharing := extract.beside(task):
        yield f"共同承担：{'、'.join(sharing)}"
    yield f"{source_named(extract.document)}，序号{task.serial or '无'}"


_SUMMARY = 40


def _brief(words: str) -> str:
    return words if len(words) <= _SUMMARY else words[: _SUMMARY - 1] + "…"


def _text(words: str) -> str:
    """Words as a value of TEXT (3.3.11)."""
    for sign in ("\\", ";", ","):
        words = words.replace(sign, f"\\{sign}")
    return words.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of 75 octets at most, none of which tears a character."""
    pieces, length = [""], 0
    for character in line:
        size = len(character.encode())
        if length + size > _OCTETS:
            pieces.append(" ")
            length = 1
        pieces[-1] += character
        length += size
    return "\r\n".join(pieces)
