"""Suggesting: one field first, what is like it, a preview, and the promise before and after."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.models import Ask, Circle
from portal.community.policies import may_read_ask
from portal.community.queries import circles_to_speak_in
from portal.community.views.pictures import sent_pictures
from portal.foundation.access import actor, allow, draw_template, limited, reader_zone, reads_only, refusals_on, row_key
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import deadline, tidy
from portal.foundation.text import gettext as _
from portal.ledger.forms import EVERYONE, IdeaForm
from portal.ledger.models import Idea, IdeaDraft
from portal.ledger.policies import may_vote
from portal.ledger.promises import acknowledge_by, closed_until, decide_by, first_name
from portal.ledger.queries import SimilarIdea, draft_of, mention_to_bring, next_owner, similar_ideas
from portal.ledger.services import add_pictures, comment, drop_draft, keep_draft, suggest
from portal.ledger.services.refusals import TITLE_LIMIT
from portal.ledger.titles import propose_title
from portal.ledger.views import bp
from portal.listening.models import Mention

# Less than this says nothing yet.
_LEAST = 6


@bp.get("/ideas/new")
@allow(is_signed_in)
def new_idea() -> ResponseReturnValue:
    """The form, with the promise that sending it starts."""
    form = _form()
    form.ask.data = request.args.get("ask", type=row_key)
    form.circle.data = request.args.get("circle", EVERYONE, type=row_key)
    mention = mention_to_bring(request.args.get("mention", type=int), actor())
    if mention is not None:
        _bring(form, mention)
        return _show_form(form)
    draft = draft_of(actor())
    if draft is None:
        return _show_form(form)
    if draft.circle_id is not None and _names_a_room() and draft.circle_id != _room_of(form):
        # What was written for a circle is not put in front of others.
        return _show_form(form, elsewhere=draft)
    return _show_form(form, draft=draft, has_moved=_continue(form, draft))


@bp.post("/idea-drafts")
@allow(is_signed_in)
def create_draft() -> ResponseReturnValue:
    """Keep what is typed so far; it waits here on every device until it is sent."""
    form = _form()
    kept = keep_draft(
        actor(),
        title=form.title.data or "",
        body=form.body.data or "",
        circle=_circle(form),
        ask=_ask(form),
        is_private=bool(form.is_private.data),
        on_behalf_of=form.on_behalf_of.data or "",
        came_by=form.came_by.data or "",
    )
    if request.headers.get("HX-Request"):
        return render_template("ledger/draft_kept.html", is_kept=kept)
    flash(_("Your words are kept. Come back whenever you like.") if kept else _("There is nothing to keep yet."))
    return redirect(url_for("ledger.new_idea"), 303)


@bp.post("/idea-drafts/removals")
@allow(is_signed_in)
def create_draft_removal() -> ResponseReturnValue:
    """Start anew."""
    drop_draft(actor())
    return redirect(url_for("ledger.new_idea"), 303)


def _names_a_room() -> bool:
    return "ask" in request.args or "circle" in request.args


def _room_of(form: IdeaForm) -> int | None:
    """The circle in which it will stand; None for everyone's room."""
    ask = _ask(form)
    return ask.circle_id if ask else form.circle.data or None


def _continue(form: IdeaForm, draft: IdeaDraft) -> bool:
    """Fill in what was kept, in its own room; says whether that room is closed by now, so that only staff reads it."""
    form.title.data, form.body.data, form.is_private.data = draft.title, draft.body, draft.is_private
    form.on_behalf_of.data, form.came_by.data = draft.on_behalf_of, draft.came_by
    if _names_a_room():
        return False
    ask = session().get(Ask, draft.ask_id) if draft.ask_id else None
    if ask is not None and ask.is_open and may_read_ask(actor(), ask):
        form.ask.data = ask.id
        return False
    form.circle.data = draft.circle_id or EVERYONE
    has_moved = draft.circle_id is not None and _circle(form) is None
    if has_moved:
        form.circle.data, form.is_private.data = EVERYONE, True
    return has_moved


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
    form = _form()
    words = {"title": form.line, "body": tidy(form.body.data)}
    if request.headers.get("HX-Request"):
        return render_template("ledger/preview.html", preview=words)
    return _show_form(form, preview=words, similar=_similar(form))


@bp.post("/similar-ideas")
@reads_only
@allow(is_signed_in)
def list_similar_ideas() -> ResponseReturnValue:
    """What others said that is like the words so far, with the answers it got, and the title that they make."""
    if not request.headers.get("HX-Request"):
        form = _form()
        return _show_form(form, similar=_similar(form))
    # Asked with every pause of whoever types: the words alone, without the rest of the form.
    title, body = (tidy(request.form.get(name)) for name in ("title", "body"))
    line = title or propose_title(body)
    similar = _like(line, title, body)
    return draw_template("ledger/similar.html", similar=similar, line=line, is_part=True, me=actor())


@bp.post("/ideas")
@allow(is_signed_in)
@limited("60 per hour")
def create_idea() -> ResponseReturnValue:
    """Put the suggestion on the ledger."""
    form = _form()
    if form.validate_on_submit():
        with refusals_on(form):
            idea = suggest(
                title=form.line,
                body=form.body.data or "",
                by=actor(),
                form_key=form.form_key.data,
                circle=_circle(form),
                ask=_ask(form),
                is_private=form.is_private.data,
                on_behalf_of=form.on_behalf_of.data or "",
                came_by=form.came_by.data or "",
                mention=mention_to_bring(form.mention.data, actor()),
            )
            add_pictures(idea, (file.stream for file in sent_pictures()), by=actor(), is_first=True)
            drop_draft(actor())
            flash(_welcome(idea))
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return _show_form(form, status=422)


@bp.post("/ideas/<int:idea_id>/cases")
@allow(may_vote, Idea)
@limited("120 per hour")
def create_case(idea: Idea) -> ResponseReturnValue:
    """Stand behind this suggestion instead of making another; what was typed stays beside it as their case."""
    form = _form()
    title, body = tidy(form.title.data), tidy(form.body.data)
    words = "\n\n".join(part for part in (title if title not in body else "", body) if part)
    if form.validate_on_submit():
        with refusals_on(form):
            said = comment(idea, body=words, by=actor(), is_case=True, form_key=form.form_key.data or "")
            drop_draft(actor())
            if sent_pictures():
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
    if back is not None:
        return _(
            "Your suggestion is on the ledger. We are closed now and back on %(back)s; "
            "%(name)s will answer by %(when)s.",
            back=deadline(back, reader_zone()),
            name=name,
            when=when,
        )
    return _("Your suggestion is on the ledger. %(name)s will answer by %(when)s.", name=name, when=when)


def _form() -> IdeaForm:
    return IdeaForm().offer(circles_to_speak_in(actor()))


def _ask(form: IdeaForm) -> Ask | None:
    """The question that this answers; one that is not put to the reader is not there for them."""
    if not form.ask.data:
        return None
    ask = session().get(Ask, form.ask.data)
    if ask is None or not may_read_ask(actor(), ask):
        abort(404)
    return ask


def _circle(form: IdeaForm) -> Circle | None:
    """The circle that was chosen among those on offer."""
    return next((circle for circle in circles_to_speak_in(actor()) if circle.id == form.circle.data), None)


def _similar(form: IdeaForm) -> list[SimilarIdea]:
    return _like(form.line, tidy(form.title.data), tidy(form.body.data))


def _like(line: str, title: str, body: str) -> list[SimilarIdea]:
    return similar_ideas(line, body, actor()) if len(title) + len(body) >= _LEAST else []


def _show_form(
    form: IdeaForm,
    *,
    preview: dict[str, str] | None = None,
    similar: list[SimilarIdea] | None = None,
    draft: IdeaDraft | None = None,
    elsewhere: IdeaDraft | None = None,
    has_moved: bool = False,
    status: int = 200,
) -> ResponseReturnValue:
    moment, zone = now(), reader_zone()
    ask = _ask(form)
    circle = ask.circle if ask else _circle(form)
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
        elsewhere=elsewhere,
        has_moved=has_moved,
        acknowledge=deadline(acknowledge_by(moment, room), zone),
        decide=deadline(decide_by(moment, room), zone),
        back=deadline(back, zone) if back else None,
    )
    return page, status
