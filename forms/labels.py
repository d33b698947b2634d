"""Label tables: every fixed word of a form in both languages, side by side."""

Table = dict[str, tuple[str, str]]  # name -> (zh, en)


def labels(table: Table, lang: str) -> dict[str, str]:
    """Return the labels of one language."""
    at = {"zh": 0, "en": 1}[lang]
    return {name: both[at] for name, both in table.items()}
