"""Random edits in LibreOffice, tracked and plain → how many of them come back as they were made."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "takeback")]

from edited_in_office import cases, wrong  # noqa: E402

_AT_ONCE = 25
"""Files that one LibreOffice edits before it is started anew."""


def main() -> None:
    """Print what went wrong, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pairs = edits = failed = 0
    seed = given.seed * 1000
    while pairs < given.pairs:
        with TemporaryDirectory() as folder:
            for case in cases(seed, _AT_ONCE, Path(folder)):
                pairs += 1
                edits += len(case.job.edits)
                said = wrong(case)
                failed += bool(said)
                for words in said:
                    print(words, flush=True)
        seed += 1
    print(f"{pairs} files, {edits} edits: {failed} files did not come back as they were edited")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
