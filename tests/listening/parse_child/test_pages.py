"""Pages with microformats of both kinds: what refers to other parts of the page, and names of twenty years ago."""

import pytest

from portal.listening.parse_child.pages import MAX_INCLUDES, read_page

LINK = "<a class='include' href='#url'></a></div>"
ORG = "<p id='lumen' class='org'>Lumen</p><p id='url'><a class='url' href='/lumen'>Home</a></p>"


def items(body: str) -> list[dict]:
    return read_page(body.encode(), content_type="text/html", url="https://a.example/")["items"]


@pytest.mark.parametrize(
    "card",
    [
        "<div class='vcard' itemref='lumen url'><b class='fn'>Ada</b></div>",
        "<div class='vcard'><b class='fn'>Ada</b><object class='include' data='#lumen'></object>" + LINK,
        "<table><tr><td class='vcard' headers='lumen url'><b class='fn'>Ada</b></td></tr></table>",
    ],
)
def test_what_a_classic_card_refers_to_is_part_of_it(card: str) -> None:
    ada = items(card + ORG)[0]["properties"]

    assert (ada["name"], ada["org"], ada["url"]) == (["Ada"], ["Lumen"], ["https://a.example/lumen"])


def test_references_in_a_ring_or_by_the_thousand_end() -> None:
    ring = (
        "<div class='vcard' id='a' itemref='b'><b class='fn'>A</b></div><div class='vcard' id='b' itemref='a'>B</div>"
    )
    inward = "<div class='vcard' id='o'><p class='adr' itemref='o'>x</p></div>"
    many = "".join(f"<div class='vcard' itemref='big'>{number}</div>" for number in range(5 * MAX_INCLUDES))

    for body in (ring, inward, f"{many}<p id='big'>{'word ' * 3000}</p>"):
        assert items(body)


@pytest.mark.parametrize(("entry", "role"), [("hentry", "author"), ("hreview", "reviewer")])
def test_the_name_of_a_classic_author_is_the_name_and_not_what_stands_around_it(entry: str, role: str) -> None:
    body = f"<div class='{entry}'>by <span class='{role} vcard'>by <a class='fn url' href='/ada'>Ada</a>:</span></div>"

    (found,) = items(body)
    author = found["properties"]["author"][0]["properties"]

    assert (author["name"], author["url"]) == (["Ada"], ["https://a.example/ada"])


def test_a_date_hidden_in_a_title_is_read() -> None:
    hidden = "<p class='dt-start'><span class='value-title' title='2013-03-14'> </span>March 14th</p>"

    (found,) = items(f"<div class='h-event'>{hidden}</div>")

    assert found["properties"]["start"] == ["2013-03-14"]
