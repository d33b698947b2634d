"""Money as it stands on paper.

Sources: 支付结算办法 附一《正确填写票据和结算凭证的基本规定》 and 会计基础工作规范 第52条. They differ on 整 after 角; the form written here
satisfies both: 整 after 元 and after 角, none after 分; one 零 for each run of zeros inside 元; no 零 between 元 and 角; 零 between 元 and 分.
"""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万")  # 10,000 亿 reads 壹万亿
LIMIT = 10**18


def words(fen: int) -> str:
    """Return an amount in capital Chinese characters, as 壹佰零壹元伍角整; the form puts 人民币 in front."""
    if isinstance(fen, bool) or not isinstance(fen, int):
        raise TypeError("an amount is whole fen")
    if abs(fen) >= LIMIT:
        raise ValueError("an amount must be below 10^16 yuan")
    yuan, (jiao, rest) = abs(fen) // 100, divmod(abs(fen) % 100, 10)
    text = "负" if fen < 0 else ""
    text += f"{_number(yuan)}元" if yuan else ""
    text += f"{DIGITS[jiao]}角" if jiao else "零" if yuan and rest else ""
    text += f"{DIGITS[rest]}分" if rest else ""
    return text if rest else (text or "零元") + "整"


def money(fen: int) -> str:
    """Return an amount in figures, as ¥1,234.50 or -¥0.05."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}¥{yuan:,}.{rest:02d}"


def _number(yuan: int) -> str:
    """Return a positive whole number in capitals: 零 where zeros end before another digit, 万 and 亿 where their four places end."""
    text, zeros = "", False
    digits = str(yuan)
    for at, digit in enumerate(map(int, digits)):
        group, place = divmod(len(digits) - 1 - at, 4)
        if digit:
            text += ("零" if zeros else "") + DIGITS[digit] + PLACES[place]
        zeros = not digit
        if place == 0 and (group == 2 or yuan // 10 ** (4 * group) % 10**4):
            text += GROUPS[group]
    return text
