"""The door: no view without it, no difference between hidden and missing, commits only when it went well."""

import pytest
from flask import Flask
from flask_login import LoginManager
from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.foundation.access import UnguardedView, allow, anyone, install, refuse_unguarded_views
from portal.foundation.database import ReadOnly, session


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
