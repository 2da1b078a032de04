"""How the letters of a file are written as bytes: told by its first bytes, or by a person where they do not tell."""

import codecs
import re

from portal.foundation.text import gettext as _

# The codecs that a person may name, and what they are for.
ENCODINGS = {
    "utf-8": _("Unicode (UTF-8)"),
    "utf-16": _("Unicode (UTF-16)"),
    "cp1252": _("Western European (Windows-1252)"),
    "cp1250": _("Central European (Windows-1250)"),
    "cp1251": _("Cyrillic (Windows-1251)"),
    "koi8-u": _("Cyrillic (KOI8)"),
    "cp1253": _("Greek (Windows-1253)"),
    "cp1254": _("Turkish (Windows-1254)"),
    "cp1255": _("Hebrew (Windows-1255)"),
    "cp1256": _("Arabic (Windows-1256)"),
    "cp1257": _("Baltic (Windows-1257)"),
    "cp1258": _("Vietnamese (Windows-1258)"),
    "cp874": _("Thai (Windows-874)"),
    "cp932": _("Japanese (Shift JIS)"),
    "euc-jp": _("Japanese (EUC)"),
    "cp949": _("Korean (EUC-KR, Windows-949)"),
    "gb18030": _("Chinese, simplified (GB 18030)"),
    "big5hkscs": _("Chinese, traditional (Big5)"),
    "mac-roman": _("Western European (old Macs)"),
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_RUNS = re.compile(rb"[\x80-\xff]{4,}")
_MOST_IN_RUNS = 0.3


def encoding_of(head: bytes) -> str | None:
    """The codec of a file that begins so: by its mark, or by what its bytes look like; None if they do not tell.

    What is neither Unicode nor of other letters throughout is taken for UTF-8 with Western letters among it.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    # Latin letters in UTF-16 have a zero in every second byte; no other text comes near that.
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) > len(head) // 5 and min(zeros) <= max(zeros) // 4:
        return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return None if _is_of_other_letters(head) else "utf-8"


def _is_of_other_letters(head: bytes) -> bool:
    """Whether these are words in letters that are not Western, and no UTF-8."""
    try:
        # A character may be cut off at the end.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        read = head.decode("utf-8", "replace")
    else:
        return False
    damaged = read.count("\ufffd")
    if sum(not letter.isascii() for letter in read) - damaged > damaged:
        # Damage in what is UTF-8 otherwise.
        return False
    # Western words have an accent here and there; others are made of nothing but such bytes.
    return sum(map(len, _RUNS.findall(head))) > _MOST_IN_RUNS * sum(byte > 127 for byte in head)
