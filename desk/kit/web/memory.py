"""What is worth remembering for minutes only: sentences for the next page, and who else looks at a case."""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable

PRESENT_SECONDS = 45  # a page beats every 20 seconds
_MOST = 5000


class Memory:
    """Short memory of the running desk; a restart forgets it without harm."""

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._said: OrderedDict[str, list[tuple[str, str, str | None]]] = OrderedDict()
        self._present: defaultdict[str, dict[str, tuple[float, str]]] = defaultdict(dict)

    def say(self, session: str, sentence: tuple[str, str, str | None]) -> None:
        """Keep a sentence for the next page of a session."""
        with self._lock:
            self._said.setdefault(session, []).append(sentence)
            while len(self._said) > _MOST:
                self._said.popitem(last=False)

    def said(self, session: str) -> list[tuple[str, str, str | None]]:
        """Return and forget the sentences for a session."""
        with self._lock:
            return self._said.pop(session, [])

    def here(self, place: str, person: str, name: str) -> list[str]:
        """Note that a person looks at a place, and return the names of the others there."""
        now = self._seconds()
        with self._lock:
            people = self._present[place]
            people[person] = (now, name)
            for gone in [key for key, (at, _) in people.items() if now - at > PRESENT_SECONDS]:
                del people[gone]
            if len(self._present) > _MOST:
                self._forget(now)
            return [name for key, (_, name) in people.items() if key != person]

    def _forget(self, now: float) -> None:
        for place in [key for key, people in self._present.items() if all(now - at > PRESENT_SECONDS for at, _ in people.values())]:
            del self._present[place]
