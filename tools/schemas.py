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
    content: Digest = Field(description="The version of the content: SHA-256 of all of it.")
    inputs: InputsRecord
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


class ComparisonManifest(_Record):
    """The `manifest.json` of a comparison of two versions."""

    format: Literal[1]
    comparison: str = Field(description="The name of its folder, which tells both versions.")
    documents: list[str] = Field(description="The documents that were compared.")
    files: dict[str, FileRecord] = Field(description="All other files, by path in the folder.")


FINDINGS = TypeAdapter[Any](FindingsRecord)
MANIFEST = TypeAdapter[Any](DocumentManifest | ComparisonManifest)


def schema(adapter: TypeAdapter[Any]) -> str:
    """The JSON Schema of what such a file holds."""
    about = {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter.json_schema()}
    return json.dumps(about, ensure_ascii=False, indent=2) + "\n"
