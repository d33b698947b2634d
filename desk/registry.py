"""The workflows of this desk: a new one is one line here."""

from desk.kit.workflow import Workflow
from desk.workflows.households.workflow import WORKFLOW as HOUSEHOLDS

WORKFLOWS: tuple[Workflow, ...] = (HOUSEHOLDS,)
