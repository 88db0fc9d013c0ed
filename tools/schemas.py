"""What the JSON files of a build hold → their JSON Schemas, for programs that read them."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="SHA-256 in hexadecimal.")]


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class FindingRecord(_Record):
    """One thing that a person should know about a document."""

    name: str = Field(description="Stable; docs/findings.md tells of each.")
    severity: Literal["error", "review"] = Field(
        description="An error stops publishing, unless it is accepted."
    )
    file: str = Field(description="From the folder of the content on, with slashes.")
    line: int = Field(description="From 1.")
    column: int = Field(description="In characters, from 1.")
    message: str = Field(description="What is wrong, in Chinese.")
    hint: str = Field(description="What to do next, in Chinese.")
    accepted: str = Field(description="Why the bureau accepts it; empty where it does not.")


class FindingsRecord(_Record):
    """What was found in documents, as `findings.json` and `publisher check --json` have it."""

    format: Literal[1]
    findings: list[FindingRecord] = Field(description="By file, line and column.")


class FileRecord(_Record):
    """A file of a build as it was written."""

    bytes: int
    sha256: Digest


class InputsRecord(_Record):
    """All that the files of a document depend on; with the same, nothing is made anew."""

    content: dict[str, str] = Field(description="SHA-256 by file, or why it was not read.")
    fonts: dict[str, str] = Field(description="Family and SHA-256 by typeface of the standard.")
    program: dict[str, Digest] = Field(description="By file.")
    templates: dict[str, Digest] = Field(description="By file.")
    tools: dict[str, str] = Field(description="Versions.")
    not_measured: list[str] = Field(
        default=[],
        alias="not measured",
        description="Formats whose measuring failed and is to be tried again; else absent.",
    )


class DownloadRecord(_Record):
    """A file that is offered to the public."""

    name: str = Field(description="Beside the page.")
    subject: str = Field(description="What is in it.")
    saved_as: str = Field(description="The name by which people know it, at most 255 bytes.")


class PublicRecord(_Record):
    """What the archive has to know of a document; where it is withheld, why, and nothing else."""

    withheld: str = Field(description="Why it is not for the public; empty where it is.")
    kind: str = Field(default="", description="Its 文种.")
    number: str = Field(default="", description="Its 发文字号.")
    issuers: list[str] = Field(default=[], description="发文机关.")
    subject: str = Field(default="", description="主题分类.")
    index_number: str = Field(default="", description="索引号.")
    keywords: list[str] = Field(default=[], description="关键词.")
    summary: str = Field(default="", description="摘要.")
    date: str = Field(default="", description="成文日期, as 2025-02-26.")
    published: str = Field(default="", description="发布日期, as 2025-02-26.")
    time: str = Field(default="", description="发布时间, as 09:30.")
    validity: str = Field(default="", description="有效性, as its author wrote it.")
    address: str = Field(default="", description="网址, as its author wrote it.")
    relations: dict[Literal["修改", "废止", "替代", "解读"], list[str]] = Field(
        default={}, description="Older documents, as its author names them."
    )
    tags: dict[str, str] = Field(
        default={}, description="What `<meta>` say, by the names of templates/web/metadata.toml."
    )
    downloads: list[DownloadRecord] = Field(default=[], description="In the order of the page.")


class DocumentManifest(_Record):
    """The `manifest.json` of a published document."""

    format: Literal[1]
    slug: str = Field(description="The name of its folder.")
    title: str = Field(description="On one line.")
    classification: str | None = Field(description="Its 密级; null where it has none.")
    told: dict[str, str] = Field(
        description="What reconciling and measuring came to, in Chinese, by what was looked at."
    )
    broken: dict[str, list[str]] = Field(
        description="By file, the rules that must hold and do not (docs/rules.md)."
    )
    public: PublicRecord = Field(description="What `build/public/` says of it.")
    content: Digest = Field(description="The version of the content: SHA-256 of all of it.")
    inputs: InputsRecord
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


class ComparisonManifest(_Record):
    """The `manifest.json` of a comparison of two versions."""

    format: Literal[1]
    comparison: str = Field(description="The name of its folder, which tells both versions.")
    documents: list[str] = Field(description="The documents that were compared.")
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


class ImportManifest(_Record):
    """The `manifest.json` of the report on what was imported."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    format: Literal[1]
    slug: str = Field(alias="import", description="The name of the document that was made.")
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


class TakeBackManifest(_Record):
    """The `manifest.json` of the preview of what was taken back."""

    model_config = ConfigDict(extra="forbid", strict=True, populate_by_name=True)

    format: Literal[1]
    slug: str = Field(alias="take-back", description="The name of the document.")
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


class ImportedFile(_Record):
    """A file that was imported."""

    name: str
    called: str = Field(description="What it is, in Chinese: Word 文档, 网页.")
    notes: list[str] = Field(description="What is to be known of its reading, in Chinese.")


class BlockRecord(_Record):
    """A paragraph, table or picture of a file, and what it was taken for."""

    source: str = Field(description="Its file.")
    paragraph: int = Field(description="Its number in the file, from 1, those in cells counted.")
    where: str = Field(description="The place in Chinese: 第 2 页第 14 段.")
    words: str
    kind: str = Field(description="标题, 层次标题, 正文, 表格, …")
    level: int = Field(description="Of a heading or an item, from 1; 0 of all else.")
    certainty: Literal["sure", "likely", "asked"]
    reason: str = Field(description="What it was known by, in Chinese.")
    question: str = Field(description="What a person is asked; empty where nothing is.")


class AccountedPassage(_Record):
    """Words of which something is told."""

    where: str = Field(description="The place in the file, in Chinese.")
    words: str
    why: str = Field(description="In Chinese: 页码, 目录, 内容里没有, …")


class RewrittenPassage(_Record):
    """A number, date or bracket that is printed in another form than it was typed."""

    where: str
    before: str
    after: str = Field(description="Empty where the page parts what the mark parted.")


class AccountRecord(_Record):
    """What became of every character, blanks aside: held = kept + left out + lost."""

    whole: bool = Field(description="Whether nothing is lost, surplus or misplaced.")
    held: int
    kept: int
    left_out: list[AccountedPassage]
    lost: list[AccountedPassage]
    surplus: list[AccountedPassage] = Field(description="In the content, and in no file.")
    misplaced: list[AccountedPassage] = Field(description="In another order, or another cell.")
    rewritten: list[RewrittenPassage]
    added: list[str] = Field(description="What is printed and in no file: marks, labels.")


class RemarkRecord(_Record):
    """A comment, a tracked change or an object of a file."""

    source: str
    where: str
    kind: str
    words: str
    author: str
    date: str


class ProposalRecord(_Record):
    """An entry that `bureau.yaml` has not yet."""

    key: str = Field(description="发文机关, 人员 or 部门.")
    name: str


class MendRecord(_Record):
    """A repair."""

    before: str
    after: str
    why: str
    where: str


class ImportReport(_Record):
    """The `report.json` of an import, as `publisher import --json` has it."""

    format: Literal[1]
    slug: str
    title: str
    sources: list[ImportedFile]
    files: list[str] = Field(description="Of the document's folder in `content/`.")
    blocks: list[BlockRecord] = Field(description="In reading order.")
    account: AccountRecord
    remarks: list[RemarkRecord]
    proposals: list[ProposalRecord]
    mends: list[MendRecord]
    findings: list[FindingRecord] = Field(description="Of the checks, on the new content.")


class ReturnedRecord(_Record):
    """A file that came back."""

    name: str
    made_as: str = Field(description="What it was called when it was made; empty: unknown.")
    content: str = Field(description="SHA-256 of the content it was made from; empty: unknown.")
    base: Literal["current", "commit", "unknown"] = Field(
        description="Whether that content is the one that lies there, or one of git's commits."
    )
    base_called: str = Field(description="In Chinese.")
    authors: list[str] = Field(description="Whose tracked changes are in it.")
    editor: str = Field(description="Who made changes that are not tracked, or its name.")
    notes: list[str] = Field(description="What is to be told of the reading, in Chinese.")


class TakenChangeRecord(_Record):
    """A change of the content; docs/changes.schema.json says more of such."""

    id: str
    kind: str
    subject: str
    weight: Literal["substance", "wording", "form"]
    where: str = Field(description="In Chinese.")
    before: list[str]
    after: list[str]
    authors: list[str] = Field(description="Who made it: names, else files.")


class ConflictRecord(_Record):
    """A place that was changed twice; the content stays as it is there."""

    source: str
    against: str = Field(description="The other file; empty: the content itself went on.")
    where: str
    base: str
    ours: str = Field(description="As the content, or the other file, has it.")
    theirs: str = Field(description="As the file has it.")


class NotTakenRecord(_Record):
    """Something in a file that does not get into the content."""

    source: str
    reason: Literal[
        "format",
        "unsaid",
        "order",
        "author",
        "generated",
        "conflict",
        "doubtful",
        "answer",
        "unwritable",
    ]
    where: str
    words: str


class CommentRecord(_Record):
    """A comment of somebody."""

    id: str
    source: str
    author: str
    date: str
    where: str
    anchor: str = Field(description="The words that it stands at.")
    words: str
    resolved: bool
    replies: list[CommentRecord]


class PolicyRelation(_Record):
    """What a document does to an older one, or a younger one to it."""

    what: Literal["修改", "替代", "废止"]
    slug: str = Field(description="The other document.")
    is_older: bool = Field(description="Whether the other is the older: it suffers it.")


class PolicyFile(_Record):
    """A file that is offered for download."""

    path: str = Field(description="Below the archive's own address; escaped as in addresses.")
    subject: str = Field(description="What is in it.")
    saved_as: str = Field(description="The name by which people know it, at most 255 bytes.")
    media_type: str
    bytes: int
    sha256: Digest


class PolicyRecord(_Record):
    """A document, or a text that explains some. What nobody gave is empty."""

    slug: str = Field(description="Its folder below the archive; it stays.")
    path: str = Field(description="Below the archive's own address; escaped as in addresses.")
    title: str = Field(description="标题.")
    number: str = Field(description="发文字号.")
    kind: str = Field(description="文种, or 政策解读.")
    issuers: list[str] = Field(description="发文机关.")
    subject: str = Field(description="主题分类.")
    index_number: str = Field(description="索引号.")
    column: str = Field(description="栏目.")
    date: str = Field(description="成文日期, as 2025-02-26.")
    published: str = Field(description="发布日期, as 2025-02-26.")
    time: str = Field(description="发布时间, as 09:30.")
    validity: str = Field(description="有效性: what younger documents made of it, else as given.")
    keywords: list[str] = Field(description="关键词.")
    summary: str = Field(description="摘要.")
    relations: list[PolicyRelation]
    interpretations: list[str] = Field(description="The texts that explain it, by slug (解读).")
    explains: list[str] = Field(description="The documents that it explains, by slug.")
    earlier: list[str] = Field(description="Previous versions, by slug, the youngest first.")
    files: list[PolicyFile]


class PolicySite(_Record):
    """The website of the bureau."""

    name: str
    domain: str
    identifier: str = Field(description="网站标识码.")


class PolicyArchive(_Record):
    """The `policies.json` of an archive: all its documents, the newest first."""

    format: Literal[1]
    name: str = Field(description="What the archive is called.")
    address: str = Field(description="Where it stands, with a slash at the end; empty: unknown.")
    site: PolicySite
    policies: list[PolicyRecord]


class TakeBackReport(_Record):
    """The `report.json` of taking back, as `publisher take-back --json` has it."""

    format: Literal[1]
    slug: str
    title: str
    written: bool = Field(description="Whether the content was written.")
    settled: bool = Field(description="Whether nothing is left for a person to decide.")
    sources: list[ReturnedRecord]
    files: list[str] = Field(description="Of the document's folder, those that change.")
    changes: list[TakenChangeRecord]
    conflicts: list[ConflictRecord]
    not_taken: list[NotTakenRecord]
    comments: list[CommentRecord]


FINDINGS = TypeAdapter[Any](FindingsRecord)
MANIFEST = TypeAdapter[Any](
    DocumentManifest | ComparisonManifest | ImportManifest | TakeBackManifest
)
IMPORT = TypeAdapter[Any](ImportReport)
POLICIES: TypeAdapter[PolicyArchive] = TypeAdapter(PolicyArchive)
TAKE_BACK = TypeAdapter[Any](TakeBackReport)


def schema(adapter: TypeAdapter[Any]) -> str:
    """The JSON Schema of what such a file holds."""
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter.json_schema()}
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"
