"""The workflows of this desk: a new one is one line here."""

from desk.kit.plugs import Published, Take
from desk.kit.workflow import Workflow
from desk.workflows.households.workflow import WORKFLOW as HOUSEHOLDS
from desk.workflows.kiosks.workflow import WORKFLOW as KIOSKS
from desk.workflows.reception.workflow import WORKFLOW as RECEPTION
from desk.workflows.repairs.workflow import WORKFLOW as REPAIRS

WORKFLOWS: tuple[Workflow, ...] = (HOUSEHOLDS, RECEPTION, REPAIRS, KIOSKS)
PUBLISHED: tuple[Published, ...] = tuple(source for workflow in WORKFLOWS for source in workflow.published)
SUBMISSIONS: dict[str, Take] = {kind: take for workflow in WORKFLOWS for kind, take in workflow.submissions.items()}
