"""From typed letters to words: the best whole sentence, the words that take all letters, and those that take the first of them."""

from collections.abc import Iterator
from typing import NamedTuple

from kiosk.ime.lexicon import Lexicon, lexicon
from kiosk.ime.reading import Part, Reading, read

LONGEST_TYPED = 60
LONGEST_WORD = 6  # syllables
LONGER = 5  # words offered that go on after the typed letters
GOES_ON = {True: 1200, False: 5000}  # what each further syllable costs: if initials were typed, and if not
RAW = 25000  # what a letter costs that stays a letter


class Candidate(NamedTuple):
    """A word to choose, and how many of the typed characters it takes."""

    word: str
    used: int


class Span(NamedTuple):
    """Some parts of the typed letters that could be one word, up to letter `end`."""

    end: int
    parts: tuple[Part, ...]


def candidates(typed: str, limit: int = 60, *, fuzzy: bool = False) -> list[Candidate]:
    """Return the words for letters a-z (apostrophes may keep syllables apart), best first; the letters themselves come last.

    `fuzzy` also takes zh for z, n for l, an for ang and so on, behind what fits exactly.
    """
    if not typed.strip("'"):
        return []
    words = lexicon()
    reading = read(typed, words.syllables)
    spans = [list(_spans(reading, start)) for start in range(len(reading))]
    found = dict.fromkeys(_whole(reading, spans, words, fuzzy), len(typed))
    for word, used in _first(reading, spans[0], words, fuzzy):
        found.setdefault(word, used)
    found.pop(reading.letters, None)
    chosen = [Candidate(word, used) for word, used in found.items()]
    return [*chosen[: max(limit - 1, 0)], Candidate(reading.letters, len(typed))]


def _spans(reading: Reading, start: int) -> Iterator[Span]:
    """Yield what could be one word from one place on."""
    waiting: list[tuple[int, tuple[Part, ...]]] = [(start, ())]
    while waiting:
        at, parts = waiting.pop()
        if parts:
            yield Span(at, parts)
        if at < len(reading) and len(parts) < LONGEST_WORD:
            waiting += [(step.end, (*parts, step.part)) for step in reading.steps[at] if step.part]


def _whole(reading: Reading, spans: list[list[Span]], words: Lexicon, fuzzy: bool) -> list[str]:
    """Return what takes all letters, best first: the best sentence, single words, and words that go on."""
    costs: dict[str, int] = {}
    for span in spans[0]:
        if span.end == len(reading):
            further = GOES_ON[reading.abbreviated]
            longer = [(cost + further * (len(word) - len(span.parts)), word) for cost, word in words.longer(span.parts, fuzzy)]
            for cost, word in [*words.words(span.parts, fuzzy), *sorted(longer)[:LONGER]]:
                costs[word] = min(cost, costs.get(word, cost))
    cost, sentence = _sentence(reading, spans, words, fuzzy)
    costs[sentence] = min(cost, costs.get(sentence, cost))
    return sorted(costs, key=lambda word: (costs[word], word))


def _sentence(reading: Reading, spans: list[list[Span]], words: Lexicon, fuzzy: bool) -> tuple[int, str]:
    """Return the cheapest row of words through all letters; a letter that nothing fits stays as it is."""
    best: list[tuple[int, str]] = [(0, "")]
    for at, letter in enumerate(reading.letters):
        best.append((best[at][0] + RAW, best[at][1] + letter))
    for start, begun in enumerate(spans):
        cost, before = best[start]
        best[start + 1] = min(best[start + 1], (cost + RAW, before + reading.letters[start]))
        for span in begun:
            if entries := words.words(span.parts, fuzzy):
                best[span.end] = min(best[span.end], (cost + entries[0].cost, before + entries[0].word))
    return best[-1]


def _first(reading: Reading, spans: list[Span], words: Lexicon, fuzzy: bool) -> Iterator[tuple[str, int]]:
    """Yield the words that take only the first letters, the longest first, then every character of the first syllable."""
    for end in sorted({span.end for span in spans if span.end < len(reading)}, reverse=True):
        entries = sorted(entry for span in spans if span.end == end for entry in words.words(span.parts, fuzzy))
        yield from ((entry.word, reading.offsets[end]) for entry in entries)
