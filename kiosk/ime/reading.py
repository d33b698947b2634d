"""How typed letters can be read: every way to cut them into syllables, initials and a last syllable that is not finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kiosk.ime.sounds import INITIALS

FAR = 10_000  # no way
UNREADABLE = 10  # what a letter costs that begins no syllable
LONGEST_SYLLABLE = 6


class Part(NamedTuple):
    """A piece of what was typed: a whole syllable, or the start of one."""

    letters: str
    whole: bool


class Step(NamedTuple):
    """One part and where the next one begins; without a part it is a letter that cannot be read."""

    part: Part | None
    end: int
    cost: int  # 1 for an initial inside the typed letters, 0 for what is written out or not finished yet


@dataclass(frozen=True)
class Reading:
    """All sensible ways through the typed letters: the steps that lead on from each place."""

    letters: str  # without apostrophes
    offsets: tuple[int, ...]  # how many typed characters each number of letters takes, apostrophes behind them included
    steps: tuple[tuple[Step, ...], ...]
    abbreviated: bool

    def __len__(self) -> int:
        """Return the number of letters."""
        return len(self.letters)


@lru_cache(maxsize=512)
def read(typed: str, syllables: frozenset[str]) -> Reading:
    """Return the ways to read `typed`, letters a-z and apostrophes that keep syllables apart: xi'an."""
    letters, offsets, cuts = _without_marks(typed)
    starts = _starts(syllables)
    steps = [list(_steps(letters, at, cuts, syllables, starts)) for at in range(len(letters))]
    return Reading(letters, offsets, *_sensible(steps))


@lru_cache(maxsize=2)
def _starts(syllables: frozenset[str]) -> frozenset[str]:
    """Return every beginning of a syllable."""
    return frozenset(each[:size] for each in syllables for size in range(1, len(each)))


def _without_marks(typed: str) -> tuple[str, tuple[int, ...], frozenset[int]]:
    """Return the letters, how many typed characters each number of them takes, and where apostrophes cut."""
    offsets, cuts, letters = [0], set(), ""
    for at, char in enumerate(typed, 1):
        if char == "'":
            cuts.add(len(letters))
            offsets[-1] = at
        else:
            letters += char
            offsets.append(at)
    return letters, tuple(offsets), frozenset(cuts)


def _steps(letters: str, at: int, cuts: frozenset[int], syllables: frozenset[str], starts: frozenset[str]) -> Iterator[Step]:
    """Yield every step that the letters allow from one place."""
    found = False
    for end in range(at + 1, min(at + LONGEST_SYLLABLE, len(letters)) + 1):
        if any(cut in cuts for cut in range(at + 1, end)):
            break
        piece, is_last = letters[at:end], end == len(letters)
        if piece in syllables:
            yield Step(Part(piece, True), end, 0)
            found = True
        if piece in INITIALS or (is_last and piece in starts):
            yield Step(Part(piece, False), end, 0 if is_last else 1)
            found = True
    if not found:
        yield Step(None, at + 1, UNREADABLE)


def _sensible(steps: list[list[Step]]) -> tuple[tuple[tuple[Step, ...], ...], bool]:
    """Return the steps that lie on a way with the fewest initials, or one more where initials are typed anyway."""
    size = len(steps)
    behind = [FAR] * size + [0]
    for at in reversed(range(size)):
        behind[at] = min(step.cost + behind[step.end] for step in steps[at])
    before = [0] + [FAR] * size
    for at in range(size):
        for step in steps[at]:
            before[step.end] = min(before[step.end], before[at] + step.cost)
    most = behind[0] + (1 if behind[0] or size <= 3 else 0)
    kept = tuple(tuple(step for step in each if before[at] + step.cost + behind[step.end] <= most) for at, each in enumerate(steps))
    return kept, behind[0] > 0
