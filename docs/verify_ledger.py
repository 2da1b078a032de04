"""Checks an exported ledger on any machine, with nothing but Python.

Use: python3 verify_ledger.py LEDGER.jsonl [HEAD ...] [--files FOLDER]

Each line is one link: {"chain": …, "id": …, "previous": …, "hash": …, "part": {…}}; `part` is null where its words
are not for the one who exported it, such as those of a circle they are not in. There are two chains, `response` (the
answers) and `progress` (the entries of actions). The hash of a link is SHA-256 over the hash before it (64 zeros at the
start of a chain) followed by `part` as JSON with sorted keys, no spaces, in UTF-8. `id` is the number under which the
link is kept: it rises along a chain, and is no part of the hash.

A HEAD is a hash that was written down earlier, such as the one in a daily witness mail: it must still be there, or
links were cut off the end, or all from some link on were written anew. Without a HEAD nobody can tell either.

With --files each file that an entry shows must lie somewhere in FOLDER, by its SHA-256.

Exits with 0 if all is as it was written, with 1 at the first fault, with 2 if the file is no export.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

FIRST = "0" * 64
CHAINS = ("progress", "response")


class NoExport(Exception):
    """The file, or what was asked, cannot be read."""


def read(lines):
    """Each link with its name for people."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            link = json.loads(line)
            name = f"{link['chain']} {link['id']} (line {number})"
            is_link = link["chain"] in CHAINS and isinstance(link["id"], int)
            is_part = link["part"] is None or isinstance(link["part"], dict)
            if not (is_link and is_part) or not all(
                re.fullmatch("[0-9a-f]{64}", link[key]) for key in ("previous", "hash")
            ):
                raise ValueError
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NoExport(f"Line {number} is no link of a ledger.") from None
        yield name, link


def fault(name, link, last):
    """What is wrong with a link after the last one of its chain, as a sentence; None for nothing."""
    words = json.dumps(link["part"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    if link["part"] is not None and hashlib.sha256(f"{link['previous']}{words}".encode()).hexdigest() != link["hash"]:
        return f"{name} was changed or put in by hand: its content is not what its hash was made from."
    if link["previous"] != (last["hash"] if last else FIRST):
        return f"{name} does not follow the link before it: one is missing, or the order was changed."
    if last and link["id"] <= last["id"]:
        return f"{name} has a number that does not come after {last['id']}."
    return None


def check(lines, heads=(), kept=None):
    """The finding as a sentence, and whether all is as it was written; kept: the SHA-256 of each file there is."""
    last, counts, seen, sealed, files = {}, {}, {FIRST}, 0, 0
    for name, link in read(lines):
        chain = link["chain"]
        found = fault(name, link, last.get(chain))
        if found:
            return found, False
        shown = (link["part"] or {}).get("files") or []
        lost = next((file for file in shown if kept is not None and file["sha256"] not in kept), None)
        if lost:
            return f"{name}: its file “{lost['name']}” is gone or was changed.", False
        last[chain], counts[chain] = link, counts.get(chain, 0) + 1
        sealed, files = sealed + (link["part"] is None), files + len(shown)
        seen.add(link["hash"])
    gone = next((head for head in heads if head not in seen), None)
    if gone:
        return f"The head {gone} is gone: links were cut off the end, or written anew.", False
    found = ", ".join(
        f"{counts[chain]} {'link' if counts[chain] == 1 else 'links'} of {chain} up to {last[chain]['hash']}"
        for chain in sorted(counts)
    )
    closed = f" {sealed} of them came sealed: their order is checked, their words are not." if sealed else ""
    beside = f" Files that are as they were shown: {files}." if kept is not None else ""
    return f"Unbroken: {found or 'no links yet'}.{closed}{beside}", True


def digests(folder):
    """The SHA-256 of each file in a folder."""
    if not Path(folder).is_dir():
        raise NoExport(f"{folder} is no folder.")
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(folder).rglob("*") if path.is_file()}


def folder_in(given):
    """The folder of files that was named, if any; takes it out of what was given."""
    if "--files" not in given:
        return None
    place = given.index("--files")
    named = given[place + 1 : place + 2]
    del given[place : place + 2]
    if not named:
        raise NoExport("--files needs the name of a folder.")
    return named[0]


def in_words(problem, path):
    """What went wrong as a sentence."""
    if isinstance(problem, UnicodeDecodeError):
        return f"{path} is no text in UTF-8."
    return f"{problem.filename}: {problem.strerror}." if isinstance(problem, OSError) else str(problem)


def main(given):
    """Read the file that the command names; returns the exit code."""
    # A name that this window cannot show is written in other letters, and stops nothing.
    sys.stdout.reconfigure(errors="backslashreplace")
    if "--help" in given or "-h" in given:
        print(__doc__)
        return 0
    try:
        folder = folder_in(given)
        if not given or given[0].startswith("-"):
            print(__doc__, file=sys.stderr)
            return 2
        for head in given[1:]:
            if not re.fullmatch("[0-9a-f]{64}", head):
                raise NoExport(f"{head} is no head: one has 64 marks, each of 0-9 and a-f.")
        with open(given[0], encoding="utf-8-sig") as lines:
            words, holds = check(lines, given[1:], digests(folder) if folder else None)
    except (NoExport, OSError, UnicodeDecodeError) as problem:
        print(f"This cannot be checked: {in_words(problem, ' '.join(given[:1]))}", file=sys.stderr)
        return 2
    print(words)
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
