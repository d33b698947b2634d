"""The work order and what hangs on it: facts as rows keep them, and the guards that every move begins with."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from desk.kit.problems import Refused, Unclear
from desk.workflows.repairs.rules.choices import (
    ENDED,
    Category,
    Channel,
    ExternalOutcome,
    Kind,
    Part,
    PromiseState,
    QuoteState,
    RevisitResult,
    SignHow,
    Source,
    Stage,
    TestResult,
    TripOutcome,
    Urgency,
    Verdict,
    Zone,
)


@dataclass(frozen=True)
class WorkOrder:
    """One repair (维修工作单) from report to revisit; a move returns a new one. Empty text means not known yet.

    `reported_at` is when it was said (the earliest receipt after a merge), `cycle_at` when this cycle began. `revisit_from` is the
    instant from which the revisit counts: None until the repair is done, for a leak until its test is passed or refused.
    """

    id: str
    number: str
    stage: Stage
    kind: Kind
    category: Category
    urgency: Urgency
    zone: Zone
    unit: str  # id of the unit
    building: str  # its building's name
    place: str  # the room as people say it: 3-1-1803
    what: str
    reported_at: datetime
    cycle_at: datetime
    taken_by: str
    source: Source = Source.VISIT
    name: str = ""
    phone: str = ""
    wished: str = ""
    contact: str = ""  # the reception contact it came from
    origin: str = ""  # another workflow's thing it answers, such as a failed acceptance item (MI9)
    cycle: int = 1
    version: int = 1
    part: Part | None = None
    verdict: Verdict | None = None
    clause: str = ""
    warranty_ends_on: date | None = None
    why: tuple[tuple[str, dict[str, str]], ...] = ()
    overruled: str = ""  # the reason of the person who overruled
    decided_by: str = ""
    agreed_fen: int | None = None
    charged_fen: int | None = None
    appointed_from: datetime | None = None
    appointed_to: datetime | None = None
    worker: str = ""
    worker_name: str = ""
    done_at: datetime | None = None
    revisit_from: datetime | None = None
    leak_tested: bool = False
    revisit_result: RevisitResult | None = None
    merged_into: str = ""
    end_reason: str = ""
    closed_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Say whether something is still owed on it."""
        return self.stage not in ENDED

    @property
    def is_paid(self) -> bool:
        """Say whether the resident pays."""
        return self.verdict is Verdict.PAID


@dataclass(frozen=True)
class Trip:
    """One way of one worker to the place."""

    id: str
    work_order: str
    cycle: int
    n: int
    worker: str
    worker_name: str
    sent_at: datetime
    appointed_from: datetime | None = None
    appointed_to: datetime | None = None
    arrived_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: TripOutcome = TripOutcome.OPEN
    minutes: int = 0
    words: str = ""


@dataclass(frozen=True)
class Material:
    """Something used up on a trip; `fen` is its price for the lot, 0 where the resident does not pay."""

    id: str
    work_order: str
    trip: str
    what: str
    quantity: str
    fen: int = 0


@dataclass(frozen=True)
class QuoteLine:
    """One line of a quote: `fen` for the lot."""

    what: str
    quantity: str
    fen: int


@dataclass(frozen=True)
class Quote:
    """A price for paid work, and the resident's answer in their own words (TR60)."""

    id: str
    work_order: str
    n: int
    lines: tuple[tuple[str, str, int], ...]
    fen: int
    valid_until_on: date
    quoted_at: datetime
    quoted_by: str
    state: QuoteState = QuoteState.OPEN
    channel: Channel | None = None
    who: str = ""
    words: str = ""
    answered_at: datetime | None = None
    answered_to: str = ""


@dataclass(frozen=True)
class LeakTest:
    """A leak test with its planned end."""

    id: str
    work_order: str
    cycle: int
    n: int
    started_at: datetime
    planned_end_at: datetime
    spot: str
    by: str
    result: TestResult = TestResult.RUNNING
    ended_at: datetime | None = None
    words: str = ""
    waiver: str = ""  # who signed that they do without


@dataclass(frozen=True)
class Signature:
    """The resident's signature under the work; `image` is the hash of the drawn one."""

    id: str
    work_order: str
    cycle: int
    how: SignHow
    who: str
    at: datetime
    image: str = ""
    words: str = ""


@dataclass(frozen=True)
class Revisit:
    """One revisit or one attempt at it."""

    id: str
    work_order: str
    cycle: int
    n: int
    at: datetime
    on_day: date
    by: str
    by_name: str
    channel: Channel
    result: RevisitResult
    due_at: datetime
    in_time: bool
    slip_left: bool = False
    score: int = 0
    words: str = ""


@dataclass(frozen=True)
class TakenItem:
    """A thing of the resident's that was taken along with consent (TR4), and what was lent for it."""

    id: str
    work_order: str
    trip: str
    what: str
    why: str
    consent_by: str
    loan: str
    taken_at: datetime
    taken_by: str
    back_at: datetime | None = None
    back_to: str = ""


@dataclass(frozen=True)
class External:
    """The time that another party takes, on a clock of its own so that it cannot hide in ours."""

    id: str
    work_order: str
    n: int
    party: Verdict
    party_name: str
    words: str
    handed_at: datetime
    due_at: datetime
    outcome: ExternalOutcome = ExternalOutcome.WAITING
    ended_at: datetime | None = None
    end_words: str = ""


@dataclass(frozen=True)
class Promise:
    """A promise to call back with an answer at a named time (RC2)."""

    id: str
    work_order: str
    unit: str
    what: str
    due_at: datetime
    person: str
    person_name: str
    made_at: datetime
    state: PromiseState = PromiseState.MADE
    kept_at: datetime | None = None
    answer: str = ""


def need(order: WorkOrder, *stages: Stage) -> None:
    """Refuse a move that does not start from one of these stages."""
    if order.stage not in stages:
        raise Refused("repair.not_now", number=order.number, stage=order.stage, needed=sorted(stages))


def need_any(order: WorkOrder, stages: Collection[Stage]) -> None:
    """Refuse a move that does not start from one of a set of stages."""
    need(order, *stages)


def need_words(name: str, text: str) -> str:
    """Return text that must not be empty; `Unclear` names the field."""
    if not text.strip():
        raise Unclear("repair.words_needed", fields={name: "repair.words_needed"})
    return text.strip()
