"""One row of everything that an address can name, with CANARY wherever a private word could stand."""

import re
from datetime import date, timedelta
from io import BytesIO

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.accounts.services import send_sign_in_link
from portal.community.models import AskPicture, Member
from portal.community.services import make_circle, plan_event, put_ask, thank
from portal.consent.models import Basis
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.foundation.storage import write_file
from portal.invitations.services import invite
from portal.ledger.models import (
    Action,
    ActionStage,
    Attachment,
    AuthorWord,
    DraftPicture,
    Progress,
    ResponseKind,
    WordKind,
)
from portal.ledger.services import (
    Typed,
    Upload,
    add_reason,
    add_tag,
    comment,
    keep_answer_draft,
    keep_draft,
    name_owner_of_tag,
    plan_absence,
    proofs_kept,
    respond,
    start_action,
    suggest,
)
from portal.listening.judgements import Judgement, LearnedModel, Signal
from portal.listening.models import Author, Mention, MentionImport, MentionMedia, Source, Tracker
from portal.listening.signals.learning import LinearModel
from portal.makers.models import MergeSuggestion, Stage, Weighting
from portal.makers.queries.people import Wanted
from portal.makers.scoring.weights import WEIGHTS
from portal.makers.services import merge_people, save_list
from portal.moderation.services import appeal, remove, suspend
from portal.moderation.tokens import write_token
from portal.updates.jobs import gather
from portal.updates.tokens import write_news_token
from tests.factories import make_user
from tests.invitations.letters import NOTE
from tests.makers.heard import make_person


def make_one_of_each(*, author: User, owner: User, manager: User) -> dict[str, str]:
    """The numbers and tokens by the name of the parameter that takes them."""
    idea = suggest(title="CANARY suggestion", body="CANARY body", by=author)
    idea.owner_id = owner.id
    with proofs_kept([Upload("CANARY.txt", BytesIO(b"CANARY proof"))]) as files:
        action = start_action(title="CANARY action", owner=owner, stage=ActionStage.PLANNED, by=owner, files=files)
    session().flush()
    answer = respond(idea, kind=ResponseKind.ACTION, message="CANARY answer to it.", by=owner, action=action)
    word = AuthorWord(idea=idea, response=answer, kind=WordKind.HELPED, words="CANARY word", said_by=author)
    session().add(word)
    picture = Attachment(idea_id=idea.id, key="nowhere", width=1, height=1, size=1, added_by_id=author.id)
    session().add(picture)
    session().flush()
    tag = add_tag(idea, "CANARY tag", by=owner)
    said = comment(idea, body="CANARY comment", by=author)
    circle = make_circle(name="CANARY circle", note="CANARY note", by=manager)
    ask = put_ask(question="CANARY ask?", opens_at=now(), closes_at=now() + timedelta(days=1), owner=owner, by=manager)
    shown = AskPicture(ask_id=ask.id, key="nowhere-either", width=1, height=1, size=1, added_by_id=manager.id)
    session().add(shown)
    session().flush()
    event = plan_event(
        title="CANARY event", place="CANARY place", starts_at=now() + timedelta(days=3), host=owner, by=manager,
        ends_at=now() + timedelta(days=4), time_zone="Europe/Berlin",
    )  # fmt: skip
    member = Member(user=author, founding_number=1, about="CANARY about")
    session().add(member)
    thanks = thank(member, words="CANARY thanks", by=manager)
    # Long ahead, so that no other page shows it.
    ahead = {"from_day": date(2090, 1, 1), "until_day": date(2090, 1, 2)}
    away = plan_absence(owner, stand_in=manager, by=manager, **ahead)
    typed = Typed(ResponseKind.EXPLANATION, "CANARY draft: the resin would crack in the frost.")
    draft = keep_answer_draft(idea, typed, by=owner)
    assert draft is not None
    unsent = keep_draft(author, "CANARY-form", title="CANARY unsent", body="")
    assert unsent is not None
    waiting = DraftPicture(draft=unsent, key="nowhere-yet", width=1, height=1, size=1)
    session().add(waiting)
    session().flush()
    known = {
        "idea_draft_id": unsent.id,
        "draft_picture_id": waiting.id,
        "circle_id": circle.id,
        "ask_id": ask.id,
        "ask_picture_id": shown.id,
        "event_id": event.id,
        "member_id": member.id,
        "thanks_id": thanks.id,
        "idea_id": idea.id,
        "comment_id": said.id,
        "author_word_id": word.id,
        "attachment_id": picture.id,
        "tag_id": tag.id,
        "action_id": session().scalars(select(Action.id)).one(),
        "progress_id": session().scalars(select(Progress.id)).one(),
        "file_id": 1,
        "absence_id": away.id,
        "owner_rule_id": name_owner_of_tag("CANARY rule", owner, by=manager).id,
        "reason_id": add_reason(title="CANARY reason", words="CANARY beginning.", by=owner).id,
        "answer_draft_id": draft.id,
    }
    session().commit()

    person = make_person("canary-maker", mentions=2, stage=Stage.SHORTLISTED)
    letter = invite(
        make_person("second-maker", stage=Stage.SHORTLISTED),
        email="second@example.org",
        name="Second Maker",
        basis=Basis.CUSTOMER,
        place="Order 17",
        obtained_on=date(2026, 1, 5),
        note=NOTE,
        quoted_mention=None,
        by=manager,
    )
    taken = remove(suggest(title="CANARY removed", body="", by=author), reason="CANARY reason", by=manager)
    asked = appeal(taken, words="CANARY appeal", by=author)
    shut_out = suspend(make_user("gone@example.org", "Gone Away"), reason="CANARY suspended", by=manager)
    decided = {"decision_id": taken.id, "appeal_id": asked.id, "user_id": author.id}
    secret = send_sign_in_link(author)
    tracker = Tracker(name="CANARY tracker", query="lamp")
    feed = "https://example.org/feed.xml"
    source = Source(
        connector="feeds", name="CANARY source", address=feed, settings={"url": feed}, push_token="canary-door"
    )
    file = MentionImport(file_name="CANARY.csv", key="k", path="nowhere.csv")
    pair = [make_person(f"canary-{name}") for name in ("twin", "other-twin", "third", "fourth")]
    merge = merge_people(pair[2], pair[3], by=manager)
    likeness = MergeSuggestion(person_id=pair[0].id, other_id=pair[1].id, confidence=0.8, evidence=[])
    session().add_all([merge, likeness, tracker, source, file])
    judgement, learned = _judged(by=manager)
    weights = Weighting(shares=dict(WEIGHTS.shares), proposed_by_id=manager.id)
    session().add(weights)
    session().commit()
    gather()
    mails = {mail.kind: mail for mail in session().scalars(select(OutgoingMail).order_by(OutgoingMail.id))}
    found = re.search(r"/letters/(\S+)", mails["letter"].text)
    assert found
    known |= decided | {
        "person_id": person.id,
        "weighting_id": weights.id,
        "channel": "x",
        "invitation_id": letter.id,
        "tracker_id": tracker.id,
        "merge_suggestion_id": likeness.id,
        "merge_id": merge.id,
        "saved_list_id": save_list("CANARY list", Wanted(), {}, is_frozen=True, by=manager).id,
        "source_id": source.id,
        "mention_import_id": file.id,
        "mention_id": judgement.mention_id,
        "mention_media_id": picture_of(judgement.mention_id),
        "judgement_id": judgement.id,
        "learned_model_id": learned.id,
        "outgoing_mail_id": mails["letter"].id,
        "author_id": session().scalars(select(Author.id).where(Author.handle == "canary-maker")).one(),
    }
    tokens = {
        "/letters/<token>": found[1],
        "/unsubscribe/<token>": str(mails["answer"].unsubscribe_url).rsplit("/", 1)[1],
        "/unsubscribe-news/<token>": write_news_token(author.id),
        "/suspensions/<token>": write_token(shut_out.id),
        "/sign-in/<secret>": secret,
        "/hooks/<token>": "canary-door",
    }
    session().commit()
    return {name: str(value) for name, value in known.items()} | tokens


def picture_of(mention_id: int) -> int:
    """A small picture that was shown with a mention."""
    media = MentionMedia(mention_id=mention_id, place=0, kind="image", url="https://example.org/CANARY.png")
    media.key, media.width, media.height = "heard/canary.webp", 40, 40
    write_file(media.key, b"CANARY")
    session().add(media)
    session().flush()
    return media.id


def _judged(*, by: User) -> tuple[Judgement, LearnedModel]:
    """A word on a reading, and what was learned from words like it."""
    mention_id = session().scalars(select(func.min(Mention.id))).one()
    judgement = Judgement(
        mention_id=mention_id, signal=Signal.TONE, value="positive", was="neutral", judged_by_id=by.id
    )
    figures = {f"{who}_{what}": 0.5 for who in ("default", "learned") for what in ("accuracy", "f1")}
    classes: dict[str, dict[str, list[float]]] = {"default_classes": {}, "learned_classes": {}}
    learned = LearnedModel(
        signal=Signal.TONE,
        labels=50,
        newest_label_id=1,
        figures=figures | classes | {"held_back": 50, "only_drawn": False},
        classes=["negative", "positive"],
        weights=LinearModel(("negative", "positive"), {}).packed(),
    )
    session().add_all([judgement, learned])
    session().flush()
    return judgement, learned
