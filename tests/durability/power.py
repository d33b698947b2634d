"""Power cuts, replayed: every write of a program is recorded, and a disk is built as a cut at any moment could have left it.

What was written to a file after its last fsync may be there or not, each write by itself and torn at the disk's blocks; names that were made, moved
or removed after the last fsync of their folder as well. What an fsync has confirmed is there. Recorded with strace, which sees the system calls
that SQLite makes.
"""

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLS = "pwrite64,write,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,openat,ftruncate,mkdir,mkdirat"
BLOCK = 512
_LINE = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+=\s+(-?\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPENED = re.compile(r"<((?:\\x[0-9a-f]{2})*)>")
_LOG = ("-shm",)  # shared memory of the log: made anew after a start


@dataclass(frozen=True)
class Op:
    """One thing that a program did to the disk, or said (`say`): `at` and `data` of a write, `to` of a rename."""

    kind: str  # 'write', 'cut', 'sync', 'create', 'rename', 'unlink', 'mkdir', 'say'
    path: str = ""
    at: int = -1  # -1: at the end
    data: bytes = b""
    to: str = ""


def record(program: list[str], folder: Path, trace: Path) -> list[Op]:
    """Run a Python program under strace, and return what it did inside a folder and what it said, in order."""
    command = [
        "strace",
        "-f",
        "--seccomp-bpf",
        "-qq",
        "-y",
        "-xx",
        "-s",
        "4000000",
        "-e",
        f"trace={CALLS}",
        "-e",
        "signal=none",
        "-o",
        str(trace),
    ]
    subprocess.run([*command, sys.executable, *program], cwd=ROOT, check=True, stdout=subprocess.PIPE)
    with trace.open() as lines:
        return [op for line in lines for op in _read(line, str(folder))]


def _read(line: str, folder: str) -> Iterable[Op]:
    """Yield what one line of the trace tells of the folder."""
    found = _LINE.match(line)
    if not found or found[3].startswith("-"):
        return
    call, said, result = found[1], found[2], int(found[3])
    texts = [_plain(text) for text in _TEXT.findall(said)]
    opened = [os.fsdecode(_plain(text)) for text in _OPENED.findall(said)]
    if call in ("write", "pwrite64"):
        if call == "write" and said.startswith("1<"):
            yield Op("say", data=texts[0])
        elif opened and opened[0].startswith(folder):
            yield Op("write", opened[0], int(said.rsplit(", ", 1)[1]) if call == "pwrite64" else -1, texts[0][:result])
    elif call in ("fsync", "fdatasync") and opened and opened[0].startswith(folder):
        yield Op("sync", opened[0])
    elif call == "ftruncate" and opened and opened[0].startswith(folder):
        yield Op("cut", opened[0], int(said.rsplit(", ", 1)[1]))
    elif call == "openat" and "O_CREAT" in said and os.fsdecode(texts[0]).startswith(folder):
        yield Op("create", os.fsdecode(texts[0]))
        if "O_TRUNC" in said:
            yield Op("cut", os.fsdecode(texts[0]), 0)
    elif texts and os.fsdecode(texts[0]).startswith(folder):
        yield from _named(call, [os.fsdecode(text) for text in texts])


def _named(call: str, names: list[str]) -> Iterable[Op]:
    if call.startswith("rename"):
        yield Op("rename", names[0], to=names[1])
    elif call.startswith("unlink"):
        yield Op("unlink", names[0])
    elif call.startswith("mkdir"):
        yield Op("mkdir", names[0])


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


@dataclass
class Inode:
    """One file: what is confirmed of it, and the writes since."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[Op] = field(default_factory=list)
    size: int = 0
    is_folder: bool = False

    def sync(self) -> None:
        """Confirm everything."""
        for op in self.since:
            put(self.safe, op)
        self.since = []


def put(content: bytearray, op: Op) -> None:
    """Do one write or cut to a file's content."""
    if op.kind == "cut":
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))
        return
    content.extend(bytes(max(0, op.at + len(op.data) - len(content))))
    content[op.at : op.at + len(op.data)] = op.data


@dataclass
class Disk:
    """A disk that knows what is confirmed: names and files, and everything since that may be lost."""

    names: dict[str, Inode] = field(default_factory=dict)  # as the program sees them
    safe: dict[str, Inode] = field(default_factory=dict)  # as confirmed
    moved: list[tuple[str, str, Inode | None]] = field(default_factory=list)  # folder, name, what it means from here on
    stream: str = ""  # what was said

    @property
    def said(self) -> list[str]:
        """Return the lines that were said to their end."""
        return self.stream.split("\n")[:-1]

    @staticmethod
    def of(folder: Path) -> "Disk":
        """Return a disk with all that a folder holds, confirmed."""
        disk = Disk()
        for path in sorted(folder.rglob("*")):
            content = bytearray() if path.is_dir() else bytearray(path.read_bytes())
            disk.names[str(path)] = Inode(content, size=len(content), is_folder=path.is_dir())
        disk.safe = dict(disk.names)
        return disk

    def do(self, op: Op) -> None:
        """Do what the program did."""
        if op.kind == "say":
            self.stream += op.data.decode()
        elif op.kind in ("create", "mkdir"):
            if op.path not in self.names:
                self._name(op.path, Inode(is_folder=op.kind == "mkdir"))
        elif op.kind == "rename":
            inode = self.names[op.path]
            self._name(op.path, None)
            self._name(op.to, inode)
        elif op.kind == "unlink":
            self._name(op.path, None)
        elif op.kind == "sync":
            self._sync(op.path)
        elif op.path in self.names:
            inode = self.names[op.path]
            made = Op(op.kind, op.path, inode.size if op.at < 0 else op.at, op.data)
            inode.size = made.at if made.kind == "cut" else max(inode.size, made.at + len(made.data))
            inode.since.append(made)

    def _name(self, path: str, inode: Inode | None) -> None:
        if inode is None:
            self.names.pop(path, None)
        else:
            self.names[path] = inode
        self.moved.append((os.path.dirname(path), path, inode))

    def _sync(self, path: str) -> None:
        inode = self.names.get(path)
        if inode is not None and not inode.is_folder:
            inode.sync()
            return
        for _, name, moved in (entry for entry in self.moved if entry[0] == path):
            _set(self.safe, name, moved)
        self.moved = [entry for entry in self.moved if entry[0] != path]

    def after_a_cut(self, rng: random.Random, hit: str) -> dict[str, bytes | None]:
        """Return path -> content (None: a folder) as a power cut could leave them; only what lies under `hit` loses anything."""
        names = dict(self.safe)
        for _, name, inode in self.moved:
            if not name.startswith(hit) or rng.random() < 0.5:
                _set(names, name, inode)
        return {name: None if inode.is_folder else self._content(inode, rng, name.startswith(hit)) for name, inode in names.items()}

    @staticmethod
    def _content(inode: Inode, rng: random.Random, is_hit: bool) -> bytes:
        content = bytearray(inode.safe)
        chance = rng.choice((0.0, 0.5, 0.9, 1.0)) if is_hit else 1.0
        for op in inode.since:
            if rng.random() < chance:
                put(content, op)
            elif is_hit and op.kind == "write" and len(op.data) > BLOCK and rng.random() < 0.3:
                part = rng.randrange(1, len(op.data) // BLOCK + 1) * BLOCK  # torn: the first blocks arrived
                put(content, Op("write", op.path, op.at, op.data[:part]))
        return bytes(content)


def _set(names: dict[str, Inode], name: str, inode: Inode | None) -> None:
    if inode is None:
        names.pop(name, None)
    else:
        names[name] = inode


def lay_down(files: dict[str, bytes | None], old: Path, new: Path) -> None:
    """Write a disk's files under another folder; what lies in a folder that was lost is lost with it."""
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    for name in sorted(files):
        content, path = files[name], new / Path(name).relative_to(old)
        if not path.parent.is_dir() or name.endswith(_LOG):
            continue
        if content is None:
            path.mkdir()
        else:
            path.write_bytes(content)
