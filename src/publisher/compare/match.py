"""Two trees → which nodes are the same in both: by identifier, by words, by what stands below."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

from publisher.changes import Both
from publisher.compare.similar import best_pairs, equal_anywhere, equal_in_order, similarity
from publisher.compare.tree import Node, Sort, Tree
from publisher.compare.words import sentences, text
from publisher.model import Picture
from publisher.wordings import bare

_TELLING = 6
"""Words as long as that are the same paragraph wherever they stand; shorter ones may be chance."""
_NEAR, _FAR = 0.45, 0.62
"""How alike words below the same heading must be, and words anywhere."""
_MOST_OF = 0.5
_TURNED = 0.85
"""How alike an item and a heading, with the paragraph that follows it, must be."""


class Link(Both[tuple[Node, ...]]):
    """Nodes that are the same in both versions: one and one; or several, split or merged."""

    __slots__ = ()

    @property
    def is_single(self) -> bool:
        """Whether it is one and one."""
        return len(self.old) == len(self.new) == 1

    @property
    def first(self) -> Both[Node]:
        """The first node of each side."""
        return Both(self.old[0], self.new[0])


class Links:
    """All links between two trees; their roots are linked."""

    def __init__(self, trees: Both[Tree]) -> None:
        self._of: dict[Node, Link] = {}
        self.add(*trees.map(lambda tree: (tree.root,)))

    def add(self, olds: tuple[Node, ...], news: tuple[Node, ...]) -> None:
        """Link nodes that are not linked yet."""
        self._of.update(dict.fromkeys((*olds, *news), Link(olds, news)))

    def of(self, node: Node) -> Link | None:
        """The link of a node; None for what the other version has not."""
        return self._of.get(node)

    def are_linked(self, old: Node | None, new: Node | None) -> bool:
        """Whether two nodes are the same in both versions."""
        link = self._of.get(old) if old else None
        return link is not None and new is not None and link is self._of.get(new)


def links(trees: Both[Tree]) -> Links:
    """What is the same in two trees."""
    return _Matcher(trees).found()


def _numbered(nodes: list[Node]) -> Iterator[tuple[int, Node]]:
    """Nodes that stand below one heading, and all beside them, each with its place there."""
    return enumerate(nodes[0].parent.children if nodes and nodes[0].parent else [])


class _Matcher:
    """Finds links, the surest first."""

    def __init__(self, trees: Both[Tree]) -> None:
        self.old, self.new = trees
        self.links = Links(trees)

    def found(self) -> Links:
        self._identifiers()
        for sort in (Sort.HEADING, Sort.LABEL):
            self._equal_headings(sort)
        self._equal_leaves()
        self._equal_entries()
        self._tables()
        self._pictures()
        while self._similar_headings():
            self._equal_leaves()
        self._entries()
        self._turned()
        self._sentences()
        self._similar_leaves()
        self._named_rows()
        self._filled()
        return self.links

    # -- what is not linked yet -----------------------------------------------------------

    def _free(self, nodes: Iterable[Node], sort: Sort) -> list[Node]:
        return [node for node in nodes if node.sort is sort and self.links.of(node) is None]

    def _within(self, sort: Sort) -> Iterator[tuple[list[Node], list[Node]]]:
        """What is free below each pair of linked nodes, from the top."""
        below = [(self.old.root, self.new.root)]
        while below:
            old, new = below.pop(0)
            free = self._free(old.children, sort), self._free(new.children, sort)
            if all(free):
                yield free
            below += [
                (link.old[0], link.new[0])
                for child in old.children
                if child.children and (link := self.links.of(child))
            ]

    def _anywhere(self, sort: Sort) -> tuple[list[Node], list[Node]]:
        return self._free(self.old.nodes, sort), self._free(self.new.nodes, sort)

    def _pair(self, old: list[Node], new: list[Node], pairs: Iterable[tuple[int, int]]) -> None:
        for at, new_at in pairs:
            if self.links.of(old[at]) is None and self.links.of(new[new_at]) is None:
                self.links.add((old[at],), (new[new_at],))

    # -- headings -------------------------------------------------------------------------

    def _identifiers(self) -> None:
        named = [_once(tree.nodes, lambda node: node.identifier) for tree in (self.old, self.new)]
        for identifier, node in named[0].items():
            if identifier in named[1]:
                self.links.add((node,), (named[1][identifier],))

    def _equal_headings(self, sort: Sort) -> None:
        self._equal_within(sort, _words)
        self._equal_once(sort, _words)
        self._equal_within(sort, _words)

    def _equal_within(self, sort: Sort, key: Callable[[Node], Hashable]) -> None:
        for old, new in self._within(sort):
            self._pair_equal(old, new, key)

    def _equal_once(self, sort: Sort, key: Callable[[Node], str]) -> None:
        """Link what each version has just once, wherever it stands."""
        old, new = (_once(nodes, key) for nodes in self._anywhere(sort))
        for words, node in old.items():
            if words in new:
                self.links.add((node,), (new[words],))

    def _pair_equal(
        self, old: list[Node], new: list[Node], key: Callable[[Node], Hashable]
    ) -> None:
        """Equal ones in their order, then those left in any order."""
        keys = [key(node) for node in old], [key(node) for node in new]
        self._pair(old, new, equal_in_order(*keys))
        self._pair(old, new, equal_anywhere(*keys))

    def _similar_headings(self) -> bool:
        """Link headings with most of their content in common, or with words alike."""
        likely = sorted(
            [
                pair
                for sort in (Sort.HEADING, Sort.LABEL)
                for old, new in [self._anywhere(sort)]
                for pair in (*self._by_content(old), *self._by_words(old, new))
            ],
            key=lambda pair: (-pair[0], pair[1].position, pair[2].position),
        )
        before = len(likely)
        for _, heading, new_heading in likely:
            if self.links.of(heading) is None and self.links.of(new_heading) is None:
                self.links.add((heading,), (new_heading,))
        return before > 0

    def _by_content(self, old: list[Node]) -> Iterator[tuple[float, Node, Node]]:
        """Headings below which the same nodes stand."""
        for heading in old:
            common: Counter[Node] = Counter()
            for child in heading.children:
                link = self.links.of(child)
                parent = link.new[0].parent if link else None
                if parent and parent.sort is heading.sort and self.links.of(parent) is None:
                    common[parent] += 1 + len(child.words)
            for new_heading, amount in common.items():
                share = amount / max(_content(heading), _content(new_heading))
                if share >= _MOST_OF:
                    yield 1 + share, heading, new_heading

    def _by_words(self, old: list[Node], new: list[Node]) -> Iterator[tuple[float, Node, Node]]:
        for at, new_at in best_pairs([node.bare for node in old], [n.bare for n in new], _NEAR):
            score = similarity(old[at].bare, new[new_at].bare)
            is_near = self.links.are_linked(old[at].parent, new[new_at].parent)
            if score >= (_MOST_OF if is_near else _FAR + 0.1):
                yield score, old[at], new[new_at]

    # -- paragraphs and rows --------------------------------------------------------------

    def _equal_leaves(self) -> None:
        self._equal_within(Sort.TEXT, _key)
        for key in (_key, _words):
            self._equal_leaves_anywhere(key)

    def _equal_leaves_anywhere(self, key: Callable[[Node], Hashable]) -> None:
        old, new = self._anywhere(Sort.TEXT)
        once = [Counter(map(key, nodes)) for nodes in (old, new)]
        telling = [
            [
                node
                for node in nodes
                if len(node.bare) >= _TELLING
                or (node.bare and all(count[key(node)] == 1 for count in once))
            ]
            for nodes in (old, new)
        ]
        keys = [[key(node) for node in some] for some in telling]
        self._pair(telling[0], telling[1], equal_anywhere(keys[0], keys[1]))

    def _similar_leaves(self) -> None:
        for old, new in self._within(Sort.TEXT):
            self._pair(old, new, best_pairs(_bares(old), _bares(new), _NEAR))
        old, new = self._anywhere(Sort.TEXT)
        self._pair(old, new, best_pairs(_bares(old), _bares(new), _FAR))

    def _named_rows(self) -> None:
        """Link rows that begin alike, each as no other of its group."""
        for old, new in list(self._within(Sort.TEXT)):
            rows = [[node for node in nodes if node.row] for nodes in (old, new)]
            named = [_once(some, _name) for some in rows]
            for name in named[0].keys() & named[1].keys():
                self.links.add((named[0][name],), (named[1][name],))

    def _filled(self) -> None:
        """Link what is empty on one side with what stands between the same neighbours."""
        for old, new in list(self._within(Sort.TEXT)):
            if not any(not node.words for node in (*old, *new)):
                continue
            at = {node: at for some in (old, new) for at, node in _numbered(some)}
            between = {self._neighbours(node, at): node for node in new}
            for node in old:
                partner = between.get(self._neighbours(node, at))
                if partner and not (node.words and partner.words):
                    self._pair([node], [partner], [(0, 0)])

    def _neighbours(self, node: Node, places: dict[Node, int]) -> tuple[Hashable, Hashable]:
        siblings = node.parent.children if node.parent else []
        at = places[node]
        around = (siblings[at - 1] if at else None, *siblings[at + 1 : at + 2])
        names = [
            id(self.links.of(neighbour)) if neighbour and self.links.of(neighbour) else neighbour
            for neighbour in around
        ]
        return names[0], names[1] if len(names) > 1 else None

    # -- tables of a text -------------------------------------------------------------------

    def _tables(self) -> None:
        """Link tables by all they say, then by title, then by what stands in them."""
        for key in (_key, _title):
            self._equal_within(Sort.TABLE, key)
            self._pair_equal(*self._anywhere(Sort.TABLE), key)
        old, new = self._anywhere(Sort.TABLE)
        words = (
            [Counter(_table_words(node)) for node in old],
            [Counter(_table_words(node)) for node in new],
        )
        scored = [
            (share, -abs(at - new_at), at, new_at)
            for at, mine in enumerate(words[0])
            for new_at, theirs in enumerate(words[1])
            if (share := _share(mine, theirs)) >= _MOST_OF
        ]
        scored.sort(reverse=True)
        self._pair(old, new, [(at, new_at) for _, _, at, new_at in scored])

    # -- pictures of a text -----------------------------------------------------------------

    def _pictures(self) -> None:
        """Link pictures by all that is theirs, by bytes, title, what they show, name of file; then
        those of which alike is said.
        """
        for key in (_key, _bytes, _title, _shows, _file_name):
            self._equal_within(Sort.PICTURE, key)
            self._pair_equal(*self._anywhere(Sort.PICTURE), key)
        for old, new in list(self._within(Sort.PICTURE)):
            said = [
                [bare(node.words + _picture(node).words) for node in some] for some in (old, new)
            ]
            self._pair(old, new, best_pairs(said[0], said[1], _NEAR))

    # -- lists of names ---------------------------------------------------------------------

    def _equal_entries(self) -> None:
        """Link lines of lists by all they say, then by name."""
        for key in (_words, _name):
            self._equal_within(Sort.ENTRY, key)
            self._equal_once(Sort.ENTRY, key)

    def _entries(self) -> None:
        """Link the lines of linked labels by office, then by words that are alike."""
        self._equal_entries()
        for old, new in list(self._within(Sort.ENTRY)):
            offices = [_once(nodes, _office) for nodes in (old, new)]
            for office in offices[0].keys() & offices[1].keys():
                self.links.add((offices[0][office],), (offices[1][office],))
        for old, new in self._within(Sort.ENTRY):
            self._pair(old, new, best_pairs(_bares(old), _bares(new), _MOST_OF))

    # -- items that became headings, and the other way ---------------------------------------

    def _turned(self) -> None:
        """Link an item with a heading of the same words, or with heading and what follows it."""
        self._turn(self.old, self.new, lambda items, heads: self.links.add(items, heads))
        self._turn(self.new, self.old, lambda items, heads: self.links.add(heads, items))

    def _turn(
        self,
        tree: Tree,
        across: Tree,
        link: Callable[[tuple[Node, ...], tuple[Node, ...]], None],
    ) -> None:
        items = [node for node in self._free(tree.nodes, Sort.TEXT) if node.is_item and node.bare]
        for heading in self._free(across.nodes, Sort.HEADING) if items else []:
            follows = self._free(across.nodes[heading.position + 1 :][:1], Sort.TEXT)
            for whole in ((heading,), (heading, *(node for node in follows if not node.is_item))):
                words = "".join(node.bare for node in whole)
                same = [node for node in items if _is_turned(node.bare, words)]
                if same and self.links.of(same[0]) is None and self.links.of(heading) is None:
                    link((same[0],), whole)

    # -- what was split and merged --------------------------------------------------------

    def _sentences(self) -> None:
        """Link by the sentences that are left: what was split and merged, then one and one."""
        common = self._common_sentences()
        forward, back = _sides(common)
        for node, targets in forward.items():
            self._group(node, targets, back, lambda old, news: self.links.add((old,), news))
        for node, sources in back.items():
            self._group(node, sources, forward, lambda new, olds: self.links.add(olds, (new,)))
        for (old, new), amount in sorted(
            common.items(), key=lambda item: (-item[1], item[0][0].position, item[0][1].position)
        ):
            amounts = _amount(old), _amount(new)
            is_near = self.links.are_linked(old.parent, new.parent)
            if amount >= _MOST_OF * (min(amounts) if is_near else max(amounts)):
                self._pair([old], [new], [(0, 0)])

    def _common_sentences(self) -> dict[tuple[Node, Node], int]:
        """Characters of the sentences that two free nodes have in common."""
        common: Counter[tuple[Node, Node]] = Counter()
        taken: set[tuple[Node, int]] = set()

        def take(old: list[Node], new: list[Node], least: float) -> None:
            left, right = (
                [unit for node in nodes for unit in _units(node) if unit[:2] not in taken]
                for nodes in (old, new)
            )
            words = [unit[2] for unit in left], [unit[2] for unit in right]
            if least == 1:
                pairs = equal_in_order(*words)
                pairs += equal_anywhere(*words)
            else:
                pairs = best_pairs(*words, least)
            for at, new_at in pairs:
                units = left[at], right[new_at]
                if not any(unit[:2] in taken for unit in units):
                    taken.update(unit[:2] for unit in units)
                    common[units[0][0], units[1][0]] += min(len(unit[2]) for unit in units)

        for least in (1, _NEAR):
            for old, new in list(self._within(Sort.TEXT)):
                take(old, new, least)
        for least in (1, _FAR):
            take(*self._anywhere(Sort.TEXT), least)
        return common

    def _group(
        self,
        source: Node,
        targets: dict[Node, int],
        back: dict[Node, dict[Node, int]],
        link: Callable[[Node, tuple[Node, ...]], None],
    ) -> None:
        """Link one with several neighbours that most of its sentences went to."""
        mine = [
            target
            for target, amount in targets.items()
            if amount >= _MOST_OF * _amount(target)
            and all(
                node is source or part < _MOST_OF * _amount(target) / 2
                for node, part in back[target].items()
            )
            and self.links.of(target) is None
        ]
        mine.sort(key=lambda node: node.position)
        run = self._longest_run(mine)
        covered = sum(targets[node] for node in run)
        if len(run) > 1 and covered >= _MOST_OF * _amount(source) and self.links.of(source) is None:
            link(source, tuple(run))

    def _longest_run(self, nodes: list[Node]) -> list[Node]:
        """The most of them that follow one another; a heading that came between parts none."""
        runs: list[list[Node]] = []
        for node in nodes:
            if runs and self._follows(runs[-1][-1], node):
                runs[-1].append(node)
            else:
                runs.append([node])
        return max(runs, key=len, default=[])

    def _follows(self, first: Node, second: Node) -> bool:
        nodes = self.old.nodes if self.old.has(second) else self.new.nodes
        between = nodes[first.position + 1 : second.position]
        return all(node.is_heading and self.links.of(node) is None for node in between)


def _is_turned(words: str, across: str) -> bool:
    """Whether an item and a heading say the same; words of other lengths need no comparing."""
    shorter, longer = sorted((len(words), len(across)))
    return 2 * shorter >= _TURNED * (shorter + longer) and similarity(words, across) >= _TURNED


def _sides(
    common: dict[tuple[Node, Node], int],
) -> tuple[dict[Node, dict[Node, int]], dict[Node, dict[Node, int]]]:
    forward: dict[Node, dict[Node, int]] = defaultdict(dict)
    back: dict[Node, dict[Node, int]] = defaultdict(dict)
    for (old, new), amount in common.items():
        forward[old][new] = amount
        back[new][old] = amount
    return forward, back


def _once(nodes: Iterable[Node], key: Callable[[Node], str | None]) -> dict[str, Node]:
    """Nodes by a key that no other has."""
    nodes = list(nodes)
    count = Counter(key(node) for node in nodes)
    return {name: node for node in nodes if (name := key(node)) and count[name] == 1}


def _units(node: Node) -> list[tuple[Node, int, str]]:
    """The sentences of a node: whose, which, and its words without marks."""
    words = (bare(text(sentence)) for sentence in sentences(node.runs))
    return [(node, number, wording) for number, wording in enumerate(words) if wording]


def _content(heading: Node) -> int:
    return sum(1 + len(child.words) for child in heading.children)


def _amount(node: Node) -> int:
    return max(1, len(node.bare))


def _title(node: Node) -> Hashable:
    """The title of a table; one without is alike to no other."""
    return node.words or node


def _bytes(node: Node) -> Hashable:
    """What a picture is, whatever is said of it."""
    return _picture(node).image.fingerprint


def _shows(node: Node) -> Hashable:
    return _picture(node).words


def _file_name(node: Node) -> Hashable:
    return _picture(node).name


def _picture(node: Node) -> Picture:
    assert node.file
    assert isinstance(node.file.source, Picture)
    return node.file.source


def _table_words(node: Node) -> Iterator[str]:
    """What stands in a table: the names of its columns, and its cells."""
    assert node.table
    yield from (column.name for column in node.table.source.columns)
    rows = node.table.source.rows
    yield from (cell.text for row in rows for cell in row.cells if cell.text)


def _share(old: Counter[str], new: Counter[str]) -> float:
    """How much of the larger the two have in common."""
    return (old & new).total() / max(1, old.total(), new.total())


def _key(node: Node) -> Hashable:
    return node.key


def _words(node: Node) -> str:
    return node.words


def _name(node: Node) -> str:
    """Who stands in a line of a list of names; what a row begins with."""
    return node.where.name


def _office(node: Node) -> str:
    """What stands behind a name."""
    return node.words.removeprefix(node.where.name)


def _bares(nodes: list[Node]) -> list[str]:
    return [node.bare for node in nodes]
