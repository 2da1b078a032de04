"""Alert mails: the pages they tell of, forwarded in any way, and what is no alert at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart

import pytest

from portal.foundation.clock import pretend
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Contract, Push, PushRefused
from portal.listening.parsing import parse_here
from tests.channels.api_server import NOON
from tests.listening.connectors.asking import context

PAGE = "https://blog.example/lamp-of-bones%3Fa%3D1"
WRAPPED = "https://www.google.com/url?rct=j&sa=t&url={page}&ct=ga&cd=CAEY&usg=AOv"
HTML = f"""<html><head><style>a{{}}</style>
<script data-scope="inboxmarkup">{{"x": "<a href='https://evil.example/x'>evil evil evil evil</a>"}}</script></head>
<body><a href="https://www.google.com/alerts?hl=en">Google Alerts, your alerts</a><table>
<tr itemscope itemtype="http://schema.org/Article"><td>
<a href="{WRAPPED.format(page=PAGE)}"><img src="x.png"></a>
<a href="{WRAPPED.format(page=PAGE)}"><span>How I built a <b>lamp</b> &amp; lived</span></a>
<div>The Workbench</div><div>It took me a week to wire the &lt;lamp&gt; \U0001f4a1 ...</div></td></tr>
<tr><td><a href="{WRAPPED.format(page="https://news.example/2026/lamps")}">Lamps are back, says everyone</a>
<div>Daily News</div></td></tr>
</table><a href="https://www.google.com/alerts/remove?s=AB">Unsubscribe from this alert now</a>
<a href="https://www.google.com/alerts/share?x=1">Share this result on a network</a></body></html>"""
PLAIN = f"""=== News - 2 new results for [lamp] ===

How I built a lamp
The Workbench
It took me a week to wire the lamp
<{WRAPPED.format(page="https://blog.example/lamp-of-bones")}>

Lamps are back, says everyone
Daily News
<https://news.example/2026/lamps>

- - - - - - - - - - - - - - - - - - - - - - - - - - - -
Unsubscribe from this Google Alert:
<https://www.google.com/alerts/remove?s=AB>
"""


def mail(html: str | None = HTML, plain: str | None = PLAIN, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {
        "From": "Google Alerts <alerts@example.com>", "Subject": "Google Alert - lamp", "Message-ID": "<a@example>",
        "Date": "Fri, 20 Nov 2026 10:00:00 +0000", **headers,
    }.items():  # fmt: skip
        message[name.replace("_", "-")] = value
    if plain is not None:
        message.set_content(plain)
    if html is not None:
        message.add_alternative(html, subtype="html")
    return message


def heard_of(body: bytes) -> list:
    connector, ctx = connector_for("mail"), context("mail")
    with parse_here():
        return [connector.normalise(raw, ctx) for raw in connector.unpack(ctx, Push(body=body))]


@pytest.fixture(autouse=True)
def at_noon():
    with pretend(NOON):
        yield


def test_each_page_of_an_alert_is_a_mention():
    first, second = heard_of(bytes(mail()))

    assert (first.url, first.title) == ("https://blog.example/lamp-of-bones?a=1", "How I built a lamp & lived")
    assert first.text == "The Workbench\nIt took me a week to wire the <lamp> \U0001f4a1 ..."
    assert (first.kind, first.author.handle) == ("article", "blog.example")
    assert first.created_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert (second.title, second.text) == ("Lamps are back, says everyone", "Daily News")


def test_a_mail_without_html_is_read_by_its_lines():
    first, second = heard_of(bytes(mail(html=None)))

    assert (first.url, first.title) == ("https://blog.example/lamp-of-bones", "How I built a lamp")
    assert first.text == "The Workbench\nIt took me a week to wire the lamp"
    assert second.url == "https://news.example/2026/lamps"


def test_a_forwarded_mail_is_read_inline_and_as_an_attachment():
    inline = mail(html=f"<p>FYI</p><blockquote>{HTML}</blockquote>", plain="FYI", Subject="Fwd: Google Alert - lamp")
    quoted = mail(html=None, plain="\n".join(f"> {line}" for line in PLAIN.splitlines()))
    attached = MIMEMultipart()
    attached["From"], attached["Subject"] = "sam@example.com", "Fwd"
    attached.attach(MIMEMessage(mail()))

    for message in (inline, quoted, attached):
        assert [each.url for each in heard_of(bytes(message))][-1] == "https://news.example/2026/lamps"
        assert len(heard_of(bytes(message))) == 2


@pytest.mark.parametrize("date", ["", "nonsense", "Fri, 20 Nov 2099 10:00:00 +0000"])
def test_a_mail_without_a_date_or_from_the_future_counts_as_of_now(date):
    assert {each.created_at for each in heard_of(bytes(mail(Date=date)))} == {NOON}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: hi\n\nno page here",
        b"<a href='https://a.example/x'>A long enough title</a>",
        bytes(mail(html='<a href="javascript:alert(1)">A long enough title</a>', plain="x")),
        bytes(mail(html='<a href="https://home.example/">The home page of someone</a>', plain="x")),
        b"From: a@b\nContent-Type: text/html; charset=no-such\n\n<p>x",
        b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\n",
        b"From: a@b\n\n" + b"https://a.example/x " * 60_000,
    ],
)
def test_what_is_no_alert_is_a_clear_miss(body):
    with pytest.raises(Contract):
        heard_of(body)


def test_odd_alerts_are_read_as_far_as_they_go():
    link = b"<a href='https://a.example/x'>Caf\xc3\xa9 lamps of old</a>"
    latin = b"From: a@b\nContent-Type: text/html; charset=no-such\n\n" + link
    deep = (
        b"From: a@b\nContent-Type: text/html\n\n"
        + b"<div>" * 5000
        + b"<a href='https://a.example/x'>Lamps of old times</a>"
    )
    many = mail(html="".join(f"<a href='https://a.example/{n}'>Lamp number {n} of many</a>" for n in range(500)))

    assert heard_of(latin)[0].title == "Café lamps of old"
    assert heard_of(deep)[0].url == "https://a.example/x"
    assert len(heard_of(bytes(many))) == 100


def test_only_who_knows_the_secret_may_bring_mail_and_the_same_mail_is_known():
    connector, ctx = connector_for("mail"), context("mail")
    push = Push(headers={"authorization": f"Bearer {ctx.push_secret}"}, body=bytes(mail()))
    again = Push(query={"key": ctx.push_secret}, body=bytes(mail(Received="by another way")))

    assert connector.accept(ctx, {}, push).event_id == connector.accept(ctx, {}, again).event_id
    for wrong in ({}, {"authorization": "Bearer x"}, {"authorization": f"Basic {ctx.push_secret}"}):
        with pytest.raises(PushRefused):
            connector.accept(ctx, {}, replace(push, headers=wrong))
    with pytest.raises(PushRefused):
        connector.accept(replace(ctx, push_secret=""), {}, Push(query={"key": ""}, body=b"x"))


def test_nothing_is_asked_of_anyone():
    for channel in ("mail", "webhook"):
        ctx = context(channel)
        assert connector_for(channel).poll(ctx, {"a": 1}, None).not_before == NOON + timedelta(days=1)
        assert connector_for(channel).check(ctx).ok
