"""The forms of the community: one's own page, circles and asks."""

from portal.community.forms.asks import AskForm, PollForm, SummaryForm
from portal.community.forms.circles import ButtonForm, CircleForm, PeopleForm
from portal.community.forms.members import ProfileForm

__all__ = ["AskForm", "ButtonForm", "CircleForm", "PeopleForm", "PollForm", "ProfileForm", "SummaryForm"]
