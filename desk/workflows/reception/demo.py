"""Contacts of an invented community: three weeks of visits, calls, letters, kiosk notes and messages."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from desk.kit.clock import SITE_ZONE, day_of
from desk.kit.database import Database
from desk.kit.demo import Demo
from desk.workflows.households import store as register
from desk.workflows.households.rules import Unit
from desk.workflows.reception import commands
from desk.workflows.reception.inputs import Contact, Promising, Reply
from desk.workflows.reception.rules import ContactChannel, Matter

V, C, L, K, M = ContactChannel.VISIT, ContactChannel.CALL, ContactChannel.LETTER, ContactChannel.KIOSK, ContactChannel.MESSAGE


@dataclass(frozen=True)
class Said:
    """One contact of the demo: so many days ago at this hour, by which way, about what, with the answer if there was one."""

    days: int
    at: str
    way: ContactChannel
    matter: Matter
    words: str
    answer: str = ""
    home: bool = True  # somebody of a unit
    subject: str = ""
    office: str = ""
    counterpart: str = ""
    person: str = ""
    wished: str = ""
    first: bool = False
    promised: int = 0  # so many days later, at five in the afternoon, the answer is promised (RC2)


NAMES = ("陈小鱼", "欧阳敏", "马建设", "许静", "罗永年", "何佳")  # who comes when nobody is in the register yet
STORY = (
    Said(20, "09:12", V, Matter.QUESTION, "新搬来的，想问一下装宽带要不要先到物业登记。", "不用登记，施工当天请师傅在门岗换临时出入证。"),
    Said(19, "10:05", C, Matter.FEE, "问一下这个季度的物业费是按哪个面积算的。", "按房产证建筑面积89.37平方米计算，已把计算明细念给业主听。"),
    Said(18, "15:40", V, Matter.OFFICIAL, "来核对电梯年检资料。", office="区市场监督管理局", counterpart="工程主管", person="孟科长", home=False),
    Said(17, "08:50", C, Matter.PARKING, "地库B区的道闸早上抬杆很慢，后面堵了一排车。", "已让安护部当班队长去看，是感应线圈脏了，十点前擦好。"),
    Said(16, "14:20", L, Matter.SUGGESTION, "建议在儿童滑梯旁边加一条长椅，接送孩子的老人没有地方坐。", "已列入下月公共设施添置计划，月底前在公告栏告知结果。", subject="关于加装长椅的建议"),
    Said(15, "19:35", M, Matter.NEIGHBOURS, "楼上晚上十点以后还在拖桌椅，已经连着三天了，麻烦物业上门沟通一下。", "当晚安护员已上门提醒，对方在桌椅脚加了软垫，请您再观察几天。", subject="楼上夜间有响动"),
    Said(14, "11:15", K, Matter.REPAIR, "三楼过道的声控灯不亮了，晚上看不清台阶。", "已安排维修部当天更换灯头。"),
    Said(13, "16:02", C, Matter.OFFICIAL, "通知下周三上午全市消防演练的集合地点。", office="街道办事处", counterpart="安护部主管", person="小姚", home=False),
    Said(12, "09:48", V, Matter.RENOVATION, "想把阳台和客厅打通，问要办什么手续。", "已告知：阳台配重墙属于承重结构，不能拆；其他项目带身份证、房产证和施工图来申报。"),
    Said(11, "10:30", C, Matter.QUESTION, "老人行动不便，能不能派人上门帮忙录门禁指纹。", "可以，已约好周四上午十点由客服和安护员一起上门。", first=True),
    Said(10, "20:10", M, Matter.SUGGESTION, "晚上跳广场舞的音响能不能九点半以前收，孩子要上学。", "已和舞蹈队负责人约定，工作日九点收场，周末九点半。", subject="广场舞时间"),
    Said(9, "08:35", V, Matter.FEE, "上个月交过物业费了，手机上还显示未交。", "查到是收款后没有核销，已当面改好并补打收据。"),
    Said(8, "13:25", L, Matter.COMPLAINT, "快递柜前面的垃圾桶经常满出来，夏天味道很大，希望增加清运次数。", "自本周起改为每天清运三次，环境部主管每天下午检查。", subject="快递柜旁垃圾桶"),
    Said(7, "17:50", K, Matter.QUESTION, "电动车充电棚的刷卡机可以用微信付款吗？", "可以，扫机身上的码即可，不需要办卡。"),
    Said(6, "09:05", C, Matter.NEIGHBOURS, "隔壁装修中午一点还在钻墙。", "巡查员已到现场叫停，并向施工负责人重申了午休时间。"),
    Said(5, "15:15", V, Matter.OFFICIAL, "来做人口抽样调查，需要居委会指定的住户名单以外的楼栋平面图。", office="区统计局", counterpart="客服主管", person="高老师", home=False),
    Said(4, "10:44", M, Matter.PARKING, "访客车位被一辆长期不动的车占着，车上积了很厚的灰。", subject="访客车位被长期占用"),
    Said(3, "14:08", C, Matter.COMPLAINT, "上周报修的单元门闭门器修过又坏了，关门声音非常大，孩子午睡总被吵醒。", promised=2),
    Said(2, "09:30", V, Matter.QUESTION, "想租一间地下储藏室，问有没有空的，一个月多少钱。", promised=4),
    Said(2, "18:22", M, Matter.REPAIR, "卫生间地漏返味，自己倒了水也没有用，麻烦师傅来看看。", subject="卫生间返味", wished="周末上午"),
    Said(1, "08:58", K, Matter.REPAIR, "电梯里二号按键按下去弹不回来。"),
    Said(1, "11:40", C, Matter.REPAIR, "厨房水槽下面一直滴水，接了个盆，半天就满了。", wished="今天下午五点以后"),
    Said(1, "12:10", M, Matter.REPAIR, "厨房水槽下面滴水，上午打过电话，补充一下：是软管接口的地方。", subject="厨房滴水"),
    Said(1, "16:30", L, Matter.SUGGESTION, "希望公告栏的字再大一些，老人看不清。", subject="公告栏字号"),
    Said(0, "08:20", C, Matter.QUESTION, "家里有孕妇，问装修期间楼道每天什么时候打扫消毒。", first=True),
    Said(0, "08:45", V, Matter.FEE, "想把物业费改成半年一交，问可不可以。"),
)  # fmt: skip


def fill(db: Database, demo: Demo) -> None:
    """Take the demo's contacts through the weeks before today, in the order of time."""
    homes = register.every(db, Unit)
    today = day_of(demo.today)
    for number, said in enumerate(STORY):
        at = datetime.combine(today - timedelta(days=said.days), time.fromisoformat(said.at), SITE_ZONE).astimezone(UTC)
        demo.clock.at = min(at, demo.today - timedelta(minutes=len(STORY) - number))
        home = homes[(number - 1 if said.subject == "厨房滴水" else number) * 7 % len(homes)] if said.home and homes else None
        _say(db, demo, said, home)


def _say(db: Database, demo: Demo, said: Said, home: Unit | None) -> None:
    """Take one contact, and answer it some minutes later if it was answered."""
    member = next(iter(register.people(db, home.id, day_of(demo.clock.at))), None) if home else None
    typed = {
        "channel": said.way, "words": said.words, "matter": said.matter, "subject": said.subject, "unit": home.id if home else "",
        "person": said.person or (member.name if member else demo.rng.choice(NAMES)), "phone": member.phone if member else "", "office": said.office,
        "counterpart": said.counterpart, "wished": said.wished, "first": said.first,
    }  # fmt: skip
    taken = commands.take_contact(db, demo.act(), Contact.read(typed))
    if said.promised:
        by = datetime.combine(day_of(demo.clock.at) + timedelta(days=said.promised), time(17), SITE_ZONE)
        commands.promise(db, demo.act(), taken.id, Promising(promised_at=by))
    if said.answer:
        demo.clock.forward(minutes=demo.rng.randint(2, 25))
        commands.answer(db, demo.act(), taken.id, Reply(answer=said.answer))
