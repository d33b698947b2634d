"""What a workflow plugs into the house: one `WORKFLOW = Workflow(...)` per folder, one line in the registry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlite_utils.migrations import Migrations

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.kit.plugs import Published, Take

if TYPE_CHECKING:
    import click
    from flask import Blueprint

Finding = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Nav:
    """One entry of the desk's navigation: shown to those who hold `perm`; `count` tells the number beside it (None = none)."""

    label: str
    endpoint: str
    icon: str
    perm: str
    count: Callable[[Database], int | None] = lambda db: None
    order: int = 50


@dataclass(frozen=True)
class Panel:
    """One part of the household file: a heading and the rows that a workflow shows for a unit, by its template."""

    title: str
    template: str
    rows: Callable[[Database, str], Any]
    perm: str


@dataclass(frozen=True)
class Duty:
    """Something the clock does: called by each tick, in its own transactions; it may run late and twice."""

    name: str
    run: Callable[[Database, Act], None]


@dataclass(frozen=True)
class Workflow:
    """Everything the house needs to know of a workflow."""

    name: str
    schema: Migrations
    permissions: Mapping[str, frozenset[str]] = field(default_factory=dict)  # permission -> roles that hold it
    pages: "tuple[Blueprint, ...]" = ()
    nav: tuple[Nav, ...] = ()
    panels: tuple[Panel, ...] = ()
    turns: tuple[
        Nav, ...
    ] = ()  # what a contact in the inbox can be turned into; the endpoint gets ?contact=<id>; from a household file ?unit=<id>
    duties: tuple[Duty, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)  # problem code -> sentence
    acts: Mapping[str, str] = field(default_factory=dict)  # journal act -> sentence
    choices: Mapping[Any, str] | Iterable[tuple[Any, str]] = ()  # enum member -> word
    links: Mapping[str, str] = field(default_factory=dict)  # kind of search entry or clock -> endpoint taking `link`/number
    clocks: Mapping[str, str] = field(default_factory=dict)  # kind of clock -> what it waits for, in words
    checks: Callable[[Database], Iterator[Finding]] = lambda db: iter(())  # what `desk verify` asks of it
    demo: Callable[[Database, Demo], None] | None = None  # fills the demo community; second argument: desk.kit.demo.Demo
    commands: "Mapping[str, click.Command]" = field(default_factory=dict)  # 'import roster' -> command
    published: tuple[Published, ...] = ()  # what of its rows a kiosk may hold
    submissions: Mapping[str, Take] = field(default_factory=dict)  # 'repair.report@1' -> what to make of it
    proved: Callable[[Database, Act, str, str], object] | None = None  # somebody proved at a kiosk to know a tag: (tag, kiosk)
