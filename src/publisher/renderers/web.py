"""An edition and its finished files → the page to upload and what a CMS takes.

`forms.py` says what is printed, in which order; the templates have two ways to write it, a macro a
kind of element (`page-forms` and `fragment-forms`). What stands in the article but is none of the
document's words carries the attribute `data-generated`. Each page is one file that fetches nothing:
its policy allows only its own styles and scripts, by their hashes, and the pictures that it holds.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from publisher.filetypes import called, size
from publisher.forms import Rows, in_zones, printed
from publisher.model import (
    Bureau,
    Clause,
    ColumnRole,
    Document,
    Edition,
    FragmentTables,
    Inline,
    NumberedHeading,
    NumberedItem,
    Orientation,
    SetAttachment,
    SetCell,
    SetFile,
    SetNameList,
    SetPicture,
    SetTable,
    SetText,
    Strong,
    one_line,
    plain,
)
from publisher.renderers import clauses, editors, given
from publisher.renderers.blanks import DrawnForm, form_of
from publisher.renderers.closed import CHARSET, closed, tidy
from publisher.renderers.downloads import Download, downloads, for_readers, offered_in_order
from publisher.renderers.fields import fields
from publisher.renderers.grid import DrawnBody, DrawnRow, Grid, figure, grid_of, under_banners
from publisher.renderers.metadata import page_tags, structured
from publisher.renderers.nested import ItemList, Nested, nested
from publisher.renderers.notes import NumberedNote, footnotes, numbered_notes
from publisher.renderers.screen import in_column, on_screen, weight_told
from publisher.setting import titles
from publisher.standard import Length, PageProfile, page_profile, text_width
from publisher.templates import environment, inline, lines
from publisher.words import captions
from publisher.words.days import written
from publisher.words.files import caption, enclosed
from publisher.words.sentences import clauses as words_between_marks

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment
    from markupsafe import Markup


def render(edition: Edition, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """`web/index.html`, `web/fragment.html`, and a copy of each of `files` beside the page.

    The folder `web` is complete: what the page links to lies in it.
    """
    templates = _environment(edition.document.bureau)
    names = titles.names_in_titles(edition.document)
    templates.filters["title"] = partial(title, names=names)
    made = downloads(edition, files)
    offered = for_readers(made)
    apart = tables_apart(edition)
    templates.globals.update(
        bonds=bonds(edition),
        downloads=offered,
        apart={rows.attachment.anchor: name for name, rows in apart.items()},
    )
    page = templates.get_template("page.html.jinja").render(
        **_sequence(edition),
        tags=page_tags(edition.document),
        structured=structured(edition.document, offered),
    )
    page, tables = _linked(page, _tables(edition.document, apart, templates))
    fragment = render_fragment(edition)
    # The file alone says how it is encoded: pasted into a page of another encoding, and kept by an
    # editor, that would garble the page. The sheet gives the fragment to copy without it.
    return {
        "web/index.html": closed(tidy(page)),
        **{f"web/{name}": closed(tidy(table)) for name, table in tables.items()},
        "web/fragment.html": CHARSET + fragment,
        "web/fields.html": render_fields(edition.document, made, fragment),
        **{f"web/{name}": content for name, content in files.items()},
    }


def ahead(edition: Edition) -> dict[str, bytes]:
    """The same before there are any files but what an author gave: it offers these alone."""
    return render(edition, given.render(edition))


MOST_ROWS = 3000
"""Of an attached list; a longer one stands on a page of its own: whoever opens the document on a
telephone does not wait for it.
"""


def tables_apart(edition: Edition) -> dict[str, Rows]:
    """The attached lists that are too long for the page, by the names of their own pages."""
    return {
        f"attachment-{attachment.ordinal}.html": Rows(attachment, attachment.content)
        for attachment in edition.attachments
        if isinstance(attachment.content, SetTable)
        and attachment.content.is_list
        and len(attachment.content.rows) > MOST_ROWS
    }


def _tables(
    document: Document, apart: Mapping[str, Rows], templates: SandboxedEnvironment
) -> dict[str, str]:
    """The pages of tables that stand apart."""
    template = templates.get_template("table.html.jinja") if apart else None
    tags = page_tags(document)
    return {
        name: template.render(document=document, rows=rows, tags=tags)
        for name, rows in apart.items()
        if template
    }


_LINK = re.compile(r'(?<= href=")#([^"]+)')
_PLACE = re.compile(r' id="([^"]+)"')


def _linked(page: str, tables: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Pages of which each leads to places that stand on another by the name of that."""
    if not tables:
        return page, {}
    pages = {"index.html": page, **tables}
    # The attachment itself stands on both: what leads to it stays where it is.
    places = {
        place: name for name, made in reversed(pages.items()) for place in _PLACE.findall(made)
    }

    def linked(made: str) -> str:
        own = set(_PLACE.findall(made))

        def lead(match: re.Match[str]) -> str:
            place = match[1]
            return match[0] if place in own or place not in places else places[place] + match[0]

        return _LINK.sub(lead, made)

    made = {name: linked(each) for name, each in pages.items()}
    return made.pop("index.html"), made


def told(files: Mapping[str, bytes]) -> dict[str, str]:
    """What publishers are to know of the page among finished files, by what it is called."""
    page = files.get("web/index.html")
    words = weight_told(page) if page is not None else ""
    return {"网页": words} if words else {}


def render_fragment(edition: Edition) -> bytes:
    """What a CMS takes in its source view: plain elements that keep their meaning bare."""
    templates = _environment(edition.document.bureau)
    templates.globals["is_flat"] = edition.document.bureau.site.tables is FragmentTables.FLAT
    template = templates.get_template("fragment.html.jinja")
    return tidy(template.render(**_sequence(edition)))


def _sequence(edition: Edition) -> dict[str, object]:
    """What both templates are given: the edition, and what its form prints of it."""
    zones = in_zones(printed(edition))
    return {
        "edition": edition,
        "document": edition.document,
        "zones": {zone.value: elements for zone, elements in zones.items()},
        "noted": {
            anchor: notes
            for text in edition.prose
            for anchor, notes in numbered_notes(text).items()
        },
    }


def render_fields(document: Document, files: Sequence[Download], fragment: bytes) -> bytes:
    """What a web editor needs to publish a document in a CMS, each value with a button to copy."""
    template = _environment().get_template("fields.html.jinja")
    written = fragment.decode()
    sheet = template.render(
        addressed=tuple(file for file in files if f'="{file.name}"' in written),
        document=document,
        fields=tuple(fields(document)),
        downloads=for_readers(files),
        fragment=written,
        editors=editors.measured(),
    )
    return closed(tidy(sheet))


LONG = 300
"""Rows of a list from which on those outside of the window are laid out when they are looked at."""
MOST_IN_BODY = 100
"""Of the rows of a long list that no group holds together, so many stand in one `<tbody>`: those of
one that is out of the window cost nothing. `page.js` keeps to it.
"""
_NO_BUREAU = Bureau(())
_MORE_THAN_PARAGRAPHS = re.compile(
    '<su[bp]>|class="(?:items|name-list|subtitle|headings|copies|form-(?:decimal|point|circled))'
)
"""What of an article needs `page-text.css`."""
_LONG_LIST = re.compile('class="long"')
"""What of an article needs `page-long.css`."""
_MORE_THAN_LISTS = re.compile('class="(?:in-text|frame|below|unit)')
"""What of an article needs `page-tables.css`: more than attached lists of tasks."""
_MORE_THAN_WORDS = re.compile('class="(?:picture|figures blank-form|enclosed)')
"""What of an article needs `page-given.css`: pictures, forms, finished files."""


def _environment(bureau: Bureau = _NO_BUREAU) -> SandboxedEnvironment:
    templates = environment("web")
    page = page_profile(bureau.page)
    templates.filters.update(
        worded=worded,
        run_in=run_in,
        led=led,
        link_name=link_name,
        nested=nested,
        footnotes=footnotes,
        outline=outline,
        items=items,
        head_items=head_items,
        title=title,
        printed=written,
        size=size,
        kind=called,
        grid=partial(grid, page=page),
        drawn_form=partial(drawn_form, page=page),
        share=partial(share, page=page),
        column_size=partial(column_size, page=page),
        on_screen=on_screen,
        caption=caption,
        enclosed=enclosed,
        file_of=given.file_of,
        site_file_of=given.site_file_of,
        contents=contents,
        offered_in_order=offered_in_order,
        css_string=css_string,
        with_depths=with_depths,
        first_table=first_table,
        other_spellings=partial(other_spellings, bureau),
        under_banners=under_banners,
        in_parts=in_parts,
        rows_in_bodies=rows_in_bodies,
        heading_of=captions.heading,
        unit_of=captions.unit,
        remarks_of=captions.remarks,
        notes_of=captions.notes,
        below_of=captions.below,
        mark_of=captions.mark,
    )
    templates.tests.update(
        runs_in=runs_in,
        more_than_lists=_MORE_THAN_LISTS.search,
        with_long_lists=_LONG_LIST.search,
        more_than_paragraphs=_MORE_THAN_PARAGRAPHS.search,
        list_of_items=lambda block: isinstance(block, ItemList),
        finished=lambda content: isinstance(content, SetFile),
        more_than_words=_MORE_THAN_WORDS.search,
        figure=lambda cell: figure(cell) is not None,
        long=is_long,
        list_of_names=lambda block: isinstance(block, SetNameList),
    )
    return templates


# -- words ------------------------------------------------------------------------------


def runs_in(heading: NumberedHeading) -> bool:
    """Whether text continues on the heading's line."""
    return heading.run_in is not None


def with_depths(blocks: Iterable[Nested], depth: int) -> Iterator[tuple[Nested, int]]:
    """Blocks with the depth of their headings, none of which is skipped where a level is."""
    above: list[int] = []
    for block in blocks:
        if isinstance(block, NumberedHeading):
            while above and above[-1] >= block.level:
                above.pop()
            above.append(block.level)
        yield block, depth + len(above) - 1


NoteMacro = Callable[[NumberedNote], "Markup"]
"""The macro that writes the mark of a note."""


def worded(
    content: Iterable[Inline], notes: Iterable[NumberedNote] = (), mark: NoteMacro | None = None
) -> Markup:
    """Inline content as HTML, with the marks of its notes where there is a macro for them."""
    waiting = iter(notes)
    return inline(content, (lambda: mark(next(waiting))) if mark else None)


@dataclass(frozen=True, slots=True)
class Headed:
    """What heads a paragraph and the text on its line, as HTML; either may be empty."""

    heading: Markup
    text: Markup


def run_in(
    block: NumberedHeading, notes: Iterable[NumberedNote] = (), mark: NoteMacro | None = None
) -> Headed:
    """The two parts of a heading that runs in."""
    from markupsafe import Markup, escape

    waiting = iter(notes)
    own = worded(block.content, waiting, mark)
    following = worded(block.run_in or (), waiting, mark)
    if block.is_text:
        # 第一条 is the heading; the words beside it are the article's text.
        return Headed(escape(block.label), Markup(own + following))
    return Headed(escape(block.label) + own, following)


def led(
    item: NumberedItem, notes: Iterable[NumberedNote] = (), mark: NoteMacro | None = None
) -> Headed:
    """The words that lead an item, with its number, and its text; the number, where none do."""
    from markupsafe import Markup, escape

    waiting = iter(notes)
    lead = Markup().join(
        worded(strong.content, waiting, mark) for strong in item.lead if isinstance(strong, Strong)
    )
    text = worded(item.content[len(item.lead) :], waiting, mark)
    label = escape(item.label)
    return Headed(label + lead, text) if item.lead else Headed(Markup(), label + text)


def link_name(clause: Clause) -> str:
    """What the link of a clause is called: its heading on a line, or how an item begins."""
    if isinstance(clause, NumberedItem):
        return clause.label + next(iter(words_between_marks(plain(clause.content))), "")
    return run_in(clause).heading.striptags()


def items(cell: SetCell) -> Markup:
    """What stands in a cell, an item a line; a break inside an item parts it too."""
    from markupsafe import Markup

    return Markup("<br>").join(lines(item) for item in cell.items)


_IN_BRACKETS = re.compile("（[^（）<>]{1,4}）")


def head_items(cell: SetCell) -> Markup:
    """What stands in a cell of a head: short words in brackets stay on a line with these."""
    from markupsafe import Markup

    return Markup(_IN_BRACKETS.sub(r'<span class="whole">\g<0></span>', str(items(cell))))


def title(words: str, names: Iterable[str] = ()) -> Markup:
    """A title with its author's breaks, and places between its pieces for the browser's.

    The narrower the line, the more places the stylesheet opens.
    """
    from markupsafe import Markup

    lines = words.split("\n")
    breaks = frozenset(accumulate(map(len, lines[:-1])))
    pieces = titles.pieces("".join(lines), _ROOMS, names)
    return Markup("<wbr>").join(_pieces(pieces, breaks, 0))


_ROOMS = (11, 7, 5)
"""Characters of a title on a line of the narrowest page, in large print, in larger print."""
_BREAKS_ANYWAY = re.compile("[^\\w]")
"""Beside a mark a browser breaks a line unless it is told not to."""


def _pieces(pieces: Iterable[titles.Piece], breaks: frozenset[int], start: int) -> Iterator[Markup]:
    from markupsafe import Markup

    for piece in pieces:
        if piece.parts:
            place = Markup('<wbr class="w{}">').format(piece.room)
            html = place.join(_pieces(piece.parts, breaks, start))
        else:
            html = _with_breaks(piece.words, breaks, start)
        if _BREAKS_ANYWAY.search(piece.words) and titles.width(piece.words) <= piece.room:
            html = Markup('<span class="k{}">{}</span>').format(piece.room, html)
        yield html
        start += len(piece.words)


def _with_breaks(words: str, breaks: frozenset[int], start: int) -> Markup:
    from markupsafe import Markup, escape

    ends = [at - start for at in sorted(breaks) if start < at < start + len(words)]
    html = Markup("<br>").join(escape(words[a:b]) for a, b in pairwise((0, *ends, len(words))))
    return Markup("<br>") + html if start in breaks else html


# -- tables -----------------------------------------------------------------------------


def grid(
    table: SetTable,
    own: str,
    orientation: Orientation = Orientation.PORTRAIT,
    is_flat: bool = False,
    *,
    page: PageProfile,
) -> Grid:
    """The grid of a table whose ids begin with `own`."""
    return grid_of(table, own, orientation, page, is_flat)


def drawn_form(
    table: SetTable,
    own: str,
    orientation: Orientation = Orientation.PORTRAIT,
    *,
    page: PageProfile,
) -> DrawnForm:
    """A form whose ids begin with `own`."""
    return form_of(table, own, orientation, page)


def share(picture: SetPicture, *, page: PageProfile) -> float | None:
    """How much of the text's width a picture has, as its author says; None where he does not."""
    if picture.width is None:
        return None
    return min(1.0, Length.of_mm(picture.width).pt / text_width(page, landscape=False).pt)


def column_size(picture: SetPicture, *, page: PageProfile) -> tuple[int, int]:
    """Width and height of a picture in the column of a site."""
    return in_column(picture.image, share(picture, page=page))


def is_long(table: SetTable) -> bool:
    """Whether rows outside of the window are laid out only when they are looked at."""
    return len(table.rows) > LONG


def in_parts(body: DrawnBody, table: SetTable) -> Iterator[Sequence[DrawnRow]]:
    """The rows of a body; of a long list without groups so many at a time."""
    is_parted = is_long(table) and table.group_column is None
    most = MOST_IN_BODY if is_parted else len(body.rows) or 1
    for start in range(0, len(body.rows) or 1, most):
        yield body.rows[start : start + most]


def rows_in_bodies(drawn: Grid, table: SetTable) -> list[int]:
    """How many rows stand in each `<tbody>` of a list, each number once."""
    return sorted({len(part) for body in drawn.bodies for part in in_parts(body, table)})


def first_table(attachments: Iterable[SetAttachment]) -> SetAttachment | None:
    """The first attachment that is a table."""
    return next(
        (attachment for attachment in attachments if isinstance(attachment.content, SetTable)), None
    )


def css_string(words: str) -> Markup:
    """Words as they stand between quotes in a stylesheet, whatever their characters."""
    from markupsafe import Markup

    return Markup(
        "".join(
            character if character.isalnum() else f"\\{ord(character):x} " for character in words
        )
    )


def other_spellings(bureau: Bureau, table: SetTable) -> str:
    """The spellings of people and departments in a table that mean another name, as JSON."""
    known = {
        spelling: named.name
        for named in (*bureau.people, *bureau.departments)
        for spelling in named.spellings
    }
    used = {
        item
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if column.role.many
        for item in cell.items
    }
    return json.dumps(
        {name: known[name] for name in sorted(used & known.keys())}, ensure_ascii=False
    )


# -- plan and table ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bond:
    """A link between a clause and a task that breaks it down."""

    anchor: str
    """Where it leads."""
    label: str


@dataclass(frozen=True, slots=True)
class Bonds:
    """The links of a document, by the anchor of what they stand beside."""

    clauses: Mapping[str, Bond]
    """From each bound row to its clause."""
    tasks: Mapping[str, tuple[Bond, ...]]
    """From each clause to the rows that break it down."""


def bonds(edition: Edition) -> Bonds:
    """The links between clauses and tasks; a row without 序号 is not linked to by its clause."""
    paths = edition.clauses_of_rows()
    serials = dict(_serials(edition))
    tasks: dict[str, list[Bond]] = {}
    for binding in edition.bindings:
        if serial := serials.get(binding.row):
            tasks.setdefault(binding.clause, []).append(Bond(binding.row, serial))
    return Bonds(
        clauses={row: Bond(path[-1].anchor, clauses.number(path)) for row, path in paths.items()},
        tasks={anchor: tuple(links) for anchor, links in tasks.items()},
    )


def _serials(edition: Edition) -> Iterator[tuple[str, str]]:
    """The 序号 of rows, by their anchors."""
    for attachment in edition.attachments:
        table = attachment.content
        roles = [each.role for each in table.columns] if isinstance(table, SetTable) else []
        if isinstance(table, SetTable) and ColumnRole.SERIAL in roles:
            for row in table.rows:
                yield row.anchor, "".join(row.cells[roles.index(ColumnRole.SERIAL)].items)


# -- what stands around the article ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """An entry of a table of contents, with those below it."""

    anchor: str
    words: str
    below: tuple[NavigationEntry, ...] = ()


def contents(edition: Edition) -> tuple[NavigationEntry, ...]:
    """The texts of an edition with their first-level headings, and the attachments, as read."""
    return (
        _text_contents(edition.body),
        *(entry for text in edition.issued for entry in _with_attachments(text)),
        *_attachment_contents(edition.body),
    )


def _with_attachments(text: SetText) -> Iterator[NavigationEntry]:
    yield _text_contents(text)
    yield from _attachment_contents(text)


def _text_contents(text: SetText) -> NavigationEntry:
    first = (block for block in text.blocks if isinstance(block, NumberedHeading))
    return NavigationEntry(
        text.anchor,
        one_line(text.title),
        outline(heading for heading in first if heading.level == 1),
    )


def _attachment_contents(text: SetText) -> Iterator[NavigationEntry]:
    """The attachments of a text, each with its own below it, and the tables of one of tables."""
    for attachment in text.attachments:
        content = attachment.content
        words = f"{attachment.label}　{one_line(content.title)}"
        own: Iterable[NavigationEntry] = ()
        if isinstance(content, SetText):
            own = (*_table_contents(content), *_attachment_contents(content))
        yield NavigationEntry(attachment.anchor, words, tuple(own))


def _table_contents(text: SetText) -> Iterator[NavigationEntry]:
    """The tables with a title, where a text has several and no headings that lead to them."""
    titled = [table for table in text.tables if table.label]
    headed = any(isinstance(block, NumberedHeading) for block in text.blocks)
    if len(titled) > 1 and not headed:
        yield from (NavigationEntry(each.anchor, captions.heading(each)) for each in titled)


def outline(headings: Iterable[NumberedHeading]) -> tuple[NavigationEntry, ...]:
    """Headings as entries, those of lower levels below those of higher ones."""
    return tuple(_entries(deque(headings), 0))


def _entries(waiting: deque[NumberedHeading], above: int) -> Iterator[NavigationEntry]:
    while waiting and waiting[0].level > above:
        heading = waiting.popleft()
        below = tuple(_entries(waiting, heading.level))
        yield NavigationEntry(heading.anchor, link_name(heading), below)
