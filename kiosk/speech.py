"""Reading a screen aloud, for those who cannot read it: espeak-ng on this machine, no network, nothing kept.

POST /speak takes the words and answers with sound. It takes any text, not only what a page of ours shows, and that does no harm: the
guard lets in only the window of this process with the word of its session, what is said is heard nowhere but at this machine, the text
goes to the voice over its standard input (no shell, no file, no markup), it is short, and so many a minute. Checking that a page really
shows the words would mean keeping what residents type.
"""

import shutil
import subprocess
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from flask import Blueprint, Response, abort, request

from desk.kit.words import language

PROGRAM = "espeak-ng"
VOICES = {"zh": "cmn", "en": "en"}
WORDS_A_MINUTE = "145"  # a little slower than usual
LONGEST = 600  # characters
PATIENCE = 10  # seconds
KEPT = 8  # sounds, so that a second tap begins at once; a wipe drops them
MOST_A_MINUTE = 40
HEADER = 44  # bytes of a plain WAV header


def can_speak() -> bool:
    """Return whether this machine has a voice."""
    return shutil.which(PROGRAM) is not None


def speak(text: str, lang: str) -> bytes | None:
    """Return a text as a WAV sound, None if there is no voice, nothing to say, or it takes too long."""
    program, said = shutil.which(PROGRAM), " ".join(text.split())
    if not program or not said or len(said) > LONGEST or lang not in VOICES:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a list, no shell; the text goes over standard input
            [program, "-v", VOICES[lang], "-s", WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout"],
            input=said.encode("utf-8", "ignore"),
            capture_output=True,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return _whole(done.stdout)


def _whole(sound: bytes) -> bytes | None:
    """Return a WAV sound with its true lengths in the header: a program that writes to a pipe does not know them beforehand."""
    if len(sound) <= HEADER or sound[:4] != b"RIFF" or sound[36:40] != b"data":
        return None
    data = sound[HEADER:]
    return b"RIFF" + (HEADER - 8 + len(data)).to_bytes(4, "little") + sound[8:40] + len(data).to_bytes(4, "little") + data


class Voice:
    """The voice of a kiosk: a few sounds at hand, and not more than so many a minute."""

    def __init__(self, say: Callable[[str, str], bytes | None] = speak, clock: Callable[[], float] = time.monotonic) -> None:
        """Take how a text becomes sound, and the clock that counts the minute."""
        self._say = say
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._asked: deque[float] = deque(maxlen=MOST_A_MINUTE)
        self._lock = threading.Lock()

    def sound(self, text: str, lang: str) -> bytes | None:
        """Return a text as sound, None if there is none."""
        with self._lock:
            if (text, lang) in self._kept:
                self._kept.move_to_end((text, lang))
                return self._kept[text, lang]
        sound = self._say(text, lang)
        if sound:
            with self._lock:
                self._kept[text, lang] = sound
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return sound

    def may_speak(self) -> bool:
        """Count one question, and return whether there were not too many in the last minute."""
        with self._lock:
            now = self._clock()
            if len(self._asked) == MOST_A_MINUTE and now - self._asked[0] < 60:
                return False
            self._asked.append(now)
            return True

    def forget(self) -> None:
        """Drop every sound: the resident has gone."""
        with self._lock:
            self._kept.clear()


def speech_pages(voice: Voice) -> Blueprint:
    """Return the page that answers with sound, for a voice."""
    pages = Blueprint("speech", __name__)

    @pages.post("/speak")
    def say() -> Response:
        text = request.form.get("text", "").strip()
        if not text or len(text) > LONGEST:
            abort(400)
        if not voice.may_speak():
            abort(429)
        sound = voice.sound(text, language())
        if sound is None:
            abort(404)
        return Response(sound, mimetype="audio/wav", headers={"Cache-Control": "no-store"})

    return pages
