"""Passwords and PINs: argon2id with 19 MiB and 2 passes, at most two at once, and what is too easy to guess."""

import re
import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from desk.kit.problems import Unclear

SHORTEST = 8
LONGEST = 128
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_AT_ONCE = threading.BoundedSemaphore(2)
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without i l o 0 1, which people misread
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "1234567890", "0987654321", "1qaz2wsx3edc4rfv5tgb6yhn7ujm")
_USUAL = """
    password passw0rd passwd admin administrator root guest test user login welcome letmein iloveyou woaini woaiwo qwert qwerty asdf asdfgh zxcvbn abc abcd
    aini nihao mima wodemima wuye wuyeguanli kefu qiantai shouyin baoan gongcheng zhuguan lobbydesk desk office company hello secret master dragon monkey
    sunshine princess football baseball superman batman shadow michael charlie computer internet service china zhongguo beijing shanghai guangzhou shenzhen
    zhang wang li liu chen yang huang zhao zhou wu xu sun dearbook taobao weixin huawei xiaomi asd aa a qq q w x z love baby happy lucky xiaoqu changeme default
""".split()  # noqa: SIM905 - a paragraph reads better than a column
_TAILS = re.compile(r"[\d!@#$%^&*._\-]*$")
_NUMBERS = re.compile(
    r"^(?:(?:19|20)\d{2}(?:0?[1-9]|1[0-2])?(?:[0-2]?\d|3[01])?|(\d{1,4})\1+|(?:52[01]|1314|88|66|99|00|11|147258|159357|147852|789456|456789){2,}\d*)$"
)


def make(secret: str) -> str:
    """Return the hash of a password or PIN; waits if two are being made."""
    with _AT_ONCE:
        return _HASHER.hash(secret)


def fits(stored: str, secret: str) -> bool:
    """Tell whether a secret is the one of a stored hash; '' (nobody, or no PIN) never fits and costs the same time."""
    with _AT_ONCE:
        try:
            return bool(_HASHER.verify(stored or _NOBODY, secret)) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def one_time() -> str:
    """Return a password for one use, as people read it aloud: three groups of four, 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def check_password(secret: str, *known: str) -> str:
    """Return a new password; `Unclear` if it is short, usual, or made of what everybody knows of this person (`known`)."""
    if len(secret) < SHORTEST:
        raise Unclear("form.unclear", fields={"password": "access.password_short"})
    if len(secret) > LONGEST:
        raise Unclear("form.unclear", fields={"password": "access.password_long"})
    if is_usual(secret) or any(word and word.lower() in secret.lower() and len(secret) < len(word) + 6 for word in known):
        raise Unclear("form.unclear", fields={"password": "access.password_usual"})
    return secret


def is_usual(secret: str) -> bool:
    """Tell whether a password is among those that guessers try first: usual words with digits, walks on the keyboard, dates, repeats."""
    text = secret.lower()
    if len(set(text)) <= 3 or _NUMBERS.match(text) or any(_walks(text, row) for row in _ROWS):
        return True
    core = _TAILS.sub("", text).lstrip("0123456789!@#$%^&*._-").replace("0", "o").replace("@", "a").replace("1", "l")
    digits = re.sub(r"\D", "", text)
    tail_is_usual = len(digits) <= 4 or any(_walks(digits, row) for row in _ROWS) or bool(_NUMBERS.match(digits)) or len(set(digits)) <= 3
    if tail_is_usual and len(core) >= 4 and any(_walks(core, row) for row in _ROWS):
        return True
    usual = {word.replace("0", "o").replace("1", "l") for word in _USUAL} | {""}
    return tail_is_usual and (core in usual or any(core == word * 2 for word in usual if word))


def _walks(text: str, row: str) -> bool:
    """Tell whether a text is one walk along a row of keys, to and fro, at most twice."""
    laps = row * 2
    return any(text in lap or (text[: len(text) // 2] * 2 == text and text[: len(text) // 2] in lap) for lap in (laps, laps[::-1]))


def check_pin(secret: str) -> str:
    """Return a new PIN of 4 to 8 digits; `Unclear` if it is not, or is a run or a repeat."""
    if not re.fullmatch(r"[0-9]{4,8}", secret):
        raise Unclear("form.unclear", fields={"pin": "access.pin_form"})
    if len(set(secret)) == 1 or any(secret in row * 2 for row in ("0123456789", "9876543210")):
        raise Unclear("form.unclear", fields={"pin": "access.pin_usual"})
    return secret
