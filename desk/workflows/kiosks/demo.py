"""Kiosks of the demo community: two lobbies, what hangs there, a resident card, and some days of submissions through the desk's own door."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from nacl.signing import SigningKey
from PIL import Image, ImageDraw

from desk.kit.act import Act
from desk.kit.clock import day_of, to_text
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.workflows.households import store as register
from desk.workflows.households.rules import Unit
from desk.workflows.kiosks import commands
from desk.workflows.kiosks.inputs import NewCard, NoticeInput, Numbers
from desk.workflows.reception.submissions import SUBMISSIONS as OF_RECEPTION
from desk.workflows.repairs.submissions import SUBMISSIONS as OF_REPAIRS
from sync import blobs, chain, enrolment, inbox, sealing
from sync.chain import Anchor, Blob, Frozen, Link
from sync.inbox import Push, store
from sync.inbox.store import Device

VERSION = "0.3.0"
LOBBIES = (("3栋大堂", "3栋1层电梯厅"), ("1栋大堂", "1栋1层信报箱旁"))
NOTICES: tuple[tuple[int, int, bool, tuple[str, str, str, str]], ...] = (
    (-2, 12, True, (
        "电梯年检安排", "本周四上午9点至11点，3栋1单元两部电梯轮流年检，请提前安排出行，行动不便的住户可致电服务中心协助。",
        "Annual lift inspection", "On Thursday from 9 to 11 the two lifts of building 3, entrance 1 are inspected in turn. Call us if you need help.")),
    (-10, 40, False, (
        "冬季用水防冻提醒", "夜间低于零度时，请关好北阳台窗户；外出多日请关闭入户水阀。发现水管冻裂，请先关阀，再拨打服务热线。", "", "")),
    (-30, 200, False, (
        "自助机使用说明", "在自助机上可以报修、投诉、留言和查询进度。提交后请收好回执，凭回执码在任何一台自助机上都能查看。",
        "How to use this kiosk", "Report a repair, complain, leave a message, or look up a request. Keep the receipt: its code works at every kiosk.")),
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """One submission of the demo: so many hours ago, so many minutes offline, at which kiosk, what."""

    hours: float
    offline: int
    kiosk: int
    kind: str
    body: Mapping[str, Any]
    photo: bool = False


STORY = (
    Said(70, 0, 0, "repair.report", {"place": "home", "category": "sanitary", "what": "马桶水箱一直流水，按几次也停不住", "wished": "周六上午", "named": True}),
    Said(46, 1, 1, "complaint.file", {"what": "2单元门口的共享单车堆得过不去，婴儿车推不进来", "about": "2单元门口", "named": True}),
    Said(27, 47, 0, "repair.report", {"place": "home", "category": "switch", "what": "客厅开关按下去有火花，已经不敢用了", "wished": "今天晚上七点后", "named": True}, photo=True),
    Said(20, 0, 1, "callback.wanted", {"what": "想了解产权车位能不能装充电桩，请物业回电", "named": True}),
    Said(6, 185, 1, "repair.report", {"place": "home", "category": "water_supply", "what": "厨房热水龙头关不紧", "wished": "", "named": True}),
    Said(3, 0, 0, "repair.report", {"unit": "8-8-8801", "place": "home", "category": "drain", "what": "卫生间地漏下水很慢", "wished": "明天下午", "named": True}),
    Said(1, 0, 0, "repair.report", {"unit": "", "place": "common", "category": "public_light", "what": "地库B区12号车位上方灯管一闪一闪", "wished": ""}),
)  # fmt: skip


@dataclass
class Kiosk:
    """A kiosk of the demo: its key, and where its chain stands."""

    device: Device
    key: SigningKey
    prev: str = chain.FIRST
    seq: int = 0
    acked: str = ""
    sent: list[str] = field(default_factory=list)


def fill(db: Database, demo: Demo) -> None:
    """Set the kiosks up some weeks ago, and let residents use them since."""
    demo.clock.at = demo.today - timedelta(days=30)
    kiosks = [_joined(db, demo, name, place) for name, place in LOBBIES]
    _boards(db, demo)
    homes = [home for home in register.every(db, Unit) if register.people(db, home.id, day_of(demo.today))]
    for n, said in enumerate(STORY):
        demo.clock.at = demo.today - timedelta(hours=said.hours)
        if homes:
            _submit(db, demo, kiosks[said.kiosk], said, homes[(n * 5 + 2) % len(homes)])
    demo.clock.at = demo.today - timedelta(minutes=30)
    if homes:
        holder = register.people(db, homes[0].id, day_of(demo.today))[0]
        commands.issue_card(db, demo.act(), NewCard(person=holder.person.id, unit=homes[0].id))
    demo.clock.at = demo.today
    _beats(db, demo, kiosks)


def _joined(db: Database, demo: Demo, name: str, place: str) -> Kiosk:
    key = SigningKey(hashlib.sha256(name.encode()).digest())
    offer = enrolment.offer(db, demo.act("admin"), name, place)
    demo.clock.forward(minutes=3)
    enrolment.join(db, Act("kiosk", "D1", demo.clock), offer.code, bytes(key.verify_key).hex())
    return Kiosk(offer.device, key)


def _boards(db: Database, demo: Demo) -> None:
    today = day_of(demo.today)
    for begin, last, pinned, (title_zh, words_zh, title_en, words_en) in NOTICES:
        demo.clock.at = demo.today + timedelta(days=min(begin, 0))
        said = NoticeInput(
            title_zh=title_zh, words_zh=words_zh, title_en=title_en, words_en=words_en, from_on=_day(today, begin), until_on=_day(today, last),
            pinned=pinned,
        )  # fmt: skip
        commands.write_notice(db, demo.act("supervisor"), said)
    commands.set_numbers(db, demo.act("supervisor"), Numbers(duty="0571-85550101", lift="0571-85550102", water="0571-85550101"))


def _day(today: date, days: int) -> date:
    return today + timedelta(days=days)


def _submit(db: Database, demo: Demo, kiosk: Kiosk, said: Said, home: Unit) -> None:
    """Freeze a submission at the kiosk, and bring it to the desk when the line is there."""
    at, device = demo.clock.at, store.device(db, kiosk.device.id) or kiosk.device
    kiosk.seq += 1
    photo = _photo(db, said)
    link = _frozen(db, kiosk, said, home, at, photo)
    kiosk.prev = link.chain
    demo.clock.forward(minutes=said.offline, seconds=4)
    act = Act(f"kiosk:{device.id}", device.id, demo.clock, name=device.name)
    inbox.push(db, act, device, Push(device.nonce, "demo", kiosk.acked, demo.clock.at, (link,)), {**OF_RECEPTION, **OF_REPAIRS})
    kiosk.acked = link.chain
    if photo:
        folder = db.path.parent
        blobs.put(db, folder / "incoming", folder / "files", hashlib.sha256(photo).hexdigest(), 0, photo)


def _frozen(db: Database, kiosk: Kiosk, said: Said, home: Unit, at: datetime, photo: bytes) -> Link:
    member = register.people(db, home.id, day_of(at))
    secret = sealing.of_code(sealing.new_code())
    named = {"name": member[0].name, "phone": member[0].phone} if said.body.get("named") and member else {"name": "", "phone": ""}
    body = {
        "unit": home.label, "lang": "zh", "identity": "claimed", "receipt": {"code": secret.code, "key": secret.key, "tag": secret.tag},
        **named, **{name: value for name, value in said.body.items() if name != "named"},
    }  # fmt: skip
    sealed = sealing.seal_for(sealing.public_of(inbox.keys(db).private), json.dumps(body, ensure_ascii=False).encode())
    mono = int(at.timestamp() * 1000) % 10**10
    frozen = Frozen(
        id=hashlib.blake2b(f"{kiosk.device.id} {kiosk.seq}".encode(), digest_size=16).hexdigest(), kind=said.kind, version=1,
        device=kiosk.device.id, epoch="demo", seq=kiosk.seq, prev=kiosk.prev, number=f"{kiosk.device.id}-{kiosk.seq:04d}-{secret.code[:4]}", at=at,
        mono=mono, boot="demo", offset=0, anchor=Anchor(at - timedelta(minutes=1), mono - 60_000, "demo"),
        blobs=(Blob(hashlib.sha256(photo).hexdigest(), len(photo)),) if photo else (), body=sealed,
    )  # fmt: skip
    return chain.sign(kiosk.key, kiosk.prev, chain.freeze(frozen))


def _photo(db: Database, said: Said) -> bytes:
    """Return the sealed photo of a submission, b'' if there is none: a switch with a burnt edge, as well as a demo can draw it."""
    if not said.photo:
        return b""
    picture, out = Image.new("RGB", (640, 480), "#e8e2d6"), io.BytesIO()
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((210, 110, 430, 370), 18, "#faf8f2", "#b9b2a2", 4)
    pen.rounded_rectangle((275, 170, 365, 310), 10, "#ece8dd", "#b9b2a2", 3)
    pen.ellipse((262, 282, 330, 342), "#6b5a45")
    picture.save(out, "JPEG", quality=80)
    return sealing.seal_for(sealing.public_of(inbox.keys(db).private), out.getvalue())


def _beats(db: Database, demo: Demo, kiosks: list[Kiosk]) -> None:
    """Let one kiosk be well, and the other be out of paper and away for two hours."""
    well, away = (store.device(db, kiosk.device.id) for kiosk in kiosks)
    now = demo.today
    if well and away:
        beat = {"queue": 0, "oldest_at": None, "printer": "ok", "offset_ms": 140, "version": VERSION, "disk": 23}
        store.keep_device(db, replace(well, seen_at=now, beat=beat))
        old = {
            "queue": 2,
            "oldest_at": to_text(now - timedelta(minutes=95)),
            "printer": "no_paper",
            "offset_ms": -2400,
            "version": VERSION,
            "disk": 41,
        }
        store.keep_device(db, replace(away, seen_at=now - timedelta(hours=2), beat=old))
