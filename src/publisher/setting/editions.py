"""`Document` → `Edition` whose tables stand upright where they fit well, in all formats alike."""

from __future__ import annotations

from publisher.model import Document, Edition, Orientation, Reconciliation, SetTable
from publisher.resolve import resolve
from publisher.setting.columns import is_good_upright
from publisher.standard import page_profile


def edition_of(document: Document, reconciliations: tuple[Reconciliation, ...] = ()) -> Edition:
    """The edition of a document as it is published.

    An attached table whose author did not choose stands portrait if it fits well there, else
    landscape.
    """
    page = page_profile(document.bureau.page)

    def orientation_of(table: SetTable) -> Orientation:
        return Orientation.PORTRAIT if is_good_upright(table, page) else Orientation.LANDSCAPE

    return resolve(document, reconciliations, orientation_of)
