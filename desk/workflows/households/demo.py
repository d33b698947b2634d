"""The people of an invented community: four buildings whose dates lead to every kind of warranty verdict, and households of all sorts."""

from dataclasses import dataclass
from datetime import date, timedelta

from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.workflows.households import commands, persons, store
from desk.workflows.households.inputs import ConsentInput, ContactInput, HandOverInput, MemberInput, RegularInput, UnitFacts
from desk.workflows.households.rules import Contact, Unit

DEVELOPER = "青梧置业有限公司"
SURNAMES = "陈林黄张李王吴刘蔡杨许郑谢郭洪邱曾廖赖徐周叶苏庄江吕何罗高萧潘简朱钟彭游詹胡施沈余卢梁赵颜柯翁魏孙戴范宋方邓杜傅侯曹薛丁卓马董唐蓝石蒋单解仇区翟"
GIVEN = (
    "予安", "小满", "知远", "若溪", "景行", "书宁", "一诺", "清和", "怀瑾", "思齐", "乐水", "云舟", "星河", "明远", "佳禾", "文竹", "静姝", "子衿", "凯风", "维桢",
    "建国", "淑芬", "桂英", "志强", "秀兰", "国庆", "玉梅", "海燕", "德明", "美玲", "振华", "丽娟", "永福", "春生", "金凤", "家豪", "晓东", "雪梅", "立新", "长青",
)  # fmt: skip


@dataclass(frozen=True)
class Estate:
    """A stretch of like buildings, how many days ago it was completed, and how many days later its units were handed over."""

    first: int
    buildings: int
    entrances: int
    floors: int
    rooms: int
    area: str
    completed: int
    delivered: int
    settled: float  # share of units with somebody in them


ESTATES = (
    Estate(1, 1, 2, 11, 3, "88.60", 6 * 365 + 200, 60, 0.95),  # past five years: common part, utility company or paid
    Estate(2, 1, 2, 11, 4, "102.35", 3 * 365, 75, 0.92),  # between two and five years: leaks only
    Estate(3, 1, 2, 18, 4, "89.37", 500, 90, 0.85),  # within two years: the developer
    Estate(4, 1, 1, 6, 2, "143.20", 120, 60, 0.35),  # just handed over, some not yet
)
STORIES = ("1-1-101", "2-1-102", "3-1-1803", "3-2-501", "3-1-902")  # households with a story of their own


def fill(db: Database, demo: Demo) -> None:
    """Fill the demo with buildings, units and the people in them."""
    today = day_of(demo.clock.now())
    for estate in ESTATES:
        _build(db, demo, estate, today)
    _cases(db, demo)
    demo.made.update({f"unit:{one.label}": one.id for one in store.every(db, Unit)})


def _build(db: Database, demo: Demo, estate: Estate, today: date) -> None:
    """Lay out a stretch of buildings, hand its units over and settle people in them."""
    completed = today - timedelta(days=estate.completed)
    counts = {name: getattr(estate, name) for name in ("first", "buildings", "entrances", "floors", "rooms", "area")}
    plan = RegularInput.read(counts | {"developer": DEVELOPER, "completed_on": completed})
    commands.lay_out(db, demo.act("supervisor"), plan)
    building = commands.unit_of(db, f"{estate.first}-1-101").building
    for n, (unit, _storey, _entrance) in enumerate(store.units_of(db, building)):
        settled = demo.rng.random() < estate.settled or unit.label in STORIES
        delivered = completed + timedelta(days=estate.delivered + n % 20)
        facts = {
            "area": estate.area,
            "state": "occupied" if settled else "vacant",
            "delivered_on": delivered.isoformat() if settled or n % 3 else "",
        }
        renovated = (
            {"renovated_on": (delivered + timedelta(days=70)).isoformat(), "renovated_by": "禾木装饰工程有限公司"}
            if n % 9 == 4 and settled
            else {}
        )
        commands.describe_unit(db, demo.act(), unit.id, UnitFacts.read(facts | renovated))
        if settled and unit.label not in STORIES:
            _settle(db, demo, unit, delivered, n)


def _settle(db: Database, demo: Demo, unit: Unit, since: date, n: int) -> None:
    """Enter a household: an owner, and in some units a co-owner, family or a tenant."""
    owner = _enter(db, demo, unit, "owner", _name(demo), from_on=since.isoformat(), id_number=_document(demo, n) if n % 4 == 0 else "")
    if n % 5 == 1:
        _enter(db, demo, unit, "co_owner", _name(demo), from_on=since.isoformat(), relation="配偶")
    if n % 7 == 2:
        _enter(db, demo, unit, "tenant", _name(demo), from_on=(since + timedelta(days=60)).isoformat())
    if n % 6 == 3:
        care = {"care": "elderly", "care_note": "听力弱，请敲门重一些"} if n % 12 == 3 else {}
        _enter(db, demo, unit, "occupant", _name(demo), relation="父母", phone="", **care)
    if n % 8 == 5:
        _agree(db, demo, owner)


def _enter(db: Database, demo: Demo, unit: Unit, role: str, name: str, **more: str) -> str:
    """Enter somebody with a phone of the invented range, and return the person's id."""
    typed = {"role": role, "name": name, "phone": _phone(demo), **more}
    return commands.enter(db, demo.act(), unit.id, MemberInput.read(typed)).person


def _name(demo: Demo) -> str:
    return demo.rng.choice(SURNAMES) + demo.rng.choice(GIVEN)


def _phone(demo: Demo) -> str:
    """Return a phone nobody has: 1380000 and a running number."""
    n = int(demo.made.get("phones", "0")) + 1
    demo.made["phones"] = str(n)
    return f"1380000{n:04d}"


def _document(demo: Demo, n: int) -> str:
    """Return a made-up document number that is no ID card's."""
    return f"DEMO{demo.rng.randrange(10**6):06d}{n:04d}"


def _agree(db: Database, demo: Demo, person: str) -> None:
    phone: Contact = store.contacts(db, person)[0]
    persons.give_consent(db, demo.act(), ConsentInput.read({"contact": phone.id, "purpose": "events", "how": "入住登记表签字"}))


def _cases(db: Database, demo: Demo) -> None:
    """Add the households that a demo wants to show: a company, an agent, rare characters, a sale, somebody in a wheelchair."""
    act, today = demo.act(), day_of(demo.clock.now())
    places = {label: commands.unit_of(db, label) for label in STORIES}
    company = _enter(db, demo, places["1-1-101"], "owner", "青梧商贸有限公司", kind="company")
    _enter(db, demo, places["1-1-101"], "handler", "郑书宁", principal=company)
    absent = _enter(db, demo, places["2-1-102"], "owner", "龚䶮")
    until = (today + timedelta(days=300)).isoformat()
    _enter(db, demo, places["2-1-102"], "agent", "林若溪", principal=absent, scope="报修、缴费、收发信件", term_on=until)
    shown = _enter(db, demo, places["3-1-1803"], "owner", "周予安")
    persons.add_contact(db, act, shown, ContactInput.read({"value": _phone(demo), "best_time": "19:30"}))
    _enter(db, demo, places["3-1-1803"], "co_owner", "单晓", relation="配偶")
    _enter(db, demo, places["3-1-1803"], "occupant", "周桂英", relation="父母", care="elderly", care_note="独自在家时请先打电话", phone="")
    _enter(db, demo, places["3-2-501"], "owner", "𠮷野和子")
    _enter(db, demo, places["3-2-501"], "tenant", "曾一鸣", care="disabled", care_note="轮椅，上门服务")
    _enter(db, demo, places["3-1-902"], "owner", "解晓东", from_on=(today - timedelta(days=300)).isoformat())
    sale = {"handed_over_on": (today - timedelta(days=20)).isoformat(), "name": "仇清和", "phone": _phone(demo)}
    commands.hand_over(db, act, places["3-1-902"].id, HandOverInput.read(sale))
