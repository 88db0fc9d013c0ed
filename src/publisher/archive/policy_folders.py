"""Documents of the archive → their folders in `build/public/`; what has not changed is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from publisher import builds, output
from publisher.archive.folder import PublicFolder
from publisher.archive.lists import Shelf
from publisher.archive.policies import PAGE, Policy
from publisher.archive.policy_page import ArchiveFrame, public_page, public_table, tag_values_of
from publisher.archive.readings import Reading, read_reading
from publisher.archive.stock import Stock
from publisher.renderers.closed import tidy


def put_policies(
    stock: Stock, shelf: Shelf, folder: PublicFolder, frame: ArchiveFrame
) -> dict[str, Any]:
    """The folder of each document; what is kept of each for the next time."""
    kept = dict(stock.kept)
    known = folder.before.get("documents", {})
    for policy in stock.policies:
        key = _key(policy, stock, shelf)
        before = known.get(policy.slug, {}).get("public", {})
        if before.get("key") == key and folder.has_all(before["files"]):
            folder.keep(before["files"])
            files = before["files"]
        else:
            files = {
                name: folder.files[name]
                for name in _put_policy(policy, stock, shelf, folder, frame)
            }
        kept[policy.slug] = {**kept.get(policy.slug, {}), "public": {"key": key, "files": files}}
    return kept


def _key(policy: Policy, stock: Stock, shelf: Shelf) -> str:
    """All that the pages of a document depend on."""

    def named(tied: Policy | None) -> tuple[str, ...]:
        return (tied.slug, tied.title, tied.record["number"], tied.day) if tied else ()

    ties, plan = stock.ties[policy.slug], stock.plan
    all_ties = [
        [(act.what, act.day, named(act.policy)) for act in (*ties.done, *ties.suffered)],
        [named(reading) for reading in (*ties.explained_by, *ties.explains)],
        [(named(old), old.version, _is_as_built(stock, old, policy)) for old in ties.earlier],
        (ties.is_earlier, named(ties.later)),
    ]
    dependencies = (
        policy.version,
        policy.record,
        sorted(tag_values_of(policy, plan).items()),
        plan.name,
        plan.address,
        sorted(shelf.site.items()),
        all_ties,
        stock.program,
    )
    return output.digest(repr(dependencies).encode())


def _put_policy(
    policy: Policy, stock: Stock, shelf: Shelf, folder: PublicFolder, frame: ArchiveFrame
) -> Iterator[str]:
    """Each file of its folder, by its name when it is there."""
    ties = stock.ties[policy.slug]
    made = read_reading(stock.content, policy.slug) if policy.is_reading else None
    page = f"{policy.slug}/{PAGE}"
    folder.put(page, public_page(policy, ties, frame))
    yield page
    for own, listed in policy.files.items():
        name = f"{policy.slug}/{own}"
        if isinstance(made, Reading):
            folder.put(name, made.files[own])
        elif own.endswith(".html"):
            folder.put(name, public_table(own, policy, ties, frame))
        else:
            folder.copy(name, policy.folder / own, listed)
        yield name
    for earlier in ties.earlier:
        name = f"{policy.slug}/changes-{earlier.slug}.html"
        folder.put(name, _changes(earlier, policy, stock, shelf, frame))
        yield name


def _is_as_built(stock: Stock, *policies: Policy) -> bool:
    """Whether `content` has what the pages show, and no edit that is not public yet."""
    return all(
        builds.content_of(stock.content, each.slug) == stock.kept[each.slug].get("content")
        for each in policies
    )


def _changes(old: Policy, new: Policy, stock: Stock, shelf: Shelf, frame: ArchiveFrame) -> bytes:
    """The page that tells what has changed between two versions."""
    from publisher.archive.earlier import plain_changes  # comparing takes long to load
    from publisher.readers import read_bureau, read_document

    parts = None
    if _is_as_built(stock, old, new):
        bureau, _ = read_bureau(stock.content)
        before, after = (read_document(stock.content / each.slug, bureau)[0] for each in (old, new))
        parts = plain_changes(before, after) if before and after else None
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
