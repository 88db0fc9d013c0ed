"""Finished documents → the archive, made anew as far as anything of it has changed."""

from __future__ import annotations

from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import diagnostics, output, templates
from publisher.archive import feeds, findings, handover, lists, lots, search
from publisher.archive.folder import PublicFolder
from publisher.archive.links import check_links
from publisher.archive.lists import Shelf
from publisher.archive.made import MadeArchive, as_kept
from publisher.archive.missing import missing
from publisher.archive.policies import PAGE
from publisher.archive.policy_folders import put_policies
from publisher.archive.policy_page import ArchiveFrame, tag_values_of
from publisher.archive.stock import Stock, stock_of
from publisher.diagnostics import Finding
from publisher.renderers.closed import tidy

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

FOLDER = "archive"
"""Of the templates."""
_ASSETS = ("search.js", "page.js", "page.css", "icon.svg")


def make(
    content: Path,
    build: Path,
    current: Container[str],
    folder: PublicFolder,
    seen: str,
    *,
    is_whole: bool,
) -> MadeArchive:
    """The archive of what stands in `build`; see `update`.

    `seen` tells the state of all that it is made of, as it was before any of that is read.
    """
    stock = stock_of(content, build, current, folder.before)
    signature = stock.signature()
    if not is_whole and folder.is_as_made(signature):
        made = MadeArchive(
            folder.path,
            len(stock.policies),
            stock.withheld,
            diagnostics.from_json(folder.before["findings"].encode()),
        )
        folder.remember({"seen": seen, **as_kept(made.count, made.withheld, made.findings)})
        return made
    return _made(build, stock, folder, (seen, signature), is_whole=is_whole)


def _made(
    build: Path, stock: Stock, folder: PublicFolder, state: tuple[str, str], *, is_whole: bool
) -> MadeArchive:
    folder.begin()
    pages = templates.environment(FOLDER)
    pages.filters.update(code=_code)
    standing = stock.standing()
    shelf = Shelf(stock.plan, stock.listed, standing, stock.site())
    kept = put_policies(stock, shelf, folder, ArchiveFrame(stock.plan, pages))
    faults = [*stock.findings]
    faults += _put_renamed(stock, folder, pages)
    _put_lists(stock, shelf, folder, pages)
    said = diagnostics.bounded([*faults, *missing(stock)])
    folder.finish(
        {
            "seen": state[0],
            "signature": state[1],
            "plan": stock.plan.kept(),
            "documents": kept,
            **as_kept(len(stock.policies), stock.withheld, said),
        }
    )
    makes_zips = is_whole or handover.is_there(build)
    return MadeArchive(
        folder.path,
        len(stock.policies),
        stock.withheld,
        said,
        folder.written,
        handover.write_zips(build, stock, standing, folder.files) if makes_zips else {},
        check_links(folder.path, stock.plan.address) if is_whole else None,
    )


def _code(address: str) -> Any:
    """A QR code that leads to an address, as a drawing."""
    import segno
    from markupsafe import Markup

    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, svgclass=None, lineclass=None, omitsize=True))


# -- pages of the archive ---------------------------------------------------------------


def _put_lists(
    stock: Stock, shelf: Shelf, folder: PublicFolder, pages: SandboxedEnvironment
) -> None:
    names: list[str] = []
    for name, page in lists.list_pages(shelf, pages):
        names.append(name)
        folder.put(name, page)
    if shelf.plan.address:
        folder.put(lists.ABSENT, lists.absent_page(shelf, pages))
    folder.put(feeds.FEED, feeds.feed(shelf))
    folder.put(feeds.POLICIES, feeds.policies_json(shelf, stock.ties))
    for name, page in feeds.sitemaps(shelf, names).items():
        folder.put(name, page)
    folder.put("site/catalogue.json", lists.catalogue(shelf))
    oldest_first = shelf.policies[::-1]
    words = lots.lots_of(folder.path.parent, oldest_first, stock.program, trusts=folder.trusts)
    for name, piece in search.index(words).items():
        folder.put(f"site/search/{name}", piece)
    for name in _ASSETS:
        folder.put(f"site/{name}", (templates.folder(FOLDER) / name).read_bytes())
    page_css = (templates.folder("web") / "page.css").read_bytes()
    folder.put("site/style.css", page_css + (templates.folder(FOLDER) / "lists.css").read_bytes())


def _put_renamed(
    stock: Stock, folder: PublicFolder, pages: SandboxedEnvironment
) -> Iterator[Finding]:
    """A page at each former address that leads on."""
    there = {policy.slug: policy for policy in stock.policies}
    renamed = stock.plan.entry.renamed
    for old, new in renamed.items():
        place = stock.plan.place_of("改名", old)
        seen = {old}
        while new not in there and new in renamed and new not in seen:
            seen.add(new)
            new = renamed[new]
        is_usable = old.isprintable() and "/" not in old and not output.is_reserved(old)
        if old in there or not is_usable or (stock.content / old).exists():
            yield findings.taken_address(place, old)
        elif new not in there:
            yield findings.unknown_in_archive(place, new, "改名")
        else:
            policy = there[new]
            address = tag_values_of(policy, stock.plan)["address"]
            page = pages.get_template("redirect.html.jinja").render(policy=policy, address=address)
            folder.put(f"{old}/{PAGE}", tidy(page))
