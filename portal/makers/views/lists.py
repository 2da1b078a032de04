"""Lists of people under a name."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.foundation.access import actor, allow, refusals_flashed
from portal.foundation.text import gettext as _
from portal.makers.forms import ListForm
from portal.makers.models import SavedList
from portal.makers.policies import may_keep_lists, may_see_people
from portal.makers.queries.lists import lists_with_counts, people_of_list
from portal.makers.services import remove_list, save_list
from portal.makers.views import words
from portal.makers.views.asked import arguments_of, list_arguments, number_of, question_of, wanted_of
from portal.makers.views.blueprint import bp
from portal.makers.views.cards import cards_of
from portal.makers.views.shortlist import list_url


@bp.get("/people/lists")
@allow(may_see_people)
def list_saved_lists() -> ResponseReturnValue:
    """Every list that was kept."""
    lists = [(kept, count, by, _question(kept)) for kept, count, by in lists_with_counts()]
    return render_template("makers/list_lists.html", lists=lists)


@bp.post("/people/lists")
@allow(may_see_people)
def create_saved_list() -> ResponseReturnValue:
    """Keep what is asked of the list of people under a name."""
    form = ListForm()
    wanted = wanted_of(request.form)
    if not form.validate_on_submit():
        flash(_("Give the list a name."), "error")
        return redirect(url_for("makers.list_people", **list_arguments(request.form)), 303)
    arguments = {name: value for name, value in arguments_of(wanted).items() if value}
    with refusals_flashed():
        kept = save_list(form.name.data or "", wanted, arguments, is_frozen=form.is_frozen.data, by=actor())
        return redirect(url_for("makers.show_saved_list", saved_list_id=kept.id), 303)
    return redirect(url_for("makers.list_people", **arguments), 303)


@bp.get("/people/lists/<int:saved_list_id>")
@allow(may_keep_lists, SavedList)
def show_saved_list(saved_list: SavedList) -> ResponseReturnValue:
    """A frozen list with whom it holds; a live one is asked anew."""
    if not saved_list.is_frozen:
        return redirect(list_url(list_arguments(MultiDict(saved_list.wanted | {"kept": str(saved_list.id)}))), 303)
    after = number_of(request.args.get("after"))
    people, more = people_of_list(saved_list, after=after)
    return render_template(
        "makers/show_list.html",
        saved_list=saved_list,
        question=_question(saved_list),
        people=people,
        cards=cards_of(people, reader=actor().time_zone),
        older_url=url_for("makers.show_saved_list", saved_list_id=saved_list.id, after=more) if more else None,
        words=words,
    )


@bp.post("/people/lists/<int:saved_list_id>/removals")
@allow(may_keep_lists, SavedList)
def create_list_removal(saved_list: SavedList) -> ResponseReturnValue:
    """Forget a list."""
    remove_list(saved_list, by=actor())
    flash(_("The list “%(name)s” is gone; nothing happened to the people on it.", name=saved_list.name))
    return redirect(url_for("makers.list_saved_lists"), 303)


def _question(kept: SavedList) -> list[str]:
    return question_of(wanted_of(MultiDict(kept.wanted)))
