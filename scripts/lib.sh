# Sourced by the other scripts: what they all need, said in one place.

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
STARTED_S=$SECONDS

# As many compilations at once as there are cores, but no more than memory allows (a Beast file takes 1.5 GB).
jobs_at_once()
{
    local cores memory_kb by_memory
    cores=$(nproc)
    memory_kb=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo)
    by_memory=$((memory_kb / 1500000))
    [ "$by_memory" -lt 1 ] && by_memory=1
    [ "$by_memory" -lt "$cores" ] && echo "$by_memory" || echo "$cores"
}

elapsed()
{
    local s=$((SECONDS - STARTED_S))
    printf '%d:%02d' $((s / 60)) $((s % 60))
}

# One plain sentence with the time since the script began.
say()
{
    printf '[%s] %s\n' "$(elapsed)" "$*"
}

fail()
{
    say "$*" >&2
    exit 1
}

# ensure_setup build|all|bench: installs what building needs, or testing too, or the benches too.
ensure_setup()
{
    local how=--only
    [ "$1" = bench ] && how=--with
    "$ROOT/scripts/setup" "$how" "$1"
}

# configure_preset PRESET: prints what CMake said only when it failed.
configure_preset()
{
    local said
    said=$(cd "$ROOT" && cmake --preset "$1" 2>&1) || {
        printf '%s\n' "$said"
        fail "CMake could not configure $1."
    }
}

# build_preset PRESET [TARGET...]: configures if needed and builds build/PRESET; without targets everything.
build_preset()
{
    local preset=$1 targets=()
    shift
    configure_preset "$preset"
    [ $# -gt 0 ] && targets=(--target "$@")
    (cd "$ROOT" && cmake --build --preset "$preset" --parallel "$(jobs_at_once)" "${targets[@]}") ||
        fail "The $preset build failed."
}

# build_web: clients/web/dist from the sources of the pages, when one of them is newer.
build_web()
{
    local web="$ROOT/clients/web" built="$ROOT/clients/web/dist/index.html"
    [ -f "$web/package.json" ] || { say "There are no web pages to build."; return; }
    if [ -f "$built" ] && [ -z "$(find "$web" "$ROOT/schemas" \( -name node_modules -o -name dist \) -prune \
        -o -type f -newer "$built" -print -quit)" ]; then
        say "The web pages are up to date."
        return
    fi
    say "Building the web pages."
    (cd "$web" && npm run --silent build) || fail "The web pages could not be built."
}

# data_folder: the real sittings, rosters and vectors; empty when they are not on this machine.
data_folder()
{
    local folder="${PLENUM_DATA:-$ROOT/../shared/data}"
    [ -d "$folder" ] && (cd "$folder" && pwd)
}
