"""Run a corpus of amounts in words: `python -m tests.conformance.amounts [FILE]`.

The file is JSON with `cases`, each with `cents`, its `canonical` words and every `accepted` spelling. An amount passes if it is written in
the canonical way, which must itself be an accepted one.
"""

import json
import sys
from pathlib import Path
from typing import Any

from forms.amounts import words

GIVEN = Path(__file__).resolve().parents[1] / "data" / "rmb_cases.json"


def failures(cases: list[dict[str, Any]]) -> list[str]:
    """Return one line for every case that is written otherwise than the corpus demands."""
    found = []
    for case in cases:
        written = words(case["cents"])
        if written != case["canonical"] or written not in case["accepted"]:
            found.append(f"{case['amount']}: {written}, expected {case['canonical']}")
    return found


def main(arguments: list[str]) -> int:
    """Print what failed and the count; return the exit code."""
    path = Path(arguments[0]) if arguments else GIVEN
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    failed = failures(cases)
    print(*failed, sep="\n", end="\n" if failed else "")
    print(f"{len(cases) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
