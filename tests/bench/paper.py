"""Figures of paper: CPU time and bytes of a work order, alone and merged. Run: `python -m tests.bench.paper`."""

import gc
from collections.abc import Iterator
from time import process_time
from typing import Any

import forms
from forms.batch import merged
from forms.catalog.work_order import WorkOrderWords
from tests.bench._show import show
from tests.forms import make

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华慧建国文辉力永健世广志义兴良海山仁波宁贵福生龙元全国胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆磊民友裕河哲江超浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘"
MATTERS = (
    "卫生间地漏返水，有异味，请带疏通工具。",
    "厨房水槽下软管滴水，已用桶接着，业主下午在家。",
    "入户门门锁打不开，孩子一个人在家，请尽快。",
    "客厅吸顶灯不亮，更换灯泡后仍不亮，怀疑线路问题。",
    "阳台外墙渗水，雨后墙面起皮，面积约2平方米。",
    "单元门禁对讲无声音，访客无法呼叫。",
    "主卧飘窗漏风，密封条老化，冬天很冷。",
    "电梯间应急灯常亮不灭，请检查。",
)


def work_orders(count: int) -> Iterator[WorkOrderWords]:
    """Yield work orders of different people, flats and matters."""
    for n in range(count):
        name = SURNAMES[n * 7 % len(SURNAMES)] + GIVEN[n * 13 % len(GIVEN)] + (GIVEN[n * 29 % len(GIVEN)] if n % 3 else "")
        yield make.work_order(
            number=f"K{n % 4 + 1}-{n:06d}",
            qr=f"LD1:CUIHU:K{n % 4 + 1}-{n:06d}:K7Q2M-{n % 99999:05d}",
            check=f"K7Q2M-{n % 99999:05d}",
            reporter=name,
            phone_of_reporter=f"13{n % 10} {n * 37 % 10000:04d} {n * 91 % 10000:04d}",
            address=f"{n % 40 + 1}栋{n % 3 + 1}单元{n % 30 + 1}{n % 4 + 1:02d}室",
            reported_at=f"2026-11-{n % 28 + 1:02d} {n % 12 + 8:02d}:{n % 60:02d}",
            promise_due=f"2026-11-{n % 28 + 1:02d} {n % 12 + 10:02d}:{n % 60:02d}",
            content=MATTERS[n % len(MATTERS)] + (MATTERS[n * 5 % len(MATTERS)] if n % 2 else ""),
        )


def figures() -> list[dict[str, Any]]:
    """Return what was measured, each with its unit and its budget."""
    orders = list(work_orders(1000))
    forms.render("work_order", orders[0], copies=())  # loads the fonts
    separate, size = cpu_ms(lambda: [forms.render("work_order", order, copies=()) for order in orders[:100]])
    together, whole = cpu_ms(lambda: list(merged("work_order", orders)))
    return [
        {"name": "work order alone", "value": round(separate / 100, 2), "unit": "CPU ms", "budget": 10},
        {"name": "work order alone, size", "value": round(size / 100), "unit": "bytes", "budget": None},
        {"name": "work orders merged, 1,000", "value": round(together / 1000, 2), "unit": "CPU ms a page", "budget": 4},
        {"name": "work orders merged, size", "value": round(whole / 1000), "unit": "bytes a page", "budget": 3072},
    ]


def cpu_ms(job: Any) -> tuple[float, int]:
    """Return the CPU milliseconds a job takes, and the bytes of all files it makes."""
    gc.collect()
    start = process_time()
    files: list[bytes] = job()
    return (process_time() - start) * 1000, sum(map(len, files))


if __name__ == "__main__":
    show(figures)
