"""The site's settings: one `desk.toml` becomes one frozen object; a wrong key is refused at start by its name."""

import tomllib
from datetime import time
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from desk.kit.problems import Refused
from desk.kit.rows import to_json


class Span(BaseModel):
    """A part of each day, such as quiet hours; it may run over midnight."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    start: time
    end: time


class Settings(BaseModel):
    """What differs from site to site; every key has a default that works."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_zh: str = Field("物业服务中心", min_length=1, max_length=60)
    name_en: str = Field("Property service centre", min_length=1, max_length=100)
    company_zh: str = Field("", max_length=80)
    company_en: str = Field("", max_length=120)
    address_zh: str = Field("", max_length=120)
    address_en: str = Field("", max_length=160)
    phone: str = Field("", max_length=40)
    hotline: str = Field("", max_length=40)
    device: str = Field("D1", pattern=r"^[A-Z][0-9]{1,3}$")
    opening: Span = Span(start=time(8, 30), end=time(17, 30))
    quiet: Span = Span(start=time(21, 0), end=time(8, 0))
    dispatch_cut_offs: tuple[time, ...] = (time(12, 0), time(15, 0), time(17, 0))  # TR54
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    allowed_hosts: tuple[str, ...] = ()
    kiosk_host: str = Field("0.0.0.0", min_length=1, max_length=100)  # noqa: S104 - kiosks are other machines; TLS, and no page of the staff
    kiosk_port: Annotated[int, Field(ge=0, le=65535)] = 0  # 0: open on 8443 as soon as there is a kiosk
    https: bool = False  # a TLS front stands before the desk: cookies are sent over TLS only
    backups_hourly: Annotated[int, Field(ge=1, le=240)] = 24
    backups_daily: Annotated[int, Field(ge=1, le=400)] = 14
    backups_monthly: Annotated[int, Field(ge=1, le=120)] = 12

    @model_validator(mode="after")
    def _in_order(self) -> "Settings":
        if not self.dispatch_cut_offs or list(self.dispatch_cut_offs) != sorted(set(self.dispatch_cut_offs)):
            raise ValueError("dispatch_cut_offs must rise through the day")
        if self.opening.start >= self.opening.end:
            raise ValueError("opening must end after it starts")
        if self.kiosk_port == self.port:
            raise ValueError("kiosk_port must differ from port")
        return self

    def name(self, lang: str) -> str:
        """Return the site's name in a language."""
        return self.name_en if lang == "en" else self.name_zh

    def hosts(self) -> frozenset[str]:
        """Return the host names by which the desk may be asked for."""
        bound = set() if self.host in ("0.0.0.0", "::") else {self.host.lower()}  # noqa: S104 - compared, not bound
        return frozenset({"localhost", "127.0.0.1", "::1", *bound, *(name.lower() for name in self.allowed_hosts)})


def read(text: str) -> Settings:
    """Return settings from TOML; `Refused` names the key and what is expected."""
    try:
        return Settings.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise Refused("settings.not_toml", error=str(error)) from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'desk.toml'}: {e['msg']}" for e in error.errors())
        raise Refused("settings.wrong", wrong=wrong) from None


def read_file(path: Path) -> Settings:
    """Return the settings of a data folder; the defaults if it has no file."""
    return read(path.read_text("utf-8")) if path.exists() else Settings()


def to_toml(settings: Settings) -> str:
    """Return settings as the TOML that `read` takes, one key a line, with what is changed from the defaults active."""
    default = Settings()
    lines = ["# Settings of this desk. A line that begins with # shows the default.", ""]
    for name in Settings.model_fields:
        value = getattr(settings, name)
        lines.append(f"{'# ' if value == getattr(default, name) else ''}{name} = {toml(value)}")
    return "\n".join(lines) + "\n"


def toml(value: Any) -> str:
    """Return one setting as TOML writes it."""
    if isinstance(value, Span):
        return f"{{ start = {value.start:%H:%M:%S}, end = {value.end:%H:%M:%S} }}"
    if isinstance(value, tuple):
        return f"[{', '.join(toml(item) for item in value)}]"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}"
    return to_json(value)
