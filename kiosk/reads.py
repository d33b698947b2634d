"""Which kinds of rows this kiosk reads, in which versions, and which fields of them: each gets a view over the documents as they came."""

READS = {
    "site@1": ("name_zh", "name_en", "phone", "hotline", "opens", "closes", "urgent"),
    "building@1": ("code", "name", "entrances"),
    "notice@1": ("title_zh", "words_zh", "title_en", "words_en", "from_on", "until_on", "pinned"),
    "calendar@1": ("year", "text"),
    "outcome@1": ("verdict", "reason", "received_at", "number"),
    "status@1": ("sealed",),
}


def versions() -> dict[str, list[int]]:
    """Return kind -> versions that this kiosk reads, as the desk is told: it publishes old versions as long as somebody needs them."""
    told: dict[str, list[int]] = {}
    for name in READS:
        kind, _, version = name.partition("@")
        told.setdefault(kind, []).append(int(version))
    return told
