"""The verbs of the ledger: suggest, stand behind, answer, act, hand over."""

from portal.ledger.services.actions import hand_over_action, record_progress, start_action, warn_of_slips
from portal.ledger.services.answer_drafts import (
    drop_answer_draft,
    keep_answer_draft,
    publish_drafts,
    typed_of,
)
from portal.ledger.services.answers import respond
from portal.ledger.services.comments import comment, comment_above, reword, reword_comment
from portal.ledger.services.drafts import (
    drop_draft,
    expire_drafts,
    keep_draft,
    keep_pictures,
    remove_draft_picture,
    take_pictures,
)
from portal.ledger.services.giving import Typed, give
from portal.ledger.services.holding import count_shown, hold_if_due
from portal.ledger.services.ideas import hand_over, suggest, take_back_vote, vote
from portal.ledger.services.imports import Brought, bring_over
from portal.ledger.services.linking import LINKED_AT_ONCE, NotLinked, link_ideas
from portal.ledger.services.merging import merge_ideas, split_idea
from portal.ledger.services.openings import note_opening
from portal.ledger.services.owners import (
    drop_owner_rule,
    end_absence,
    name_fall_back,
    name_owner_of_tag,
    plan_absence,
)
from portal.ledger.services.passing import pass_on
from portal.ledger.services.pictures import LeftOut, add_more_pictures, add_pictures, remove_attachment
from portal.ledger.services.promises import give_new_date, send_heads, set_terms, warn
from portal.ledger.services.proofs import PROOFS, Upload, proofs_kept
from portal.ledger.services.reasons import add_reason, change_reason, remove_reason
from portal.ledger.services.refusals import (
    AlreadyAnswered,
    AlreadyPublished,
    AnsweredElsewhere,
    AnsweredMeanwhile,
    BadAbsence,
    NoAction,
    NobodyToAnswer,
    NoReason,
    NotHere,
    NothingAsked,
    NothingNew,
    NothingToSee,
    NoTitle,
    NotLate,
    NotYours,
    NoWords,
    RepeatedWords,
    SaidAlready,
    TooLong,
    TooMany,
    UnknownLanguage,
    UnreadableHours,
)
from portal.ledger.services.rehearsing import Rehearsed, rehearse
from portal.ledger.services.showing import show, take_out
from portal.ledger.services.tags import add_tag, remove_tag
from portal.ledger.services.words import answer_question, awaits_reply, say_whether_it_helped

__all__ = [
    "LINKED_AT_ONCE", "PROOFS", "AlreadyAnswered", "AlreadyPublished", "AnsweredElsewhere", "AnsweredMeanwhile",
    "BadAbsence", "Brought", "LeftOut", "NoAction", "NoReason", "NoTitle", "NoWords", "NobodyToAnswer", "NotHere",
    "NotLate", "NotLinked", "NotYours", "NothingAsked", "NothingNew", "NothingToSee", "Rehearsed", "RepeatedWords",
    "SaidAlready", "TooLong", "TooMany", "Typed", "UnknownLanguage", "UnreadableHours", "Upload", "add_more_pictures",
    "add_pictures", "add_reason", "add_tag", "answer_question", "awaits_reply", "bring_over", "change_reason",
    "comment", "comment_above", "count_shown", "drop_answer_draft", "drop_draft", "drop_owner_rule", "end_absence",
    "expire_drafts", "give", "give_new_date", "hand_over", "hand_over_action", "hold_if_due", "keep_answer_draft",
    "keep_draft", "keep_pictures", "link_ideas", "merge_ideas", "name_fall_back", "name_owner_of_tag", "note_opening",
    "pass_on", "plan_absence", "proofs_kept", "publish_drafts", "record_progress", "rehearse", "remove_attachment",
    "remove_draft_picture", "remove_reason", "remove_tag", "respond", "reword", "reword_comment",
    "say_whether_it_helped", "send_heads", "set_terms", "show", "split_idea", "start_action", "suggest",
    "take_back_vote", "take_out", "take_pictures", "typed_of", "vote", "warn", "warn_of_slips",
]  # fmt: skip
