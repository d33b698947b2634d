"""The headings of the rosters that communities keep: which column means what, by its usual names."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from desk.kit.words import N_


class Column(NamedTuple):
    """One column of the roster: its own heading in Chinese and English, and other headings that mean the same."""

    zh: str
    en: str
    others: str = ""


COLUMNS: dict[str, Column] = {
    "building": Column("楼号", N_("Building"), "楼栋 栋 幢 座 栋号 幢号 楼栋号 楼幢号 楼宇 楼宇号 楼座 楼 楼栋名称 building block"),
    "entrance": Column("单元", N_("Entrance"), "单元号 门栋 门洞 梯号 entrance"),
    "floor": Column("楼层", N_("Floor"), "层 层数 所在楼层 所在层 floor"),
    "room": Column(
        "房间", N_("Room"), "房号 室 室号 房间号 房屋 房屋编号 房屋号 房产编号 户号 门牌 门牌号 房间编号 房屋地址 单元房号 unit room"
    ),
    "area": Column("建筑面积", N_("Area (m²)"), "面积 房屋面积 产权面积 建面 计费面积 收费面积 area"),
    "usage": Column("房屋用途", N_("Usage"), "用途 房屋类型 物业类型 房屋性质 房间类型 usage"),
    "state": Column("入住状态", N_("State"), "房屋状态 使用状态 房间状态 居住状态 是否入住 state"),
    "delivered_on": Column(
        "交房日期", N_("Delivered on"), "交付日期 交房时间 交付时间 收房日期 收楼日期 接房日期 收房时间 入伙日期 交楼日期 delivered"
    ),
    "completed_on": Column("竣工日期", N_("Completed on"), "竣工验收日期 竣工时间 竣工备案日期 竣工验收时间 completed"),
    "developer": Column("建设单位", N_("Developer"), "开发商 开发单位 开发公司 开发建设单位 developer"),
    "renovated_on": Column("装修日期", N_("Renovated on"), "装修验收日期 装修完成日期 装修时间 renovated"),
    "renovated_by": Column("装修公司", N_("Renovated by"), "装修单位 装饰公司 renovator"),
    "person_ref": Column("人员编号", N_("Person no."), "客户编号 业主编号 personno"),
    "name": Column(
        "业主名称",
        N_("Name"),
        "业主姓名 业主 户主 户主姓名 姓名 名称 客户姓名 客户名称 住户姓名 住户 产权人 产权人姓名 房主 房主姓名 人员姓名 name owner ownername",
    ),
    "role": Column("身份", N_("Role in the unit"), "人员类型 住户类型 客户类型 人员身份 客户类别 身份类型 住户身份 业主类型 role"),
    "relation": Column("与业主关系", N_("Relation to the owner"), "关系 与户主关系 relation"),
    "kind": Column("人员性质", N_("Person or company"), "客户性质 性质 业主性质 kind"),
    "phone": Column(
        "手机号",
        N_("Phone"),
        "手机 手机号码 联系电话 电话 联系方式 移动电话 业主电话 业主手机 电话号码 联系手机 本人电话 phone mobile tel telephone",
    ),
    "phones": Column(
        "其他电话", N_("Other phones"), "备用电话 电话2 联系电话2 手机2 手机号2 固定电话 家庭电话 住宅电话 备用手机 otherphones phone2"
    ),
    "best_time": Column("方便来电时间", N_("Best time to call"), "最佳联系时间 联系时间 方便联系时间 besttime"),
    "id_number": Column(
        "身份证号",
        N_("ID number"),
        "身份证 身份证号码 证件号 证件号码 证件编号 有效证件号码 统一社会信用代码 营业执照号 身份证件号 idnumber idcard",
    ),
    "id_last4": Column("证件后四位", N_("Last four of the ID"), "身份证后四位 证件号后四位 身份证号后四位 idlast4"),
    "from_on": Column("起始日期", N_("From"), "开始日期 起租日期 租期起 入住日期 入住时间 起租时间 租赁开始日期 from"),
    "to_on": Column("结束日期", N_("Until"), "终止日期 到期日期 租期止 退租日期 搬离日期 租赁到期日 租赁结束日期 until to"),
    "principal": Column("代理对象", N_("Acts for"), "委托人 被代理人 所属单位 代表单位 actsfor"),
    "scope": Column("委托范围", N_("Scope of the power of attorney"), "代理权限 委托事项 代理范围 scope"),
    "term_on": Column("委托期限", N_("Power of attorney until"), "委托期限至 委托到期日 代理期限 代理期限至 term"),
    "care": Column("特殊关怀", N_("Special care"), "特殊人群 关怀类型 特殊群体 care"),
    "care_note": Column("关怀说明", N_("Remark on care"), "特殊说明 carenote"),
    "email": Column("邮箱", N_("E-mail"), "电子邮箱 电子邮件 email mail"),
    "wechat": Column("微信", N_("WeChat"), "微信号 wechat"),
    "address": Column("通讯地址", N_("Postal address"), "联系地址 邮寄地址 送达地址 address"),
    "tenant_name": Column("租户姓名", N_("Tenant's name"), "租户 承租人 租客 租客姓名 承租人姓名 租户名称 tenant"),
    "tenant_phone": Column("租户电话", N_("Tenant's phone"), "租客电话 承租人电话 租户手机 租户手机号 租户联系电话 tenantphone"),
}

SEARCHED_ROWS = 15


@dataclass(frozen=True)
class Head:
    """Where a sheet's head is: its row (from 0), the column of each field, and the headings that we do not know."""

    row: int
    columns: dict[str, int]
    unknown: tuple[str, ...]


def folded(heading: str) -> str:
    """Return a heading as it is compared: '建筑面积（㎡）*' is '建筑面积'."""
    text = re.sub(r"[(（\[【].*?[)）\]】]", "", unicodedata.normalize("NFKC", heading).lower())
    return re.sub(r"[\s*:：_/\-.、'’]+", "", text)


def _meanings() -> dict[str, str]:
    meanings: dict[str, str] = {}
    for field, column in COLUMNS.items():
        for heading in (column.zh, column.en, *column.others.split()):
            meanings.setdefault(folded(heading), field)
    return meanings


MEANINGS = _meanings()


def find_head(rows: list[list[str]]) -> Head | None:
    """Return the head among the first rows: the first row that names the room and one thing more; None if there is none."""
    for n, row in enumerate(rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        unknown: list[str] = []
        for position, heading in enumerate(row):
            field = MEANINGS.get(folded(heading)) if heading.strip() else None
            if field and field not in columns:
                columns[field] = position
            elif heading.strip():
                unknown.append(heading.strip())
        if "room" in columns and len(columns) >= 2:
            return Head(n, columns, tuple(unknown))
    return None
