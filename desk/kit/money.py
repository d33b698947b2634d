"""Money: whole fen from the first keystroke to the printed sheet; never a float, rounded once and half up."""

import re

from desk.kit.problems import Unclear

LARGEST = 99_999_999_999_999  # 999,999,999,999.99 yuan: no bill is larger, and everything that keeps it still has room

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0x2212: "-", 0x00A0: " "}
_AMOUNT = re.compile(
    r"(?P<sign>[-+]?)\s*(?:¥|RMB|CNY)?\s*(?P<minus>-?)\s*(?P<yuan>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<fen>[0-9]*))?\s*(?:元整?)?"
)


def parse(text: str, *, negative: bool = False) -> int:
    """Read an amount in yuan as fen: '1,234.50', '¥100', '１００', '100元'.

    `Unclear('money.unclear')` tells the reason: 'empty', 'not_a_number', 'decimals' (more than two), 'negative' (unless
    allowed) or 'too_large'.
    """
    typed = text.translate(_NARROW).strip()
    if not typed:
        raise Unclear("money.unclear", reason="empty", found=text)
    match = _AMOUNT.fullmatch(typed)
    if match is None or match["fen"] == "" or (match["sign"] and match["minus"]):
        raise Unclear("money.unclear", reason="not_a_number", found=text)
    if len(match["fen"] or "") > 2:
        raise Unclear("money.unclear", reason="decimals", found=text)
    digits = match["yuan"].replace(",", "").lstrip("0") + (match["fen"] or "").ljust(2, "0")
    if len(digits) > len(str(LARGEST)):
        raise Unclear("money.unclear", reason="too_large", found=text)
    fen = int(digits)
    if "-" not in (match["sign"], match["minus"]):
        return fen
    if not negative and fen:
        raise Unclear("money.unclear", reason="negative", found=text)
    return -fen


def show(fen: int) -> str:
    """Return an amount as people read it: '¥1,234.50', '-¥0.05'."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{yuan:,}.{rest:02d}"


def share(fen: int, num: int, den: int) -> int:
    """Return `num`/`den` of an amount, rounded once and half up (half away from zero); `ValueError` if `den` is not positive.

    Multiply all factors first and share once: 70 % for 15 of 31 days is `share(fen, 70 * 15, 100 * 31)`.
    """
    if den <= 0:
        raise ValueError("a share is of something")
    product = fen * num
    rounded = (2 * abs(product) + den) // (2 * den)
    return rounded if product >= 0 else -rounded
