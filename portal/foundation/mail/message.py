"""Building one mail: three template files, a guard on every header, and a Message-ID that never changes."""

import html as entities
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from portal.foundation import config
from portal.foundation.errors import Refusal
from portal.foundation.text import excerpt, gettext, ngettext, render_markdown, span_words

# An encoded newline becomes a real one when a mail library decodes the word: refused in every form.
_ENCODED_NEWLINE = re.compile(r"=\?[^?]*\?[bq]\?[^?]*\?=|=0[ad]|%0[ad]", re.IGNORECASE)
# A link to a page of this portal, as Markdown draws it.
_OWN_LINK = re.compile(r'href="/(?![/\\])')
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]")

# So much of a title stands in a subject.
TITLE_SHOWN = 72


class BadHeader(Refusal):
    """Words that would break out of a mail header."""


@dataclass(frozen=True)
class Attachment:
    """A small text file that goes with a mail; the type carries its parameters, such as a charset."""

    name: str
    content_type: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Message:
    """One mail to one person; it cannot be made with words that would break out of a header.

    Attributes:
        kind: what it tells, such as `answer`; with `subject_key` and the address it is unique.
        subject_key: the row it tells of, such as `response:12`.
        unsubscribe_url: address that takes the RFC 8058 one-click POST; None only for a mail that its reader
            asked for a moment ago and waits for, which therefore goes out before all others.

    Raises:
        BadHeader: a name, an address or the subject holds a line break in any form.
    """

    kind: str
    subject_key: str
    to_address: str
    to_name: str
    subject: str
    text: str
    html: str
    unsubscribe_url: str | None = None
    from_name: str | None = None
    attachment: Attachment | None = None

    def __post_init__(self) -> None:
        """Look at everything that becomes a header or part of the envelope."""
        if self.attachment is not None:
            check_header(self.attachment.name + self.attachment.content_type)
        for words in (self.subject, self.to_name, self.from_name, self.kind, self.subject_key, self.unsubscribe_url):
            check_header(words or "")
        check_address(self.to_address)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One of many people who get the same mail, with their own way out of it."""

    address: str
    name: str
    unsubscribe_url: str = ""


def build(
    template: str,
    *,
    kind: str,
    subject_key: str,
    to_address: str,
    to_name: str,
    unsubscribe_url: str | None = None,
    from_name: str | None = None,
    attachment: Attachment | None = None,
    **values: Any,
) -> Message:
    """Render `templates/<stage>/mail/<message>/{subject.txt,body.txt,body.html}` into a message.

    Raises:
        BadHeader: a name, an address or the subject holds a line break in any form.
    """
    names = {**values, "unsubscribe_url": unsubscribe_url, "to_name": to_name, "company": company()}
    subject = " ".join(_render(f"{template}/subject.txt", names).split())
    text = _render(f"{template}/body.txt", names) + "\n\n" + _render("shared/mail/foot.txt", names)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    html = _inline(_render(f"{template}/body.html", names))
    return Message(
        kind=kind,
        subject_key=subject_key,
        to_address=to_address,
        to_name=to_name,
        subject=subject,
        text=text,
        html=html,
        unsubscribe_url=unsubscribe_url,
        from_name=from_name,
        attachment=attachment,
    )


def build_for_many(
    template: str,
    recipients: Iterable[Recipient],
    *,
    kind: str,
    subject_key: str,
    from_name: str | None,
    is_personal: bool = False,
    **values: Any,
) -> Iterator[Message]:
    """The same mail to many people: rendered once, then each one's name and way out are filled in.

    Args:
        is_personal: it is about something that each of them asked for and can give back, so it has no way out.

    Raises:
        BadHeader: the subject holds a line break in any form, or one recipient's name or address does.
    """
    # Marks that no text can hold by chance or by malice.
    name, way_out = f"name-{secrets.token_hex(16)}", f"https://{secrets.token_hex(16)}.invalid/"
    pattern = build(
        template,
        kind=kind,
        subject_key=subject_key,
        to_address="everyone@example.invalid",
        to_name=name,
        unsubscribe_url=None if is_personal else way_out,
        from_name=from_name,
        **values,
    )
    for recipient in recipients:
        yield replace(
            pattern,
            to_address=recipient.address,
            to_name=recipient.name,
            unsubscribe_url=None if is_personal else recipient.unsubscribe_url,
            subject=pattern.subject.replace(name, recipient.name),
            text=pattern.text.replace(name, recipient.name).replace(way_out, recipient.unsubscribe_url),
            html=pattern.html.replace(name, entities.escape(recipient.name)).replace(
                way_out, entities.escape(recipient.unsubscribe_url)
            ),
        )


def company() -> dict[str, Any]:
    """What every mail says of the company."""
    settings = config.current()
    return {"name": settings.COMPANY_NAME, "address": settings.COMPANY_ADDRESS, "is_demo": settings.DEMO}


def sender_host() -> str:
    """The domain of our Message-IDs: that of the sender, or of the base address."""
    settings = config.current()
    return settings.MAIL_SENDER.rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname or "localhost"


def header_words(words: str) -> str:
    """Someone's own words made fit for a header: what `check_header` refuses is taken apart, the rest stays."""
    line = " ".join(_CONTROL.sub(" ", words).split())
    while found := _ENCODED_NEWLINE.search(line):
        line = line[: found.start() + 1] + " " + line[found.start() + 1 :]
    return line


def header_title(words: str) -> str:
    """A title, or a question, as it stands in a subject: fit for a header, and cut at a word where it is long.

    What a mail program shows of a subject in a list ends before that; the mail itself says the whole.
    """
    return header_words(excerpt(words, TITLE_SHOWN))


def check_header(words: str) -> None:
    """Refuse CR, LF, NUL, other controls and encoded words in anything that becomes a header.

    Raises:
        BadHeader: such a mark was found.
    """
    if _CONTROL.search(words) or _ENCODED_NEWLINE.search(words):
        raise BadHeader(gettext("A mail header cannot hold a line break or an encoded word."))


def check_address(address: str) -> None:
    """Refuse what is not one plain mail address.

    Raises:
        BadHeader: more than one address, or marks that would change the envelope.
    """
    check_header(address)
    if not config.is_address(address):
        raise BadHeader(gettext("“%(address)s” is not a mail address.", address=address[:80]))


def _render(name: str, values: dict[str, Any]) -> str:
    return _environment.get_template(name).render(values)


def _inline(html: str) -> str:
    return _inliner.inline(html)


def _plain(source: str) -> str:
    """A member's Markdown as it reads in a plain-text mail."""
    return entities.unescape(source).strip()


def _markdown(source: str, names: tuple[tuple[str, str], ...] = ()) -> str:
    """The same as on a page; what leads to another page of the portal is a whole address."""
    return _OWN_LINK.sub(lambda _found: f'href="{config.address("/")}', render_markdown(source, names))


_environment = Environment(
    loader=FileSystemLoader(config.ROOT / "templates"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_environment.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
_environment.globals.update(address=config.address)
_environment.filters.update(markdown=_markdown, plain=_plain, span=span_words)
_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=True)
