"""People's names: pinyin initials in every reading (surnames by their own table), names and phones masked, ID numbers checked."""

import re
import unicodedata
from functools import cache
from itertools import islice, product

MOST_READINGS = 16
_HAN_NAME = re.compile(r"^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•\s\u3000]+$")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

_COMPANY = re.compile(
    r"(?:公司|集团|合作社|事务所|委员会|银行|学校|医院|幼儿园|派出所|物业|超市|研究院|中心|工厂|分行|支行|商行)(?:[（(].*[)）])?$"
)

# Characters that read differently as a surname; what follows is the surname's reading.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "朴": "piao", "查": "zha", "翟": "zhai", "任": "ren", "盖": "ge",
    "华": "hua", "覃": "qin", "乐": "yue", "缪": "miao", "员": "yun", "燕": "yan", "冼": "xian", "洗": "xian", "逄": "pang", "黑": "he",
    "折": "she", "繁": "po", "种": "chong", "秘": "bi", "召": "shao", "过": "guo", "柏": "bai", "卜": "bu", "车": "che", "眭": "sui",
    "谌": "chen", "祭": "zhai", "牟": "mu", "褚": "chu", "郗": "xi", "么": "yao", "呙": "guo", "肖": "xiao", "盛": "sheng", "相": "xiang",
    "应": "ying", "宁": "ning", "占": "zhan", "隽": "juan", "臧": "zang", "炅": "gui", "句": "gou", "瞿": "qu", "费": "fei", "都": "du",
    "贾": "jia", "撒": "sa", "强": "qiang", "宿": "su", "粘": "nian", "莘": "shen", "仉": "zhang", "颉": "xie", "令": "ling", "尉": "wei",
    "纪": "ji", "哈": "ha", "那": "na", "石": "shi", "沈": "shen", "洪": "hong", "尹": "yin", "俞": "yu", "阚": "kan", "郇": "huan",
    "隗": "wei", "宓": "mi", "佴": "nai", "亓": "qi", "訾": "zi", "藏": "zang", "曲": "qu", "葛": "ge", "重": "chong", "能": "nai",
    "尉迟": "yu chi", "长孙": "zhang sun", "万俟": "mo qi", "单于": "chan yu", "澹台": "tan tai", "令狐": "ling hu", "皇甫": "huang fu",
    "呼延": "hu yan", "鲜于": "xian yu", "夏侯": "xia hou", "欧阳": "ou yang", "上官": "shang guan", "司马": "si ma", "诸葛": "zhu ge",
    "宇文": "yu wen", "慕容": "mu rong", "中行": "zhong hang", "乐正": "yue zheng", "宰父": "zai fu", "亓官": "qi guan", "东方": "dong fang",
}  # fmt: skip


def tidy_name(typed: str) -> str:
    """Return a name as it is kept: NFC, and '张　三' without the space that lists put into short Chinese names."""
    text = unicodedata.normalize("NFC", typed).strip().strip("\u3000")
    return re.sub(r"[\s\u3000]+", "" if _HAN_NAME.match(text) else " ", text)


def is_printable(name: str) -> bool:
    """Tell whether every character has a place in Unicode; private ones (stand-ins of old systems) print on no other machine."""
    return not _PRIVATE.search(name)


def is_han(name: str) -> bool:
    """Tell whether a name is written in Chinese characters alone."""
    return _HAN_NAME.match(name) is not None


def looks_like_company(name: str) -> bool:
    """Tell whether a name reads like that of a company or an office."""
    return _COMPANY.search(name) is not None


def initials_of(name: str) -> tuple[str, ...]:
    """Return the pinyin initials of a name in every reading, the surname's own first: '单晓' gives 'sx', 'dx', 'cx'."""
    surname = next((name[:n] for n in (2, 1) if name[:n] in SURNAMES), "")
    first = "".join(part[0] for part in SURNAMES[surname].split()) if surname else ""
    given = [_letters(character) for character in name[len(surname) :]]
    readings = [first + "".join(rest) for rest in islice(product(*given), MOST_READINGS)] if first else []
    whole = ["".join(word) for word in islice(product(*(_letters(character) for character in name)), MOST_READINGS)]
    return tuple(word for word in dict.fromkeys([*readings, *whole]) if word)[:MOST_READINGS]


@cache
def _letters(character: str) -> tuple[str, ...]:
    """Return the possible first letters of one character; '' for what has no reading."""
    if character.isascii():
        return (character.lower(),) if character.isalnum() else ("",)
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    letters = dict.fromkeys(unicodedata.normalize("NFD", word)[:1] for word in (found[0] if found else []))
    return tuple(letter for letter in letters if letter.isascii() and letter.isalpha()) or ("",)


def masked_name(name: str) -> str:
    """Return a name as those see it who need not know it: the first character and stars."""
    return name[:1] + "*" * min(len(name) - 1, 2) if name else ""


def masked_phone(phone: str) -> str:
    """Return a phone with its middle hidden: 138****0000."""
    return phone[:3] + "*" * max(len(phone) - 7, 2) + phone[-4:] if len(phone) >= 8 else "*" * len(phone)


_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_id_card(number: str) -> bool:
    """Tell whether this is an ID card number: 18 characters with their check character (GB 11643), or an old one of 15 digits."""
    if re.fullmatch(r"[1-9]\d{14}", number):
        return True
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number):
        return False
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11] == number[17]


def is_credit_code(number: str) -> bool:
    """Tell whether this is a unified social credit code of a company: 18 characters with their check character (GB 32100)."""
    if len(number) != 18 or any(letter not in _CODE_LETTERS for letter in number):
        return False
    total = sum(_CODE_LETTERS.index(letter) * pow(3, n, 31) for n, letter in enumerate(number[:17]))
    return _CODE_LETTERS[(31 - total % 31) % 31] == number[17]
