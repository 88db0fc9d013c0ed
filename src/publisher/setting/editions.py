"""`Document` → `Edition` whose tables stand upright where they fit well, in all formats alike."""

from __future__ import annotations

from publisher.model import Document, Edition, Orientation, Reconciliation, SetFile, SetTable
from publisher.resolve import resolve
from publisher.setting.columns import is_good_upright
from publisher.setting.files import file_orientation
from publisher.standard import page_profile


def edition_of(document: Document, reconciliations: tuple[Reconciliation, ...] = ()) -> Edition:
    """The edition of a document as it is published.

    An attached table whose author did not choose stands portrait if it fits well there, else
    landscape; a finished file as its first page does.
    """
    page = page_profile(document.bureau.page)

    def orientation_of(content: SetTable | SetFile) -> Orientation:
        if isinstance(content, SetFile):
            return file_orientation(content, page)
        return Orientation.PORTRAIT if is_good_upright(content, page) else Orientation.LANDSCAPE

    return resolve(document, reconciliations, orientation_of)
