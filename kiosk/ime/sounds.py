"""The sounds of Mandarin as they are typed: initials, and what people from other regions mix up."""

from itertools import product

INITIALS = frozenset("bpmfdtnlgkhjqxrzcsywaoe") | {"zh", "ch", "sh"}
HEADS = {"zh": "z", "z": "zh", "ch": "c", "c": "ch", "sh": "s", "s": "sh", "n": "l", "l": "n"}
TAILS = (("ang", "an"), ("eng", "en"), ("ing", "in"), ("an", "ang"), ("en", "eng"), ("in", "ing"))
ALSO = {"lue": "lve", "nue": "nve"}  # typed without the key for ü


def head_of(syllable: str) -> str:
    """Return the initial of a syllable, '' for a vowel."""
    return next((syllable[:size] for size in (2, 1) if syllable[:size] in HEADS or syllable[:size] in INITIALS - set("aoe")), "")


def twins(syllable: str) -> frozenset[str]:
    """Return the spellings that sound alike to many older people, as zhan, zang, zan for zhang; some are no syllables."""
    head = head_of(syllable)
    rest = syllable[len(head) :]
    heads = {head, HEADS.get(head, head)}
    tail = next(((long, other) for long, other in TAILS if rest.endswith(long)), None)
    rests = {rest} | ({rest.removesuffix(tail[0]) + tail[1]} if tail else set())
    return frozenset(one + other for one, other in product(heads, rests)) - {syllable}
