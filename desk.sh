#!/bin/sh
# LobbyDesk in two commands:  ./desk.sh demo   and   ./desk.sh test
# Needs python3 with pip and nothing else; everything it makes lies in .boot, .venv and demo-data of this folder.
set -eu
cd "$(dirname "$0")"

say() { printf '%s\n' "$*" >&2; }
fail() { say "desk.sh: $*"; exit 1; }

usage() {
    say "usage: ./desk.sh demo [OPTIONS]        serve a demo community on http://127.0.0.1:8000/"
    say "       ./desk.sh test [PYTEST ARGS]    everything that CI runs; with arguments only those tests"
    say "       ./desk.sh desk ARGS...          the desk command, for example: ./desk.sh desk serve --data ./data"
    say "       ./desk.sh kiosk ARGS...         the kiosk command, for example: ./desk.sh kiosk run --windowed"
    say "       ./desk.sh shots                 draw the screenshots of the README anew"
    say "       ./desk.sh lock                  write the three lock files anew from pyproject.toml"
    exit 2
}

# stamp FILE...: a word that changes with the files and this script
stamp() { cat desk.sh "$@" | cksum; }
stamped() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

# .boot/bin/uv, hash-locked, beside the system's Python: Debian's python3 has no venv module, and its pip writes nowhere else
boot() {
    stamped .boot/stamp "$(stamp requirements-tools.lock)" && return
    python3 -m pip --version >/dev/null 2>&1 || fail "python3 with pip is needed (Debian: apt-get install python3 python3-pip)"
    say "-- fetching the installer"
    rm -rf .boot
    python3 -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action ignore \
        --target .boot --require-hashes -r requirements-tools.lock
    stamp requirements-tools.lock >.boot/stamp
}

# the package index that this machine's pip is told to use, for uv, unless uv has its own setting
mirror() {
    [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}${UV_INDEX:-}${UV_CONFIG_FILE:-}" ] || return 0
    [ ! -f "${XDG_CONFIG_HOME:-${HOME:-.}/.config}/uv/uv.toml" ] && [ ! -f /etc/uv/uv.toml ] || return 0
    python3 -m pip config list 2>/dev/null |
        sed -n -e "s/^:env:\.index-url='\(.*\)'$/\1/p" -e "s/^global\.index-url='\(.*\)'$/\1/p" -e "s/^install\.index-url='\(.*\)'$/\1/p" | head -n 1
}

# install LOCK into .venv: exactly what stands in it; pip with the machine's own settings where uv cannot reach an index
install() {
    say "-- installing what $1 lists"
    index=$(mirror)
    .boot/bin/uv pip sync --quiet --python .venv/bin/python --require-hashes ${index:+--index-url "$index"} "$1" ||
        python3 -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --root-user-action ignore --require-hashes -r "$1"
}

# the packages of this folder and the commands `desk` and `kiosk`, without building anything
link_ourselves() {
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    pwd >"$site/lobbydesk.pth"
    for name in desk kiosk; do
        printf '#!%s/.venv/bin/python\nimport sys\nfrom %s.cli import main\n\nsys.exit(main())\n' "$(pwd)" "$name" >.venv/bin/$name
        chmod +x .venv/bin/$name
    done
}

# here: .venv was made for this very folder; its scripts know where they stand
here() { stamped .venv/home "$(pwd)"; }

# ready LOCK: a .venv that holds at least what LOCK lists (the test lock holds all of the other)
ready() {
    if here && { stamped .venv/stamp "$(stamp "$1")" || stamped .venv/stamp "$(stamp requirements-test.lock)"; }; then return; fi
    boot
    python=$(python3 -c 'import sys; print(sys.executable)')
    if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { [ -f .venv/home ] && ! here; }; then
        rm -rf .venv
        .boot/bin/uv venv --quiet --no-python-downloads --python "$python" .venv
    fi
    pwd >.venv/home
    rm -f .venv/stamp
    install "$1"
    link_ourselves
    stamp "$1" >.venv/stamp
}

# what the tests need from Debian and this machine does not have yet
packages="chromium fonts-noto-cjk xvfb xauth xdotool python3-gi gir1.2-gtk-3.0 gir1.2-webkit2-4.1 poppler-utils espeak-ng libegl1 libxkbfile1 libxtst6 strace"

system_packages() {
    command -v dpkg-query >/dev/null || { say "-- not Debian: the tests need $packages"; return 0; }
    missing=
    for package in $packages; do
        case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in *" installed") ;; *) missing="$missing $package" ;; esac
    done
    [ -n "$missing" ] || return 0
    as_root=
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && as_root="sudo -n"; } || fail "please install as root:$missing"
    say "-- apt-get install$missing"
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    # shellcheck disable=SC2086  # a list of words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
}

# Debian's `gi` (GTK for the kiosk's window), if it was compiled for this Python
link_gi() {
    tag=$(.venv/bin/python -c 'import sys; print(f"cpython-{sys.version_info[0]}{sys.version_info[1]}")')
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    for built in /usr/lib/python3/dist-packages/gi/_gi."$tag"-*.so; do
        [ ! -e "$built" ] || ln -sfn /usr/lib/python3/dist-packages/gi "$site/gi"
    done
}

# step WORDS COMMAND...: run one part of the tests, say how long it took, and stop at the first that fails
step() {
    name=$1
    shift
    began=$(date +%s)
    say "-- $name"
    "$@" || fail "$name FAILED after $(($(date +%s) - began)) s"
    say "-- $name: $(($(date +%s) - began)) s"
}

in_a_window() {
    if command -v xvfb-run >/dev/null; then xvfb-run -a "$@"; else "$@"; fi
}

# the tests of rule books and deadlines, which must reach every branch
rule_tests() {
    ls tests/*/test_rules*.py | grep -v -e tests/access -e tests/sync
    echo tests/sync/test_rules_time.py tests/kit/time
}

run_tests() {
    began_all=$(date +%s)
    system_packages
    ready requirements-test.lock
    link_gi
    say "-- ready: $(($(date +%s) - began_all)) s"
    if [ $# -gt 0 ]; then
        in_a_window .venv/bin/python -m pytest "$@"
        return
    fi
    step "format" .venv/bin/ruff format --check .
    step "lint" .venv/bin/ruff check .
    step "types" .venv/bin/mypy
    step "import arrows" .venv/bin/lint-imports
    # shellcheck disable=SC2046  # lists of words
    step "rule books, every branch" .venv/bin/python -m pytest -n 2 --dist worksteal $(rule_tests) --cov-branch --cov-fail-under=100 \
        --cov=desk.kit.deadlines --cov=desk.workflows.households.rules --cov=desk.workflows.reception.rules --cov=desk.workflows.repairs.rules \
        --cov=desk.workflows.kiosks.rules --cov=desk.workflows.reception.arrival --cov=sync.times
    # shellcheck disable=SC2046
    step "tests" in_a_window .venv/bin/python -m pytest -n 2 --dist worksteal $(printf '%s\n' $(rule_tests) | sed 's/^/--ignore=/')
    say "-- all passed: $(($(date +%s) - began_all)) s"
}

# the test lock first, then the other one held to the same versions: the tests run on the very pins that are shipped
lock() {
    boot
    index=$(mirror)
    compile() { .boot/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11 ${index:+--index-url "$index"} "$@" >/dev/null; }
    compile "$@" --group test pyproject.toml -o requirements-test.lock
    compile "$@" -c requirements-test.lock pyproject.toml -o requirements.lock
    echo uv | compile "$@" - -o requirements-tools.lock
}

[ $# -gt 0 ] || usage
verb=$1
shift
case $verb in
    demo) ready requirements.lock; exec .venv/bin/desk demo --data ./demo-data "$@" ;;
    shots) ready requirements-test.lock; LOBBYDESK_SCREENSHOTS=1 exec .venv/bin/python -m pytest tests/browser/test_shots.py tests/kiosk/test_shots.py ;;
    desk) ready requirements.lock; exec .venv/bin/desk "$@" ;;
    kiosk) ready requirements.lock; link_gi; exec .venv/bin/kiosk "$@" ;;
    test) run_tests "$@" ;;
    lock) lock "$@" ;;
    *) usage ;;
esac
