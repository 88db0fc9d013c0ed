"""Comments in files that came back → `accepted.yaml` and `comments.yaml` with what they settle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from publisher import bureau_files, output, pipeline
from publisher.files import Refusal, read_regular
from publisher.model import Acceptance, NotedComment
from publisher.readers import accepted
from publisher.readers import comments as of_people
from publisher.takeback.answers import Answered, answered
from publisher.takeback.comments import comments_of, noted, together
from publisher.takeback.result import Comment, NotTaken, Reason, Returned
from publisher.writers.acceptances import with_acceptances
from publisher.writers.comments import with_comments
from publisher.writers.encoded import EncodedFile


@dataclass(frozen=True, slots=True)
class Settled:
    """What comments make of the files beside the content, and those that people made."""

    files: Mapping[str, bytes]
    """`accepted.yaml` and `comments.yaml`, where they change."""
    acceptances: tuple[Acceptance, ...] = ()
    comments: tuple[Comment, ...] = ()
    open: tuple[str, ...] = ()
    """The identifiers of those that nobody has answered, in the files or beside the content."""
    not_taken: tuple[NotTaken, ...] = ()


def settled(
    content: Path, slug: str, files: Mapping[str, bytes], returned: Sequence[Returned]
) -> Settled:
    """What the comments of files settle in a document that has these `files` in its folder.

    Its findings are those that it has then: what an editor mended needs no acceptance.
    """
    comments = together(comments_of(each.source, each.name) for each in returned)
    if not comments:
        return Settled({})
    savers = {each.name: each.editor for each in returned if each.editor != each.name}
    answers = _answered(content, slug, files, comments, savers)
    not_taken = [NotTaken(Reason.ANSWER, "", sentence) for sentence in answers.told]
    kept = [noted(comment) for comment in answers.of_people]
    made: dict[str, bytes] = {}
    if answers.acceptances:
        before = files.get(accepted.FILE, b"")
        try:
            made[accepted.FILE] = with_acceptances(before, answers.acceptances)
        except ValueError as problem:
            not_taken.append(NotTaken(Reason.ANSWER, accepted.FILE, f"{accepted.FILE} {problem}"))
    before = files.get(of_people.FILE, b"")
    try:
        after = with_comments(before, kept)
    except ValueError as problem:
        after = before
        not_taken.append(NotTaken(Reason.ANSWER, of_people.FILE, f"{of_people.FILE} {problem}"))
    made |= {of_people.FILE: after} if after != before else {}
    return Settled(
        made,
        answers.acceptances if accepted.FILE in made else (),
        answers.of_people,
        tuple(_open(answers.of_people, kept, after)),
        tuple(not_taken),
    )


def _answered(
    content: Path,
    slug: str,
    files: Mapping[str, bytes],
    comments: tuple[Comment, ...],
    savers: Mapping[str, str],
) -> Answered:
    shared = {name: read_regular(content / name) for name in bureau_files.files_of(content)}
    with TemporaryDirectory(prefix="publisher-") as folder:
        draft = Path(folder) / content.name
        parts = {f"{slug}/{name}": data for name, data in files.items()}
        parts |= {name: data for name, data in shared.items() if not isinstance(data, Refusal)}
        output.write_folder(draft, parts)
        checked = pipeline.read(draft, slug)
    if checked.document is None:  # it was read a moment ago
        return Answered((), (), comments)
    return answered(comments, checked.document, checked.findings, savers)


def _open(
    comments: Sequence[Comment], kept: Sequence[NotedComment], beside: bytes
) -> Sequence[str]:
    """Those that have no answer, neither in a file nor in `comments.yaml`."""
    there = of_people.comments_in(EncodedFile.of(beside).text)
    closed = {each.key for each in there if each.answer.strip()}
    pairs = zip(comments, kept, strict=True)
    return [
        comment.identifier for comment, note in pairs if not note.answer and note.key not in closed
    ]
