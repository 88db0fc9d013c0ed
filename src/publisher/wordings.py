"""Two wordings of the same → the stretches in which they agree and those in which they differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"《[^《》\n]{1,40}》|〈[^〈〉\n]{1,40}〉|“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’"
    r"|〔[0-9]{4}〕[0-9]+号"
    r"|[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?|[0-9]{1,2}月(?:[0-9]{1,2}日|底|末)?"
    r"|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+日|底|末)"
    r"|[0-9]+(?:[.,:·/+×-][0-9A-Z]+)*(?:个?百分点|[%％‰])?"
    r"|[A-Za-z]+(?:[-.'@/][A-Za-z0-9]+)*"
    r"|\s"
)
"""What a reader takes as one: a number, a date, a 《title》, a short quotation, a Latin word."""
_ISLAND = 1
"""Characters that agree between two differences, and are too few to be read as agreeing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of the one and of the other; the same where they agree."""

    before: str
    after: str

    @property
    def agrees(self) -> bool:
        """Whether both have the same words."""
        return self.before == self.after


def stretches(before: str, after: str) -> tuple[Stretch, ...]:
    """Both wordings from beginning to end, by whole words: 5 and 8 never come out as 58."""
    from rapidfuzz.distance import Levenshtein

    old, new = list(tokens(before)), list(tokens(after))
    steps = (
        Stretch(
            "".join(old[step.src_start : step.src_end]),
            "".join(new[step.dest_start : step.dest_end]),
        )
        for step in Levenshtein.opcodes(old, new)
    )
    return tuple(_joined(list(steps)))


def tokens(words: str) -> Iterator[str]:
    """Words as a dictionary divides them; what a reader takes as one stays whole."""
    import rjieba

    end = 0
    for match in _TOKEN.finditer(words):
        yield from rjieba.cut(words[end : match.start()])
        yield match[0]
        end = match.end()
    yield from rjieba.cut(words[end:])


def _joined(steps: Sequence[Stretch]) -> Iterator[Stretch]:
    """Differences that stand side by side, or have next to nothing between them, as one."""
    held: Stretch | None = None
    for index, step in enumerate(steps):
        last = index == len(steps) - 1
        if step.agrees and (held is None or last or len(step.before) > _ISLAND):
            if held is not None:
                yield held
                held = None
            yield step
        else:
            held = Stretch(
                (held.before if held else "") + step.before,
                (held.after if held else "") + step.after,
            )
    if held is not None:
        yield held
