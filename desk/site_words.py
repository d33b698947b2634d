"""What the desk says about its data folder: settings, backups, checks."""

from desk.kit.words import N_

PROBLEMS = {
    "site.none": N_("There is no desk in %(folder)s. Make one with `desk init`, or look at one with `desk demo`."),
    "site.exists": N_("There is a desk in %(folder)s already. Nothing was changed."),
    "site.database_gone": N_(
        "The database of the desk in %(folder)s is gone. Nothing was made in its place. Restore a backup: `desk restore`."
    ),
    "site.newer": N_("The database in %(folder)s was changed by a newer version (%(steps)s). Install that version, nothing was touched."),
    "site.in_use": N_("Another desk already runs on %(folder)s. Use that one, or stop it first."),
    "site.damaged": N_("The database is damaged: %(found)s. Restore the newest backup with `desk restore`."),
    "site.read_only": N_("The folder %(folder)s cannot be written to. Check the disk and the rights of the folder."),
    "settings.not_toml": N_("desk.toml cannot be read: %(error)s"),
    "settings.wrong": N_("desk.toml has a wrong setting: %(wrong)s"),
    "backup.none": N_("There is no backup at %(path)s."),
    "backup.bad": N_("The backup %(name)s is not sound: %(found)s. Take another one."),
    "export.not_empty": N_("The folder %(folder)s is not empty. Name a new one."),
    "port.taken": N_("Port %(port)s on %(host)s is taken by another program. Choose another one with --port."),
}
ACTS = {
    "site.restored": N_("Backup %(name)s restored"),
}
FINDINGS = {
    "feed.sum": N_("Kiosks: what is published in %(scope)s is not what its sum says (%(live)s rows, told %(told)s)."),
    "feed.sequence": N_("Kiosks: the numbering of what is published in %(scope)s contradicts itself (%(head)s)."),
    "inbox.edited": N_("Kiosks: submission %(number)s of %(kiosk)s was changed after it was signed."),
    "file.damaged": N_("Database: SQLite finds a damaged page: %(found)s"),
    "file.reference": N_("Database: a row of %(table)s points to a row of %(target)s that is not there."),
    "file.photo_edited": N_("Files: %(name)s no longer has the content it was named by."),
    "number.gap": N_("Numbers: series %(series)s has %(taken)s numbers, but its last one is %(last)s."),
}
