"""Comments on findings that somebody answered or settled → findings that are accepted, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.acceptance import accept, acceptance_of
from publisher.commenting.saying import AUTHOR, finding_of, is_of_finding, name_in
from publisher.diagnostics import Finding, Severity
from publisher.model import Acceptance, Document
from publisher.readers import findings as of_readers
from publisher.takeback.result import Comment

_LONGEST = 500
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of the comments on findings, and those that people made."""

    acceptances: tuple[Acceptance, ...]
    told: tuple[str, ...]
    """In Chinese: which answers accept nothing, and why."""
    of_people: tuple[Comment, ...]


def answered(
    comments: Iterable[Comment],
    document: Document,
    findings: Sequence[Finding],
    savers: Mapping[str, str] | None = None,
) -> Answered:
    """Which of the findings that a document has now are accepted by what stands in comments.

    `savers` are those who saved files last, by the names of these: nothing in a file says who
    settled a comment.
    """
    acceptances: list[Acceptance] = []
    sentences: list[str] = []
    of_people: list[Comment] = []
    for comment in _with_finding_first(comments):
        if not is_of_finding(comment.words):
            of_people.append(comment)
            continue
        reason = _reason(comment, savers or {})
        if not reason:
            continue
        finding = finding_of(comment.words, findings)
        if finding is not None and finding.accepted:
            continue
        made = _accepted(document, findings, finding, reason, acceptances)
        if isinstance(made, Acceptance):
            acceptances.append(made)
        else:
            sentences.append(
                f"批注“{name_in(comment.words)}”（{comment.where}）{made}；答复：{reason}"
            )
    return Answered(tuple(acceptances), tuple(sentences), tuple(of_people))


def _with_finding_first(comments: Iterable[Comment]) -> Iterator[Comment]:
    """Threads that begin with their finding.

    Where only places say what answers what, an answer may have been taken for the first; and where
    several findings stand at one place nobody can say which of them it answers: then it is told as
    what it is, a comment of somebody.
    """
    for comment in comments:
        thread = [replace(comment, replies=()), *comment.replies]
        on_findings = [each for each in thread if is_of_finding(each.words)]
        answers = tuple(each for each in thread if not is_of_finding(each.words))
        if len(on_findings) == 1:
            yield replace(on_findings[0], replies=answers)
        elif on_findings:
            yield from (*on_findings, *answers)
        else:
            yield comment


def _accepted(
    document: Document,
    findings: Sequence[Finding],
    finding: Finding | None,
    reason: str,
    before: Sequence[Acceptance],
) -> Acceptance | str:
    """The entry that accepts a finding; why there is none."""
    if finding is None:
        return "所说的问题已经没有了，不用接受"
    if finding.severity is Severity.ERROR and hasattr(of_readers, finding.name):
        return "是读不出内容的错误，只能改正，不能接受"
    made = acceptance_of(document, finding, reason)
    if made in before:
        return "已经接受了一处同样的，无法确定是哪一处"
    with_it = replace(document, accepted=(*document.accepted, *before, made))
    judged = accept(with_it, findings)
    if any(each.accepted == reason and replace(each, accepted="") == finding for each in judged):
        return made
    return "与同一行的另一处分不清，请用 publisher accept 写明接受哪一处"


def _reason(comment: Comment, savers: Mapping[str, str]) -> str:
    """Why somebody accepts what a comment is about; empty where nobody has said that."""
    answers = [reply for reply in comment.replies if reply.author != AUTHOR]
    said = "；".join(filter(None, (_signed(reply) for reply in answers)))
    if said:
        return said if len(said) <= _LONGEST else f"{said[: _LONGEST - 2]}……"
    if not comment.is_resolved:
        return ""
    saver = savers.get(comment.source, "")
    by = f"，文件最后由{saver}保存" if saver else ""
    return f"在 {comment.source or '文件'} 的批注中标为已解决，没有写理由{by}"


def _signed(reply: Comment) -> str:
    words = " ".join(reply.words.split())
    return f"{words}（{reply.author or '没有署名'}批注）" if words else ""
