"""The weights of the score: proposed from verdicts, switched on by a person, with a way back."""

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.makers.models import Person, RescoringPart, ScoredChannel, Weighting
from portal.makers.queries.channels import unscored_channels
from portal.makers.queries.proof import judged_people, weighting_in_use, weights_in_use
from portal.makers.scoring.learning import LEAST_LABELS, LEAST_OF_EACH, can_learn, learn
from portal.makers.scoring.weights import WEIGHTS

PEOPLE_IN_A_PART = 2_000


class TooFewVerdicts(Refusal):
    """Nothing can be learned from so few."""


class InUseAlready(Refusal):
    """These are the weights that count now."""


def propose_weights(by: User) -> Weighting:
    """Work out shares from the verdicts so far, with their figures on held-back verdicts; nothing changes by it.

    Raises:
        TooFewVerdicts: fewer than fifty, or fewer than ten of a kind.
    """
    labels = judged_people().labels
    if not can_learn(labels):
        raise TooFewVerdicts(
            _(
                "Weights can be worked out from %(least)s verdicts on, with at least %(each)s of each kind.",
                least=LEAST_LABELS,
                each=LEAST_OF_EACH,
            )
        )
    lesson = learn(labels, weights_in_use().shares)
    figures = {"labels": lesson.labels, "fits": lesson.fits, "auc": lesson.auc, "at_k": lesson.at_k, "k": lesson.k}
    row = Weighting(shares=lesson.shares, figures=figures, proposed_by_id=by.id)
    session().add(row)
    session().flush()
    record("weights.proposed", row, by=by, after={"shares": lesson.shares})
    return row


def switch_on(row: Weighting, by: User) -> None:
    """Make these the weights that count, and have everyone scored anew in the background.

    Raises:
        InUseAlready: they are that already.
    """
    used = weighting_in_use()
    if used is row:
        raise InUseAlready(_("These weights are in use already."))
    row.switched_on_at, row.switched_on_by_id = now(), by.id
    before = {"shares": dict(used.shares if used else WEIGHTS.shares)}
    session().flush()
    record("weights.switched_on", row, by=by, before=before, after={"shares": dict(row.shares)})
    score_everyone_anew()


def switch_back(by: User) -> None:
    """Go back to the delivered weights.

    Raises:
        InUseAlready: they are in use.
    """
    used = weighting_in_use()
    if used is None or used.shares == dict(WEIGHTS.shares):
        raise InUseAlready(_("The delivered weights are in use already."))
    row = Weighting(shares=dict(WEIGHTS.shares), figures=None, proposed_by_id=by.id)
    session().add(row)
    session().flush()
    switch_on(row, by)


def allow_scoring(channel: str, *, by: User) -> None:
    """Say that this channel allowed its people to be scored, and have everyone scored anew.

    Raises:
        InUseAlready: it is allowed already, or its terms never forbade it.
    """
    if channel not in unscored_channels():
        raise InUseAlready(_("People are scored there already."))
    row = ScoredChannel(channel=channel, allowed_by_id=by.id)
    session().add(row)
    session().flush()
    record("channel.scored", row, by=by, after={"channel": channel})
    score_everyone_anew()


def forbid_scoring(channel: str, *, by: User) -> None:
    """Leave the people of this channel unscored again, and have everyone scored anew.

    Raises:
        InUseAlready: they are unscored already.
    """
    row = session().scalars(select(ScoredChannel).where(ScoredChannel.channel == channel)).first()
    if row is None:
        raise InUseAlready(_("People are not scored there."))
    record("channel.unscored", row, by=by, before={"channel": channel})
    session().delete(row)
    session().flush()
    score_everyone_anew()


def score_everyone_anew() -> int:
    """Cut all people into parts for the workers, in place of parts that are left from before; says how many."""
    current = session()
    current.execute(delete(RescoringPart))
    everyone = list(current.scalars(select(Person.id).order_by(Person.id)))
    parts = [everyone[first : first + PEOPLE_IN_A_PART] for first in range(0, len(everyone), PEOPLE_IN_A_PART)]
    current.add_all(RescoringPart(first_person_id=part[0], last_person_id=part[-1]) for part in parts)
    return len(parts)
