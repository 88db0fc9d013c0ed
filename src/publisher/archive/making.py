"""Finished documents → the archive, made anew as far as anything of it has changed. The story."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publisher import builds, diagnostics, output, templates
from publisher.archive import feeds, findings, handover, lists, search
from publisher.archive.folder import PublicFolder
from publisher.archive.links import LinkReport, check_links
from publisher.archive.lists import Shelf
from publisher.archive.policies import PAGE, Policy, Withheld, by_age, collect
from publisher.archive.policy_page import ArchiveFrame, public_page, tag_values_of
from publisher.archive.readings import FILE as READING
from publisher.archive.readings import Reading, read_reading, reading_of, readings_in
from publisher.archive.relations import Ties, tie, validity_of
from publisher.diagnostics import Finding
from publisher.folders import documents_in
from publisher.model import Place
from publisher.readers.archive import ArchivePlan, read_archive
from publisher.renderers.closed import tidy
from publisher.renderers.metadata import missing_tags

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

FOLDER = "archive"
"""Of the templates."""
_ASSETS = ("search.js", "page.js", "page.css", "icon.svg")


@dataclass(frozen=True)
class MadeArchive:
    """What became of the archive."""

    folder: Path
    count: int = 0
    """Documents in it, and texts that explain them."""
    withheld: tuple[Withheld, ...] = ()
    findings: tuple[Finding, ...] = ()
    written: int = 0
    """Files that were not as they were."""
    zips: Mapping[str, int] = field(default_factory=dict)
    links: LinkReport | None = None


@dataclass(frozen=True)
class _Stock:
    """All that the archive is made of."""

    content: Path
    plan: ArchivePlan
    policies: tuple[Policy, ...]
    withheld: tuple[Withheld, ...]
    kept: Mapping[str, Any]
    """What is known of builds without reading them again."""
    ties: Mapping[str, Ties]
    later: Mapping[str, str]
    """Which version is in force, by the slug of one that is not."""
    findings: tuple[Finding, ...]

    @property
    def listed(self) -> list[Policy]:
        """All but previous versions, the newest first."""
        return by_age(each for each in self.policies if each.slug not in self.later)[::-1]


def update(
    content: Path,
    build: Path,
    current: Container[str] = (),
    *,
    is_whole: bool = False,
    waits: Callable[[], None] = lambda: None,
) -> MadeArchive:
    """Make `build/public/` of what stands in `build`; nothing is rendered but its own pages.

    `current` are the documents whose builds were just made or found up to date. Where `is_whole`,
    all files are looked at, all links are checked, and the ZIPs are made. BrokenEnvironment: what
    stands there is not ours, or a template is damaged. OSError where it cannot be written.
    """
    with output.locked(build, waits), templates.told_of_damage("模板"):
        folder = PublicFolder(build, trusts=not is_whole)
        folder.require_ours()
        handover.require_ours(build)
        stock = _stock(content, build, current, folder.before.get("documents", {}))
        signature = _signature(stock)
        if not is_whole and folder.before.get("signature") == signature and folder.is_there():
            return _unchanged(stock, folder)
        return _made(build, stock, folder, signature, is_whole=is_whole)


def _unchanged(stock: _Stock, folder: PublicFolder) -> MadeArchive:
    return MadeArchive(
        folder.path,
        len(stock.policies),
        stock.withheld,
        diagnostics.from_json(folder.before["findings"].encode()),
    )


def _made(
    build: Path, stock: _Stock, folder: PublicFolder, signature: str, *, is_whole: bool
) -> MadeArchive:
    folder.begin()
    pages = templates.environment(FOLDER)
    pages.filters.update(code=_code)
    standing = {each.slug: validity_of(each, stock.ties[each.slug]) for each in stock.policies}
    shelf = Shelf(stock.plan, stock.listed, standing, _site(stock))
    kept = _put_policies(stock, shelf, folder, pages)
    faults = [*stock.findings]
    faults += _put_renamed(stock, folder, pages)
    _put_lists(stock, shelf, folder, pages)
    said = diagnostics.bounded([*faults, *_missing(stock, shelf)])
    folder.finish(
        {"signature": signature, "documents": kept, "findings": diagnostics.as_json(said)}
    )
    makes_zips = is_whole or handover.is_there(build)
    return MadeArchive(
        folder.path,
        len(stock.policies),
        stock.withheld,
        said,
        folder.written,
        handover.write_zips(build, stock.listed, standing, folder.files) if makes_zips else {},
        check_links(folder.path) if is_whole else None,
    )


# -- what there is ----------------------------------------------------------------------


def _stock(content: Path, build: Path, current: Container[str], known: Mapping[str, Any]) -> _Stock:
    plan, faults = read_archive(content)
    policies: list[Policy] = []
    withheld: list[Withheld] = []
    kept: dict[str, Any] = {}
    slugs = documents_in(content)
    for entry, of_build in collect(content, build, slugs, current, plan, known):
        kept[entry.slug] = of_build
        if isinstance(entry, Policy):
            policies.append(entry)
        else:
            withheld.append(entry)
    program = _program()
    for slug in readings_in(content):
        if slug in plan.entry.withdrawn:
            withheld.append(Withheld(slug, "archive.yaml 写明撤下"))
            continue
        reading, of_reading, errors = reading_of(content, slug, program, known.get(slug, {}))
        faults += errors
        if reading is None:
            withheld.append(Withheld(slug, f"{READING} 有错误，或写明不公开"))
        else:
            policies.append(reading)
            kept[slug] = of_reading
    ties, later, of_ties = tie(policies, plan)
    return _Stock(
        content,
        plan,
        tuple(policies),
        tuple(withheld),
        kept,
        ties,
        later,
        (*faults, *of_ties),
    )


def _signature(stock: _Stock) -> str:
    """What tells one state of all that the archive is made of from another."""
    plan = stock.plan.entry.model_dump_json()
    versions = [(each.slug, each.version) for each in stock.policies]
    versions += [(each.slug, each.why) for each in stock.withheld]
    stamps = [(slug, each["stamp"]) for slug, each in sorted(stock.kept.items())]
    return output.digest(repr((plan, versions, stamps, _program())).encode())


def _program() -> str:
    return output.digest(repr(builds.environment()).encode())


def _site(stock: _Stock) -> Mapping[str, str]:
    """The bureau's website; empty words for what nobody gave."""
    from publisher.readers import bureau_if_any

    bureau, _ = bureau_if_any(stock.content)
    return {name: words for name, words in asdict(bureau.site).items() if isinstance(words, str)}


# -- pages of documents -----------------------------------------------------------------


def _put_policies(
    stock: _Stock, shelf: Shelf, folder: PublicFolder, pages: SandboxedEnvironment
) -> dict[str, Any]:
    """The folder of each document; what is kept of each for the next time."""
    kept = dict(stock.kept)
    frame = ArchiveFrame(stock.plan, pages)
    program = _program()
    for policy in stock.policies:
        ties = stock.ties[policy.slug]
        key = _key(policy, ties, stock.plan, program)
        before = folder.before.get("documents", {}).get(policy.slug, {}).get("public", {})
        if before.get("key") == key and folder.has_all(before["files"]):
            folder.keep(before["files"])
            files = before["files"]
        else:
            files = _put_policy(policy, ties, stock, shelf, folder, frame)
        kept[policy.slug] = {**kept.get(policy.slug, {}), "public": {"key": key, "files": files}}
    return kept


def _key(policy: Policy, ties: Ties, plan: ArchivePlan, program: str) -> str:
    """All that the pages of a document depend on."""

    def named(tied: Policy | None) -> tuple[str, ...]:
        return (tied.slug, tied.title, tied.record["number"], tied.day) if tied else ()

    all_ties = [
        [(act.what, act.day, named(act.policy)) for act in (*ties.done, *ties.suffered)],
        [named(reading) for reading in (*ties.explained_by, *ties.explains)],
        [(named(earlier), earlier.version) for earlier in ties.earlier],
        named(ties.later),
    ]
    values = sorted(tag_values_of(policy, plan).items())
    dependencies = (
        policy.version,
        policy.record,
        values,
        plan.name,
        plan.address,
        all_ties,
        program,
    )
    return output.digest(repr(dependencies).encode())


def _put_policy(
    policy: Policy,
    ties: Ties,
    stock: _Stock,
    shelf: Shelf,
    folder: PublicFolder,
    frame: ArchiveFrame,
) -> dict[str, str]:
    folder.put(f"{policy.slug}/{PAGE}", public_page(policy, ties, frame))
    names = [f"{policy.slug}/{PAGE}"]
    made: Reading | list[Finding] | None = None
    for name, listed in policy.files.items():
        names.append(f"{policy.slug}/{name}")
        if policy.is_reading:
            made = made or read_reading(stock.content, policy.slug)
            if isinstance(made, Reading):
                folder.put(names[-1], made.files[name])
        else:
            folder.copy(names[-1], policy.folder / name, listed)
    for earlier in ties.earlier:
        names.append(f"{policy.slug}/changes-{earlier.slug}.html")
        folder.put(names[-1], _changes(earlier, policy, stock, shelf, frame))
    return {name: folder.files[name] for name in names}


def _changes(old: Policy, new: Policy, stock: _Stock, shelf: Shelf, frame: ArchiveFrame) -> bytes:
    """The page that tells what has changed between two versions."""
    from publisher.readers import read_bureau, read_document

    bureau, _ = read_bureau(stock.content)
    documents = [read_document(stock.content / each.slug, bureau)[0] for each in (old, new)]
    before, after = documents
    from publisher.archive.earlier import plain_changes  # comparing takes long to load

    parts = plain_changes(before, after) if before and after else []
    address = stock.plan.address and f"{stock.plan.address}{new.link}changes-{old.link[:-1]}.html"
    page = frame.templates.get_template("changes.html.jinja").render(
        plan=stock.plan,
        site=shelf.site,
        about=shelf.about(),
        tags=(),
        address=address,
        top="../",
        old=old,
        new=new,
        parts=parts,
    )
    return tidy(page)


def _code(address: str) -> Any:
    """A QR code that leads to an address, as a drawing."""
    import segno
    from markupsafe import Markup

    drawn = segno.make(address, error="m", micro=False)
    return Markup(drawn.svg_inline(scale=4, border=4, svgclass=None, lineclass=None, omitsize=True))


# -- pages of the archive ---------------------------------------------------------------


def _put_lists(
    stock: _Stock, shelf: Shelf, folder: PublicFolder, pages: SandboxedEnvironment
) -> None:
    names: list[str] = []
    for name, page in lists.list_pages(shelf, pages):
        names.append(name)
        folder.put(name, page)
    folder.put(feeds.FEED, feeds.feed(shelf))
    folder.put(feeds.POLICIES, feeds.policies_json(shelf, stock.ties))
    for name, page in feeds.sitemaps(shelf, names).items():
        folder.put(name, page)
    folder.put("site/catalogue.json", lists.catalogue(shelf))
    oldest_first = shelf.policies[::-1]
    words = map(_sought, oldest_first)
    for name, piece in search.index(words, len(oldest_first)).items():
        folder.put(f"site/search/{name}", piece)
    for name in _ASSETS:
        folder.put(f"site/{name}", (templates.folder(FOLDER) / name).read_bytes())
    page_css = (templates.folder("web") / "page.css").read_bytes()
    folder.put("site/style.css", page_css + (templates.folder(FOLDER) / "lists.css").read_bytes())


def _sought(policy: Policy) -> str:
    """All words by which a document is found."""
    record = policy.record
    about = (policy.title, record["number"], record["subject"], record["summary"])
    return "\n".join((*about, *record["keywords"], *record["issuers"], policy.words()))


def _put_renamed(
    stock: _Stock, folder: PublicFolder, pages: SandboxedEnvironment
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


# -- what is missing --------------------------------------------------------------------

_GIVES = {
    "site_name": ("bureau.yaml", "bureau.yaml“网站”下的“名称”"),
    "site_domain": ("bureau.yaml", "bureau.yaml“网站”下的“域名”"),
    "site_identifier": ("bureau.yaml", "bureau.yaml“网站”下的“网站标识码”"),
    "column_name": ("archive.yaml", "archive.yaml“栏目”下的“名称”"),
    "column_type": ("archive.yaml", "archive.yaml“栏目”下的“类型”"),
    "published": ("", "文件信息里的“发布日期”和“发布时间”"),
    "issuers": ("", "文件信息里的“发文机关”"),
    "title": ("", "文件信息里的“标题”"),
}
"""Where what a tag says is written: a file of all documents or the document's own, in words."""


def _missing(stock: _Stock, shelf: Shelf) -> Iterator[Finding]:
    """What pages must say and nobody gave: what is alike for all pages once."""
    if not stock.policies:
        return
    for policy in stock.policies:
        values = tag_values_of(policy, stock.plan)
        for tag, value in missing_tags(values):
            shared, words = _GIVES.get(value, ("", f"它的来源（{value}）"))
            is_own = not shared or (shared == "archive.yaml" and bool(stock.plan.entry.columns))
            place = policy.place if is_own else Place(f"{stock.content.name}/{shared}")
            yield findings.missing_page_tag(place, tag, words)
        if policy.record["published"] and not policy.record["time"]:
            yield findings.page_without_time(policy.place)
    if not stock.plan.address:
        yield findings.missing_site_address(Place(f"{stock.content.name}/archive.yaml"))
    there = {policy.slug for policy in stock.policies}
    for at, column in enumerate(stock.plan.entry.columns):
        for name in column.documents:
            if name not in there:
                place = stock.plan.place_of("栏目", at, "公文")
                yield findings.unknown_in_archive(place, name, "栏目")
