"""Linked nodes → which of them kept their place, and which were moved: as few as explain it."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from publisher.changes import Both
from publisher.compare.match import Link, Links
from publisher.compare.similar import longest_rising
from publisher.compare.stream import walk
from publisher.compare.tree import Node, Tree


class Order:
    """Which links stand at their place."""

    def __init__(self, kept: list[Link], movers: dict[Link, Link]) -> None:
        self.kept = kept
        """In reading order, which is the same on both sides."""
        self.movers = movers
        """For each link that is not kept: the one that was moved, itself or a heading above."""

    def stream(self, trees: Both[Tree]) -> Iterator[Both[Node | None]]:
        """The nodes of both trees in one order, those of links that are kept side by side."""
        anchors = (
            Both(old.position if old else None, new.position if new else None)
            for link in self.kept
            for old, new in zip_longest(*link)
        )
        return walk(trees.map(lambda tree: tree.nodes), anchors)


def order(trees: Both[Tree], links: Links) -> Order:
    """What kept its place."""
    return _Orderer(trees, links).order()


class _Orderer:
    def __init__(self, trees: Both[Tree], links: Links) -> None:
        self.old, self.new = trees
        self.links = links
        self.in_place: set[Link] = set()
        """Links that keep their order below headings that are linked to each other."""

    def order(self) -> Order:
        self._children(self.old.root, self.new.root)
        for node in self.old.nodes:
            if node.children and (link := self.links.of(node)):
                self._children(node, link.new[0])
        kept: list[Link] = []
        movers: dict[Link, Link] = {}
        self._descend(self.old.root, None, kept, movers)
        self._strays(kept, movers)
        kept.sort(key=lambda link: link.old[0].position)
        # What stands below a stray may be past what else is kept.
        risen = longest_rising([link.new[0].position for link in kept], [1] * len(kept))
        movers |= {link: link for at, link in enumerate(kept) if at not in risen}
        return Order([link for at, link in enumerate(kept) if at in risen], movers)

    def _children(self, old: Node, new: Node) -> None:
        """Mark the children of two linked headings that keep their order."""
        linked = [
            link
            for child in old.children
            if (link := self.links.of(child)) and link.old[0] is child and link.new[0].parent is new
        ]
        targets = [link.new[0].position for link in linked]
        risen = longest_rising(targets, [link.old[0].size for link in linked])
        self.in_place |= {linked[at] for at in risen}

    def _descend(
        self, node: Node, mover: Link | None, kept: list[Link], movers: dict[Link, Link]
    ) -> None:
        """Tell of all linked nodes below one whether they are kept, or moved with what."""
        for child in node.children:
            link = self.links.of(child)
            if link is None or link.old[0] is not child:
                self._descend(child, mover, kept, movers)
                continue
            own = mover if link in self.in_place else link
            if own:
                movers[link] = own
            else:
                kept.append(link)
            self._descend(child, own, kept, movers)

    def _strays(self, kept: list[Link], movers: dict[Link, Link]) -> None:
        """Keep what stands below another heading now, but where it stood in the whole text.

        A heading that was put in or taken out above paragraphs moves none of them.
        """
        anchors = sorted((link.old[0].position, link.new[-1].position) for link in kept)
        starts = [old for old, _ in anchors]
        gaps: dict[int, list[Link]] = defaultdict(list)
        for link, mover in movers.items():
            if link is not mover or self._has_linked_parents(link):
                continue
            at = bisect(starts, link.old[0].position)
            after = anchors[at - 1][1] if at else -1
            before = anchors[at][1] if at < len(anchors) else len(self.new.nodes)
            if after < link.new[0].position and link.new[-1].position < before:
                gaps[at].append(link)
        stay: set[Link] = set()
        for strays in gaps.values():
            strays.sort(key=lambda link: link.old[0].position)
            targets = [link.new[0].position for link in strays]
            risen = longest_rising(targets, [link.old[0].size for link in strays])
            stay |= {strays[at] for at in risen}
        self._keep(stay, kept, movers)

    def _has_linked_parents(self, link: Link) -> bool:
        return self.links.are_linked(link.old[0].parent, link.new[0].parent)

    def _keep(self, stay: set[Link], kept: list[Link], movers: dict[Link, Link]) -> None:
        for link in [link for link, mover in movers.items() if mover in stay]:
            del movers[link]
            kept.append(link)
