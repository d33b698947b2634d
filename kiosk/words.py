"""The kiosk's own words: what a request's stage means to a resident, what a complaint is about, urgent numbers, and the house's choices."""

from collections.abc import Mapping
from typing import Any

from desk.kit import common_words, words
from desk.kit.words import N_, _, word
from desk.workflows.reception import words as reception_words
from desk.workflows.repairs import words as repair_words
from desk.workflows.repairs.rules.choices import Category, Stage

ABOUT = {
    "noise": N_("Noise, neighbours"),
    "clean": N_("Cleaning, rubbish"),
    "safety": N_("Safety, order"),
    "parking": N_("Parking"),
    "repair": N_("How a repair was done"),
    "staff": N_("How I was treated"),
    "fee": N_("Fees"),
    "other": N_("Something else"),
}
HAPPENED = {
    "now": N_("It is happening now"),
    "today": N_("Earlier today"),
    "yesterday": N_("Yesterday"),
    "week": N_("In the last week"),
    "often": N_("Again and again"),
    "earlier": N_("Longer ago"),
}
URGENT = {
    "water": N_("Water does not stop"),
    "lift": N_("Trapped in a lift"),
    "gas": N_("Smell of gas"),
    "fire": N_("Fire"),
    "medical": N_("Ambulance"),
    "police": N_("Police"),
    "duty": N_("Duty room of this community"),
}
WHAT_TO_DO = {
    "water": N_("Close the main tap if you can reach it."),
    "lift": N_("Stay calm, press the alarm in the lift, do not pry the door."),
    "gas": N_("Touch no switch, open the windows, go outside, then call."),
    "fire": N_("Leave by the stairs, never by the lift."),
}
COUNTRY = (("fire", "119"), ("medical", "120"), ("police", "110"))
"""Numbers that are the same everywhere in China, for a kiosk that has not heard from its desk yet."""
STAGES = {
    Stage.DRAFT: N_("Noted, being completed"),
    Stage.REPORTED: N_("Registered, somebody looks at it"),
    Stage.DECIDED: N_("Who is responsible is decided"),
    Stage.QUOTED: N_("A price was quoted, your answer is awaited"),
    Stage.AGREED: N_("You agreed to the price"),
    Stage.SCHEDULED: N_("A time for the visit is agreed"),
    Stage.DISPATCHED: N_("The repairer is on the way or has the job"),
    Stage.ON_SITE: N_("The repairer is at work"),
    Stage.NO_ACCESS: N_("The repairer came and nobody was in"),
    Stage.PART_DONE: N_("Another visit is needed"),
    Stage.EXTERNAL: N_("Another company is working on it"),
    Stage.DONE: N_("The repair is done"),
    Stage.LEAK_TESTING: N_("A leak test is running"),
    Stage.SIGNED: N_("Done; we will ask you whether all is well"),
    Stage.REWORK: N_("It will be repaired again"),
    Stage.CLOSED: N_("All done"),
    Stage.UNREACHABLE: N_("Ended; we could not reach you"),
    Stage.CANCELLED: N_("Called off"),
    Stage.MERGED: N_("Joined with an earlier request"),
}
OTHER_STAGES = {
    "open": N_("Waiting for an answer"),
    "answered": N_("Answered"),
    "handed_on": N_("Passed to the person in charge"),
    "turned": N_("Became a case of its own"),
    "joined": N_("Joined with an earlier request"),
}
KINDS = {"repair": N_("Repair"), "complaint": N_("Complaint"), "contact": N_("Call me back")}
TITLES = {"repair": N_("Report a repair"), "complaint": N_("Make a complaint"), "callback": N_("Ask to be called back")}
CLOCK_STATES = {
    "running": N_("running"),
    "kept": N_("kept"),
    "missed": N_("missed"),
    "dropped": N_("no longer due"),
}


def learn_words() -> None:
    """Take in the words of the house that a kiosk says: problems of forms, categories, stages."""
    words.learn(problems=common_words.PROBLEMS)
    words.learn(problems=reception_words.PROBLEMS, choices=reception_words.CHOICES)
    words.learn(problems=repair_words.PROBLEMS, choices=repair_words.CHOICES)


def category_word(category: str) -> str:
    """Return the desk's word for a category; '' for none."""
    return word(Category(category)) if category in {known.value for known in Category} else category


def stage_word(status: Mapping[str, Any]) -> str:
    """Return what the stage of a request means to its resident."""
    stage = str(status.get("stage", ""))
    said: Mapping[str, str] = {known.value: text for known, text in STAGES.items()} if status.get("kind") == "repair" else OTHER_STAGES
    return _(said[stage]) if stage in said else stage


def kind_word(status: Mapping[str, Any]) -> str:
    """Return what kind of request it is, with its category if it has one."""
    kind = str(status.get("kind", ""))
    name = _(KINDS[kind]) if kind in KINDS else kind
    category = category_word(str(status.get("category") or "")) if kind == "repair" else ""
    return f"{name} · {category}" if category else name


def clock_word(kind: str) -> str:
    """Return what a clock waits for."""
    return _(repair_words.CLOCKS[kind]) if kind in repair_words.CLOCKS else _("Answer")


def clock_state(state: str) -> str:
    """Return how a clock stands."""
    return _(CLOCK_STATES[state]) if state in CLOCK_STATES else state
