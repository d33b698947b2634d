"""What the notes sheet of the roster's template says about each column."""

from desk.kit.words import N_

NEEDED = frozenset({"building", "room"})
NOTES = {
    "building": N_(
        "The building's number, such as 3 (3栋, 3号楼 and 3# mean the same). May stay empty if the room column holds all, such as 3-1-1803."
    ),
    "entrance": N_("The entrance's number; empty if the building has only one."),
    "floor": N_("Only where the room's number does not tell the floor."),
    "room": N_("The room's number, such as 1803; or all of it, such as 3-1-1803."),
    "area": N_("Square metres with at most two decimals."),
    "delivered_on": N_("The day the unit was handed over, such as 2024-06-30."),
    "completed_on": N_("The day of the building's completion acceptance: warranties run from here."),
    "developer": N_("Who built it: pays for repairs within the warranty."),
    "renovated_on": N_("The day the renovation was accepted."),
    "name": N_("One person or company; several owners of one unit with 、 between them, or a row each."),
    "role": N_("Empty means owner."),
    "relation": N_("Such as 配偶 or 子女, for people who live with the owner."),
    "phone": N_("The phone to call first. Format the column as text."),
    "phones": N_("Further phones with 、 between them."),
    "best_time": N_("When the household likes to be called, such as 20:00."),
    "id_number": N_("The desk keeps the last four characters only. Format the column as text, or Excel cuts the number."),
    "from_on": N_("The first day of this role; empty if it is not known."),
    "to_on": N_("The last day of this role; empty while it holds."),
    "principal": N_("For agents and handlers: for whom they act. Empty means the owner."),
    "scope": N_("For agents: what the power of attorney allows."),
    "term_on": N_("For agents: the last day of the power of attorney."),
    "care": N_("Who is served first and at home."),
    "address": N_("Where letters are to be sent, if not to the unit."),
}
EXAMPLES = {
    "building": "3", "entrance": "1", "floor": "18", "room": "1803", "area": "89.37", "usage": "住宅", "state": "入住", "delivered_on": "2024-06-30",
    "completed_on": "2024-05-20", "developer": "青梧置业有限公司", "name": "周予安", "role": "业主", "phone": "13800000001", "phones": "13800000002",
    "best_time": "20:00", "from_on": "2024-06-30", "scope": "报修、缴费", "term_on": "2026-12-31", "relation": "配偶", "care": "老人",
}  # fmt: skip
