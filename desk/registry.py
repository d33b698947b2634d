"""The workflows of this desk: a new one is one line here."""

from desk.kit.workflow import Workflow
from desk.workflows.households.workflow import WORKFLOW as HOUSEHOLDS
from desk.workflows.reception.workflow import WORKFLOW as RECEPTION
from desk.workflows.repairs.workflow import WORKFLOW as REPAIRS

WORKFLOWS: tuple[Workflow, ...] = (HOUSEHOLDS, RECEPTION, REPAIRS)
