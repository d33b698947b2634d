"""回访单: what the reviewer asks, and what was answered (RC11-RC15)."""

from dataclasses import dataclass

from forms.words import Words


@dataclass(frozen=True)
class Attempt:
    """One try to reach the resident; empty strings leave the line to be written by hand."""

    at: str = ""
    how: str = ""
    result: str = ""
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class RevisitSheetWords(Words):
    """What stands on the revisit sheet; `number` is the work order's."""

    resident: str
    phone_of_resident: str
    address: str
    kind: str
    content: str
    done: str  # what was done
    repairer: str
    finished_at: str  # or the passed leak test, the instant the clock runs from
    rule: str  # RC12, RC13, RC14
    clause: str
    due: str
    reviewer: str = ""  # never the repairer
    questions: tuple[str, ...]
    answers: tuple[str, ...] = ()  # 'yes', 'no' or '' for each question
    attempts: tuple[Attempt, ...] = ()
    result: str = ""  # 'good', 'bad', 'unreachable' or empty
    opinion: str = ""
    cycle: str = ""
