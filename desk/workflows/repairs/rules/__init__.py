"""The rule book of repairs: pure functions over work orders; it knows no web, database, paper or clock.

Each file opens with the clauses it comes from. State machine: DRAFT, REPORTED (five fields), DECIDED (one of five verdicts), QUOTED and
AGREED (paid), SCHEDULED, DISPATCHED, ON_SITE or NO_ACCESS or PART_DONE or EXTERNAL, DONE, LEAK_TESTING (leaks), SIGNED (revisit owed),
then CLOSED or UNREACHABLE, or REWORK as the next cycle; CANCELLED and MERGED keep their number.
"""
