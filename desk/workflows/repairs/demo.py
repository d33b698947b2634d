"""What the demo community's last five weeks of repairs were: made by the real commands, on a clock that runs through the past.

Each case is a generator that does a step and yields how long it waits; all of them run side by side in the order of time, and what
would happen after the present simply has not happened yet. So there is an order at every stage.
"""

import heapq
from collections.abc import Iterator
from datetime import timedelta

from desk.kit.clock import day_of
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.workflows.repairs import duties
from desk.workflows.repairs.demo_cases import (
    Case,
    Teller,
    cancelled,
    double,
    emergency,
    external,
    leak,
    paid,
    plain,
    promised,
    rework,
    stopped_at,
    unreachable,
)


def ago(days: float = 0, hours: float = 0, minutes: float = 0) -> timedelta:
    """Return how long ago a case began."""
    return timedelta(days=days, hours=hours, minutes=minutes)


CASES: tuple[tuple[timedelta, Case], ...] = (
    (ago(34), plain("3-1-1803", "door_window", "主卧窗扇关不严，漏风", "door_window", "调整合页，更换密封条")),
    (ago(33.4), leak("2-1-102", "楼上卫生间渗水到我家顶棚", "客卫")),
    (ago(32), paid("1-1-402", "客厅吊灯不亮，自己买的灯", "镇流器", "80")),
    (ago(31.2), plain("3-2-702", "sanitary", "洗手盆龙头松动", "sanitary", "紧固底座螺母")),
    (ago(30), emergency("3-1-301", "lift", "1单元电梯停在7楼，有人被困", "equipment", "解救乘客，复位门锁开关")),
    (ago(29.3), plain("3-1-602", "floor", "次卧地面空鼓一块", "floor", "切除空鼓，重新找平")),
    (ago(28), external("3-2-1102", "客厅墙面大面积空鼓", 6, finishes=True)),
    (ago(27.5), unreachable),
    (ago(26), rework("3-1-902", stop=False)),
    (ago(25.1), leak("3-2-1402", "厨房墙角渗水", "厨房", fails=True)),
    (ago(24), plain("3-1-1201", "electric", "卧室插座没电", "electrical", "重接松脱线头")),
    (ago(22.6), double),
    (ago(21), plain("2-1-501", "gate", "单元门闭门器失灵，关门很响", "equipment", "更换闭门器", days=3)),
    (ago(19.4), paid("1-2-803", "热水器不点火", "点火针", "65", answer="价格可以，周末修")),
    (ago(18), plain("4-1-201", "wall", "阳台顶棚抹灰脱落", "plaster", "清理后重新批嵌")),
    (ago(16.3), plain("3-2-304", "switch", "玄关感应灯常亮", "switch", "更换感应器")),
    (ago(15), cancelled),
    (ago(13.2), leak("3-1-1502", "主卫门口地面潮湿", "主卫")),
    (ago(12), plain("3-1-204", "drain", "阳台地漏堵塞，雨水倒灌", "plumbing", "疏通阳台立管")),
    (ago(10.5), external("3-1-1003", "餐厅吊顶开裂", 8, finishes=False)),
    (ago(9), plain("3-1-403", "drain", "阳台地漏返水", "plumbing", "疏通阳台立管")),
    (ago(8.2), plain("4-1-301", "heating", "分水器一路不热", "heating", "排气并清洗滤网")),
    (ago(7), plain("3-1-502", "drain", "阳台地漏又返水，和楼下一样", "plumbing", "立管高压冲洗")),
    (ago(6.1), paid("1-1-901", "油烟机异响", "轴承", "90", stop="quoted")),
    (ago(5.5), plain("3-2-1601", "sanitary", "淋浴花洒漏水", "sanitary", "更换垫圈", stop="signed")),
    (ago(4.6), rework("3-2-903", stop=True)),
    (ago(4), plain("3-2-201", "door_window", "入户门锁舌卡顿", "door_window", "润滑并调整锁扣", stop="signed")),
    (ago(3.3), leak("3-1-702", "客卫淋浴房外地面渗水", "客卫", hours=72, stop="testing")),
    (ago(3.2), leak("3-2-1201", "次卫管根渗水", "次卫", hours=24, stop="testing")),
    (ago(3), external("3-1-1601", "客厅顶棚抹灰裂缝", 7, finishes=False)),
    (ago(2.4), plain("3-1-1103", "electric", "厨房空开跳闸", "electrical", "更换漏电开关", stop="done")),
    (ago(2.2), paid("1-2-302", "洗衣机排水慢", "排水泵", "120", stop="agreed")),
    (ago(2), plain("3-2-802", "floor", "客厅地砖起翘两块", "floor", "重新铺贴", stop="signed")),
    (ago(1.9), promised("3-1-1402", "飘窗下方墙体有一条斜裂缝，问是否影响结构", 20)),
    (ago(1.3), promised("3-2-604", "阳台栏杆根部有锈迹，问能否补漆", 6, "检查后确认仅为面漆脱落，按保修处理")),
    (ago(1.2), plain("3-1-1702", "camera", "北门摄像头画面黑屏", "equipment", "更换电源", stop="reported")),
    (ago(1.5), plain("3-2-1404", "sanitary", "坐便器底座松动", "sanitary", "重新固定", stop="scheduled")),
    (ago(1.1), plain("4-1-402", "door_window", "阳台推拉门轨道变形", "door_window", "更换滑轮")),
    (ago(0.9), plain("3-2-1003", "wall", "书房墙面返碱", "plaster", "铲除重做", stop="decided")),
    (ago(hours=5), plain("3-1-1004", "switch", "客厅筒灯频闪", "switch", "更换驱动", stop="scheduled")),
    (ago(hours=3), stopped_at("3-1-303", "厨房角阀滴水", "part_done")),
    (ago(hours=2.5), stopped_at("3-2-404", "洗衣机龙头接口漏水", "no_access")),
    (ago(hours=1.6), stopped_at("3-1-1301", "水表后阀门关不紧", "on_site")),
    (ago(minutes=50), stopped_at("3-2-1702", "热水管压力小", "dispatched")),
    (ago(minutes=35), paid("1-1-1003", "浴霸不亮", "灯泡", "45", stop="quoted")),
    (ago(minutes=22), plain("3-1-802", "railing", "楼梯间扶手松动", "structure", "补焊", stop="reported", source="visit")),
    (ago(minutes=6), stopped_at("2-2-604", "水管爆了，正在关总阀", "draft")),
)

Waiting = tuple[float, int, Iterator[timedelta]]


def fill(db: Database, demo: Demo) -> None:
    """Let all cases happen, in the order of time, up to the present."""
    tell = Teller(db, demo)
    waiting: list[Waiting] = []
    for n, (ago, case) in enumerate(CASES):
        waiting.append(((demo.today - ago).timestamp(), n, case(tell)))
    heapq.heapify(waiting)
    month = day_of(demo.today - max(ago for ago, _ in CASES)).month
    while waiting:
        at, n, case_ = heapq.heappop(waiting)
        if at > demo.today.timestamp():
            continue
        demo.clock.at = type(demo.today).fromtimestamp(at, demo.today.tzinfo)
        if day_of(demo.clock.at).month != month:
            duties.report_months(db, tell.act("supervisor"))
            month = day_of(demo.clock.at).month
        wait = next(case_, None)
        if wait is not None:
            heapq.heappush(waiting, (at + wait.total_seconds(), n, case_))
    demo.clock.at = demo.today
    duties.break_promises(db, tell.act("supervisor"))
