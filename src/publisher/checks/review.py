"""What a check has to say → a finding for a person to look at."""

from __future__ import annotations

from publisher.diagnostics import Finding, Severity
from publisher.model import Place


def review(name: str, place: Place, message: str, hint: str) -> Finding:
    """A finding that stops nothing: a person decides whether it is a fault."""
    return Finding(name, Severity.REVIEW, place, message, hint)


def short(words: str, most: int = 24) -> str:
    """The beginning of words, in quotation marks."""
    return f"“{words}”" if len(words) <= most else f"“{words[:most]}……”"
