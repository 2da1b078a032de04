"""Who may look at what was heard, and change what is listened to."""

from portal.accounts.models import User
from portal.accounts.policies import is_manager
from portal.listening.judgements import Judgement, LearnedModel
from portal.listening.models import Author, Mention, MentionImport, MentionMedia, Source, Tracker


def may_mute(user: User, author: Author) -> bool:
    """Community managers decide whom not to hear."""
    return is_manager(user)


def may_mute_words(user: User, mention: Mention) -> bool:
    """Community managers decide which words nobody needs to read."""
    return is_manager(user)


def may_see_picture(user: User, media: MentionMedia) -> bool:
    """Whoever may read what was heard sees what was shown with it."""
    return is_manager(user)


def may_run(user: User, subject: Source | Tracker | MentionImport) -> bool:
    """Community managers set up listening."""
    return is_manager(user)


def may_judge(user: User, subject: Mention | Judgement) -> bool:
    """Community managers overrule what was read."""
    return is_manager(user)


def may_switch(user: User, model: LearnedModel) -> bool:
    """Community managers decide by what mentions are read."""
    return is_manager(user)
