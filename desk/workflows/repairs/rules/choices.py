"""The words of the repairs rule book: stages, kinds, categories, verdicts and outcomes, each a word that rows keep."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a work order (维修工作单) stands."""

    DRAFT = "draft"  # saved first: room and one line, while still on the phone
    REPORTED = "reported"  # the five fields are there
    DECIDED = "decided"  # who answers for it is decided
    QUOTED = "quoted"  # paid: the resident has the price, and has not answered
    AGREED = "agreed"  # paid: the resident said yes
    SCHEDULED = "scheduled"  # a time is agreed
    DISPATCHED = "dispatched"  # a worker has the sheet
    ON_SITE = "on_site"
    NO_ACCESS = "no_access"  # nobody opened
    PART_DONE = "part_done"  # another trip is needed
    EXTERNAL = "external"  # developer, contractor or utility company works on it
    DONE = "done"
    LEAK_TESTING = "leak_testing"
    SIGNED = "signed"  # the revisit is owed
    REWORK = "rework"  # the revisit found it bad
    CLOSED = "closed"
    UNREACHABLE = "unreachable"  # three attempts on different days and a slip
    CANCELLED = "cancelled"
    MERGED = "merged"


ENDED = frozenset({Stage.CLOSED, Stage.UNREACHABLE, Stage.CANCELLED, Stage.MERGED})
TO_PLAN = frozenset({Stage.DECIDED, Stage.AGREED, Stage.NO_ACCESS, Stage.PART_DONE, Stage.REWORK})  # a time or a worker is needed
BEFORE_WORK = frozenset({Stage.DRAFT, Stage.REPORTED, Stage.DECIDED, Stage.QUOTED, Stage.AGREED, Stage.SCHEDULED})
FINISHED = frozenset({Stage.DONE, Stage.LEAK_TESTING, Stage.SIGNED, Stage.CLOSED, Stage.UNREACHABLE})


class Kind(StrEnum):
    """What the revisit rules tell apart (RC12, RC13, RC14)."""

    SAFETY = "safety"  # 安全设施
    LEAK = "leak"  # 房屋渗漏水
    OTHER = "other"


class Urgency(StrEnum):
    """How fast somebody must come."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"


class Zone(StrEnum):
    """Where the work is, as far as it changes the targets (TR1) and who pays."""

    UNIT = "unit"  # inside a home
    COMMON = "common"  # a common part of the community
    OUTLYING = "outlying"  # a block that the team must travel to


class Category(StrEnum):
    """What is broken, as the desk asks for it."""

    WATER_LEAK = "water_leak"
    ROOF_LEAK = "roof_leak"
    WALL_LEAK = "wall_leak"
    WATER_SUPPLY = "water_supply"
    DRAIN = "drain"
    ELECTRIC = "electric"
    SWITCH = "switch"
    DOOR_WINDOW = "door_window"
    WALL = "wall"
    FLOOR = "floor"
    SANITARY = "sanitary"
    HEATING = "heating"
    COOLING = "cooling"
    APPLIANCE = "appliance"
    STRUCTURE = "structure"
    INTERCOM = "intercom"
    GAS = "gas"
    METER = "meter"
    PUBLIC_LIGHT = "public_light"
    LIFT = "lift"
    GATE = "gate"
    FIRE = "fire"
    RAILING = "railing"
    CAMERA = "camera"
    ROAD = "road"
    OTHER = "other"


class Part(StrEnum):
    """The part of the building, as the warranty terms tell them apart."""

    STRUCTURE = "structure"
    ROOF = "roof"
    WET_ROOM = "wet_room"
    OUTER_WALL = "outer_wall"
    HEATING = "heating"
    COOLING = "cooling"
    ELECTRICAL = "electrical"
    PLUMBING = "plumbing"
    EQUIPMENT = "equipment"
    DECORATION = "decoration"
    PLASTER = "plaster"
    FLOOR = "floor"
    DOOR_WINDOW = "door_window"
    SANITARY = "sanitary"
    SWITCH = "switch"
    BLOCKED_PIPE = "blocked_pipe"
    UTILITY = "utility"  # mains and meters of the supply companies
    OWN = "own"  # what the resident bought


class Verdict(StrEnum):
    """Who answers for the repair, in five outcomes; no verdict means that a person must still decide."""

    DEVELOPER = "developer"
    CONTRACTOR = "contractor"
    COMMON_PART = "common_part"
    UTILITY = "utility"
    PAID = "paid"


EXTERNAL_PARTIES = frozenset({Verdict.DEVELOPER, Verdict.CONTRACTOR, Verdict.UTILITY})


class Fact(StrEnum):
    """What a report says, as far as it can be corrected."""

    NAME = "name"
    PHONE = "phone"
    WHAT = "what"
    WISHED = "wished"
    CATEGORY = "category"
    KIND = "kind"
    URGENCY = "urgency"
    ZONE = "zone"


class Source(StrEnum):
    """How the report came in."""

    VISIT = "visit"
    CALL = "call"
    LETTER = "letter"
    KIOSK = "kiosk"
    MESSAGE = "message"
    STAFF = "staff"  # found by staff: patrol, acceptance


class Channel(StrEnum):
    """How staff and resident spoke: 回访可上门或电话 (VS1), or in writing."""

    DOOR = "door"
    PHONE = "phone"
    COUNTER = "counter"
    WRITING = "writing"


class TripOutcome(StrEnum):
    """How a trip ended; OPEN while it has not."""

    OPEN = "open"
    FINISHED = "finished"
    AGAIN = "again"
    NO_ACCESS = "no_access"
    CALLED_BACK = "called_back"


class TestResult(StrEnum):
    """How a leak test (试漏) ended."""

    __test__ = False  # not a test class, whatever pytest thinks

    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    REFUSED = "refused"


class QuoteState(StrEnum):
    """What became of a quote."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REPLACED = "replaced"


class SignHow(StrEnum):
    """How the resident signed: with a finger, with ink on paper, or not at all (with the reason)."""

    SCREEN = "screen"
    PAPER = "paper"
    NONE = "none"


class RevisitResult(StrEnum):
    """What the revisit (回访) found; NOT_REACHED is an attempt without an answer."""

    OK = "ok"
    BAD = "bad"
    NOT_REACHED = "not_reached"


class PromiseState(StrEnum):
    """What became of a callback promise (RC2)."""

    MADE = "made"
    KEPT = "kept"
    BROKEN = "broken"


class ExternalOutcome(StrEnum):
    """How the other party's part ended."""

    WAITING = "waiting"
    DONE = "done"
    TAKEN_BACK = "taken_back"
