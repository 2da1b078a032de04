"""A real browser, and a small portal of its own for it to look at."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, flash, redirect, render_template, request, send_from_directory
from flask_login import LoginManager
from flask_wtf import CSRFProtect, FlaskForm
from markupsafe import Markup
from werkzeug.serving import make_server
from wtforms import RadioField, TextAreaField
from wtforms.validators import Length

from portal import frame as built_frame
from portal import pages
from portal.foundation import config


class WordsForm(FlaskForm):
    words = TextAreaField("Words", [Length(min=20)])
    kind = RadioField("Kind", choices=["action", "explanation"], default="action")


LIST = """{% extends "shared/layout.html" %}{% import "shared/components.html" as c %}
{% block title %}List{% endblock %}
{% block page_actions %}{{ c.button_form("/judgements", "Fit", csrf_token(), "primary", keys="f") }}{% endblock %}
{% block main %}<ul>{% for name in ("One", "Two", "Three") %}<li data-row>
<a href="/form?{{ name }}" data-row-link>{{ name }}</a></li>{% endfor %}</ul>
<input aria-label="Search">{% endblock %}"""

FORM = """{% extends "shared/layout.html" %}{% import "shared/components.html" as c %}
{% block title %}Form{% endblock %}
{% block main %}<form method="post" action="/form" class="form" data-draft="words" novalidate>{{ form.hidden_tag() }}
{{ c.form_errors(form) }}{{ c.field(form.words) }}{{ c.field(form.kind) }}{{ c.submit("Send") }}</form>{% endblock %}"""


def small_portal() -> Flask:
    """The real frame around three pages: a list, a form, and a letter."""
    app = Flask("portal", template_folder=str(config.ROOT / "templates"), static_folder=None)
    app.add_url_rule("/static/<path:name>", "static", lambda name: send_from_directory(built_frame.BUILT, name))
    app.config.update(SECRET_KEY="0123456789abcdef0123456789abcdef", judged=0)
    CSRFProtect(app)
    LoginManager(app).user_loader(lambda _token: None)
    pages.install(app)
    frame = {
        "company": {"name": "Lumen Lamps", "is_demo": False, "hours_line": "We answer Mon–Fri 9–17"},
        "me": {"id": 7, "name": "Sam Okafor", "role": "manager", "is_staff": True},
        "nav": [{"label": "List", "url": "/list", "is_current": True, "count": 3}],
    }
    app.template_context_processors[None] = [lambda: dict(frame)]
    mast = app.jinja_env.get_template("shared/mast.html")
    app.jinja_env.globals.update(
        mast=lambda: Markup(mast.render(csrf="token", name="Sam Okafor", banners=[], **frame)),
        reader_number=lambda: "7",
    )

    def show_list():
        return render_template(app.jinja_env.from_string(LIST))

    def show_form():
        form = WordsForm()
        if request.method == "GET":
            return render_template(app.jinja_env.from_string(FORM), form=form)
        if not form.validate():
            return render_template(app.jinja_env.from_string(FORM), form=form), 422
        flash("Your words are on the record.")
        return redirect("/list", 303)

    def judge():
        # Slow enough for a second press to arrive before the page goes.
        time.sleep(0.4)
        app.config["judged"] += 1
        return redirect("/list", 303)

    def lose_session():
        return redirect("/letter", 303)

    def show_letter():
        return render_template("shared/error.html", status=401, title="Sign in", sentence="Please.", next_url=None)

    app.add_url_rule("/list", "accounts.show_front", show_list)
    app.add_url_rule("/form", "show_form", show_form, methods=["GET", "POST"])
    app.add_url_rule("/judgements", "judge", judge, methods=["POST"])
    menu = ("community.list_circles", "community.show_profile", "updates.show_preferences")
    for elsewhere in ("accounts.show_legal", *menu):
        app.add_url_rule(f"/letter/{elsewhere}", elsewhere, show_letter)
    app.add_url_rule("/letter", "show_letter", show_letter)
    app.add_url_rule("/sign-out", "accounts.end_session", lose_session, methods=["POST"])
    return app


@contextmanager
def served(app: Flask, port: int = 0) -> Iterator[str]:
    """The address under which this app answers on loopback, at any port that is free or at this one."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
