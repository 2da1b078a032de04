"""Reading the ledger: its rows, one suggestion, what waits, and the figures."""

from portal.ledger.queries.actions import (
    SLIPPED,
    ActionChoice,
    ActionRow,
    action_page,
    actions_page,
    fits,
    is_for_everyone,
    latest_progress,
    sealed_links,
    slipped_actions,
    slipped_of,
    who_could_do,
)
from portal.ledger.queries.answerers import Answerers, answerers, next_owner
from portal.ledger.queries.choices import Choices, choices_for
from portal.ledger.queries.comments import IN_THREAD, CommentRow, CommentsPage, comments_of, thread_of, wordings_of
from portal.ledger.queries.desk import DESK_SHOWN, DeskRow, waiting_for
from portal.ledger.queries.drafts import (
    answer_draft_of,
    answer_drafts,
    answer_drafts_on,
    company_reasons,
    count_answer_drafts,
)
from portal.ledger.queries.figures import (
    EVERYTHING,
    Figures,
    OwnerFigures,
    Scope,
    broken_now,
    figures,
    late_now,
    owner_figures,
)
from portal.ledger.queries.history import (
    clock_at,
    people_told,
    standing_response,
    to_ask_whether_it_helped,
    word_on,
)
from portal.ledger.queries.hits import Hit
from portal.ledger.queries.ideas import (
    IdeaPage,
    idea_as_read,
    idea_as_seen,
    idea_of_form,
    idea_page,
    latest_response,
    part_in,
    people_behind,
    people_behind_action,
)
from portal.ledger.queries.joining import like_to_join, sought_to_join
from portal.ledger.queries.linking import (
    Linkable,
    chosen_to_link,
    ideas_to_link,
    is_answered_by,
    like_action,
    newest_answer,
    open_for_action,
    sought_for_action,
)
from portal.ledger.queries.members import Change, changes_of
from portal.ledger.queries.naming import (
    Named,
    links_to,
    named_in,
    names_found,
    names_to_offer,
    people_named,
)
from portal.ledger.queries.newest import newest_changes
from portal.ledger.queries.openings import current_opening
from portal.ledger.queries.owners import (
    absence_within,
    absences_around,
    absences_to_come,
    away_today,
    owner_rules,
    promises_near,
    rule_owners,
    stand_in_for,
    tag_rules,
    terms_in_force,
)
from portal.ledger.queries.passing import tag_owners, without_an_owner
from portal.ledger.queries.row import LedgerRow
from portal.ledger.queries.rows import PAGE, LedgerFilter, LedgerPage, has_languages, ledger_page
from portal.ledger.queries.search import SearchFilter, SearchPage, search_page
from portal.ledger.queries.similar import SimilarIdea, similar_ideas
from portal.ledger.queries.suggesting import draft_pictures, drafts_of, idea_of_mention, mention_to_bring
from portal.ledger.queries.tags import knows_tag, tags_of, tags_within

__all__ = [
    "DESK_SHOWN", "EVERYTHING", "IN_THREAD", "PAGE", "SLIPPED", "ActionChoice", "ActionRow", "Answerers", "Change",
    "Choices", "CommentRow", "CommentsPage", "DeskRow", "Figures", "Hit", "IdeaPage", "LedgerFilter", "LedgerPage",
    "LedgerRow", "Linkable", "Named", "OwnerFigures", "Scope", "SearchFilter", "SearchPage", "SimilarIdea",
    "absence_within", "absences_around", "absences_to_come", "action_page", "actions_page", "answer_draft_of",
    "answer_drafts", "answer_drafts_on", "answerers", "away_today", "broken_now", "changes_of", "choices_for",
    "chosen_to_link", "clock_at", "comments_of", "company_reasons", "count_answer_drafts", "current_opening",
    "draft_pictures", "drafts_of", "figures", "fits", "has_languages", "idea_as_read", "idea_as_seen", "idea_of_form",
    "idea_of_mention", "idea_page", "ideas_to_link",
    "is_answered_by", "is_for_everyone", "knows_tag", "late_now", "latest_progress", "latest_response", "ledger_page",
    "like_action", "like_to_join", "links_to", "mention_to_bring", "named_in", "names_found", "names_to_offer",
    "newest_answer", "newest_changes", "next_owner", "open_for_action", "owner_figures", "owner_rules", "part_in",
    "people_behind", "people_behind_action", "people_named", "people_told", "promises_near", "rule_owners",
    "sealed_links", "search_page", "similar_ideas", "slipped_actions", "slipped_of", "sought_for_action",
    "sought_to_join", "stand_in_for", "standing_response", "tag_owners", "tag_rules", "tags_of", "tags_within",
    "terms_in_force", "thread_of", "to_ask_whether_it_helped", "waiting_for", "who_could_do", "without_an_owner",
    "word_on", "wordings_of",
]  # fmt: skip
