"""Checks an exported ledger on any machine, with nothing but Python.

Use: python3 verify_ledger.py LEDGER.jsonl [HEAD ...]

Each line is one link: {"chain": …, "id": …, "previous": …, "hash": …, "part": {…}}; `part` is null where its words
are not for the one who exported it, such as those of a circle they are not in. The hash of a link is SHA-256
over the hash before it (64 zeros at the start of a chain) followed by `part` as JSON with sorted keys, no spaces, in
UTF-8. A HEAD is a hash that was written down earlier, such as the one in a daily witness mail: it must still be there,
or links were cut off the end. Exits with 1 at the first fault.
"""

import hashlib
import json
import sys

FIRST = "0" * 64


def check(lines, heads=()):
    """The finding as a sentence, and whether all is as it was written."""
    last, counts, seen, sealed = {}, {}, set(), 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        link = json.loads(line)
        chain, name = link["chain"], f"{link['chain']} {link['id']} (line {number})"
        words = json.dumps(link["part"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        if link["part"] is None:
            sealed += 1
        elif hashlib.sha256(f"{link['previous']}{words}".encode()).hexdigest() != link["hash"]:
            return f"{name} was changed: its content is not what its hash was made from.", False
        if link["previous"] != last.get(chain, FIRST):
            return f"{name} does not follow the link before it: one is missing, or the order was changed.", False
        last[chain], counts[chain] = link["hash"], counts.get(chain, 0) + 1
        seen.add(link["hash"])
    for head in heads:
        if head not in seen and head != FIRST:
            return f"The head {head} is gone: links were cut off the end.", False
    found = ", ".join(f"{counts[chain]} links of {chain} up to {last[chain]}" for chain in sorted(counts))
    closed = f" {sealed} of them came sealed: their order is checked, their words are not." if sealed else ""
    return f"Unbroken: {found or 'no links yet'}.{closed}", True


def main():
    """Read the file that the command names."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as lines:
        words, holds = check(lines, sys.argv[2:])
    print(words)
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
