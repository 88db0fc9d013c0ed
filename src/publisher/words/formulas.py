"""Words of a cell → the same as no spreadsheet takes them for a formula."""

from __future__ import annotations

import re

# OWASP, CSV injection: what a spreadsheet may take for a formula's beginning, in full width too.
_STARTS = tuple("=+-@\t\r\n\0＝＋－＠")
_SIGNED = re.compile(r"[+＋－-][0-9０-９ .,，%％－—-]*")
"""-5%, +86-711-335, or a dash for what there is not: reckoned or not, it does no harm."""


def without_formula(words: str) -> str:
    """The words of a cell of a CSV, behind an apostrophe where they begin as a formula does."""
    is_formula = words.startswith(_STARTS) and not _SIGNED.fullmatch(words)
    return f"'{words}" if is_formula else words
