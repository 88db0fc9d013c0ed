"""A Word file → what programs that know its schema find wrong with it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner


def said_by_openxml_audit(path: Path) -> str:
    """What openxml-audit warns of and finds wrong; empty where there is nothing."""
    from openxml_audit.cli import main

    done = CliRunner().invoke(main, [str(path)])
    is_right = done.exit_code == 0 and "Warnings" not in done.output
    return "" if is_right else done.output or repr(done.exception)
