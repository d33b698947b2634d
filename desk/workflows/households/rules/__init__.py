"""Rule book of the household register (一户一档).

Source: seed 002, 南航客服流程范文第2篇, and the law that stands behind it.

    ORG1  日常住戶聯系、溝通協調工作              one file per household; everything that is said lands there
    ORG3  向業主、使用人通知收取及催繳             owner and occupant are both known for every unit
    ORG5  文檔的管理                            nothing of a file is deleted: a change ends one row and adds another
    MI1   業主身份證、入住通知單、房屋買賣契約      an owner shows three originals
    MI2   還需提供委托人身份證及委托書             an agent shows two more, and the power of attorney names scope and term (Civil Code 165)
    MI3   還需提供單位證明及個人身份證明            a company shows two more, and acts through a handler
    TR24  最佳的電話時間是:晚上8點                best time to call: 20:00 unless the household says otherwise
    TR31  核對新簽檔案中聯系電話是否留有5個以上      a complete file holds five phone numbers
    TR46  綠色通道                              who is marked for special care goes first
"""

from desk.workflows.households.rules.choices import (
    CareNeed,
    ContactKind,
    HouseRole,
    IdentityKind,
    IdKind,
    PersonKind,
    Purpose,
    UnitFact,
    UnitState,
    Usage,
)
from desk.workflows.households.rules.register import Building, Consent, Contact, Entrance, Floor, Occupancy, Person, Unit
from desk.workflows.households.rules.roles import (
    ACTS_FOR_ANOTHER,
    IDENTITY_PAPERS,
    LIVES_THERE,
    OWNERS,
    admit,
    check_version,
    drop,
    end,
    give_way,
    holds,
    identity_papers,
    overlaps,
    withdraw,
)

__all__ = [
    "ACTS_FOR_ANOTHER",
    "BEST_CALL_TIME",
    "IDENTITY_PAPERS",
    "LIVES_THERE",
    "OWNERS",
    "PHONES_WANTED",
    "Building",
    "CareNeed",
    "Consent",
    "Contact",
    "ContactKind",
    "Entrance",
    "Floor",
    "HouseRole",
    "IdKind",
    "IdentityKind",
    "Occupancy",
    "Person",
    "PersonKind",
    "Purpose",
    "Unit",
    "UnitFact",
    "UnitState",
    "Usage",
    "admit",
    "check_version",
    "drop",
    "end",
    "give_way",
    "holds",
    "identity_papers",
    "overlaps",
    "withdraw",
]

PHONES_WANTED = 5  # TR31
BEST_CALL_TIME = "20:00"  # TR24
