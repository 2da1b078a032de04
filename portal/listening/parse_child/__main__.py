"""Read one document from standard input, write what it says as JSON to standard output; limits first."""

import resource
import sys
from types import ModuleType


def limit(kind: int, most: int) -> None:
    """Lower a limit of this process for good; one that is lower already stays."""
    _, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, most))


def main() -> None:
    """Arguments: CPU seconds and bytes of memory. The first line of the input is JSON about the rest."""
    limit(resource.RLIMIT_CPU, int(sys.argv[1]))
    limit(resource.RLIMIT_AS, int(sys.argv[2]))
    limit(resource.RLIMIT_CORE, 0)
    # The parsers are loaded after the limits on work and before those on files, which they still need to read.
    import json

    about = json.loads(sys.stdin.buffer.readline())
    # Each kind loads its own parser only, for loading one costs as much as a small document.
    if about.get("kind") == "page":
        # Its parser brings along what fetches pages, selects by CSS and guesses at letters: none of it is used here,
        # and loading it takes longer than the reading.
        sys.modules.update({name: ModuleType(name) for name in ("requests", "soupsieve", "charset_normalizer")})
        from portal.listening.parse_child.pages import read_page as read
    elif about.get("kind") == "mail":
        from portal.listening.parse_child.mails import read_mail as read
    elif about.get("kind") == "picture":
        from portal.listening.parse_child.pictures import draw_small as read
    else:
        from portal.listening.parse_child.documents import read_document as read

    limit(resource.RLIMIT_FSIZE, 0)
    limit(resource.RLIMIT_NOFILE, 16)
    document = read(sys.stdin.buffer.read(), content_type=about["content_type"], url=about["url"])
    sys.stdout.buffer.write(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


main()
