"""The words and their sounds: one sorted list of lines, searched by halving; nothing of it is unpacked before it is asked for."""

import lzma
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import NamedTuple

from kiosk.ime.reading import Part
from kiosk.ime.sounds import ALSO, HEADS, twins

DATA = Path(__file__).parent / "data" / "lexicon.tsv.xz"
OURS = 6400  # a word that costs less is one of our own: tools/ime_build.py
ABBREVIATED = 2000  # what each initial costs more than a syllable written out
MIXED_UP = 1500  # what each sound costs that only resembles the typed one
TAB = "\t"


class Entry(NamedTuple):
    """A word that fits what was typed; a lower cost is the better guess."""

    cost: int
    word: str


class Lexicon:
    """All words in the order of their initials, then of their syllables."""

    def __init__(self, lines: list[str]) -> None:
        """Take sorted lines: initials, syllables, word, cost."""
        self.lines = lines
        singles = {line.split(TAB)[1] for letter in "abcdefghijklmnopqrstuvwxyz" for line in self._block(letter + TAB)}
        self.syllables = frozenset(singles | ALSO.keys())
        self._ours = [line for line in lines if int(line.rpartition(TAB)[2]) < OURS]
        self.words = lru_cache(maxsize=8192)(self._words)
        self.longer = lru_cache(maxsize=1024)(self._longer)

    def __len__(self) -> int:
        """Return the number of words with their sounds."""
        return len(self.lines)

    def _words(self, parts: tuple[Part, ...], fuzzy: bool) -> tuple[Entry, ...]:
        """Return the words of exactly these parts, best first."""
        if len(parts) == 1 and parts[0].whole:
            lines = [line for sound in self._sounds(parts[0], fuzzy) for line in self._block(f"{sound[0]}{TAB}{sound}{TAB}")]
        elif all(part.whole for part in parts) and not fuzzy:
            sounds = [ALSO.get(part.letters, part.letters) for part in parts]
            lines = list(self._block(f"{''.join(sound[0] for sound in sounds)}{TAB}{' '.join(sounds)}{TAB}"))
        else:
            lines = [line for initials in self._initials(parts, fuzzy) for line in self._block(initials + TAB)]
        return tuple(sorted(self._fitting(lines, parts, fuzzy)))

    def _longer(self, parts: tuple[Part, ...], fuzzy: bool) -> tuple[Entry, ...]:
        """Return some words that begin with these parts and go on, best first: after one part only our own."""
        if len(parts) == 1:
            lines: Iterable[str] = (line for line in self._ours if line[1] != TAB)
        else:
            starts = self._initials(parts, fuzzy)
            lines = (line for initials in starts for line in self._block(initials) if line[len(parts)] != TAB)
        return tuple(sorted(self._fitting(lines, parts, fuzzy))[:24])

    def _block(self, prefix: str) -> Iterator[str]:
        """Yield the lines that begin with a prefix."""
        for at in range(bisect_left(self.lines, prefix), len(self.lines)):
            if not self.lines[at].startswith(prefix):
                return
            yield self.lines[at]

    def _sounds(self, part: Part, fuzzy: bool) -> list[str]:
        """Return the syllables that a whole part can stand for."""
        sound = ALSO.get(part.letters, part.letters)
        return [sound, *sorted(twins(sound) & self.syllables)] if fuzzy else [sound]

    def _initials(self, parts: tuple[Part, ...], fuzzy: bool) -> list[str]:
        """Return the rows of initials under which words of these parts stand."""
        mixed = {"n": "nl", "l": "ln"} if fuzzy else {}
        return ["".join(row) for row in product(*(mixed.get(part.letters[0], part.letters[0]) for part in parts))]

    def _fitting(self, lines: Iterable[str], parts: tuple[Part, ...], fuzzy: bool) -> Iterator[Entry]:
        """Yield the entries whose syllables fit the parts, with what the fit costs."""
        tests = [_prices(part, fuzzy) for part in parts]
        for line in lines:
            _, sounds, word, cost = line.split(TAB)
            total = int(cost)
            for sound, (exact, starts, alike, also) in zip(sounds.split(" "), tests, strict=False):
                if sound == exact:
                    continue
                if starts and sound.startswith(starts):
                    total += ABBREVIATED
                elif sound in alike or (also and sound.startswith(also)):
                    total += ABBREVIATED * bool(starts) + MIXED_UP
                else:
                    break
            else:
                yield Entry(total, word)


@cache
def _prices(part: Part, fuzzy: bool) -> tuple[str, str, frozenset[str], str]:
    """Return what a part fits: this syllable, a beginning, syllables that sound alike, and a beginning that sounds alike."""
    letters = ALSO.get(part.letters, part.letters)
    if part.whole:
        return letters, "", twins(letters) if fuzzy else frozenset(), ""
    return "", letters, frozenset(), HEADS.get(letters, "") if fuzzy else ""


@cache
def lexicon() -> Lexicon:
    """Return the lexicon that is shipped, read once."""
    return Lexicon(lzma.decompress(DATA.read_bytes()).decode("utf-8").split("\n"))
