"""Edition → what depends on how much fits a page: where tables are divided, where the 版记 is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from publisher.model import Edition, RowGroup, SetTable
from publisher.standard import Length, PageProfile, page_profile


class ImprintPlace(Enum):
    """Where the 版记 stands (GB/T 9704 7.4.1, 7.5)."""

    LAST_PAGE = "with the last of the text, on the lower edge of its page"
    PAGE_OF_ITS_OWN = "on an even page of its own, perhaps after a blank one; both unnumbered"


TablePage = tuple[RowGroup, ...]
"""The rows on one page; a group that goes on there stands again, with its label."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What PDF and Word set alike, though neither program can be asked beforehand."""

    page: PageProfile
    recipients_in_imprint: bool
    """Whether 主送机关 moves to the 版记, for page 1 would show no text (7.3.2)."""
    body_line: Length
    """From line to line in the document's own text; another than the page's where the signature
    would stand alone on a page (7.3.5.5)."""
    imprint: ImprintPlace
    tables: Mapping[int, tuple[TablePage, ...]]
    """For each attachment that is a table, by its ordinal, what stands on each of its pages."""


def lay_out(edition: Edition) -> Layout:
    """The layout of an edition."""
    page = page_profile(edition.document.bureau.page)
    tables = {
        attachment.ordinal: (attachment.content.groups,)
        for attachment in edition.attachments
        if isinstance(attachment.content, SetTable)
    }
    return Layout(page, False, page.line, ImprintPlace.LAST_PAGE, tables)
