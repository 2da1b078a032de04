"""Suggesting: one field first, what is like it, a preview, and the promise before and after."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.accounts.policies import is_signed_in
from portal.community.models import Ask
from portal.community.policies import may_read_ask
from portal.community.queries import circle_to_enter
from portal.community.views.pictures import sent_pictures
from portal.foundation.access import actor, allow, limited, reader_zone, reads_only, refusals_on, row_key
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import deadline, tidy
from portal.foundation.text import gettext as _
from portal.ledger.forms import EVERYONE, IdeaForm
from portal.ledger.models import Idea, IdeaDraft, repeats
from portal.ledger.policies import may_vote
from portal.ledger.promises import acknowledge_by, closed_until, decide_by, first_name
from portal.ledger.queries import (
    draft_pictures,
    drafts_of,
    idea_of_mention,
    links_to,
    mention_to_bring,
    names_found,
    next_owner,
    similar_ideas,
)
from portal.ledger.services import add_pictures, comment, drop_draft, suggest, take_pictures
from portal.ledger.services.refusals import TITLE_LIMIT
from portal.ledger.titles import propose_title
from portal.ledger.views import bp
from portal.ledger.views.drawing import draw_likeness, draw_similar
from portal.ledger.views.typed import ask_of, circle_of, idea_form, keep_for_another_look, leave_lost_circle
from portal.listening.models import Mention

# Less than this says nothing yet.
_LEAST = 6


@bp.get("/ideas/new")
@allow(is_signed_in)
def new_idea() -> ResponseReturnValue:
    """The form, with the promise that sending it starts; it goes on with what was typed and not sent, if it is asked.

    `?draft=` names it; else it is the newest for the room or the mention that is named, and the newest of all where
    none is. `?anew=1` begins another one.
    """
    form, drafts = idea_form(), drafts_of(actor())
    form.ask.data = request.args.get("ask", type=row_key)
    form.circle.data = request.args.get("circle", EVERYONE, type=row_key)
    mention = mention_to_bring(request.args.get("mention", type=int), actor())
    ended = ask_of(form)
    has_moved = _leave_ended_ask(form)
    draft = None if "anew" in request.args else _draft_to_continue(form, mention, drafts)
    if draft is not None:
        has_moved = _continue(form, draft)
    elif mention is not None:
        _bring(form, mention)
    others = len(drafts) - (draft is not None)
    ended = ended if draft is None and form.ask.data is None else None
    return _show_form(form, draft=draft, has_moved=has_moved, others=others, ended=ended)


def _draft_to_continue(form: IdeaForm, mention: Mention | None, drafts: list[IdeaDraft]) -> IdeaDraft | None:
    """What is gone on with; what was written for a few is not put in front of others."""
    number = request.args.get("draft", type=row_key)
    if number is not None:
        return next((draft for draft in drafts if draft.id == number), None)
    if mention is not None:
        return next((draft for draft in drafts if draft.mention_id == mention.id), None)
    if "ask" in request.args or "circle" in request.args:
        ask = ask_of(form)
        room = (ask.circle_id if ask else form.circle.data or None, ask.id if ask else None)
        return next((draft for draft in drafts if (draft.circle_id, draft.ask_id) == room), None)
    return next((draft for draft in drafts if draft.mention_id is None), None)


def _continue(form: IdeaForm, draft: IdeaDraft) -> bool:
    """Fill in what was kept, in its own room; says whether that room is closed by now, so that only staff reads it."""
    form.form_key.data = draft.form_key
    form.title.data, form.body.data, form.is_private.data = draft.title, draft.body, draft.is_private
    form.on_behalf_of.data, form.came_by.data = draft.on_behalf_of, draft.came_by
    form.mention.data = draft.mention_id
    ask = draft.ask
    if ask is not None and ask.is_open and may_read_ask(actor(), ask):
        form.ask.data = ask.id
        return False
    return _move(form, draft.circle_id)


def _leave_ended_ask(form: IdeaForm) -> bool:
    """Let the words go on without a question that takes no answers any more; says the same as `_continue`."""
    ask = ask_of(form)
    return ask is not None and not ask.is_open and _move(form, ask.circle_id)


def _move(form: IdeaForm, circle_id: int | None) -> bool:
    # What was sent is what the field would show.
    form.ask.data, form.ask.raw_data, form.circle.data = None, None, circle_id or EVERYONE
    has_moved = circle_id is not None and circle_of(form) is None
    if has_moved:
        form.circle.data, form.is_private.data = EVERYONE, True
    return has_moved


def _room_of(form: IdeaForm) -> int | None:
    """The circle in which it will stand; None for everyone's room."""
    ask = ask_of(form)
    return ask.circle_id if ask else form.circle.data or None


def _place_of(form: IdeaForm) -> str:
    """Under which name a browser keeps what is typed until the portal has it; one for each place."""
    fields = (("mention", form.mention.data), ("ask", form.ask.data), ("circle", form.circle.data))
    return next((f"{name}-{number}" for name, number in fields if number), "everyone")


def _bring(form: IdeaForm, mention: Mention) -> None:
    """The words of a mention, with whose they are and where they stood."""
    form.mention.data = mention.id
    form.title.data = (mention.title or "")[:TITLE_LIMIT]
    form.body.data = mention.text
    form.on_behalf_of.data = mention.author.name or mention.author.handle
    form.came_by.data = f"{mention.channel} {mention.url or ''}".strip()[:200]


@bp.post("/idea-previews")
@reads_only
@allow(is_signed_in)
def create_preview() -> ResponseReturnValue:
    """The words as they will stand; nothing is kept."""
    form = idea_form()
    pictures = draft_pictures(actor(), form.form_key.data or "")
    line, body = form.line, tidy(form.body.data)
    words = {
        "title": line,
        "body": body,
        "says_its_title": repeats(line, body),
        "names": _names(form),
        "pictures": pictures,
    }
    form.pictures.ask_again()
    if request.headers.get("HX-Request"):
        return render_template("ledger/preview.html", preview=words)
    return _show_form(form, preview=words, similar=_similar(form))


@bp.post("/similar-ideas")
@reads_only
@allow(is_signed_in)
def list_similar_ideas() -> ResponseReturnValue:
    """What others said that is like the words so far, with the answers it got, and the title that they make."""
    if not request.headers.get("HX-Request"):
        form = idea_form()
        return _show_form(form, similar=_similar(form))
    # Asked with every pause of whoever types: the words alone, without the rest of the form.
    title, body = (tidy(request.form.get(name)) for name in ("title", "body"))
    line = title or propose_title(body)
    return draw_likeness(_like(line, title, body), line)


@bp.post("/ideas")
@allow(is_signed_in)
@limited("60 per hour")
def create_idea() -> ResponseReturnValue:
    """Put the suggestion on the ledger."""
    form = idea_form()
    if form.validate_on_submit():
        # What is refused half-way leaves the pictures of the draft where the page then shows them.
        with refusals_on(form), session().begin_nested():
            idea = suggest(
                title=form.line,
                body=form.body.data or "",
                by=actor(),
                form_key=form.form_key.data,
                circle=circle_of(form),
                ask=ask_of(form),
                is_private=form.is_private.data,
                on_behalf_of=form.on_behalf_of.data or "",
                came_by=form.came_by.data or "",
                mention=mention_to_bring(form.mention.data, actor()),
            )
            waited = take_pictures(actor(), form.form_key.data or "")
            streams = (file.stream for file in sent_pictures())
            add_pictures(idea, streams, by=actor(), kept=waited)
            drop_draft(actor(), form.form_key.data or "")
            flash(_welcome(idea))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    kept = keep_for_another_look(form)
    if kept is not None:
        return kept
    form.pictures.ask_again()
    return _show_form(form, has_moved=_leave_ended_ask(form), status=422)


@bp.post("/ideas/<int:idea_id>/cases")
@allow(may_vote, Idea)
@limited("120 per hour")
def create_case(idea: Idea) -> ResponseReturnValue:
    """Stand behind this suggestion instead of making another; what was typed stays beside it as their case."""
    form = idea_form()
    title, body = tidy(form.title.data), tidy(form.body.data)
    words = "\n\n".join(part for part in (title if title not in body else "", body) if part)
    if form.validate_on_submit():
        with refusals_on(form):
            said = comment(idea, body=words, by=actor(), is_case=True, form_key=form.form_key.data or "")
            had_pictures = sent_pictures() or draft_pictures(actor(), form.form_key.data or "")
            drop_draft(actor(), form.form_key.data or "")
            if had_pictures:
                flash(_("Pictures stand with suggestions only, so yours were not kept."), "warning")
            if said.held_at is not None:
                flash(_("Your voice counts. Someone of the company reads your words first; then they stand beside it."))
                return redirect(url_for("ledger.show_comment", comment_id=said.id), 303)
            flash(_("Your voice counts, and your words stand beside this suggestion. You will hear what comes of it."))
            return redirect(f"{url_for('ledger.show_idea', idea_id=idea.id)}#comment-{said.id}", 303)
    return _show_form(form, similar=_similar(form), status=422)


def _welcome(idea: Idea) -> str:
    name = first_name(idea.owner.name)
    if idea.held_at is not None:
        return _("It is kept. Someone of the company reads it first; then %(name)s answers.", name=name)
    when, back = deadline(idea.acknowledge_by, reader_zone()), closed_until(idea.created_at)
    is_there = _("Only the company reads it.") if idea.is_private else _("Your suggestion is on the ledger.")
    if back is None:
        promised = _("%(name)s will answer by %(when)s.", name=name, when=when)
    else:
        promised = _(
            "We are closed now and back on %(back)s; %(name)s will answer by %(when)s.",
            back=deadline(back, reader_zone()),
            name=name,
            when=when,
        )
    return f"{is_there} {promised}"


def _names(form: IdeaForm) -> tuple[tuple[str, str], ...]:
    """Who would be named in it, as far as they could read it, with where each name leads."""
    ask = ask_of(form)
    found = names_found(tidy(form.body.data), actor(), circle_id=_room_of(form))
    is_closed = form.is_private.data or (ask is not None and not ask.shows_others)
    return links_to(one for one in found if one.member_id is None or not is_closed)


def _similar(form: IdeaForm) -> list[Markup]:
    return _like(form.line, tidy(form.title.data), tidy(form.body.data))


def _like(line: str, title: str, body: str) -> list[Markup]:
    if len(title) + len(body) < _LEAST:
        return []
    return draw_similar(similar_ideas(line, body, actor()), actor())


def _show_form(
    form: IdeaForm,
    *,
    preview: dict[str, Any] | None = None,
    similar: list[Markup] | None = None,
    draft: IdeaDraft | None = None,
    has_moved: bool = False,
    others: int = 0,
    ended: Ask | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    moment, zone = now(), reader_zone()
    has_moved = leave_lost_circle(form) or has_moved
    ask = ask_of(form)
    circle = ask.circle if ask else circle_of(form)
    mention = mention_to_bring(form.mention.data, actor())
    room, back = circle.id if circle else None, closed_until(moment)
    page = render_template(
        "ledger/new_idea.html",
        form=form,
        line="" if form.title.data else form.line,
        preview=preview,
        ask=ask,
        circle=circle,
        owner=next_owner(actor(), circle=circle, ask=ask),
        similar=similar or [],
        draft=draft,
        pictures=draft.pictures if draft else draft_pictures(actor(), form.form_key.data or ""),
        has_moved=has_moved,
        to_enter=circle_to_enter(actor()) if has_moved else None,
        others=others,
        ended=ended,
        brought=idea_of_mention(mention, actor()) if mention else None,
        place=_place_of(form),
        acknowledge=deadline(acknowledge_by(moment, room), zone),
        decide=deadline(decide_by(moment, room), zone),
        back=deadline(back, zone) if back else None,
    )
    return page, status
