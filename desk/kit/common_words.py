"""What the kit's core says: problems of storage, papers and calendars, journal entries, and what `desk verify` finds."""

from desk.kit.words import N_

PROBLEMS = {
    "form.unclear": N_("Some fields need another look."),
    "time.unreadable": N_("This is not a date with a time: %(text)s. Enter it as 2026-11-23 14:30."),
    "time.no_zone": N_("This time does not say its zone: %(text)s. Add Z or +08:00."),
    "database.missing": N_("There is no desk at %(path)s. Make one with `desk init`, or name the right folder with --data."),
    "database.old_sqlite": N_(
        "SQLite %(found)s can damage a database that two write to. Install pysqlite3, which brings %(needed)s or newer."
    ),
    "database.setting": N_("SQLite did not take the setting %(name)s=%(needed)s (found %(found)s). Is the folder on a local disk?"),
    "journal.reason_needed": N_("An erasure needs its reason: say which law or request asks for it."),
    "paper.unknown": N_("There is no such paper. Look it up by its number."),
    "paper.unprintable": N_("This cannot be printed as it is: %(problems)s. Replace those characters or shorten the text."),
    "paper.void_already": N_("Paper %(number)s is void already."),
    "paper.wrong_size": N_("This form is not printed on %(size)s. Choose one of: %(sizes)s."),
    "calendar.unclear": N_("The calendar file cannot be read at %(key)s: found %(found)s, expected %(expected)s."),
    "calendar.no_open_day": N_("The calendar has no open day, so nothing can fall due. Check the opening hours."),
    "calendar.too_far": N_("This would fall due more than ten years from now. Check the number."),
    "calendar.week": N_("A week has seven days; the opening hours name %(found)s."),
    "calendar.window": N_("These opening hours cannot be read: %(found)s. Write them as 09:00-18:00."),
    "deadline.policy": N_("The time limit of rule %(rule)s has a wrong value for %(key)s: %(found)s."),
    "deadline.trace": N_("The reason for this date was kept in a form that cannot be read: %(found)s."),
    "deadline.paused": N_("A pause without an end leaves nothing to count. End the pause first."),
    "money.unclear": N_("This is not an amount in yuan with at most two decimals, such as 120.50."),
}
ACTS = {
    "payload.erased": N_("Personal details erased from %(count)s entries: %(reason)s"),
    "paper.issued": N_("Paper made out: %(number)s"),
    "paper.printed": N_("Printed: %(number)s (copy %(copy)s)"),
    "paper.voided": N_("Paper voided: %(number)s: %(reason)s"),
    "clock.started": N_("Due time set by rule %(rule)s: %(due)s"),
    "clock.kept": N_("Done in time (rule %(rule)s, due %(due)s)"),
    "clock.missed": N_("Done late (rule %(rule)s, was due %(due)s)"),
    "clock.dropped": N_("No longer due (rule %(rule)s, was %(due)s)"),
    "clock.decided_anew": N_("Due time decided anew (%(why)s): was %(old)s, now %(new)s"),
    "calendar.imported": N_("Holiday calendar %(year)s taken in, %(days)s days"),
}
FINDINGS = {
    "journal.gap": N_("Journal: entry %(expected)s is missing or out of order (found %(found)s)."),
    "journal.edited": N_("Journal: entry %(seq)s was changed after it was written."),
    "journal.payload_gone": N_("Journal: the details of entry %(seq)s are gone without a recorded erasure."),
    "journal.payload_edited": N_("Journal: the details of entry %(seq)s were changed."),
    "journal.not_the_known_head": N_("Journal: entry %(seq)s is not the one whose hash was printed or kept (%(known)s)."),
    "journal.tail_cut": N_("Journal: entries after %(last)s were cut off; %(used)s were written."),
    "journal.stray_payload": N_("Journal: details without an entry at %(seq)s."),
    "paper.edited": N_("Papers: the words of %(number)s were changed after issue."),
    "paper.unknown_form": N_("Papers: %(number)s has a form that this version does not know (%(kind)s)."),
    "clock.broken": N_("Clocks: the clock of %(number)s is %(state)s, but its end says otherwise."),
}
