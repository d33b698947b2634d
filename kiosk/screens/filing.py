"""The three flows of questions, and what each sends to the desk when it is saved."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desk.kit.words import N_, _, using
from kiosk import kinds
from kiosk.screens import told
from kiosk.screens.asking import Ask
from kiosk.screens.kind import ABOUT_WHAT, KIND, WHICH, about_words, category_of
from kiosk.screens.photo import PHOTO
from kiosk.screens.when import WHEN, slot_for_desk
from kiosk.screens.where import ABOUT_PLACE, PLACE, WHERE, place_words, unit_label
from kiosk.screens.who import NAME, PHONE
from kiosk.sessions import Draft
from kiosk.words import HAPPENED, TITLES

Body = dict[str, str | None]


@dataclass(frozen=True)
class Flow:
    """A row of questions that ends in one submission."""

    name: str
    intent: str  # 'repair.report@1'
    asks: tuple[Ask, ...]
    body: Callable[[Draft, str], Body]

    @property
    def title(self) -> str:
        """Return what the resident is doing, in the language in use."""
        return _(TITLES[self.name])

    def ask(self, name: str) -> Ask | None:
        """Return a question by its name."""
        return next((ask for ask in self.asks if ask.name == name), None)

    def next(self, draft: Draft) -> Ask | None:
        """Return the first question that still needs an answer; None when all have one."""
        return next((ask for ask in self.asks if ask.is_open(draft)), None)

    def before(self, name: str, draft: Draft) -> Ask | None:
        """Return the question before one; None if it is the first."""
        names = [ask.name for ask in self.asks]
        return next((ask for ask in reversed(self.asks[: names.index(name)]) if ask.applies(draft)), None)

    @property
    def groups(self) -> list[str]:
        """Return the parts that the progress bar counts."""
        return [*dict.fromkeys(ask.group for ask in self.asks), "review"]


def _who(draft: Draft, lang: str) -> Body:
    return {"name": draft.answers.get("name", ""), "phone": draft.answers["phone"], "identity": "claimed", "lang": lang}


def repair_body(draft: Draft, lang: str) -> Body:
    """Return the body of `repair.report@1`; where it is in a public place stands before the resident's words."""
    answers, category = draft.answers, category_of(draft)
    urgency = kinds.urgency_of(category)
    with using("zh"):
        what = answers["what"] if answers["place"] == "home" else f"【{place_words(draft)}】{answers['what']}"
    told_body: Body = {
        "unit": unit_label(draft),
        "place": answers["place"],
        "category": category,
        "what": what,
        "wished": slot_for_desk(answers["wished"]),
        "urgency": "emergency" if urgency.value == "emergency" else None,
    }
    return told_body | _who(draft, lang)


def complaint_body(draft: Draft, lang: str) -> Body:
    """Return the body of `complaint.file@1`: the resident's words, and below them when, where and what is wanted, in the staff's words."""
    answers = draft.answers
    with using("zh"):
        lines = [
            answers["what"],
            f"{_('When')}：{_(HAPPENED[answers['happened']])}",
            f"{_('Which place')}：{place_words(draft)}",
            f"{_('Wanted')}：{answers['wanted']}",
        ]
        about = "：".join(part for part in (about_words(draft), answers.get("concerned", "")) if part)
    return {"unit": unit_label(draft), "what": "\n".join(lines), "about": about} | _who(draft, lang)


def callback_body(draft: Draft, lang: str) -> Body:
    """Return the body of `callback.wanted@1`."""
    return {"unit": "", "what": draft.answers["what"]} | _who(draft, lang)


FLOWS: Mapping[str, Flow] = {
    flow.name: flow
    for flow in (
        Flow("repair", "repair.report@1", (PLACE, *WHERE, KIND, WHICH, told.REPAIR_WHAT, PHOTO, WHEN, PHONE, NAME), repair_body),
        Flow(
            "complaint",
            "complaint.file@1",
            (ABOUT_WHAT, told.COMPLAINT_WHAT, told.CONCERNED, ABOUT_PLACE, *WHERE, told.HAPPENED_WHEN, told.WANTED, PHONE, NAME),
            complaint_body,
        ),
        Flow("callback", "callback.wanted@1", (told.CALL_WHAT, PHONE, NAME), callback_body),
    )
}
GROUPS = {
    "where": N_("Which place"),
    "kind": N_("Which"),
    "what": N_("In words"),
    "photo": N_("Photo"),
    "time": N_("Time"),
    "wanted": N_("Wanted"),
    "who": N_("You"),
    "review": N_("Look over"),
}
