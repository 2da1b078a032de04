"""The forms of the ledger."""

from portal.ledger.forms.answering import NEW_ACTION, NO_REASON, ReasonForm, ResponseForm
from portal.ledger.forms.many import LinkForm, PublishForm
from portal.ledger.forms.progress import ProgressForm
from portal.ledger.forms.promises import (
    AbsenceForm,
    ActionHandOverForm,
    FallBackForm,
    HandOverForm,
    NewDateForm,
    TagRuleForm,
    TermsForm,
)
from portal.ledger.forms.suggesting import EVERYONE, CommentForm, IdeaForm, MergeForm, TagForm, WordForm

__all__ = [
    "EVERYONE",
    "NEW_ACTION",
    "NO_REASON",
    "AbsenceForm",
    "ActionHandOverForm",
    "CommentForm",
    "FallBackForm",
    "HandOverForm",
    "IdeaForm",
    "LinkForm",
    "MergeForm",
    "NewDateForm",
    "ProgressForm",
    "PublishForm",
    "ReasonForm",
    "ResponseForm",
    "TagForm",
    "TagRuleForm",
    "TermsForm",
    "WordForm",
]
