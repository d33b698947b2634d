"""Complete papers in both languages, to be varied by a test: `make.work_order(content="阳台渗水")`."""

from typing import Any

from forms.catalog.kiosk_enrol import KioskEnrolWords
from forms.catalog.kiosk_slip import KioskSlipWords
from forms.catalog.leak_slip import LeakSlipWords
from forms.catalog.monthly_report import Figure, MonthlyReportWords, Repeat, Row
from forms.catalog.paid_service import PaidServiceWords, QuoteLine
from forms.catalog.promise_slip import PromiseSlipWords
from forms.catalog.resident_card import ResidentCardWords
from forms.catalog.revisit_sheet import Attempt, RevisitSheetWords
from forms.catalog.why_sheet import WhySheetWords
from forms.catalog.work_order import Material, WorkOrderWords

HEAD = {
    "zh": {"lang": "zh", "site": "翠湖花园", "company": "南航物业客户服务中心", "issued_by": "李敏 F012"},
    "en": {"lang": "en", "site": "Cuihu Garden", "company": "Nanhang Property Service Centre", "issued_by": "Li Min F012"},
}
SAME = {
    "phone": "020-8612 3456",
    "number": "K3-000017",
    "issued": "2026-11-23 14:05",
    "head": "9f3a2b7c",
    "check": "K7Q2M-9XW4T",
    "qr": "LD1:CUIHU:K3-000017:K7Q2M-9XW4T",
}
CLAUSE = {
    "zh": "《建设工程质量管理条例》第四十条：屋面防水工程、有防水要求的卫生间、房间和外墙面的防渗漏，为5年，自竣工验收合格之日起计算。",
    "en": "Construction Quality Regulation, art. 40: roofs, wet rooms and outer walls are warranted against leaks for 5 years from completion acceptance.",
}
ORDER = {
    "zh": {
        "reporter": "欧阳娜娜",
        "role": "业主",
        "address": "3栋2单元1502室",
        "channel": "来电",
        "kind": "渗漏水",
        "place": "主卧卫生间",
        "content": "主卧卫生间顶部滴水，约每分钟十滴，楼下1402室天花板已见水渍。业主昨晚22:30发现，已自行关闭角阀，请尽快安排。",
        "urgency": "紧急",
        "response_due": "今日 16:02 前",
        "appointment": "11月23日 15:30–16:30",
        "access": "上门前请先电话联系；家中有80岁老人，请穿鞋套。",
        "verdict": "保修（建设单位负责）",
        "payer": "建设单位",
        "promise": "上门查看并止漏",
        "promise_who": "王建国 M007",
        "revisit": "试漏合格之日起3天内回访（RC13），由非维修人员进行。",
    },
    "en": {
        "reporter": "Ouyang Nana",
        "role": "owner",
        "address": "Building 3, Entrance 2, Flat 1502",
        "channel": "by phone",
        "kind": "Leak",
        "place": "main bathroom",
        "content": "Water drips from the ceiling of the main bathroom, about ten drops a minute; the flat below has a wet ceiling. "
        "The owner noticed it at 22:30 last night and has shut the valve.",
        "urgency": "Urgent",
        "response_due": "today by 16:02",
        "appointment": "23 Nov, 15:30–16:30",
        "access": "Call before coming. An 80-year-old lives there; wear shoe covers.",
        "verdict": "Warranty (developer)",
        "payer": "Developer",
        "promise": "Come and stop the leak",
        "promise_who": "Wang Jianguo M007",
        "revisit": "within 3 days of the passed leak test (RC13), by somebody else than the repairer.",
    },
}


def head(lang: str) -> dict[str, Any]:
    """Return the head and foot of a paper."""
    return {**SAME, **HEAD[lang]}


def order(lang: str) -> dict[str, Any]:
    """Return the fields of a work order."""
    times = {"phone_of_reporter": "138 0013 8000", "reported_at": "2026-11-23 14:02", "promise_due": "2026-11-23 16:02"}
    return {**head(lang), **ORDER[lang], **times, "clause": CLAUSE[lang], "warranty_end": "2029-06-30", "leak_needed": "yes"}


def work_order(lang: str = "zh", **fields: Any) -> WorkOrderWords:
    """Return a work order as it goes out with the worker."""
    return WorkOrderWords(**{**order(lang), **fields})


def done_work_order(lang: str = "zh", **fields: Any) -> WorkOrderWords:
    """Return a work order filled in on screen."""
    zh = lang == "zh"
    done = {
        "repairer": "王建国 M007" if zh else "Wang Jianguo M007",
        "arrived_at": "11-23 15:41",
        "finished_at": "11-23 17:10",
        "minutes": "89",
        "result": "更换卫生间热水管三通接头，重做局部防水。"
        if zh
        else "Replaced the tee of the hot-water pipe and renewed the waterproofing around it.",
        "materials": (
            Material("PPR 三通 DN20" if zh else "PPR tee DN20", "1 个" if zh else "1", "¥6.50", "¥6.50"),
            Material("JS 防水涂料" if zh else "JS waterproof coating", "2 公斤" if zh else "2 kg", "¥18.00", "¥36.00"),
        ),
        "leak_start": "11-23 17:30",
        "leak_planned_end": "11-24 17:30",
        "leak_result": "passed",
        "satisfaction": "good",
        "signed_by": "欧阳娜娜" if zh else "Ouyang Nana",
        "signed_at": "11-24 17:45",
        "cycle": "第2次" if zh else "2nd visit",
    }
    return work_order(lang, **{**done, **fields})


def paid_service(lang: str = "zh", **fields: Any) -> PaidServiceWords:
    """Return a paid order with its quote."""
    zh = lang == "zh"
    paid = {
        "kind": "其他" if zh else "Other",
        "place": "厨房" if zh else "kitchen",
        "content": "厨房水槽下水软管老化漏水，需更换；另请更换一只角阀。"
        if zh
        else "The hose under the kitchen sink is worn and leaks; please replace it, and one angle valve.",
        "verdict": "有偿服务" if zh else "Paid service",
        "payer": "业主" if zh else "Owner",
        "warranty_end": "2026-06-30",
        "clause": "给排水管道保修2年，已于2026-06-30期满。"
        if zh
        else "Plumbing is warranted for 2 years; the warranty ended on 2026-06-30.",
        "leak_needed": "",
        "quote": (
            QuoteLine(
                "下水软管更换（含材料）" if zh else "Replace drain hose, with material", "根" if zh else "pc", "1", "¥85.00", "¥85.00"
            ),
            QuoteLine("角阀更换（含材料）" if zh else "Replace angle valve, with material", "只" if zh else "pc", "1", "¥65.50", "¥65.50"),
            QuoteLine("上门人工费" if zh else "Labour", "次" if zh else "visit", "1", "¥50.00", "¥50.00"),
        ),
        "total": "¥200.50",
        "total_words": "贰佰元伍角整",
        "valid_until": "2026-11-30",
        "consent_by": "欧阳娜娜" if zh else "Ouyang Nana",
        "consent_how": "电话" if zh else "by phone",
        "consent_at": "2026-11-23 14:20",
        "revisit": "完工之日起2天内回访（RC14），由非维修人员进行。"
        if zh
        else "within 2 days of completion (RC14), by somebody else than the repairer.",
    }
    return PaidServiceWords(**{**order(lang), **paid, **fields})


TRACE = {
    "zh": (
        "规则 RC13：渗漏水项目，试漏合格后3天内回访。",
        "起算：2026-11-24（星期二）17:45 试漏合格。",
        "当天不计入，自2026-11-25起算。",
        "第1天 11-25，第2天 11-26，第3天 11-27；服务时限按自然日计算，不因周末、节假日顺延。",
        "截止：2026-11-27（星期五）18:00，客服中心当日下班时间。",
    ),
    "en": (
        "Rule RC13: a leak is revisited within 3 days of its passed leak test.",
        "Start: Tuesday 2026-11-24 17:45, leak test passed.",
        "The day itself is not counted; counting begins on 2026-11-25.",
        "Day 1 is 11-25, day 2 is 11-26, day 3 is 11-27. Service times are calendar days; weekends and holidays do not move them.",
        "End: Friday 2026-11-27 18:00, when the service centre closes.",
    ),
}
REVISIT_CLAUSE = {"zh": "房屋渗漏水项目，维修试漏后3天内回访。", "en": "A leak is revisited within 3 days of its leak test."}


def promise_slip(lang: str = "zh", **fields: Any) -> PromiseSlipWords:
    """Return the slip a resident takes home."""
    zh = lang == "zh"
    words = {
        "address": ORDER[lang]["address"],
        "resident": "欧阳女士" if zh else "Ms Ouyang",
        "channel": ORDER[lang]["channel"],
        "received_at": "2026-11-23 14:02",
        "matter": "报修 · 渗漏水" if zh else "Repair · leak",
        "content": "主卧卫生间顶部滴水，楼下天花板已见水渍。" if zh else "Water drips from the bathroom ceiling; the flat below is wet.",
        "promise": "上门查看并止漏" if zh else "Come and stop the leak",
        "rule": "TR2",
        "clause": "紧急报修2小时内响应。" if zh else "Urgent repairs are answered within 2 hours.",
        "person": "王建国" if zh else "Wang Jianguo",
        "staff_number": "M007",
        "due": "2026-11-23 16:02",
        "why": ("受理 14:02，紧急报修，2个整小时。", "14:02 加2小时，得 16:02，在当日服务时间内。")
        if zh
        else ("Received 14:02, urgent: 2 real hours.", "14:02 plus 2 hours is 16:02, within today's opening hours."),
        "note": "17:00以后受理的一般报修，次日起安排。" if zh else "Ordinary repairs received after 17:00 are dispatched the next day.",
    }
    return PromiseSlipWords(**{**head(lang), **words, **fields})


def leak_slip(lang: str = "zh", **fields: Any) -> LeakSlipWords:
    """Return the notice on the bathroom door."""
    zh = lang == "zh"
    words = {
        "address": ORDER[lang]["address"],
        "place": ORDER[lang]["place"],
        "started": "2026-11-23 17:30",
        "planned_end": "2026-11-24 17:30",
        "person": "王建国" if zh else "Wang Jianguo",
        "staff_number": "M007",
        "call": "020-8612 3456",
        "notes": ("水位线已用胶带标记，请勿移动。",) if zh else ("The water level is marked with tape; please leave it.",),
    }
    return LeakSlipWords(**{**head(lang), **words, **fields})


def revisit_sheet(lang: str = "zh", **fields: Any) -> RevisitSheetWords:
    """Return a revisit sheet with one failed attempt."""
    zh = lang == "zh"
    words = {
        "resident": ORDER[lang]["reporter"],
        "phone_of_resident": "138 0013 8000",
        "address": ORDER[lang]["address"],
        "kind": ORDER[lang]["kind"],
        "content": "主卧卫生间顶部滴水，楼下1402室天花板已见水渍。" if zh else "Water drips from the ceiling of the main bathroom.",
        "done": "更换热水管三通接头，重做局部防水。" if zh else "replaced the tee of the hot-water pipe, renewed the waterproofing.",
        "repairer": "王建国 M007" if zh else "Wang Jianguo M007",
        "finished_at": "2026-11-24 17:45",
        "rule": "RC13",
        "clause": REVISIT_CLAUSE[lang],
        "due": "2026-11-27 18:00",
        "reviewer": "赵芳 F003" if zh else "Zhao Fang F003",
        "questions": (
            "报修的问题是否已经解决？",
            "维修人员是否按约定时间上门？",
            "维修人员是否文明、整洁，未收受任何物品？",
            "完工后现场是否清理干净？",
            "收费是否与报价一致（有偿服务）？",
        )
        if zh
        else (
            "Is the problem solved?",
            "Did our worker come at the time agreed?",
            "Was our worker polite and tidy, and accepted nothing?",
            "Was the place left clean?",
            "Did you pay what the quote said (paid service)?",
        ),
        "answers": ("yes", "no"),
        "attempts": (
            Attempt("11-25 10:20", "电话" if zh else "phone", "无人接听" if zh else "no answer", "赵芳 F003" if zh else "Zhao Fang F003"),
        ),
    }
    return RevisitSheetWords(**{**head(lang), **words, **fields})


def monthly_report(lang: str = "zh", **fields: Any) -> MonthlyReportWords:
    """Return a report of three pages."""
    zh = lang == "zh"
    kinds = (
        ("渗漏水", "安全设施", "给排水", "电气照明", "门窗五金", "公共部位", "其他")
        if zh
        else ("Leaks", "Safety", "Plumbing", "Electrical", "Doors", "Common parts", "Other")
    )
    words = {
        "number": "YB-2026-10",
        "period": "2026年10月" if zh else "October 2026",
        "figures": (
            Figure("受理" if zh else "Reported", "186", "较上月 +12" if zh else "12 more than in September"),
            Figure("完工" if zh else "Finished", "171", "完工率 91.9%" if zh else "91.9% of reported"),
            Figure("按时率" if zh else "On time", "96.5%", "目标 95%" if zh else "goal 95%"),
            Figure("回访率" if zh else "Revisited", "100%", "目标 100%（RC11）" if zh else "goal 100% (RC11)"),
        ),
        "by_kind": tuple(
            Row(kind, str(told), str(done), f"{98 - n}.0%", "100%")
            for n, (kind, told, done) in enumerate(zip(kinds, (61, 44, 31, 22, 14, 9, 5), (55, 42, 29, 20, 13, 8, 4), strict=True))
        ),
        "by_building": tuple(
            Row(f"{n}栋" if zh else f"Building {n}", str(told), str(done), "96.0%", "100%")
            for n, (told, done) in enumerate(
                zip((34, 30, 27, 23, 20, 17, 13, 10, 8, 4), (31, 28, 25, 21, 18, 16, 12, 9, 7, 4), strict=True), 1
            )
        ),
        "repeats": tuple(
            Repeat(
                f"{n}栋" if zh else f"Building {n}",
                kinds[0],
                str(5 - n),
                "K3-000017、K3-000021" if zh else "K3-000017, K3-000021",
                "同一立管" if zh else "same riser",
            )
            for n in (1, 2)
        ),
        "late": (),
        "notes": (
            "1栋主卧卫生间渗漏集中在15层以上，均为热水立管三通接头老化。建议请建设单位对同批接头整体更换。",
            "全部维修均已回访；未联系上3户，已留条并单独统计。",
        )
        if zh
        else (
            "The leaks of building 1 are all above floor 15, at tees of the hot-water riser. We propose that the developer replaces the whole batch.",
            "Every repair was revisited; 3 households could not be reached, a slip was left, and they are counted apart.",
        ),
        "author": "李敏 F012" if zh else "Li Min F012",
        "reviewer": "陈主管 S001" if zh else "Chen S001",
        "approver": "周主任 D001" if zh else "Zhou D001",
    }
    return MonthlyReportWords(**{**head(lang), **words, **fields})


def kiosk_enrol(lang: str = "zh", **fields: Any) -> KioskEnrolWords:
    """The sheet by which a kiosk joins."""
    link = "https://192.168.1.10:8443/#K7Q2M-9XW4T.ab12cd34ef567890ab12cd34ef567890"
    own = {
        "name": {"zh": "3栋大堂", "en": "Lobby 3"}[lang], "place": {"zh": "3栋1层电梯厅", "en": "Lift hall of building 3"}[lang], "code": "K7Q2M-9XW4T",
        "until": "15:40:12", "pin": "ab12 cd34 ef56 7890 ab12 cd34 ef56 7890", "link": link, "desk_command": "desk kiosk add 3",
        "kiosk_command": f"kiosk enrol '{link}'", "check": "", "qr": "",
    }  # fmt: skip
    return KioskEnrolWords(**{**head(lang), **own, **fields})


def resident_card(lang: str = "zh", **fields: Any) -> ResidentCardWords:
    """A resident card."""
    own = {"number": "ZK-2026-000003", "place": "3-1-1803", "qr": "LDC:" + "A7" * 13, "check": ""}
    return ResidentCardWords(**{**head(lang), **own, **fields})


def why_sheet(lang: str = "zh", **fields: Any) -> WhySheetWords:
    """Return the explanation of a revisit's last day."""
    zh = lang == "zh"
    words = {
        "subject": "渗漏水维修回访" if zh else "Revisit of a leak repair",
        "address": ORDER[lang]["address"],
        "person": "赵芳 F003" if zh else "Zhao Fang F003",
        "rule": "RC13",
        "clause": REVISIT_CLAUSE[lang],
        "start": "2026-11-24 17:45",
        "due": "2026-11-27 18:00",
        "trace": TRACE[lang],
        "calendar": "2026（国务院办公厅通知）" if zh else "2026 (State Council notice)",
        "computed_at": "2026-11-24 17:46",
    }
    return WhySheetWords(**{**head(lang), **words, **fields})


def kiosk_slip(lang: str = "zh", **fields: Any) -> KioskSlipWords:
    """Return the slip of a kiosk that has no line just now."""
    zh = lang == "zh"
    words = {
        "number": "K3-0017-7F2Q",
        "qr": "LDR:K7Q2M-9XW4T",
        "kind": "报修 · 渗漏水" if zh else "Repair · leak",
        "address": ORDER[lang]["address"],
        "content": "主卧卫生间顶部滴水，楼下天花板已见水渍。" if zh else "Water drips from the bathroom ceiling; the flat below is wet.",
        "saved_at": "2026-11-23 14:02",
        "promise": "上门查看" if zh else "Come and look",
        "rule": "TR1",
        "clause": "紧急报修2小时内响应。" if zh else "Urgent repairs are answered within 2 hours.",
        "due": "2026-11-23 16:02",
        "why": ("提交 14:02，紧急报修，2个整小时。", "14:02 加2小时，得 16:02，在当日服务时间内。")
        if zh
        else ("Submitted 14:02, urgent: 2 real hours.", "14:02 plus 2 hours is 16:02, within today's opening hours."),
        "wished": "11月23日 15:30–16:30" if zh else "23 Nov, 15:30–16:30",
        "urgent": "020-8612 3456",
        "issued_by": "K3",
        "head": "",
    }
    return KioskSlipWords(**{**head(lang), **words, **fields})


ALL = {
    "work_order": work_order,
    "paid_service": paid_service,
    "promise_slip": promise_slip,
    "leak_slip": leak_slip,
    "revisit_sheet": revisit_sheet,
    "monthly_report": monthly_report,
    "why_sheet": why_sheet,
    "kiosk_enrol": kiosk_enrol,
    "resident_card": resident_card,
    "kiosk_slip": kiosk_slip,
}
