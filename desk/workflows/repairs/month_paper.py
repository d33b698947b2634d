"""The month's figures as the words of its printed report."""

from desk.kit.act import Act
from desk.kit.database import Database
from desk.kit.words import _, word
from desk.workflows.repairs.papers import head
from desk.workflows.repairs.rules.choices import Kind
from desk.workflows.repairs.rules.month import Late, Month, Row, Share
from desk.workflows.repairs.words import clock_word
from forms.catalog import monthly_report as form

MOST_LATE = 40  # lines on paper; the workbook holds all


def words(db: Database, act: Act, number: str, found: Month) -> form.MonthlyReportWords:
    """Return the words of the monthly report."""
    year, month = found.month.split("-")
    return form.MonthlyReportWords(
        **head(db, act, number),
        period=_("%(year)s-%(month)s", year=year, month=month),
        figures=_figures(found),
        by_kind=tuple(_row(row, word(Kind(row.label))) for row in found.by_kind),
        by_building=tuple(_row(row, row.label or _("No building")) for row in found.by_building),
        repeats=tuple(form.Repeat(one.building, word(one.category), str(one.count), "、".join(one.numbers)) for one in found.repeats),
        late=tuple(_late(one) for one in found.late[:MOST_LATE]),
        notes=notes(found),
        author=f"{act.name} {act.staff_no}".strip(),
    )


def _figures(found: Month) -> tuple[form.Figure, ...]:
    return (
        form.Figure(_("Repairs reported"), str(found.reported), _("%(n)s merged as doubles", n=found.merged)),
        form.Figure(_("Repairs finished"), str(found.finished), _("%(n)s cancelled", n=found.cancelled)),
        form.Figure(_("Answered in time"), percent(found.responded), of(found.responded)),
        form.Figure(_("Visited in time"), percent(found.visited), of(found.visited)),
        form.Figure(_("Completed in time"), percent(found.completed), of(found.completed)),
        form.Figure(_("Revisits made"), percent(found.revisited), _("%(of)s, must be 100%%", of=of(found.revisited))),
        form.Figure(_("Revisited in time"), percent(found.revisited_in_time), of(found.revisited_in_time)),
        form.Figure(_("Not reached"), str(found.unreachable), _("counted as handled, shown apart")),
        form.Figure(_("Found not good"), str(found.bad), _("repaired again")),
        form.Figure(_("Other parties in time"), percent(found.external), of(found.external)),
    )


def percent(share: Share) -> str:
    """Return a share as text, '98.5%'; a dash where there was nothing."""
    return "—" if share.percent is None else f"{share.percent}%"


def of(share: Share) -> str:
    """Return a share as '39 / 40'."""
    return f"{share.part} / {share.whole}"


def _row(row: Row, label: str) -> form.Row:
    return form.Row(label, str(row.reported), str(row.finished), percent(row.on_time), percent(row.revisited))


def _late(one: Late) -> form.Repeat:
    return form.Repeat(one.place, f"{word(one.category)} · {clock_word(one.clock)}", span(one.minutes), one.number)


def span(minutes: int) -> str:
    """Return a delay in words: days and hours, or minutes when it is short."""
    if minutes < 60:
        return _("%(n)s min", n=minutes)
    if minutes < 24 * 60:
        return _("%(n)s h", n=minutes // 60)
    return _("%(n)s d %(h)s h", n=minutes // (24 * 60), h=minutes // 60 % 24)


def notes(found: Month) -> tuple[str, ...]:
    """Return the analysis that the figures themselves give."""
    said = []
    if found.revisited.percent is not None and found.revisited.part < found.revisited.whole:
        said.append(
            _(
                "%(n)s revisits that fell due this month have not been made; the rule demands 100%%.",
                n=found.revisited.whole - found.revisited.part,
            )
        )
    if found.repeats:
        said.append(
            _(
                "%(n)s problems came back at least three times within 30 days; a written analysis is due to the site director.",
                n=len(found.repeats),
            )
        )
    if found.unreachable:
        said.append(_("%(n)s residents were not reached on three days; they are visited monthly until somebody is.", n=found.unreachable))
    if found.external.whole:
        said.append(_("Other parties had %(n)s terms this month, and kept %(k)s.", n=found.external.whole, k=found.external.part))
    return tuple(said)
