"""Words → the same as a terminal may show them: nothing in them commands it or turns them round."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

import click

_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, but tabs and line ends
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # what turns the direction of writing
    "\u2028\u2029\ufff9-\ufffb\ud800-\udfff]"  # other line ends, annotations, half characters
)


def visible(text: str) -> str:
    """The text with what a terminal would obey written as `<U+202E>`."""
    return _UNSAFE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text)


def one_line(text: str) -> str:
    """The same, where line ends are not the program's own: a name on the disk may hold such."""
    return visible(text).replace("\n", "<U+000A>")


def visible_json(text: str) -> str:
    """JSON that says the same with what a terminal would obey as escapes."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def say(line: str, colour: str | None = None, *, end: str = "\n", to_errors: bool = False) -> None:
    """Show a line to the user, in a colour where the terminal has any.

    It stays one line, whatever names are in it: none can look like a sentence of the program.
    """
    _show(one_line(line) + end, colour, to_errors=to_errors)


def say_text(text: str, *, to_errors: bool = False) -> None:
    """Show a text of many lines that end where they are to."""
    _show(visible(text), None, to_errors=to_errors)


def _show(words: str, colour: str | None, *, to_errors: bool) -> None:
    try:
        click.secho(words, fg=colour, nl=False, err=to_errors)
    except OSError:
        if not to_errors:  # what is said beside the work is no reason to end it
            raise


def say_json(text: str) -> None:
    """Give JSON to another program, or to a user who reads it."""
    click.echo(visible_json(text), nl=False)


_Line = TypeVar("_Line")


def bounded(lines: Iterable[_Line], most: int, more: Callable[[int], _Line]) -> Iterator[_Line]:
    """The first of many lines, and a line on how many more there are."""
    rest = 0
    for number, line in enumerate(lines, 1):
        if number <= most:
            yield line
        rest = number - most
    if rest > 0:
        yield more(rest)


def brief(words: str, longest: int) -> str:
    """Words on one line that is not longer than so many characters."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest]}……"
