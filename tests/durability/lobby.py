"""A desk and one kiosk that belong together: made once, opened as often as a power cut wants, and what must be true of them afterwards."""

import io
import itertools
import secrets
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey
from PIL import Image

from desk import checks
from desk.kit.act import Act
from desk.kit.clock import WallClock
from desk.kit.database import open_database, quick_check
from desk.kit.rows import to_json
from desk.registry import PUBLISHED, SUBMISSIONS
from desk.site import Site, make, open_site
from sync import enrolment, feed, inbox, replica, verify
from sync.client import Line, Round, Send, sync_round
from sync.desk import Desk
from sync.outbox import Draft, Identity, Moment, Outbox, store
from sync.outbox.store import Intent
from sync.sealing import of_card, seal_for
from tests.make_households import a_unit, an_owner

READS = {"outcome@1": ("verdict", "number"), "building@1": ("name",)}
KINDS = ("repair.report", "complaint.file", "callback.wanted")
MOST_ROUNDS = 400
SCOPES = feed.scopes_of("K1")


def make_lobby(folder: Path) -> None:
    """Make a desk with one household, and a kiosk that is enrolled at it."""
    site = make(folder / "desk")
    clerk = Act("bench", "D1")
    an_owner(site.db(), clerk, a_unit(site.db(), clerk))
    offer = enrolment.offer(site.db(), clerk, "大堂")
    key = secrets.token_hex(32)
    joined = enrolment.join(site.db(), clerk, offer.code, SigningKey(bytes.fromhex(key)).verify_key.encode().hex())
    box = Outbox(folder / "kiosk")
    box.joined(joined.nonce)
    (folder / "kiosk" / "who.txt").write_text(f"{joined.device} {key} {joined.seal_for}")
    box.db.conn.close()
    site.db().conn.close()


def engine(site: Site) -> Desk:
    """Return the desk as kiosks speak to it, with the real workflows."""
    return Desk(site.db, WallClock(), PUBLISHED, SUBMISSIONS, site.folder)


def a_photo(n: int) -> bytes:
    """Return a small picture that differs from every other."""
    out = io.BytesIO()
    Image.new("RGB", (32, 24), (n * 37 % 256, n * 11 % 256, n % 256)).save(out, "JPEG")
    return out.getvalue()


@dataclass
class Kiosk:
    """The kiosk of a folder, opened."""

    folder: Path
    counted: "itertools.count[int]" = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.who = Identity(*(self.folder / "who.txt").read_text().split())
        self.box = Outbox(self.folder)
        self.copy = replica.open_replica(self.folder / "replica.db", READS)

    def close(self) -> None:
        """Close what is open."""
        self.box.db.conn.close()
        self.copy.conn.close()

    @staticmethod
    def moment() -> Moment:
        """The clocks of this machine."""
        return Moment(WallClock().now(), 1, "boot1")

    def submit(self) -> Intent:
        """Keep the next submission: a repair, a complaint, a wish to be called, in turns; every fourth has a photo."""
        n = next(self.counted)
        secret = of_card(secrets.token_bytes(16))
        said: dict[str, Any] = {
            "unit": "3-1-1803", "what": f"厨房水管漏水 {secrets.token_hex(4)}", "name": "周予安", "phone": "13800000001", "lang": "zh",
            "identity": "claimed", "receipt": {"key": secret.key, "tag": secret.tag},
        }  # fmt: skip
        kind = KINDS[n % 3]
        said |= {"category": "water_leak", "place": "home", "wished": "今天下午"} if kind == "repair.report" else {}
        photos = (seal_for(self.who.seal_for, a_photo(secrets.randbelow(1 << 20))),) if n % 4 == 1 else ()
        return self.box.submit(self.who, self.moment(), Draft(kind, 1, to_json(said).encode(), secret.tag, photos))

    def round(self, send: Send) -> Round:
        """Do one round."""
        return sync_round(Line(self.who, self.box, send, self.moment), self.copy, SCOPES)

    def acknowledged(self) -> set[str]:
        """Return the ids of what this kiosk knows the desk to have."""
        return {intent.id for intent in store.every(self.box.db) if intent.acked_at}


def wrongs_of_kiosk(folder: Path, printed: set[str]) -> list[str]:
    """Return what is wrong with a kiosk's files as a power cut left them; `printed` are the receipts (number and id) that residents have."""
    kiosk = Kiosk(folder)
    kept = {f"{intent.number} {intent.id}" for intent in store.every(kiosk.box.db)}
    found = [f"kiosk lost {receipt}" for receipt in sorted(printed - kept)]
    if store.known(kiosk.box.db, "salvaged") is not None or list(folder.glob("outbox.damaged*")):
        found.append("outbox was damaged")
    for sha256 in store.hashes(kiosk.box.db):
        path = folder / "blobs" / sha256
        found += [] if path.exists() and path.stat().st_size else [f"kiosk lost the photo {sha256[:8]}"]
    kiosk.close()
    return found


def wrongs_of_desk(folder: Path, acknowledged: set[str]) -> list[str]:
    """Return what is wrong with a desk's files as a power cut left them; `acknowledged` are ids that the kiosk need not send again."""
    db = open_database(folder / "desk.sqlite")
    found = [f"desk: {page}" for page in quick_check(db)]
    kept = {row[0] for row in db.conn.execute("SELECT id FROM inbox")}
    db.conn.close()
    return found + [f"desk lost {intent}" for intent in sorted(acknowledged - kept)]


def wrongs_after(folder: Path, printed: set[str]) -> list[str]:
    """Let both machines go on until nothing waits, and return what is then wrong with what they have."""
    site, kiosk = open_site(folder / "desk"), Kiosk(folder / "kiosk")
    desk, db = engine(site), site.db()
    for _ in range(MOST_ROUNDS):
        is_quiet = not (store.count_waiting(kiosk.box.db)[0] or inbox.store.photos_wanted(db, kiosk.who.device))
        kiosk.round(desk.answer)
        if is_quiet:
            break
    kiosk.round(desk.answer)
    found = [f"{code} {details}" for code, details in (*checks.findings(site), *verify.findings(db))]
    kept = Counter(f"{row[0]} {row[1]}" for row in db.conn.execute("SELECT number, id FROM inbox"))
    found += [f"desk has {receipt} {kept[receipt]} times" for receipt in sorted(printed) if kept[receipt] != 1]
    taken = Counter(row[0] for row in db.conn.execute("SELECT external_id FROM intake WHERE source = 'kiosk'"))
    found += [f"applied {taken[intent]} times: {intent}" for intent in {line.split()[1] for line in kept} if taken[intent] != 1]
    orders, reports = (
        db.conn.execute(f"SELECT count(*) FROM {what}").fetchone()[0] for what in ("work_order", "inbox WHERE kind = 'repair.report'")
    )
    found += [] if orders == reports else [f"{orders} orders of {reports} reports"]
    found += [
        f"verdict {row[0]}: {row[1]} {row[2]}"
        for row in db.conn.execute("SELECT number, verdict, reason FROM inbox WHERE verdict <> 'accepted'")
    ]
    found += [f"photo {row[0][:8]} is {row[1]}" for row in db.conn.execute("SELECT sha256, state FROM inbox_blob WHERE state <> 'here'")]
    found += [f"gap {gap}" for gap in inbox.store.gaps(db)]
    device = inbox.store.device(db, kiosk.who.device)
    found += [f"flag {flag}" for flag in (device.flags if device else ("no device",))]
    theirs = {(scope, *row) for scope in SCOPES for row in feed.store.live(db, scope)}
    mine = {tuple(row) for row in kiosk.copy.conn.execute("SELECT scope, kind, id, doc FROM shown")}
    found += [f"replica differs in {row[:3]}" for row in theirs ^ mine]
    found += ["something waits"] if store.count_waiting(kiosk.box.db)[0] else []
    kiosk.close()
    db.conn.close()
    return found
