"""The application: what it works out once is the same for whoever asks in the same words, and for nobody else."""

import pytest
from flask import request

from portal.application import Forms, Portal, guards_beside
from portal.foundation import config
from portal.foundation.access import Cookies
from portal.foundation.access.cookies import own_token
from tests.conftest import settings_for_tests
from tests.factories import make_user

# One database is enough: nothing is asked of it here but who reads.
pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


def test_the_same_address_leads_each_to_their_own_however_often_it_was_asked_for(client, sign_in):
    maya, omar = (sign_in(make_user(f"{name.lower()}@example.org", name)) for name in ("Maya", "Omar"))
    # The second time everything is known.
    for _time in range(2):
        assert client.get("/ideas", headers={"Host": "elsewhere.example"}).status_code == 400
        assert client.get("/ideas").status_code == 303
        assert "Maya" in maya.get("/ideas").text
        assert "Maya" not in omar.get("/ideas").text
        assert [omar.open("/ideas", method=method).status_code for method in ("HEAD", "POST", "GET")] == [200, 422, 200]
        assert [omar.get(path).status_code for path in ("/ideas?mine=1", "/ideas/99999", "/ideas/")] == [200, 404, 404]


def test_what_is_done_with_the_values_of_an_address_is_not_seen_by_the_next(db):
    small = Portal("small")

    @small.get("/rows/<int:row_id>")
    def show(row_id: int) -> str:
        found, request.view_args["row_id"] = request.view_args["row_id"], 0
        return f"{row_id} {found} {sorted(request.args.items())}"

    browser = small.test_client()
    asked = ["/rows/1", "/rows/2", "/rows/1?a=b", "/rows/1", "/rows/1?a=b"]
    assert [browser.get(path).text for path in asked] == [
        "1 1 []",
        "2 2 []",
        "1 1 [('a', 'b')]",
        "1 1 []",
        "1 1 [('a', 'b')]",
    ]


def test_every_answer_carries_each_guard_once_and_what_a_view_says_itself_stands(client, sign_in):
    maya = sign_in(make_user("maya@example.org", "Maya"))
    guards = [name for name, _value in guards_beside(frozenset(), is_https=False)]
    for answer in (maya.get("/ideas"), maya.get("/ideas/99999"), client.get("/ideas"), maya.put("/ideas")):
        assert [len(answer.headers.getlist(name)) for name in guards] == [1] * 7
        assert "Strict-Transport-Security" not in answer.headers
    config.use(settings_for_tests(BASE_URL="https://heard.example"))
    assert "max-age" in maya.get("/ideas").headers["Strict-Transport-Security"]
    own = frozenset({"content-security-policy", "cache-control"})
    assert not own & {name.lower() for name, _value in guards_beside(own, is_https=True)}


def test_a_form_is_taken_from_whoever_was_given_it_and_from_nobody_else(db):
    small = Portal("small")
    small.testing, small.secret_key, small.session_interface = True, "0123456789abcdef", Cookies()
    small.config["WTF_CSRF_TIME_LIMIT"] = None
    Forms(small)
    small.add_url_rule("/form", "form", own_token)
    small.add_url_rule("/taken", "taken", lambda: "taken", methods=["POST"])
    maya, omar = small.test_client(), small.test_client()
    own, other = maya.get("/form").text, omar.get("/form").text
    forged = own[:-3] + ("AAA" if own[-3:] != "AAA" else "BBB")
    evil = ["https://evil.example/", "http://localhost/ideas", "https://localhost:444/", ""]

    def sent(browser, token, **more):
        return browser.post("/taken", headers={"X-CSRFToken": token, **more.pop("headers", {})}, **more).status_code

    # The second time everything is known.
    for _time in range(2):
        assert [sent(maya, own), sent(maya, "", data={"csrf_token": own})] == [200, 200]
        assert [sent(maya, wrong) for wrong in ("", other, forged, "é", "a.b.c")] == [400] * 5
        assert [sent(maya, "", data={"csrf_token": wrong}) for wrong in (other, forged, "한")] == [400] * 3
        assert [sent(browser, own) for browser in (omar, small.test_client())] == [400, 400]
        # Over TLS it has to come from a page of ours, too.
        assert [
            sent(maya, own, headers={"Referer": page}, environ_overrides={"wsgi.url_scheme": "https"})
            for page in ("https://localhost/ideas", *evil)
        ] == [200, 400, 400, 400, 400]
