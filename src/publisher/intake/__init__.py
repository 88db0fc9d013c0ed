"""Files of others (Word, web pages, text, workbooks) → a `Document`, and how sure each part is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publisher.intake.result import Intake
    from publisher.model import Bureau


def take_in(files: Sequence[tuple[str, bytes]], bureau: Bureau, slug: str) -> Intake:
    """The document that files make together: notice, plan, table; `files` are names and bytes.

    `files.Unreadable` where one cannot be read; its words say why and what to do.
    """
    from publisher.intake.opening import opened
    from publisher.intake.recognise import recognise

    return recognise([opened(name, data) for name, data in files], bureau, slug)
