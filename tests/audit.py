"""A Word file or PDF → what programs that know its format find wrong with it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner


def said_by_openxml_audit(path: Path) -> str:
    """What openxml-audit warns of and finds wrong; empty where there is nothing."""
    from openxml_audit.cli import main

    done = CliRunner().invoke(main, [str(path)])
    is_right = done.exit_code == 0 and "Warnings" not in done.output
    return "" if is_right else done.output or repr(done.exception)


RULES_OF_PDF_UA = 104
"""So many of PDF/UA-1 does the validator know."""
RULES_OF_PDF_A = {"2a": 154, "3a": 156}
"""And of the kinds of PDF/A."""


def rules_of_pdf_ua_broken_by(data: bytes) -> set[str]:
    """The rules of PDF/UA-1 that a PDF breaks; all of them were looked at."""
    import page

    report = page.validate_pdf_bytes(data, profile="ua1")
    assert report.rules.total == RULES_OF_PDF_UA
    return {one.rule_id for one in report.failures}


def rules_of_pdf_a_broken_by(data: bytes, kind: str = "2a") -> set[str]:
    """The rules of PDF/A that a PDF breaks; all of them were looked at."""
    import page

    report = page.validate_pdf_bytes(data, profile=kind)
    assert report.rules.total == RULES_OF_PDF_A[kind]
    return {one.rule_id for one in report.failures}
