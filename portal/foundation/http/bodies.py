"""Reading an answer's body within its limits: bytes on the wire, and bytes once unpacked."""

import zlib
from collections.abc import Iterable

from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _

_STEP = 65_536


class FetchFailed(Refusal):
    """The other server did not give an answer we could take; trying again later may help."""


def read_body(pieces: Iterable[bytes], *, encoding: str, host: str, wire_limit: int, decoded_limit: int) -> bytes:
    """Collect a body as it arrives, unpacking gzip or deflate on the way.

    Raises:
        FetchFailed: a limit is passed, the packing is unknown, or the packed data is broken.
    """
    encoding = encoding.strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
        raise FetchFailed(_("%(host)s answers in a packing we did not ask for.", host=host))
    unpacker = None if encoding in {"", "identity"} else _Unpacker(encoding)
    body = bytearray()
    on_wire = 0
    for piece in pieces:
        on_wire += len(piece)
        if on_wire > wire_limit:
            raise FetchFailed(_("%(host)s sends more than we read.", host=host))
        try:
            body += unpacker.unpack(piece, decoded_limit + 1 - len(body)) if unpacker else piece
        except zlib.error as problem:
            raise FetchFailed(_("%(host)s sends packed data that is broken.", host=host)) from problem
        if len(body) > decoded_limit:
            raise FetchFailed(_("%(host)s sends more than we read, once unpacked.", host=host))
    if unpacker and on_wire and not unpacker.is_complete:
        raise FetchFailed(_("%(host)s broke off in the middle of its answer.", host=host))
    return bytes(body)


class _Unpacker:
    """A zlib stream that never hands out more than it is asked for."""

    def __init__(self, encoding: str) -> None:
        self._may_be_raw = encoding == "deflate"
        # 32 lets zlib tell its own header from gzip's.
        self._stream = zlib.decompressobj(zlib.MAX_WBITS | 32)

    @property
    def is_complete(self) -> bool:
        return self._stream.eof

    def unpack(self, piece: bytes, limit: int) -> bytes:
        """At most `limit` bytes of what this piece unpacks to; whoever reaches the limit must stop."""
        if self._may_be_raw and piece:
            self._may_be_raw = False
            # "deflate" should mean zlib's header (RFC 9110 8.4.1.2), but some servers send the bare stream.
            if piece[0] & 0x0F != 8 or (len(piece) > 1 and (piece[0] << 8 | piece[1]) % 31):
                self._stream = zlib.decompressobj(-zlib.MAX_WBITS)
        unpacked = bytearray()
        while piece and not self._stream.eof and len(unpacked) < limit:
            unpacked += self._stream.decompress(piece, min(_STEP, limit - len(unpacked)))
            piece = self._stream.unconsumed_tail
        return bytes(unpacked)
