"""How the company answers: what it promises, in which hours, and who answers when somebody is away."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from portal.accounts.models import User
from portal.accounts.policies import is_manager, is_staff
from portal.accounts.queries import staff
from portal.community.models import Circle
from portal.community.queries import circles_to_speak_in
from portal.foundation import config
from portal.foundation.access import actor, allow, refusals_on, row_key
from portal.foundation.database import session
from portal.foundation.text import date_words, zone_words
from portal.foundation.text import gettext as _
from portal.ledger.chain import hold_ledger
from portal.ledger.forms import AbsenceForm, FallBackForm, TagRuleForm, TermsForm
from portal.ledger.models import Absence, OwnerRule
from portal.ledger.policies import may_drop_rule, may_end_absence
from portal.ledger.promises import promise_for
from portal.ledger.queries import absence_within, absences_to_come, owner_rules, rule_owners, tag_rules, terms_in_force
from portal.ledger.services import (
    drop_owner_rule,
    end_absence,
    name_fall_back,
    name_owner_of_tag,
    plan_absence,
    set_terms,
)
from portal.ledger.views import bp
from portal.ledger.views.drawing import known_tags
from portal.ledger.visibility import reach_of

NOBODY = 0
# So many of the coming days on which nobody answers are named: enough to see whether the right ones are meant.
_DAYS_OFF = 6


@bp.get("/answering")
@allow(is_staff)
def show_answering() -> ResponseReturnValue:
    """What is promised, who falls in where nobody is named, and who is away."""
    return _page()


@bp.post("/answering/terms")
@allow(is_manager)
def create_terms() -> ResponseReturnValue:
    """Set what is promised from now on."""
    form = _terms_form()
    if form.validate_on_submit():
        circle = session().get(Circle, form.circle.data) if form.circle.data else None
        # Of two who send at once, the second is compared with what the first wrote; a circle's stand on no page.
        hold_ledger()
        changed = form.changed_since(_terms_form(fresh=True)) if circle is None else []
        if changed:
            return _page(terms=form, changed=changed, status=409)
        with refusals_on(form):
            set_terms(
                circle=circle,
                acknowledge_hours=form.acknowledge_hours.data,
                decide_days=form.decide_days.data,
                business_hours=form.business_hours.data or None,
                closed_days=form.closed_days.data or None,
                holidays=form.holidays.data or None,
                by=actor(),
            )
            return _back(_("Set. Promises given from now on follow it."))
    return _page(terms=form, status=422)


@bp.post("/answering/fall-backs")
@allow(is_manager)
def create_fall_back() -> ResponseReturnValue:
    """Name the fall-back person, or nobody."""
    form = _fall_back_form()
    if form.validate_on_submit():
        owner = session().get(User, form.owner.data) if form.owner.data else None
        with refusals_on(form):
            name_fall_back(owner, by=actor())
            return _back(_("Set. It counts for what comes from now on."))
    return _page(fall_back=form, status=422)


@bp.post("/answering/tag-rules")
@allow(is_manager)
def create_tag_rule() -> ResponseReturnValue:
    """Name who answers what carries a tag."""
    form = _tag_rule_form()
    if form.validate_on_submit():
        with refusals_on(form):
            name_owner_of_tag(form.tag.data or "", session().get_one(User, form.owner.data), by=actor())
            return _back(_("Set. It counts for what gets this tag from now on."))
    return _page(tag_rule=form, status=422)


@bp.post("/answering/tag-rules/<int:owner_rule_id>/removals")
@allow(may_drop_rule, OwnerRule)
def create_tag_rule_removal(owner_rule: OwnerRule) -> ResponseReturnValue:
    """Take a rule back."""
    drop_owner_rule(owner_rule, by=actor())
    return _back(_("Taken back. What it gave to somebody stays with them."))


@bp.post("/absences")
@allow(is_staff)
def create_absence() -> ResponseReturnValue:
    """Plan an absence."""
    form = _absence_form()
    if form.validate_on_submit() and form.from_day.data and form.until_day.data:
        with refusals_on(form):
            planned = plan_absence(
                session().get_one(User, form.person.data),
                from_day=form.from_day.data,
                until_day=form.until_day.data,
                stand_in=session().get_one(User, form.stand_in.data),
                by=actor(),
            )
            flash(_("Planned. What is new in those days goes to whoever stands in."))
            known = absence_within(planned.stand_in, planned.from_day, planned.until_day)
            if known is not None:
                flash(_stand_in_away(known))
            return redirect(url_for("ledger.show_answering"), 303)
    return _page(absence=form, status=422)


@bp.post("/absences/<int:absence_id>/removals")
@allow(may_end_absence, Absence)
def create_absence_removal(absence: Absence) -> ResponseReturnValue:
    """Take an absence back."""
    end_absence(absence, by=actor())
    return _back(_("Taken back."))


def _stand_in_away(absence: Absence) -> str:
    return _(
        "%(name)s is away as well, from %(first)s to %(last)s; %(other)s stands in then.",
        name=absence.user.name,
        first=date_words(absence.from_day),
        last=date_words(absence.until_day),
        other=absence.stand_in.name,
    )


def _back(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("ledger.show_answering"), 303)


def _page(
    *,
    terms: TermsForm | None = None,
    fall_back: FallBackForm | None = None,
    tag_rule: TagRuleForm | None = None,
    absence: AbsenceForm | None = None,
    changed: Sequence[tuple[str, str]] = (),
    status: int = 200,
) -> ResponseReturnValue:
    settings, reader = config.current(), actor()
    page = render_template(
        "ledger/show_answering.html",
        promise=promise_for(),
        days_off=promise_for().hours.days_off(config.today(), _DAYS_OFF),
        settings=settings,
        known=terms_in_force(),
        changed=changed,
        absences=absences_to_come(),
        terms=(terms or _terms_form(fresh=True)) if reader.is_manager else None,
        fall_back=(fall_back or _fall_back_form(fresh=True)) if reader.is_manager else None,
        tag_rule=(tag_rule or _tag_rule_form(fresh=True)) if reader.is_manager else None,
        tag_rules=tag_rules(),
        known_tags=known_tags(reach_of(reader)) if reader.is_manager else "",
        falls_to=next((rule.owner for rule in owner_rules() if not rule.tag), None),
        absence=absence or _absence_form(fresh=True),
        zone=zone_words(settings.zone),
    )
    return page, status


def _terms_form(*, fresh: bool = False) -> TermsForm:
    known = {terms.circle_id: terms for terms in terms_in_force()} if fresh else {}
    form = TermsForm(formdata=None, obj=known.get(None), prefix="terms") if fresh else TermsForm(prefix="terms")
    everywhere, circles = [SelectChoice("0", _("The whole company"))], circles_to_speak_in(actor())
    form.circle.choices = everywhere + [SelectChoice(str(circle.id), circle.name) for circle in circles]
    if fresh:
        form.circle.data = NOBODY
        form.note_seen()
        number = request.args.get("circle", type=row_key)
        if number in {circle.id for circle in circles}:
            # Whoever comes from the page of a circle finds its own two numbers, where it has any.
            own, form.circle.data = known.get(number), number
            form.acknowledge_hours.data = own.acknowledge_hours if own else None
            form.decide_days.data = own.decide_days if own else None
    return form


def _fall_back_form(*, fresh: bool = False) -> FallBackForm:
    form = FallBackForm(formdata=None, prefix="fall-back") if fresh else FallBackForm(prefix="fall-back")
    form.owner.choices = [SelectChoice("0", _("Nobody: whoever has the fewest open")), *_people()]
    if fresh:
        form.owner.data = rule_owners().get("", NOBODY)
    return form


def _tag_rule_form(*, fresh: bool = False) -> TagRuleForm:
    form = TagRuleForm(formdata=None, prefix="tag-rule") if fresh else TagRuleForm(prefix="tag-rule")
    form.owner.choices = [SelectChoice(str(NOBODY), _("Choose somebody")), *_people()]
    return form


def _absence_form(*, fresh: bool = False) -> AbsenceForm:
    reader = actor()
    form = AbsenceForm(formdata=None, prefix="absence") if fresh else AbsenceForm(prefix="absence")
    people = _people()
    form.person.choices = [one for one in people if reader.is_manager or one.value == str(reader.id)]
    # Nobody is chosen beforehand, or it would be the first of the alphabet; a responder's own name is not among them.
    form.stand_in.choices = [
        SelectChoice(str(NOBODY), _("Choose somebody")),
        *(one for one in people if reader.is_manager or one.value != str(reader.id)),
    ]
    if fresh:
        form.person.data = reader.id
    return form


def _people() -> list[SelectChoice]:
    return [SelectChoice(str(person.id), person.name) for person in staff()]
