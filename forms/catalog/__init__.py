"""The papers of the house, one file each."""

from forms.catalog import (
    kiosk_enrol,
    kiosk_slip,
    leak_slip,
    monthly_report,
    paid_service,
    promise_slip,
    resident_card,
    revisit_sheet,
    why_sheet,
    work_order,
)
from forms.form import Form

FORMS = (
    work_order.FORM,
    paid_service.FORM,
    promise_slip.FORM,
    leak_slip.FORM,
    revisit_sheet.FORM,
    monthly_report.FORM,
    why_sheet.FORM,
    kiosk_enrol.FORM,
    kiosk_slip.FORM,
    resident_card.FORM,
)
KINDS: dict[str, Form] = {form.name: form for form in FORMS}
