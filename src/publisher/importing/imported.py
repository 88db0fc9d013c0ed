"""Files that were imported → the content made of them, and all that is to be told of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from publisher.diagnostics import Finding, stops_publishing
from publisher.intake.account import Account
from publisher.intake.result import Certainty, Decision, Intake, Proposal, Role
from publisher.intake.source import SourceFile, SourceRemark
from publisher.model import Document

ORGAN = "发文机关"
"""The key of proposals without which no document can be read."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What whoever imports asks for."""

    slug: str = ""
    """Empty: proposed."""
    mends: bool = False
    writes_bureau: bool = False
    """Whether what is proposed for `bureau.yaml` is written into it."""
    draws: bool = True
    """Whether the report shows the pages of the files, where they can be drawn."""


@dataclass(frozen=True, slots=True)
class Imported:
    """Files, the content made of them, and what is to be told of it."""

    intake: Intake
    document: Document
    """Read again from `files`."""
    files: Mapping[str, bytes]
    """Of the document's folder, by name."""
    bureau: bytes | None
    """The new `bureau.yaml`; None where the one that is there stays."""
    before: bytes | None
    """The `bureau.yaml` that was there; None where there was none."""
    adds: bool
    """Whether all that is proposed stands in `bureau.yaml`."""
    findings: tuple[Finding, ...]
    """Of the checks, on the content that was made."""
    account: Account
    drawn: Mapping[str, Future[tuple[bytes, ...]]]
    """The pictures of the pages of each file that can be drawn, as they are made."""
    pictures: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    """The same when they are there, by the name of the file."""
    is_private: bool = False
    """Whether a file could be read by its owner alone, or is classified."""

    @property
    def is_first(self) -> bool:
        """Whether there was no `bureau.yaml`."""
        return self.before is None

    @property
    def slug(self) -> str:
        """The name of the document's folder."""
        return self.document.slug

    @property
    def is_clean(self) -> bool:
        """Whether every word is accounted for, and nothing stops publishing."""
        return self.account.is_whole and not stops_publishing(self.findings)

    @property
    def roles(self) -> Counter[Role]:
        """How many blocks there are of each kind."""
        return Counter(decision.role for decision in self.intake.decisions)

    @property
    def certainties(self) -> Counter[Certainty]:
        """How many blocks are how sure."""
        return Counter(decision.certainty for decision in self.intake.decisions)

    @property
    def proposals(self) -> Sequence[Proposal]:
        """What `bureau.yaml` has not: the first one has the organs."""
        proposed = () if self.adds else self.intake.proposals
        return [each for each in proposed if not (self.is_first and each.key == ORGAN)]

    @property
    def remarks(self) -> Sequence[tuple[SourceFile, SourceRemark]]:
        """What the files hold that is no text, each with its file."""
        return [(source, remark) for source in self.intake.sources for remark in source.remarks]

    def source(self, name: str) -> SourceFile:
        """A file by its name; the first where nobody says which."""
        named = (source for source in self.intake.sources if source.name == name)
        return next(named, self.intake.sources[0])

    def where(self, name: str, number: int) -> str:
        """A place in words, behind its file where there are several."""
        source = self.source(name)
        file = source.name if len(self.intake.sources) > 1 else ""
        return " ".join(filter(None, (file, source.where(number))))

    def place(self, decision: Decision) -> str:
        """Where a block stands, in words."""
        return self.where(decision.source, decision.number)
