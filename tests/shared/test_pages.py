"""The look that every page of every test is given finds what it is there for."""

import pytest

from tests.pages import check_page

WHOLE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>1 < 2 & 3</title><script src="/app.js" defer></script></head>
<body><!-- <b> --><p class='a "b"' id=one data-words="a > b">Words<br/>and <I>more</I></p><svg><path d="M0 0"/></svg>
<input id="two" disabled aria-describedby="two-hint two-errors">
<ul class="field-errors" id="two-errors"></ul></body></html>"""


def test_a_whole_page_is_well_formed():
    check_page(WHOLE)


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("<p>", "never closed"),
        ("</p>", "closes nothing"),
        ("<div><b></div></b>", "closes <b>"),
        ('<a href="/x>Words</a>', "broken tag"),
        ("<a href='/x\">Words</a>", "broken tag"),
        ("<p", "broken tag"),
        ("<!-- never ended", "broken tag"),
        ('<p style="color: red"></p>', "inline style"),
        ("<p STYLE=x></p>", "inline style"),
        ('<p class="a" onclick="go()"></p>', "inline handler"),
        ("<script>go()</script>", "inline script"),
        ('<script src=""></script>', "inline script"),
        ('<p id="one"></p><p id=one></p>', "stands twice"),
        ('<input aria-describedby="a-hint"><ul class="field-errors" id="a-errors"></ul>', "does not hear its error"),
        ("<p>Please look at the marked fields.</p>", "no field is marked"),
    ],
)
def test_a_fault_is_named(broken, said):
    with pytest.raises(AssertionError, match=said):
        check_page(broken)
