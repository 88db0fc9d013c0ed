"""What was taken back → `index.html`: what came back and from whom, and what is to be decided."""

from __future__ import annotations

from itertools import groupby

from publisher import templates
from publisher.model import one_line
from publisher.renderers.changes import wording
from publisher.renderers.changes.marks import Numbered
from publisher.renderers.closed import closed, tidy
from publisher.takeback import telling
from publisher.takeback.readings import pieces
from publisher.takeback.result import TakenBack, WrittenPreview


def page(made: TakenBack, preview: WrittenPreview) -> bytes:
    """The preview as one file that fetches nothing and needs no script."""
    template = templates.environment("import").get_template("take-back.html.jinja")
    grouped = groupby(telling.by_reason(made.not_taken), lambda each: each.reason.value)
    html = template.render(
        title=one_line(made.result.body.title) or made.slug,
        slug=made.slug,
        sources=[
            (each, telling.base(each), telling.people(each), each.base.kind.name.lower())
            for each in made.returned
        ],
        sentence=telling.count(made),
        grouped=wording.by_part(made.changes.changes),
        entries=Numbered(made.changes).entries,
        authors=made.authors,
        conflicts=[
            (each, pieces(each.base, each.ours), pieces(each.base, each.theirs))
            for each in made.conflicts
        ],
        not_taken=[(reason, list(some)) for reason, some in grouped],
        comments=made.comments,
        waiting=len(made.open_comments),
        acceptances=made.acceptances,
        references=[
            (wording.place(each.where), wording.stale(each)) for each in made.changes.references.new
        ],
        files=sorted(made.files),
        is_written=preview.is_written,
        is_settled=made.is_settled,
        knows_base=made.knows_base,
        undo=preview.undo,
    )
    return closed(tidy(html))
