"""The shared parts: what they say, and how they tie labels, hints and errors together."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from flask import Flask
from flask_login import LoginManager
from jinja2 import StrictUndefined
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from portal import pages
from portal.foundation import config
from tests.conftest import settings_for_tests
from tests.pages import check_page

WRITTEN = datetime(2026, 11, 18, 9, 30, tzinfo=UTC)


class AnswerForm(Form):
    title = StringField("Title", [InputRequired()], description="One sentence.")
    words = TextAreaField("Words", [Length(min=20, message="Twenty characters at least.")])
    circle = SelectField("Circle", choices=["Guides", "Founders"])
    kind = RadioField("Kind", choices=[SelectChoice("action", "An action"), SelectChoice("explanation", "A reason")])
    tell = BooleanField("Tell me")
    note = StringField("Note", [Optional()])


@pytest.fixture(scope="module")
def say():
    """`say('{{ c.face("Maya") }}', name=value)` renders one piece of template."""
    config.use(settings_for_tests())
    app = Flask("portal", template_folder=str(config.ROOT / "templates"))
    app.config.update(SECRET_KEY="0123456789abcdef0123456789abcdef")
    app.jinja_env.undefined = StrictUndefined
    LoginManager(app).user_loader(lambda _token: None)
    pages.install(app)

    def render(source, **values):
        with app.test_request_context():
            start = '{% import "shared/components.html" as c %}'
            html = app.jinja_env.from_string(start + source).render(**values)
        check_page(html)
        return html

    return render


def row(**changes):
    values = {
        "url": "/ideas/1", "title": "A repair sleeve", "words": "It weighs 14 g.", "said_by": "Maya Lindqvist",
        "said_at": WRITTEN, "votes": 41, "standing": "waiting", "standing_label": "Waiting", "answer_words": None,
        "answered_by": None, "answered_at": None, "took": None, "promise": "Sam Okafor will answer by Thursday 15:00",
        "is_overdue": False, "proof_url": None, "proof_label": None, "kind_label": None,
    }  # fmt: skip
    return SimpleNamespace(**{**values, **changes})


def test_a_row_without_an_answer_shows_the_promise_in_its_place(say):
    html = say("{{ c.ledger_row(row) }}", row=row())

    assert "Sam Okafor will answer by Thursday 15:00" in html
    assert "41 voices" in html
    assert "is-overdue" not in html


def test_a_row_with_an_answer_shows_who_answered_and_the_time_it_took(say):
    answered = row(
        standing="done", standing_label="Done", answer_words="Since May.", answered_by="Rosa Ferreira",
        answered_at=WRITTEN, took="took 9 working hours", promise=None, kind_label="Action", proof_url="/proof",
    )  # fmt: skip

    html = say("{{ c.ledger_row(row) }}", row=answered)

    assert "took 9 working hours" in html
    assert "Rosa Ferreira" in html
    assert "See for yourself" in html
    assert "ledger-open" not in html


def test_a_broken_promise_says_so_in_words_and_not_by_colour_alone(say):
    assert ">late<" in say("{{ c.ledger_row(row) }}", row=row(is_overdue=True))


def test_words_of_members_are_never_markup(say):
    html = say("{{ c.ledger_row(row) }}{{ c.quote(words, words) }}", row=row(words="<b>x</b>"), words="<i>y</i>")

    assert "<b>" not in html
    assert "<i>" not in html


def test_a_face_keeps_its_hue_and_reads_names_of_any_shape(say):
    assert say('{{ c.face("Maya Lindqvist") }}') == say('{{ c.face("Maya Lindqvist") }}')
    assert ">ML<" in say('{{ c.face("Maya Sofia Lindqvist") }}')
    assert ">Å<" in say('{{ c.face("åsa") }}')
    assert ">?<" in say('{{ c.face("") }}{{ c.face(" ") }}{{ c.face(None) }}')


def test_an_input_points_to_its_hint_and_its_errors(say):
    form = AnswerForm(MultiDict({"title": "", "words": "short"}))
    form.validate()

    html = say("{{ c.field(form.title) }}{{ c.field(form.words, rows=9) }}", form=form)

    assert 'aria-describedby="title-hint title-errors"' in html
    assert 'id="title-hint"' in html
    assert 'id="title-errors"' in html
    assert "Twenty characters at least." in html
    assert html.count('aria-invalid="true"') == 2
    assert 'rows="9"' in html


def test_choices_stand_under_one_legend(say):
    html = say('{{ c.field(form.kind, "A no needs a reason.") }}{{ c.field(form.circle) }}', form=AnswerForm())

    assert html.count("<legend>") == 1
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="kind-hint"' in html
    assert "<select" in html


def test_only_fields_that_may_stay_empty_say_so(say):
    html = say("{{ c.field(form.note) }}{{ c.field(form.title) }}{{ c.field(form.tell) }}", form=AnswerForm())

    assert html.count(">optional<") == 1


def test_a_form_names_its_own_refusal_before_its_fields(say):
    form = AnswerForm(MultiDict({"title": "x"}))
    assert say("{{ c.form_errors(form) }}", form=form).strip() == ""

    form.form_errors.append("The last answer already says this.")

    assert "already says this" in say("{{ c.form_errors(form) }}", form=form)


def test_a_step_that_cannot_be_undone_asks_once(say):
    source = '{{ c.button_form("/erase", "Forget", "token", "danger", {"person": 4}, "x", confirm=words) }}'

    html = say(source, words="All of it goes.")

    assert html.index("<details") < html.index("All of it goes.") < html.index("<form")
    assert 'name="person" value="4"' in html
    assert html.count('data-key="x"') == 1


def test_numbers_are_drawn_without_inline_styles_and_said_in_words(say):
    html = say('{{ c.bar("Voice", 1.7, "0.82") }}{{ c.sparkline([0, 3, 9], "Mentions") }}{{ c.sparkline([], "None") }}')

    assert 'width="100.0%"' in html
    assert "0.82" in html
    assert 'aria-label="Mentions: 0, 3, 9"' in html


def test_every_other_part_renders_with_little(say):
    html = say(
        '{{ c.stats([{"number": 3, "label": "open"}]) }}{{ c.stat(1, "x") }}{{ c.bars([]) }}'
        '{{ c.steps(["One", "Two"], 1) }}{{ c.tabs([{"label": "All", "url": "/", "is_current": True}]) }}'
        '{{ c.pager(older_url="/o") }}{{ c.pager() }}{{ c.progress(3, 5, "Tests") }}{{ c.badge("new") }}'
        '{{ c.empty("Nothing yet", "It comes.") }}{{ c.crumb("/", "Back") }}{{ c.submit("Go", name="go") }}'
        '{{ c.key_values([("a", "b")]) }}{{ c.standing("asked-back", "Asked back") }}{{ c.link_button("/", "Go") }}'
        '<ol>{{ c.timeline_item("Words", at, "Blog", reasons=["why"], points="+1") }}</ol>{{ c.quote("Said", at=at) }}',
        at=WRITTEN,
    )

    assert html.count('aria-current="step"') == 1
    assert "Newer" not in html


def test_two_notices_are_one_landmark(say):
    banners = [{"kind": "demo", "text": "Invented.", "url": None}, {"kind": "warning", "text": "No mail.", "url": None}]

    page = say("{{ c.notices(banners) }}", banners=banners)

    assert page.count("<aside") == 1
    assert page.count('class="banner ') == 2
    assert say("{{ c.notices([]) }}").strip() == ""
