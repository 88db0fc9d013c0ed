"""The comments of files that came back → `comments.html`: a list to work through."""

from __future__ import annotations

from publisher import templates
from publisher.model import one_line
from publisher.readers.comments import FILE as KEPT
from publisher.renderers.closed import closed, tidy
from publisher.takeback.result import TakenBack

FILE = "comments.html"


def page(made: TakenBack, *, is_written: bool) -> dict[str, bytes]:
    """The page, open comments first; none where people made no comments."""
    if not made.comments:
        return {}
    is_open = set(made.open_comments)
    by_state = [
        (name, [each for each in made.comments if (each.identifier in is_open) is wanted])
        for name, wanted in (("待答复", True), ("已答复", False))
    ]
    template = templates.environment("import").get_template("comments.html.jinja")
    html = template.render(
        title=one_line(made.result.body.title) or made.slug,
        slug=made.slug,
        states=[(name, some) for name, some in by_state if some],
        count=len(made.comments),
        waiting=len(is_open),
        sources=list(dict.fromkeys(each.source for each in made.comments)),
        kept=KEPT,
        is_written=is_written,
        day=day,
    )
    return {FILE: closed(tidy(html))}


def day(date: str) -> str:
    """A date as people read it, to the minute."""
    return date[:16].replace("T", " ")
