"""What a file showed and what it shows after another program saved it → the second without that.

Programs draw pictures anew, round lengths and lose what only Word knows. Nobody edited that.
"""

from __future__ import annotations

from publisher.model import Document


def as_saved(before: Document, after: Document) -> Document:
    """What a file shows, all that saving alone may have done to it as it was before."""
    return after
