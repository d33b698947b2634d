"""Copy the few foreign front-end files into the house, and write down what they are.

    cd tools/vendor && npm ci --ignore-scripts && python vendor.py

To update one: set its version in package.json, `npm install --package-lock-only`, the two commands above, then run the tests.
"""

import json
import shutil
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOUSE = HERE.parent.parent
MANIFEST = HOUSE / "desk" / "static" / "vendor" / "manifest.json"


def version_of(package: str) -> str:
    """Return the version that npm installed."""
    told = json.loads((HERE / "node_modules" / package / "package.json").read_text("utf-8"))
    return str(told["version"])


def copy(wanted: dict[str, str]) -> dict[str, str]:
    """Copy one file and return its line of the manifest; a missing file raises FileNotFoundError."""
    target = HOUSE / wanted["to"]
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(HERE / "node_modules" / wanted["package"] / wanted["from"], target)
    return {
        "path": wanted["to"],
        "package": wanted["package"],
        "version": version_of(wanted["package"]),
        "licence": wanted["licence"],
        "sha256": sha256(target.read_bytes()).hexdigest(),
    }


def main() -> None:
    """Copy every file of the list in package.json and write the manifest."""
    wanted = json.loads((HERE / "package.json").read_text("utf-8"))["vendor"]
    MANIFEST.parent.mkdir(parents=True, exist_ok=True)
    entries = [copy(one) for one in wanted]
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
