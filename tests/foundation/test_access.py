"""The door: no view without it, no difference between hidden and missing, commits only when it went well."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, get_flashed_messages
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface
from flask_login import LoginManager
from markupsafe import Markup
from sqlalchemy import select
from wtforms import Form, StringField

from portal.accounts.models import Role, User
from portal.foundation.access import (
    Cookies,
    UnguardedView,
    allow,
    anyone,
    install,
    refusals_flashed,
    refusals_on,
    refuse_unguarded_views,
    row_key,
    time_key,
    time_key_of,
)
from portal.foundation.clock import now
from portal.foundation.database import ReadOnly, session
from portal.foundation.errors import Refusal


@pytest.fixture
def small(db):
    """A small application that stands behind the same door."""
    app = Flask("small")
    app.testing = True
    LoginManager(app).user_loader(lambda _token: None)
    app.secret_key = "0123456789abcdef"
    install(app)
    return app


def add_someone():
    session().add(User(email="x@example.org", name="X", role=Role.MEMBER))
    session().flush()


def people():
    return session().scalars(select(User)).all()


def test_a_view_without_a_door_stops_the_start(small):
    small.add_url_rule("/bare", "bare", lambda: "x")

    with pytest.raises(UnguardedView, match="bare"):
        refuse_unguarded_views(small)


def test_a_post_that_went_well_is_kept(small):
    @small.post("/")
    @allow(anyone)
    def create():
        add_someone()
        return "ok", 201

    small.test_client().post("/")

    assert len(people()) == 1


@pytest.mark.parametrize("status", [400, 404, 409, 422, 500])
def test_a_post_that_did_not_is_forgotten(small, status):
    @small.post("/")
    @allow(anyone)
    def create():
        add_someone()
        return "no", status

    small.test_client().post("/")

    assert people() == []


def test_a_post_that_breaks_is_forgotten(small):
    small.testing = False

    @small.post("/")
    @allow(anyone)
    def create():
        add_someone()
        raise RuntimeError

    assert small.test_client().post("/").status_code == 500
    assert people() == []


def test_a_get_cannot_change_anything(small):
    @small.get("/")
    @allow(anyone)
    def show():
        add_someone()
        return "ok"

    with pytest.raises(ReadOnly):
        small.test_client().get("/")
    assert people() == []


@pytest.fixture
def keeper():
    """An application whose cookie can be read back."""
    app = Flask("keeper")
    app.testing, app.secret_key, app.session_interface = True, "0123456789abcdef", Cookies()
    app.add_url_rule("/", "show", lambda: dict(cookie))
    return app


def signed(app, held):
    return f"session={app.session_interface.get_signing_serializer(app).dumps(held)}"


def test_a_cookie_says_what_was_signed_and_nothing_else(keeper):
    client = keeper.test_client(use_cookies=False)
    ours = signed(keeper, {"key": "value"})

    first, again = (client.get("/", headers={"Cookie": ours}).json for _ in range(2))
    forged = client.get("/", headers={"Cookie": ours[:-2] + ("AA" if ours[-2:] != "AA" else "BB")}).json

    assert first == again == {"key": "value"}
    assert forged == {}


def test_a_cookie_runs_out_even_if_it_was_read_before(keeper):
    client = keeper.test_client(use_cookies=False)
    ours = signed(keeper, {"key": "value"})
    assert client.get("/", headers={"Cookie": ours}).json == {"key": "value"}

    keeper.permanent_session_lifetime = timedelta(seconds=-1)

    assert client.get("/", headers={"Cookie": ours}).json == {}


def test_a_change_to_what_a_cookie_holds_is_not_seen_by_the_next_reader(keeper):
    @keeper.get("/change")
    def change():
        cookie["list"].append("more")
        return dict(cookie)

    client = keeper.test_client(use_cookies=False)
    ours = signed(keeper, {"list": ["one"]})
    client.get("/change", headers={"Cookie": ours})

    assert client.get("/", headers={"Cookie": ours}).json == {"list": ["one"]}


def test_flask_itself_would_write_and_read_the_same_cookie(keeper):
    usual = Flask("keeper")
    usual.testing, usual.secret_key, usual.session_interface = True, keeper.secret_key, SecureCookieSessionInterface()
    usual.add_url_rule("/", "show", lambda: dict(cookie))
    held = {
        "_flashes": [("message", "Saved."), ("warning", Markup("<b>한</b>"))],
        "at": datetime(2026, 5, 1, tzinfo=UTC),
    }
    long = {"words": "a word " * 400}

    def change():
        cookie.permanent = "_flashes" in cookie
        cookie.clear() if "words" in cookie else cookie.update(held)
        return "changed"

    def answers(app, given):
        words = signed(app, given)
        assert len(words) < 1_400
        told = [app.test_client(use_cookies=False).get(path, headers={"Cookie": words}) for path in ("/", "/change")]
        kinds = [[part.partition("=")[0] for part in sent] for sent in
                 (answer.headers.get("Set-Cookie", "").split("; ") for answer in told)]  # fmt: skip
        return kinds, [answer.headers.getlist("Vary") for answer in told]

    for app in (keeper, usual):
        app.add_url_rule("/change", "change", change)
    for given in ({}, {"key": "value"}, held, long):
        assert answers(keeper, given) == answers(usual, given)
        for writer, reader in ((keeper, usual), (usual, keeper)):
            one = writer.session_interface.get_signing_serializer(writer).dumps(given)
            assert reader.session_interface.get_signing_serializer(reader).loads(one) == given


def test_a_refusal_is_said_where_it_belongs_and_nothing_else_is_swallowed(small):
    form = type("SmallForm", (Form,), {"day": StringField()})()

    with refusals_on(form):
        raise Refusal("Not on a Sunday.")
    with refusals_on(form):
        raise Refusal("Not in this house.", about="house")
    with refusals_on(form):
        raise Refusal("That day is over.", about="day")
    with pytest.raises(ZeroDivisionError), refusals_on(form):
        raise ZeroDivisionError
    with small.test_request_context():
        with refusals_flashed():
            raise Refusal("Not at night.")
        assert get_flashed_messages(with_categories=True) == [("warning", "Not at night.")]

    assert form.form_errors == ["Not on a Sunday.", "Not in this house."]
    assert form.day.errors == ["That day is over."]


def test_addresses_name_rows_and_moments_or_nothing():
    moment = now().replace(microsecond=5)

    assert time_key(time_key_of(moment, 7)) == (moment, 7)
    assert time_key("2026-01-05T09:00~7") == (datetime(2026, 1, 5, 9, tzinfo=UTC), 7)
    for nonsense in ("", "7", "2026-01-05", "2026-01-05~", "2026-01-05~0", "x~7"):
        with pytest.raises(ValueError):
            time_key(nonsense)
    for nonsense in ("", "x", "0", "-1", str(2**31)):
        with pytest.raises(ValueError):
            row_key(nonsense)
