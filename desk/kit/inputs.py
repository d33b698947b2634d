"""How typed text becomes values: the same models for a counter form, an Excel row, the API and a kiosk.

A model's `read` takes what a browser or a row sends (all text) and returns the model, or raises
`Unclear('form.unclear', fields={name: sentence code and details})` that names every wrong field at once.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Self, get_origin

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from desk.kit import money
from desk.kit.clock import SITE_ZONE
from desk.kit.problems import Unclear
from desk.kit.words import N_, _

_BAD_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_PHONE = re.compile(
    r"^(?:1[3-9]\d{9}|0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?|[2-9]\d{6,7}(?:-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1[012]\d{1,3}|9\d{4})$"
)


class Input(BaseModel):
    """A model of something that a person typed; values are stripped, empty means not given, unknown keys are left out."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_strip_whitespace=True)

    @classmethod
    def read(cls, typed: Mapping[str, Any]) -> Self:
        """Return the model from typed text; `Unclear` names every field that cannot be read."""
        try:
            return cls.model_validate(_given(cls, typed))
        except ValidationError as error:
            raise Unclear("form.unclear", fields=_errors(error), values=dict(typed.items())) from None


def _given(model: type[Input], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return the typed values without the empty ones; a field that is a tuple or list takes all values of its name."""
    given: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if get_origin(field.annotation) in (tuple, list):
            values = typed.getlist(name) if hasattr(typed, "getlist") else typed.get(name, ())
            given[name] = tuple(value for value in ([values] if isinstance(values, str) else values) if value not in ("", None))
        elif name in typed and typed[name] is not None and not (isinstance(typed[name], str) and not typed[name].strip()):
            given[name] = typed[name]
    return given


def _errors(error: ValidationError) -> dict[str, str]:
    """Return field -> sentence in the language in use: what was expected and what to do."""
    fields: dict[str, str] = {}
    for item in error.errors(include_url=False, include_input=False):
        name = str(item["loc"][0]) if item["loc"] else ""
        text = ERRORS.get(item["type"])
        context = item.get("ctx", {})
        fields.setdefault(name, _(text, **context) if text and context else _(text or item["msg"]))
    return fields


ERRORS: dict[str, str] = {
    "missing": N_("Please fill this in."),
    "string_too_long": N_("At most %(max_length)s characters."),
    "string_too_short": N_("At least %(min_length)s characters."),
    "string_pattern_mismatch": N_("This does not have the expected form."),
    "enum": N_("Choose one from the list."),
    "literal_error": N_("Choose one from the list."),
    "int_parsing": N_("Enter a whole number."),
    "int_from_float": N_("Enter a whole number."),
    "greater_than_equal": N_("Enter %(ge)s or more."),
    "less_than_equal": N_("Enter %(le)s or less."),
    "greater_than": N_("Enter more than %(gt)s."),
    "bool_parsing": N_("Answer yes or no."),
    "date_from_datetime_parsing": N_("Enter a date such as 2026-11-23."),
    "date_parsing": N_("Enter a date such as 2026-11-23."),
    "time.unreadable": N_("Enter date and time such as 2026-11-23 14:30."),
    "phone.unreadable": N_("Enter a phone number: a mobile with 11 digits, or area code and number."),
    "money.unreadable": N_("Enter an amount in yuan with at most two decimals, such as 120.50."),
    "text.bad_character": N_("This holds a character that cannot be kept (a control character); type it again."),
}


def clean(value: Any) -> Any:
    """Return typed text in NFC with line ends as \\n; refuse control and direction characters that would spoil paper."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip().strip("\u3000")
    if _BAD_CHARACTERS.search(text):
        raise PydanticCustomError("text.bad_character", "bad character")
    return text


def _length(limit: int) -> AfterValidator:
    def check(value: str) -> str:
        if len(value) > limit:
            raise PydanticCustomError("string_too_long", "too long", {"max_length": limit})
        return value

    return AfterValidator(check)


def _phone(value: Any) -> str:
    """Return a phone number in plain digits; Excel's 13800000000.0 and full-width digits are read as what they mean."""
    text = unicodedata.normalize("NFKC", str(value)).strip().replace(" ", "")
    text = re.sub(r"\.0$", "", text).removeprefix("+86").removeprefix("0086").replace("—", "-").replace("－", "-")
    if re.fullmatch(r"1[3-9][\d-]{9,13}", text):
        text = text.replace("-", "")
    if not _PHONE.match(text):
        raise PydanticCustomError("phone.unreadable", "phone")
    return text


def _fen(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 100
    try:
        return money.parse(str(value))
    except Unclear:
        raise PydanticCustomError("money.unreadable", "money") from None


def _instant(value: Any) -> datetime:
    """Return an instant from '2026-11-23T14:30' as the site's wall clock says it, or from a full ISO instant."""
    try:
        at = value if isinstance(value, datetime) else datetime.fromisoformat(unicodedata.normalize("NFKC", str(value)).replace("/", "-"))
    except ValueError:
        raise PydanticCustomError("time.unreadable", "time") from None
    return (at if at.tzinfo else at.replace(tzinfo=SITE_ZONE)).astimezone(UTC)


Line = Annotated[str, BeforeValidator(clean), _length(100)]
Words = Annotated[str, BeforeValidator(clean), _length(2000)]
Phone = Annotated[str, BeforeValidator(_phone)]
Fen = Annotated[int, BeforeValidator(_fen)]
Instant = Annotated[datetime, BeforeValidator(_instant)]
