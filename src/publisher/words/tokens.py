"""Words → tokens: words of a dictionary, and what a reader takes as one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.words import days, deadlines

_TOKEN = re.compile(
    r"《[^《》\n]{1,40}》|〈[^〈〉\n]{1,40}〉|“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’"
    r"|〔[0-9]{4}〕[0-9]+号"
    rf"|{deadlines.WHEN}|{days.DATE}"
    r"|[0-9]+(?:[.,:·/+×-][0-9A-Z]+)*(?:个?百分点|[%％‰])?"
    r"|[A-Za-z]+(?:[-.'@/][A-Za-z0-9]+)*"
    r"|\s"
)
"""What a reader takes as one: a number, a date, a 《title》, a short quotation, a Latin word."""


def tokens(words: str) -> Iterator[str]:
    """Words as a dictionary divides them; what a reader takes as one stays whole."""
    import rjieba

    end = 0
    for match in _TOKEN.finditer(words):
        yield from rjieba.cut(words[end : match.start()])
        yield match[0]
        end = match.end()
    yield from rjieba.cut(words[end:])


def classes(words: str) -> list[tuple[str, str]]:
    """Words as a dictionary divides them, each with its class: n, v, ad, ns (a place) …"""
    import rjieba

    return [(word, kind) for word, kind in rjieba.tag(words)]
