"""What is found beside the text → what is left out, and remarks, those of several runs joined."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from publisher.intake.source import LeftOut, SourceRemark


@dataclass(slots=True)
class Log:
    """What is told of a stretch of a file beside its text."""

    left_out: list[LeftOut] = field(default_factory=list)
    remarks: list[SourceRemark] = field(default_factory=list)

    def leave_out(self, words: str, why: str) -> None:
        """Words that become no content; those of several runs in a row are told together."""
        if not words:
            return
        if self.left_out and self.left_out[-1].why == why:
            words = self.left_out.pop().words + words
        self.left_out.append(LeftOut(words, why))

    def remark(self, remark: SourceRemark) -> None:
        """Tell of something; what an author did to several runs in a row is told together."""
        last = self.remarks[-1] if self.remarks else None
        if last and last.kind.startswith("修订") and replace(last, words=remark.words) == remark:
            remark = replace(remark, words=self.remarks.pop().words + remark.words)
        self.remarks.append(remark)

    def numbered(self, number: int) -> Log:
        """The same, of a paragraph; what is blank is left out of what is left out."""
        return Log(
            [replace(each, number=number) for each in self.left_out if each.words.strip()],
            [replace(each, number=number) for each in self.remarks],
        )

    def add(self, log: Log) -> None:
        """What another list tells, behind what this one does."""
        self.left_out += log.left_out
        self.remarks += log.remarks
