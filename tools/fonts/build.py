"""Build the fonts that `forms/fonts/` ships, from their public packages.

Run with a Python that has fontTools (Debian: python3-fonttools), on a machine with npm, apt and network:

    /usr/bin/python3 tools/fonts/build.py

The result is committed, so nobody needs this to work on or to use the product. Three files come out:

    NotoSansSC-Regular.ttf  every character of the source font
    NotoSansSC-Bold.ttf     the 8,105 characters of 通用规范汉字表, with Latin, figures and signs
    PlaneTwo.ttf            characters of plane 2 with a Mandarin reading, of Hong Kong, or twins of common ones (𠮷): rare names

Hinting and layout tables are dropped: print does not need them. The licences are copied beside the fonts.
"""

import bz2
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "forms" / "fonts"
NPM = ("@expo-google-fonts/noto-sans-sc", "0.4.3")
NAMES = (("Readings", "kMandarin"), ("OtherMappings", "kHKSCS"), ("Variants", "kSpoofingVariant"), ("Variants", "kZVariant"))
SIGNS = (
    "20-7E,A0-FF,2010-203B,2100-214F,2150-218F,2190-21FF,2200-22FF,2460-24FF,2500-25FF,2600-2612,2713-2717,3000-303F,3200-33FF,FF00-FFEF"
)


def fetch(work: Path) -> dict[str, Path]:
    """Return the unpacked folders of the three packages, by name, below `work`."""
    subprocess.run(["npm", "pack", "--silent", "@".join(NPM)], cwd=work, check=True)
    with tarfile.open(next(work.glob("*.tgz"))) as archive:
        archive.extractall(work / "noto")  # noqa: S202 - a build tool, on an archive npm has verified
    folders = {"noto": work / "noto" / "package"}
    for package in ("fonts-hanazono", "unicode-data"):
        subprocess.run(["apt-get", "download", "-qq", package], cwd=work, check=True)
        folders[package] = work / package
        subprocess.run(["dpkg-deb", "-x", next(work.glob(f"{package}_*.deb")), folders[package]], check=True)
    return folders


def unihan(folder: Path, name: str, field: str) -> set[int]:
    """Return the code points that have `field` in the Unihan file `name`."""
    text = bz2.decompress((folder / "usr/share/unicode" / f"Unihan_{name}.txt.bz2").read_bytes()).decode()
    return {int(found, 16) for found in re.findall(rf"^U\+([0-9A-F]+)\t{field}\t", text, re.MULTILINE)}


def subset(source: Path, target: Path, codes: str) -> None:
    """Write the characters `codes` (as pyftsubset takes them) of `source` to `target`."""
    options = [
        "--layout-features=",
        "--no-hinting",
        "--notdef-outline",
        "--name-IDs=*",
        "--drop-tables+=DSIG,vhea,vmtx,VORG,STAT,meta,BASE",
    ]
    listing = source.with_suffix(".codes")
    listing.write_text(codes, encoding="ascii")
    subprocess.run(["pyftsubset", str(source), f"--unicodes-file={listing}", f"--output-file={target}", *options], check=True)


def sha(path: Path) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> None:
    """Fetch, cut, and record where everything came from."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        folders = fetch(work)
        standard = unihan(folders["unicode-data"], "OtherMappings", "kTGH")
        spoken = {code for name, field in NAMES for code in unihan(folders["unicode-data"], name, field) if 0x20000 <= code <= 0x2FFFF}
        sources = {
            "NotoSansSC-Regular.ttf": (folders["noto"] / "400Regular/NotoSansSC_400Regular.ttf", "0-10FFFF"),
            "NotoSansSC-Bold.ttf": (
                folders["noto"] / "700Bold/NotoSansSC_700Bold.ttf",
                SIGNS + "," + ",".join(f"{c:X}" for c in sorted(standard)),
            ),
            "PlaneTwo.ttf": (
                folders["fonts-hanazono"] / "usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
                ",".join(f"{c:X}" for c in sorted(spoken)),
            ),
        }
        record = []
        for name, (source, codes) in sources.items():
            subset(source, OUT / name, codes)
            record.append({"file": name, "sha256": sha(OUT / name), "source": source.name, "source_sha256": sha(source)})
        for package, archive in (("npm " + "@".join(NPM), "*.tgz"), ("Debian fonts-hanazono", "fonts-hanazono_*.deb")):
            path = next(work.glob(archive))
            record.append({"package": package, "archive": path.name, "sha256": sha(path)})
        (OUT / "OFL.txt").write_bytes((folders["noto"] / "LICENSE_FONT").read_bytes())
        (OUT / "PlaneTwo-LICENSE.txt").write_bytes((folders["fonts-hanazono"] / "usr/share/doc/fonts-hanazono/copyright").read_bytes())
        (OUT / "SOURCES.json").write_text(json.dumps(record, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
