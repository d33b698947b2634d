"""Made-up cases for the preview: the shapes are those that desk/templates/_macros.html documents."""

import json
import re
from pathlib import Path
from types import SimpleNamespace as It
from typing import Any

from flask import Response
from markupsafe import Markup

ICONS = re.findall(r'symbol id="([a-z-]+)"', (Path(__file__).resolve().parent.parent.parent / "desk/static/icons.svg").read_text("utf-8"))
CSRF = Markup('<input type="hidden" name="csrf" value="token-of-the-preview">')


def pick(lang: str, english: str, chinese: str) -> str:
    """Return the words of one language."""
    return chinese if lang == "zh-CN" else english


def viewer(args: Any) -> It:
    """Return the person who looks."""
    zh = args.get("lang", "zh-CN") == "zh-CN"
    return It(
        name="王丽" if zh else "Wang Li",
        staff_no="F012",
        role="front_desk",
        role_words="前台接待" if zh else "Front desk",
        theme=args.get("theme", "auto"),
        size=args.get("size", "normal"),
        idle_seconds=600,
        can=lambda perm: True,
    )


def nav(lang: str, path: str) -> list[It]:
    """Return the places of the navigation."""
    places = [
        ("h", "Today", "今日", "/", "home", 14),
        ("r", "Repairs", "报修", "/list", "wrench", 42),
        ("i", "Inbox", "来访来电", "/form", "inbox", 128),
        ("v", "Revisits", "回访", "/case", "phone", 6),
        ("u", "Households", "住户", "/unit", "people", None),
        ("p", "Reports", "月报", "/report", "chart", None),
        ("s", "Parts", "样张", "/style", "gear", None),
    ]
    return [
        It(key=k if url != "/" else "", label=pick(lang, en, zh), url=url, icon=icon, count=n, current=url == path)
        for k, en, zh, url, icon, n in places
    ]


def tick(lang: str, state: str) -> It:
    """Return the ticker's lamp."""
    late = pick(lang, "Clock stopped 4 minutes ago", "时钟已停 4 分钟")
    return It(state=state, words=pick(lang, "Clock running", "时钟正常") if state == "ok" else late)


def flashes(lang: str) -> list[tuple[str, str, str | None]]:
    """Return one toast that can be undone and one error."""
    return [
        ("ok", pick(lang, "3 repairs given to Zhao Qiang.", "已将 3 张工作单派给赵强。"), "/undo/1"),
        ("error", pick(lang, "Wang Fang changed this case a minute ago. Read it again.", "王芳一分钟前改过这张单，请重新核对。"), None),
    ]


def clock(lang: str, state: str, en: str, zh: str, at: str, trace: bool = True) -> It:
    """Return a clock as `ui.due` wants it."""
    english = [
        "RC13: a leak is revisited within 3 days of its passed leak test.",
        "Leak test passed on Fri 20 Nov, 16:20; that day is not counted.",
        "3 days: 21, 22, 23 Nov. Days off count, this is a service clock.",
        "Last moment: Mon 23 Nov, 18:00, when the desk closes.",
    ]
    chinese = [
        "RC13：房屋渗漏水维修试漏后3天内回访。",
        "11月20日（周五）16:20 试漏合格，当日不计。",
        "往后 3 天：21、22、23 日；服务时限不扣节假日。",
        "截止：11月23日（周一）18:00，前台下班时。",
    ]
    return It(
        state=state,
        words=pick(lang, en, zh),
        at_words=at,
        iso="2026-11-23T10:00:00Z",
        provisional=False,
        trace=(chinese if lang == "zh-CN" else english) if trace else [],
    )


def cases(lang: str) -> list[It]:
    """Return work orders in every colour of the lamp."""
    rows = [
        (
            "late",
            "late by 1 day 2 h",
            "超时 1天2小时",
            "11-22 18:00",
            "WX-2026-000017",
            "Leak",
            "渗漏",
            "Water stain on the balcony ceiling, dripping when it rains",
            "阳台顶部渗水，下雨时滴水，已影响到木地板",
            "3-1-1803",
            "Revisit: Wang Li",
            "回访：王丽",
        ),
        (
            "late",
            "late by 40 min",
            "超时 40分钟",
            "11-23 15:00",
            "WX-2026-000031",
            "Safety",
            "安全设施",
            "Entrance door of building 5 does not lock",
            "5栋单元门禁失灵，门锁不上",
            "5-2",
            "Dispatch: supervisor",
            "派工：主管",
        ),
        (
            "soon",
            "1 h 20 min left",
            "还剩 1小时20分",
            "11-23 17:00",
            "WX-2026-000035",
            "",
            "",
            "Kitchen drain blocked, water comes up in the sink",
            "厨房下水堵塞，水池返水",
            "12-3-201",
            "On site: Zhao Qiang",
            "上门：赵强",
        ),
        (
            "soon",
            "2 h left",
            "还剩 2小时",
            "11-23 18:00",
            "WX-2026-000012",
            "Leak",
            "渗漏",
            "Leak test of the bathroom ends at 17:30",
            "卫生间闭水试验 17:30 结束",
            "1-1-902",
            "Leak test: Li Jun",
            "试漏：李军",
        ),
        (
            "ok",
            "1 day left",
            "还剩 1天",
            "11-24 18:00",
            "WX-2026-000036",
            "",
            "",
            "Bedroom lamp flickers",
            "卧室灯闪烁",
            "8-1-1502",
            "Revisit: Chen Jing",
            "回访：陈静",
        ),
        (
            "paused",
            "paused: waits for a part",
            "暂停：等配件",
            "",
            "WX-2026-000009",
            "",
            "",
            "Intercom without sound",
            "可视对讲无声",
            "2-2-603",
            "Developer",
            "建设单位",
        ),
    ]
    return [
        It(
            clock=clock(lang, s, en, zh, at),
            number=n,
            kind=pick(lang, ken, kzh),
            what=pick(lang, wen, wzh),
            unit=u,
            waits_for=pick(lang, fen, fzh),
            url="/case",
            id=n,
        )
        for s, en, zh, at, n, ken, kzh, wen, wzh, u, fen, fzh in rows
    ]


def board(lang: str, empty: bool) -> dict[str, Any]:
    """Return the start page."""
    rows = [] if empty else cases(lang)
    queues = [
        ("Front desk", "前台", 14, 1, 2),
        ("Maintenance", "维修部", 23, 1, 1),
        ("Revisits", "回访", 6, 1, 0),
        ("Supervisor", "主管", 3, 0, 0),
    ]
    return {
        "today": pick(lang, "Monday 23 November 2026, 15:40", "2026年11月23日 星期一 15:40"),
        "queues": [
            It(label=pick(lang, en, zh), url="/list", total=0 if empty else t, late=0 if empty else a, soon=0 if empty else b)
            for en, zh, t, a, b in queues
        ],
        "sections": [
            It(key="late", rows=rows[:2], total=len(rows[:2]), more_url="/list"),
            It(key="today", rows=rows[2:4], total=len(rows[2:4]) and 9, more_url="/list"),
            It(key="next", rows=rows[4:], total=len(rows[4:]) and 31, more_url="/list"),
        ],
        "new_url": "/form",
        "new_label": pick(lang, "New repair", "登记报修"),
    }


def card(lang: str) -> It:
    """Return the card of one unit."""
    return It(
        title=pick(lang, "Building 3, entrance 1, room 1803", "3栋1单元1803"),
        url="/unit",
        flags=[("soon", pick(lang, "Lives alone, 78", "独居老人，78岁")), ("accent", pick(lang, "In trusteeship", "房屋托管中"))],
        people=[
            It(
                name=pick(lang, "Zhang Wei", "张伟"),
                role=pick(lang, "Owner", "业主"),
                phone="13812347788",
                remark=pick(lang, "after 18:00", "18:00 以后方便"),
            ),
            It(
                name=pick(lang, "Liu Fang", "刘芳"),
                role=pick(lang, "Tenant until 2027-03", "租户，至2027年3月"),
                phone="13900016601",
                remark="",
            ),
        ],
        facts=[
            (pick(lang, "Floor area", "建筑面积"), "118.42 ㎡"),
            (pick(lang, "Handed over", "交付日期"), "2022-06-18"),
            (pick(lang, "Warranty, water", "防水保修至"), "2027-06-18"),
        ],
        open_items=[
            It(
                number="WX-2026-000017",
                url="/case",
                what=pick(lang, "Balcony leak", "阳台渗水"),
                state="late",
                words=pick(lang, "late", "超时"),
            ),
            It(
                number="WX-2026-000029",
                url="/case",
                what=pick(lang, "Lamp in the hall", "过道灯不亮"),
                state="ok",
                words=pick(lang, "1 day", "1天"),
            ),
        ],
    )


def timeline(lang: str) -> list[It]:
    """Return what happened to one case."""
    rows = [
        ("sign", "ok", "Resident signed: leak test passed", "业主签字：试漏合格", "", "", "11-20 16:20", "Li Jun", "李军"),
        (
            "drop",
            "accent",
            "Leak test begun, 24 h",
            "开始闭水试验，24小时",
            "Water 30 mm deep, marked on the wall.",
            "蓄水深 30 毫米，墙上已标记。",
            "11-19 16:15",
            "Li Jun",
            "李军",
        ),
        (
            "wrench",
            "",
            "Repaired: new sealing of the floor drain",
            "维修完成：地漏重做防水",
            "Materials: sealing 2 kg. 95 minutes.",
            "用料：防水涂料 2 公斤；工时 95 分钟。",
            "11-19 15:50",
            "Li Jun",
            "李军",
        ),
        ("warn", "late", "Late: not on site by the appointed time", "超时：未按约定时间上门", "", "", "11-18 10:00", "", ""),
        ("print", "", "Work order printed, copy 1", "打印维修工作单，第1份", "", "", "11-17 09:12", "Wang Li", "王丽"),
        ("phone", "accent", "Reported by phone: 阳台顶部渗水", "电话报修：阳台顶部渗水", "", "", "11-17 09:10", "Wang Li", "王丽"),
    ]
    return [
        It(icon=i, tone=t, what=pick(lang, en, zh), said=pick(lang, sen, szh), at_words=at, iso="", who=pick(lang, wen, wzh), url="")
        for i, t, en, zh, sen, szh, at, wen, wzh in rows
    ]


def form(lang: str) -> It:
    """Return a form that was sent with two mistakes."""
    return It(
        values={"what": "阳台顶部渗水", "kind": "leak", "unit_text": "3-1-1803", "phone": "138", "wished": ["am"], "unit": "u1"},
        errors={
            "phone": pick(lang, "A mobile number has 11 digits; this one has 3.", "手机号应为 11 位，现在是 3 位。"),
            "when": pick(lang, "Ask when somebody is at home.", "请问清方便上门的时间。"),
        },
    )


def units(typed: str) -> list[It]:
    """Return units for the picker."""
    return [
        It(id=f"u{n}", label=f"3-1-{1800 + n}", detail=f"{who} · 138****77{n}8", card_url="/card")
        for n, who in enumerate(["张伟", "刘芳", "欧阳修"], 1)
    ]


def hits(lang: str) -> list[It]:
    """Return what a search found."""
    return [
        It(
            label=pick(lang, "Units", "房屋"),
            more_url=None,
            hits=[It(title="3-1-1803", detail="张伟（业主） · 刘芳（租户）", url="/unit", icon="home", state=None, words=None)],
        ),
        It(
            label=pick(lang, "Repairs", "报修"),
            more_url="/list",
            hits=[
                It(title=c.number + "　" + c.what, detail=c.unit, url="/case", icon="wrench", state=c.clock.state, words=c.clock.words)
                for c in cases(lang)[:3]
            ],
        ),
    ]


def page(name: str, lang: str, request: Any) -> dict[str, Any] | str | Response:
    """Return the context of one page of the preview, or its whole answer."""
    if name == "card":
        from flask import render_template

        return render_template("card_preview.html", card=card(lang))
    if name == "presence":
        return Response(json.dumps({"others": [pick(lang, "Li Jun", "李军")]}), mimetype="application/json")
    shared: dict[str, Any] = {
        "icons": ICONS,
        "pick": lambda en, zh: pick(lang, en, zh),
        "cases": cases(lang),
        "card": card(lang),
        "timeline": timeline(lang),
        "form": form(lang) if "errors" in request.args else None,
    }
    own: dict[str, dict[str, Any]] = {
        "login": {
            "form": None,
            "next": "",
            "demo_logins": [
                (pick(lang, "Front desk", "前台接待"), "王丽", "wangli", "demo"),
                (pick(lang, "Maintenance", "维修"), "赵强", "zhaoqiang", "demo"),
                (pick(lang, "Supervisor", "主管"), "李敏", "limin", "demo"),
                (pick(lang, "Site director", "管理处主任"), "周建国", "zhou", "demo"),
            ],
        },
        "lock": {"form": None, "next": "/"},
        "problem": {
            "title": pick(lang, "Not closed yet", "还不能结案"),
            "sentence": pick(lang, "This repair has no revisit result.", "这张维修单还没有回访结果。"),
            "todo": pick(lang, "Record the revisit first.", "请先登记回访结果。"),
            "problems": [(pick(lang, "Number", "单号"), "WX-2026-000017")],
            "number": "7F3A-21",
            "back_url": "/case",
        },
        "search": {"q": request.args.get("q", ""), "groups": hits(lang) if request.args.get("q") else []},
    }
    return shared | own.get(name, {})
