"""The papers of the house, one file each."""

from forms.catalog import work_order
from forms.form import Form

KINDS: dict[str, Form] = {form.name: form for form in (work_order.FORM,)}
