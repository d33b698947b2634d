"""The fonts of the house: a strict font class, and chains of fonts that stand in for each other.

Regular covers 通用规范汉字表 and more, Bold the 8,105 standard characters, PlaneTwo the rare characters of people's names. A character in
none of them raises `MissingGlyph`: nothing ever prints blank.
"""

from forms.fonts.chain import BOLD, REGULAR, Chain, missing, spell_missing
from forms.fonts.strict import MissingGlyph, StrictFont

__all__ = ["BOLD", "REGULAR", "Chain", "MissingGlyph", "StrictFont", "missing", "spell_missing"]
