"""How much memory this kiosk's processes take, as the system counts it (Linux; elsewhere nothing is known)."""

from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Process:
    """One process below ours."""

    pid: int
    name: str
    mib: float  # its share: what several processes use is divided among them


def below(pid: int) -> list[Process]:
    """Return a process and all that it started, and those that these started."""
    parents = {}
    for folder in PROC.glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue  # it ended while we looked
    family, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return [found for member in sorted(family) if (found := _process(member))]


def _process(pid: int) -> Process | None:
    try:
        name = (PROC / str(pid) / "comm").read_text().strip()
        return Process(pid, name, _share(pid))
    except OSError:
        return None


def _share(pid: int) -> float:
    """Return the proportional share in MiB."""
    for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0
