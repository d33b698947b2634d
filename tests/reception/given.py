"""The file of residents' messages to test with: the project's own 400 where they are at hand, else our six."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAMPLE = HERE / "messages_sample.csv"


def given_file() -> Path:
    """Return the file named by DESK_MESSAGES, the one in ../shared/data beside the repository, or our own sample."""
    named = os.environ.get("DESK_MESSAGES", "")
    beside = HERE.parents[2] / "shared" / "data" / "resident_messages.csv"
    return Path(named) if named else beside if beside.exists() else SAMPLE
