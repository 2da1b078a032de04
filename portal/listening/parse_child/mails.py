"""A mail taken apart by the standard library: who sent it, when, about what, and the words of its parts."""

import email
import email.policy
from email.message import EmailMessage, Message
from typing import Any

MAX_PARTS = 50
MAX_PART_CHARS = 1 << 20


def read_mail(body: bytes, *, content_type: str, url: str) -> dict[str, Any]:
    """Subject, sender and date as written, and every part of plain text or HTML, mails within the mail included."""
    message = email.message_from_bytes(body, policy=email.policy.default)
    parts = [part for part in message.walk() if part.get_content_type() in {"text/html", "text/plain"}]
    return {
        "subject": _header(message, "subject"),
        "sender": _header(message, "from"),
        "date": _header(message, "date"),
        "parts": [
            {"kind": part.get_content_subtype(), "content": _content(part)[:MAX_PART_CHARS]}
            for part in parts[:MAX_PARTS]
        ],
    }


def _header(message: Message, name: str) -> str:
    try:
        return str(message.get(name) or "")[:1000]
    except Exception:
        # The parser of headers has more than one way to give up on a stranger's bytes.
        return ""


def _content(part: Message) -> str:
    try:
        content = part.get_content() if isinstance(part, EmailMessage) else ""
    except Exception:
        # An unknown charset or a broken encoding: take the bytes for what they most likely are.
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return content if isinstance(content, str) else ""
