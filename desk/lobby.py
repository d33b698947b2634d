"""The desk's side of its kiosks: the one engine that answers them, the door on the network, and by which address they reach it."""

import socket

from desk.kit.act import Act
from desk.kit.clock import Clock, WallClock
from desk.registry import PUBLISHED, SUBMISSIONS, WORKFLOWS
from desk.site import Site
from sync import feed, inbox, tls
from sync.desk import Desk
from sync.front import Front
from sync.inbox import store
from sync.server import reply

PORT = 8443
CERTIFICATE = "front.pem"
AT_ONCE = 200  # as many as one look at what waits for an update takes
NOWHERE = ("192.0.2.1", 9)  # an address of documentation: nothing is sent there
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def engine(site: Site, clock: Clock) -> Desk:
    """Return what answers the kiosks of a data folder."""
    return Desk(
        site.db, clock, PUBLISHED, SUBMISSIONS, site.folder, site.settings.device, lambda tag, kiosk: proved(site, clock, tag, kiosk)
    )


def proved(site: Site, clock: Clock, tag: str, kiosk: str) -> None:
    """Tell the workflows that somebody proved at a kiosk to know a tag, by a card or a receipt."""
    for workflow in WORKFLOWS:
        if workflow.proved:
            workflow.proved(site.db(), Act(f"kiosk:{kiosk}", kiosk, clock), tag, kiosk)


def apply_deferred(desk: Desk) -> int:
    """Take what came from kiosks that were newer than this desk was, now that it was updated; return how many there were."""
    done = 0
    for _ in range(100):
        taken = inbox.apply_deferred(desk.db(), Act("desk", desk.device, desk.clock), desk.submissions)
        done += taken
        if taken < AT_ONCE:
            break
    return done


def sweep(site: Site) -> None:
    """Publish what programs without our projections have changed."""
    feed.sweep(site.db(), PUBLISHED)


def is_wanted(site: Site) -> bool:
    """Tell whether the door for kiosks shall be open: the settings say so, or there is a kiosk that was not revoked."""
    return bool(site.settings.kiosk_port) or any(device.revoked_at is None for device in store.devices(site.db()))


def front(site: Site, desk: Desk) -> Front:
    """Return the door for kiosks; it opens by itself when it is wanted."""
    made = site.settings
    path = site.folder / CERTIFICATE
    return Front(
        handle=lambda asked: reply(desk, asked),
        certify=lambda: tls.certify(tls.authority(site.db()), names(site), WallClock().now(), path),
        host=made.kiosk_host,
        port=made.kiosk_port or PORT,
        wanted=lambda: is_wanted(site),
    )


def names(site: Site) -> frozenset[str]:
    """Return the names and addresses that stand in the door's certificate."""
    return site.settings.hosts() | {socket.gethostname().lower(), address_here()} - {""}


def door(site: Site, asked: str = "") -> tuple[str, str]:
    """Return where kiosks reach this desk, and its authority's fingerprint, for the sheet of a new one.

    `asked` is the name by which the staff's browser reached the desk; where that is this very machine, a name from the settings counts, or the
    machine's own address.
    """
    name = asked.strip("[]").lower()
    if name in LOOPBACK | {""}:
        name = next(iter(site.settings.allowed_hosts), "") or address_here() or "127.0.0.1"
    host = f"[{name}]" if ":" in name else name
    return f"https://{host}:{site.settings.kiosk_port or PORT}", tls.pin(tls.authority(site.db()).cert)


def address_here() -> str:
    """Return this machine's address in its network, '' without one. Nothing is sent: the system only chooses by which way it would be."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
            found: str = probe.getsockname()[0]
        except OSError:
            return ""
    return found
