"""What is broken, by pictures: about twelve big ones, and a second screen where one picture means several kinds."""

from desk.kit.words import N_, _
from kiosk import kinds
from kiosk.screens.asking import Option, choice
from kiosk.sessions import Draft
from kiosk.words import ABOUT, category_word

GROUP = "kind"


def pictures(draft: Draft) -> list[Option]:
    """Return the pictures of the place."""
    return [Option(one.name, _(one.words), one.icon) for one in kinds.pictures(draft.answers.get("place", "home"))]


def _picture(draft: Draft) -> kinds.Picture | None:
    return kinds.picture(draft.answers.get("place", "home"), draft.answers.get("picture", ""))


def categories(draft: Draft) -> list[Option]:
    """Return the kinds behind the picture."""
    found = _picture(draft)
    return [Option(one.value, category_word(one.value), f"k-{kinds.ICONS[one]}") for one in found.categories] if found else []


def has_several(draft: Draft) -> bool:
    """Whether the picture means more than one kind."""
    found = _picture(draft)
    return found is not None and len(found.categories) > 1


def category_of(draft: Draft) -> str:
    """Return the desk's category, by the picture if it means only one."""
    found = _picture(draft)
    if found and len(found.categories) == 1:
        return found.categories[0].value
    return draft.answers.get("category", "")


def said(draft: Draft) -> str:
    """Return what is broken in the desk's words."""
    return category_word(category_of(draft))


def abouts(draft: Draft) -> list[Option]:
    """Return what a complaint may be about."""
    return [Option(name, _(words), f"a-{name}") for name, words in ABOUT.items()]


def about_words(draft: Draft) -> str:
    """Return what the complaint is about."""
    return _(ABOUT[name]) if (name := draft.answers.get("about", "")) in ABOUT else ""


KIND = choice(
    "picture",
    GROUP,
    N_("What is broken?"),
    N_("What is broken"),
    pictures,
    clears=("category", "what"),
    leads=("category",),
    look="pictures",
    said=said,
)
WHICH = choice(
    "category", GROUP, N_("What is it like?"), N_("Kind"), categories, applies=has_several, clears=("what",), look="pictures", said=said
)
ABOUT_WHAT = choice("about", GROUP, N_("What is it about?"), N_("About"), abouts, clears=("what",), look="pictures", said=about_words)
