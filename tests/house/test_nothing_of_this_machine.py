"""What is committed works anywhere: no path of one machine, no package registry's host, nothing too long to read."""

import re

from tests.house.tree import PACKAGES, name, text_files

MACHINE = re.compile(r"(?<![\w.-])/(?:work/(?:main|shared|plan)|root|home/\w+|opt/(?:py" + r"pi|wheels))\b")
REGISTRY = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + "hosted",
            "npm" + r"js\.(?:org|com)",
            "npm" + "mirror",
            "tuna" + r"\.tsinghua",
            "mirrors" + r"\.\w+\.",
        )
    )
)
LONGEST = 400


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}:{n}: {line.strip()[:100]}"
        for path in text_files()
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_the_scan_sees_paths_and_hosts():
    assert MACHINE.search("see /ro" + "ot/x")
    assert REGISTRY.search("https://py" + "pi.org/simple")
    assert not MACHINE.search("/repairs/work/main")


def test_no_path_of_a_machine():
    assert lines_with(MACHINE) == []


def test_no_host_of_a_package_registry():
    assert lines_with(REGISTRY) == []


def test_no_file_is_too_long_to_read():
    written = [
        path
        for path in text_files()
        if path.suffix in (".py", ".html", ".css", ".js") and name(path).split("/")[0] in (*PACKAGES, "tests", "tools")
    ]

    assert len(written) > 50
    assert {name(path): n for path in written if (n := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST} == {}
