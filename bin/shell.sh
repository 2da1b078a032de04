#!/usr/bin/env bash
# What the scripts in this folder share; they read it in. From here on the working folder is that of the project.
CDPATH="" cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
# Some images ask Python to keep nothing: then each start would compile every module anew, which takes seconds.
unset PYTHONDONTWRITEBYTECODE
# Without a home to write to (a service's user, an image) nothing that was fetched is kept for another time.
if [ ! -w "${HOME:-/nonexistent}" ]; then export PIP_NO_CACHE_DIR=1 npm_config_cache="$PWD/static/node_modules/.fetched"; fi

fail() { echo "$*" >&2; exit 1; }

hash=sha256sum; command -v sha256sum >/dev/null || hash="shasum -a 256"
digest() { $hash | cut -d ' ' -f 1; }

stopped() { echo "Stopped. Start it again, and it begins this step anew." >&2; exit 130; }

# take_turn PYTHON FILE: of two scripts that would write the same folder, one waits; the lock goes with its process.
take_turn() {
  exec 9<"$2"
  "$1" -I -S - <<'PY'
import fcntl, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
try:
    fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    print("Another start is making the same just now; waiting for it …", file=sys.stderr)
    fcntl.flock(9, fcntl.LOCK_EX)
except OSError:
    pass  # A file system without locks has no second start to wait for.
PY
}
