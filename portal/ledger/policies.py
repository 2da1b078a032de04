"""Who may do what in the ledger; a reason why not where people should know it."""

from portal.accounts.models import User
from portal.ledger.models import (
    Absence,
    Action,
    AnswerDraft,
    Attachment,
    AuthorWord,
    Comment,
    DraftPicture,
    Idea,
    IdeaDraft,
    OwnerRule,
    Progress,
    Reason,
)
from portal.ledger.visibility import Seen, sees, sees_action


def may_read(user: User, idea: Idea | Seen) -> bool:
    """What their lists show them, and their own; see `visibility`."""
    return sees(user, idea)


def may_vote(user: User, idea: Idea | Seen) -> bool:
    """Members stand behind what others suggested; the author's voice counts already, staff answer instead."""
    if user.is_staff or idea.proposed_by_id == user.id:
        return False
    return idea.merged_into_id is None and sees(user, idea)


def may_respond(user: User, idea: Idea) -> bool:
    """Any staff who see it, but the author; what is held is looked at first."""
    # Staff who also make things must not answer their own ideas.
    if not user.is_staff or idea.proposed_by_id == user.id:
        return False
    return idea.is_shown and sees(user, idea)


def may_read_draft(user: User, draft: AnswerDraft) -> bool:
    """Staff who see the suggestion, but its author: they read the answer when it is given."""
    return user.is_staff and draft.idea.proposed_by_id != user.id and sees(user, draft.idea)


def may_continue_draft(user: User, idea_draft: IdeaDraft) -> bool:
    """Everyone their own, and nobody else's."""
    return user.is_active and idea_draft.user_id == user.id


def may_see_draft_picture(user: User, draft_picture: DraftPicture) -> bool:
    """A picture that was not sent yet is its owner's alone."""
    return may_continue_draft(user, draft_picture.draft)


def may_publish_draft(user: User, draft: AnswerDraft) -> bool:
    """Whoever wrote it, and managers; it stands under its writer's name either way."""
    return may_read_draft(user, draft) and (user.id == draft.written_by_id or user.is_manager)


def may_keep_reason(user: User, _reason: Reason) -> bool:
    """Any staff: the list is theirs together."""
    return user.is_active and user.is_staff


def may_say_more(user: User, idea: Idea) -> bool:
    """The author: what they say to an answer stands on the record."""
    return idea.proposed_by_id == user.id and sees(user, idea)


def may_hand_over(user: User, idea: Idea) -> bool:
    """Any staff who see it: an owner who is away must not hold a suggestion up."""
    return user.is_staff and sees(user, idea)


def may_follow_action(user: User, action: Action) -> bool:
    """Whoever sees a suggestion that it answers."""
    return sees_action(user, action)


def may_read_progress(user: User, progress: Progress) -> bool:
    """An entry, and what there is to see of it, is as open as its action."""
    return sees_action(user, progress.action)


def may_end_absence(user: User, absence: Absence) -> bool:
    """Staff their own; managers anybody's."""
    return user.is_active and user.is_staff and (user.id == absence.user_id or user.is_manager)


def may_drop_rule(user: User, _rule: OwnerRule) -> bool:
    """Managers: they name who answers."""
    return user.is_active and user.is_manager


def may_record_progress(user: User, action: Action) -> bool:
    """Any staff who see it: the one who did it is the one who knows."""
    return user.is_staff and sees_action(user, action)


def may_comment(user: User, idea: Idea) -> bool:
    """Whoever reads a suggestion may speak beside it, staff too: a comment is no answer."""
    return idea.is_shown and may_read(user, idea)


def may_read_comment(user: User, comment: Comment) -> bool:
    """Comments are as open as the suggestion that they stand beside, and a reply as the comment above it too."""
    for said in (comment, comment.parent):
        if said is not None and not said.is_shown and not (said.author_id == user.id or user.is_manager):
            return False
    return may_read(user, comment.idea)


def may_reword_comment(user: User, comment: Comment) -> bool:
    """Everyone mends their own words and nobody else's."""
    return comment.removed_at is None and may_read_comment(user, comment) and comment.author_id == user.id


def may_reword(user: User, idea: Idea) -> bool:
    """Everyone mends their own words and nobody else's; what was taken out stays as it was."""
    return idea.removed_at is None and may_read(user, idea) and idea.proposed_by_id == user.id


def may_read_word(user: User, author_word: AuthorWord) -> bool:
    """What an author says to an answer is as open as the suggestion; what waits for a look is for the company alone."""
    is_theirs = author_word.said_by_id == user.id or user.is_staff
    return may_read(user, author_word.idea) and (author_word.is_shown or is_theirs)


def may_read_attachment(user: User, attachment: Attachment) -> bool:
    """A picture is as open as the suggestion that it belongs to."""
    return may_read(user, attachment.idea)


def may_remove_attachment(user: User, attachment: Attachment) -> bool:
    """Everyone takes their own pictures away and nobody else's."""
    return may_reword(user, attachment.idea)


def may_merge(user: User, idea: Idea) -> bool:
    """Any staff who see it."""
    return user.is_staff and idea.is_shown and may_read(user, idea)


def may_tag(user: User, idea: Idea) -> bool:
    """Any staff who see it."""
    return user.is_staff and may_read(user, idea)
