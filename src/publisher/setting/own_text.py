"""A document's own text → the pitch at which text stands on the page of the signature."""

from __future__ import annotations

from dataclasses import dataclass, replace

from publisher.setting.composition import Hold
from publisher.setting.pages import Filled, Slab, fill, room_on_page
from publisher.standard import Length, PageProfile


@dataclass(frozen=True, slots=True)
class OwnText:
    """主送机关, text, 附件说明, signature and 附注 of a document, as slabs.

    题注 and 目录 stand with 主送机关, the notes to the text with the 附注.
    """

    head: Length
    """From the top of the text area of page 1 to the first of them."""
    recipients: tuple[Slab, ...]
    text: tuple[Slab, ...]
    notes: tuple[Slab, ...]
    signature: tuple[Slab, ...]
    remark: tuple[Slab, ...]

    def filled(self, hold: Hold, line: Length, page: PageProfile) -> Filled:
        """The pages that it fills."""
        return fill(self._held(hold), line, room_on_page(page), self.head)

    def _held(self, hold: Hold) -> tuple[Slab, ...]:
        """All of them, what is held made to stay with the next."""
        above: tuple[Slab, ...] = (*self.text, *self.notes)
        if above and self.signature and hold not in (Hold.AS_IT_FALLS, Hold.APART):
            kept = len(self.notes) + 1 if hold is Hold.LAST_LINE else 1
            rest, last = above[:-kept], above[-kept:]
            held = (replace(slab, keeps_next=True) for slab in last[1:])
            above = (*rest, *last[0].with_last_line_held(), *held)
        return (*self.recipients, *above, *self.signature, *self.remark)

    def is_well_placed(self, hold: Hold, line: Length, page: PageProfile) -> bool:
        """Whether text stands on page 1 and on the page of the signature."""
        if not self.text or not self.signature:
            return True
        spans = self.filled(hold, line, page).spans
        below = len(self.notes) + len(self.signature) + len(self.remark)
        signature = spans[-1 - len(self.remark)]
        last_line, first_line = spans[-1 - below], spans[len(self.recipients)]
        begins_page = self.text[0].begins_page  # after a 目录
        begins = first_line.first == 0 or begins_page or hold is Hold.AS_IT_FALLS
        return begins and last_line.last == signature.first


def pitch(own: OwnText, page: PageProfile) -> tuple[Length, Hold]:
    """The line pitch at which text stands on the page of the signature, and what is held there.

    The page's own pitch where that is so; else that of as few lines more on a page as do, else of
    fewer (7.3.5.5). Where none does, the text's last line goes along, unless page 1 would be left
    without text (7.3.2).
    """
    room = room_on_page(page)
    usual = round(room.pt / page.line.pt)
    further = [room * (1 / (usual + more)) for more in _MORE_LINES]
    pitches = [page.line, *(Length(round(line.pt * 20 - 0.5) / 20) for line in further)]
    for hold in (Hold.AS_IT_FALLS, Hold.LAST_LINE):
        for line in pitches:
            if own.is_well_placed(hold, line, page):
                return line, hold
    is_line = not own.notes and sum(slab.lines for slab in own.text) == 1
    return page.line, Hold.APART if is_line else Hold.NOTHING


_MORE_LINES = (1, 2, 3, -1, -2)
"""Than usual on a page: with others the height of the text is no longer that of the 版心."""
