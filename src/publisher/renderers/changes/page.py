"""Changes → `index.html`, the redline that a reviewer reads: the list first, then the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from publisher import templates
from publisher.changes import About, Change, ChangeKind, Changes, Weight
from publisher.model import one_line
from publisher.renderers.changes import wording
from publisher.renderers.changes.element_views import element_view
from publisher.renderers.changes.marks import WEIGHTS, Numbered
from publisher.renderers.changes.views import part_view
from publisher.renderers.closed import closed, tidy


def render(changes: Changes, about: About) -> dict[str, bytes]:
    """`index.html`: one file that fetches nothing and is whole without its script."""
    numbered = Numbered(changes)
    elements = [element_view(element, numbered) for element in changes.elements]
    parts = [part_view(part, numbered) for part in changes.parts]
    template = templates.environment("changes").get_template("index.html.jinja")
    page = template.render(
        title=one_line(changes.new.body.title),
        about=about,
        old_title=one_line(changes.old.body.title),
        entries=numbered.entries,
        grouped=wording.by_part(changes.changes),
        counts=_counts(changes.changes),
        weights=WEIGHTS,
        weight_names=[weight.value for weight in WEIGHTS],
        elements=elements,
        parts=parts,
        references=[
            (wording.place(each.where), wording.stale(each)) for each in changes.references.new
        ],
    )
    return {"index.html": closed(tidy(page))}


@dataclass(frozen=True, slots=True)
class Count:
    """How many changes of a kind there are, by weight."""

    kind: str
    by_weight: tuple[int, ...]

    @property
    def sum(self) -> int:
        """Of any weight."""
        return sum(self.by_weight)


def _counts(changes: Sequence[Change]) -> list[Count]:
    """A row for each kind that there is, and one for all."""
    counts = Counter((change.kind, change.weight) for change in changes)
    rows = [
        Count(kind.value, tuple(counts[kind, weight] for weight in Weight)) for kind in ChangeKind
    ]
    sums = tuple(sum(row.by_weight[at] for row in rows) for at in range(len(Weight)))
    return [*(row for row in rows if row.sum), Count("合计", sums)]
