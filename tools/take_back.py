"""Random edits, tracked and plain → how many of them come back as they were made.

    take_back.py [--by-hand | --pasted] [--pairs 500] [--seed 1] [--keep build/take-back-failed]
    take_back.py [--by-hand | --pasted] --again 1000 7 [--keep build/take-back-failed]

They are made in LibreOffice, or, `--by-hand`, in the XML as Word and WPS would, or, `--pasted`, so
and the words pasted into another template then. What went wrong
begins with two numbers: `--again` makes that file anew. `--keep` names a folder in which all of
such a file is left: what was published, what came back and the content.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "takeback")]

from edited_in_office import Case, cases, cases_by_hand, cases_pasted, wrong  # noqa: E402

_AT_ONCE = 25
"""Files that one LibreOffice edits before it is started anew."""


def main() -> None:
    """Print what went wrong, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument("--by-hand", dest="make", action="store_const", const=cases_by_hand)
    ways.add_argument("--pasted", dest="make", action="store_const", const=cases_pasted)
    parser.add_argument("--pairs", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=int, nargs=2, metavar=("SEED", "NUMBER"))
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    pairs = edits = failed = 0
    for seed, numbers in [_again(*given.again)] if given.again else _batches(given):
        with TemporaryDirectory() as folder:
            for case in (given.make or cases)(seed, numbers, Path(folder)):
                pairs += 1
                edits += len(case.job.edits)
                failed += _is_wrong(case, seed, given.keep)
        if pairs >= given.pairs:
            break
    print(f"{pairs} files, {edits} edits: {failed} files did not come back as they were edited")
    sys.exit(1 if failed else 0)


def _again(seed: int, number: int) -> tuple[int, Iterable[int]]:
    return seed, [number]


def _batches(given: argparse.Namespace) -> Iterable[tuple[int, Iterable[int]]]:
    first = given.seed * 1000
    return ((seed, range(_AT_ONCE)) for seed in range(first, first + given.pairs))


def _is_wrong(case: Case, seed: int, keep: Path | None) -> bool:
    said = wrong(case)
    for words in said:
        print(f"{seed} {case.number}: {words}", flush=True)
    if said and keep:
        target = keep / f"{seed}-{case.number}"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(case.desk.place, target)
    return bool(said)


if __name__ == "__main__":
    main()
