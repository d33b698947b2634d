"""Complete, valid things of kiosks: `a_submission(...)`, `arrived(...)` as the engine hands it on, `sent(...)` through the desk's own door."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from desk.kit.act import Act
from desk.kit.clock import SetClock, to_text
from desk.kit.database import Database
from desk.kit.ids import new_id
from desk.kit.journal import change
from desk.kit.plugs import Arrived, Take
from desk.registry import WORKFLOWS
from sync import inbox, sealing
from sync.inbox import store
from sync.inbox.store import Entry

CODE = "K7Q2M-9XW4T"
REPAIR: Mapping[str, Any] = {
    "unit": "3-1-1803", "place": "home", "category": "water_leak", "what": "卫生间顶上漏水", "wished": "周六上午", "name": "周予安",
    "phone": "13800000001", "urgency": None, "identity": "claimed", "lang": "zh",
}  # fmt: skip
COMPLAINT: Mapping[str, Any] = {
    "unit": "3-1-1803",
    "what": "楼道堆物",
    "name": "周予安",
    "phone": "13800000001",
    "about": "保洁",
    "identity": "claimed",
}
CALLBACK: Mapping[str, Any] = {"unit": "", "what": "想问车位", "name": "周予安", "phone": "13800000001", "identity": "claimed"}


def kiosk_act(clock: SetClock, device: str = "K1") -> Act:
    """Return the act under which the desk takes what a kiosk sends."""
    return Act(f"kiosk:{device}", device, clock, name=device)


def receipt(code: str = CODE) -> dict[str, str]:
    """Return the receipt that a kiosk makes of a code."""
    secret = sealing.of_code(code)
    return {"code": code, "key": secret.key, "tag": secret.tag}


def arrived(
    clock: SetClock, kind: str, body: Mapping[str, Any], *, minutes: float = 0, doubtful: bool = False, device: str = "K1"
) -> Arrived:
    """Return a submission that was made so many minutes before now."""
    at = clock.now() - timedelta(minutes=minutes)
    return Arrived(
        new_id(at), kind, 1, device, f"{device}-0017-7F2Q", {"receipt": receipt(), **body}, at, clock.now(), at, 0, doubtful,
        str(body.get("identity", "none")),
    )  # fmt: skip


def submissions() -> dict[str, Take]:
    """Return what all workflows make of submissions."""
    return {name: take for workflow in WORKFLOWS for name, take in workflow.submissions.items()}


def sent(site: Database, clock: SetClock, kind: str, body: Mapping[str, Any], **how: Any) -> Entry:
    """Let a submission come in through the desk's own door, and return it as it is kept; `code` is its receipt code."""
    body = {"receipt": receipt(how.pop("code", CODE)), **body}
    said, act = arrived(clock, kind, body, **how), kiosk_act(clock, how.get("device", "K1"))
    with change(site, act) as note:
        store.keep_entry(site, _row(said, body, store.newest_n(site) + 1) | inbox.outcome_row(inbox.Outcome(inbox.Verdict.DEFERRED)))
        made = inbox.decide(site, act, said, submissions())
        store.keep_outcome(site, {"id": said.id, **inbox.outcome_row(made)})
        note("submissions.received", said.device, count=1)
    found = store.entry(site, said.id)
    assert found is not None
    return found


def _row(said: Arrived, body: Mapping[str, Any], seq: int) -> dict[str, Any]:
    times: dict[str, datetime] = {"occurred_at": said.occurred_at, "received_at": said.received_at, "effective_at": said.effective_at}
    return {
        "id": said.id, "device": said.device, "epoch": "e1", "seq": seq, "kind": said.kind, "version": said.version, "number": said.number,
        "frozen": "{}", "chain": f"{seq:064x}", "sig": "", "body": json.dumps(dict(body), ensure_ascii=False), "tag": body["receipt"]["tag"],
        "receipt_key": body["receipt"]["key"], "identity": said.identity, "offset_ms": said.offset_ms, "clock_suspect": int(said.clock_suspect),
        **{name: to_text(at) for name, at in times.items()},
    }  # fmt: skip
