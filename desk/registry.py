"""The workflows of this desk: a new one is one line here."""

from desk.kit.workflow import Workflow

WORKFLOWS: tuple[Workflow, ...] = ()
