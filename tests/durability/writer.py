"""A clerk in a process of its own: reports repairs as fast as it can, and says each number only when it is kept.

`python -m tests.durability.writer DATABASE NAME`: one line `number id` per acknowledged act, until somebody kills it.
"""

import sys
from pathlib import Path

from desk.kit.act import Act
from desk.kit.database import open_database
from desk.workflows.repairs import commands
from desk.workflows.repairs.inputs import Completion, Report

REPORT = {
    "unit": "3-1-1803",
    "name": "周予安",
    "phone": "13800000001",
    "what": "厨房水管漏水",
    "wished": "今天下午",
    "category": "water_leak",
}


def main(path: str, name: str) -> None:
    """Report and correct repairs for ever."""
    db = open_database(Path(path))
    me = Act(name, "D1", name=name, staff_no="S001", role="front_desk")
    while True:
        order = commands.report(db, me, Report.read(REPORT))
        print(order.number, order.id, flush=True)
        commands.amend(db, me, order.id, Completion.read(REPORT | {"what": "厨房水管漏水，已关总阀"}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
