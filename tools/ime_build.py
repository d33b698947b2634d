"""Build the lexicon of the kiosk's pinyin keyboard from a public word list and the words of our trade.

Run with the project's Python and the source archive of jieba (see SOURCE for the version and its sha256):

    python tools/ime_build.py jieba-0.42.1.tar.gz

The result is committed, so nobody needs this to work on or to use the product. Words and their frequencies are jieba's, their sounds
pypinyin's; kiosk/ime/data/property.txt puts our own words first. Every single character that our bold font prints is in it.

The file is one line a word, sorted: initials, syllables, word, cost (-1000 * ln of its share of all words), between tabs.
"""

import hashlib
import json
import lzma
import math
import re
import shutil
import sys
import tarfile
from importlib.metadata import distribution
from pathlib import Path

from pypinyin import Style, lazy_pinyin, pinyin
from reportlab.pdfbase.ttfonts import TTFont

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "kiosk" / "ime" / "data"
SOURCE = {
    "package": "jieba",
    "version": "0.42.1",
    "licence": "MIT",
    "sha256": "055ca12f62674fafed09427f176506079bc135638a14e23e25be909131928db2",
}
DICTIONARY, LICENCE = "jieba-0.42.1/jieba/dict.txt", "LICENSE-jieba.txt"
LEAST = 12  # a rarer word is not offered
LONGEST = 6  # characters
HAN = re.compile(r"[\u3400-\u9fff]+|[\U00020000-\U0002ffff]+")
SYLLABLE = re.compile(r"[a-z]{1,6}")
NAMES_OF_PEOPLE = {"nr", "nrt", "nrfg"}  # of novels and old news: only the common ones are kept
NO_SYLLABLE = {"m", "n", "ng", "hm", "hng", "ê", "r", "eng"}  # sounds that nobody types
FIRST = 5600  # the cost at which our own words begin
OTHER_READING = (0, 3000, 5000)  # a character's second and further readings cost more
RARE = (0, 2000, 3500)  # and so do characters beyond the 3,755 commonest of GB 2312, and beyond all of it
UNFIT = re.compile("[奸淫娼妓嫖屄屌肏屎婊]|做爱|性交|妈的|他妈|王八")


def dictionary(archive: Path) -> dict[str, int]:
    """Return word -> frequency from the archive, common words of Chinese characters only."""
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SOURCE["sha256"]:
        raise SystemExit(f"{archive} is not the {SOURCE['package']} {SOURCE['version']} that was looked at")
    with tarfile.open(archive) as tar:
        file = tar.extractfile(DICTIONARY)
        assert file is not None
        lines = file.read().decode("utf-8").splitlines()
    words = {}
    for word, number, part in (line.split(" ") for line in lines):
        least = LEAST * 8 if part in NAMES_OF_PEOPLE else LEAST
        if HAN.fullmatch(word) and not UNFIT.search(word) and (len(word) == 1 or (len(word) <= LONGEST and int(number) >= least)):
            words[word] = max(int(number), 1)
    return words


def printed() -> set[str]:
    """Return the Chinese characters that our bold font has: 通用规范汉字表."""
    font = TTFont("bold", str(ROOT / "forms" / "fonts" / "NotoSansSC-Bold.ttf"))
    return {chr(code) for code in font.face.charToGlyph if HAN.fullmatch(chr(code))}


def ours() -> list[tuple[str, str]]:
    """Return our own words, best first, with the sound where it is not the usual one, or people say another."""
    lines = (OUT / "property.txt").read_text(encoding="utf-8").splitlines()
    pairs = (each.partition(":") for line in lines if not line.startswith("#") for each in line.split())
    return [(word, how.replace("'", " ") or sound(word)) for word, _, how in pairs]


def sound(word: str) -> str:
    """Return the syllables of a word, as 'shui long tou'; ü is v."""
    return " ".join(lazy_pinyin(word, style=Style.NORMAL, v_to_u=False))


def readings(char: str) -> list[tuple[str, int]]:
    """Return every reading of a character with what it costs more than the first."""
    found = dict.fromkeys(pinyin(char, style=Style.NORMAL, heteronym=True, v_to_u=False)[0])
    known = [each for each in found if SYLLABLE.fullmatch(each) and each not in NO_SYLLABLE]
    return [(each, OTHER_READING[min(at, 2)]) for at, each in enumerate(known)]


def rarity(char: str) -> int:
    """Return 0 for the common characters of GB 2312, 1 for its others, 2 for the rest."""
    code = char.encode("gb2312", errors="ignore")
    return 2 if not code else int(code[0] >= 0xD8)


def entries(frequencies: dict[str, int]) -> dict[tuple[str, str], int]:
    """Return (syllables, word) -> cost."""
    total = sum(frequencies.values())
    found = {}
    for char in printed():
        cost = round(-1000 * math.log(frequencies.get(char, 1) / total)) + RARE[rarity(char)]
        found.update({(reading, char): cost + more for reading, more in readings(char)})
    for word, number in frequencies.items():
        if len(word) > 1:
            found[sound(word), word] = round(-1000 * math.log(number / total))
    for at, (word, how) in enumerate(ours()):
        usual = found.get((how, word), 18000)
        found[how, word] = min(usual, FIRST + at) if len(word) > 1 else max(FIRST, usual - 1500)
    found["en", "嗯"] = found.pop(("en", "嗯"), 9000)
    return {key: cost for key, cost in found.items() if all(map(SYLLABLE.fullmatch, key[0].split(" ")))}


def main() -> None:
    """Write the lexicon, the licences and the manifest."""
    found = entries(dictionary(Path(sys.argv[1])))
    lines = sorted(f"{''.join(part[0] for part in how.split(' '))}\t{how}\t{word}\t{cost}" for (how, word), cost in found.items())
    packed = lzma.compress("\n".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME)
    (OUT / "lexicon.tsv.xz").write_bytes(packed)
    sounds = distribution("pypinyin")
    licence = next(file for file in sounds.files or () if file.name.startswith("LICENSE"))
    shutil.copyfile(licence.locate(), OUT / "LICENSE-pypinyin.txt")
    manifest = {
        "path": "kiosk/ime/data/lexicon.tsv.xz",
        "words": len(lines),
        "sha256": hashlib.sha256(packed).hexdigest(),
        "made_by": "tools/ime_build.py",
        "from": [
            {**SOURCE, "file": DICTIONARY, "licence_text": LICENCE},
            {"package": "pypinyin", "version": sounds.version, "licence": "MIT", "licence_text": "LICENSE-pypinyin.txt"},
            {"file": "kiosk/ime/data/property.txt", "licence": "Apache-2.0"},
        ],
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"{len(lines)} words, {len(packed) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
