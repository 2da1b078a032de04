"""The forms of the community: one's own page, circles, asks and events."""

from portal.community.forms.asks import AskForm, PollForm, SummaryForm
from portal.community.forms.choosing import LastingChoice
from portal.community.forms.circles import ButtonForm, CircleForm, PeopleForm
from portal.community.forms.events import CancellationForm, EventForm, EventThanksForm
from portal.community.forms.members import ProfileForm, ThanksForm
from portal.community.forms.mending import MendedForm
from portal.community.forms.pictures import PicturesField

__all__ = [
    "AskForm", "ButtonForm", "CancellationForm", "CircleForm", "EventForm", "EventThanksForm",
    "LastingChoice", "MendedForm", "PeopleForm", "PicturesField", "PollForm", "ProfileForm", "SummaryForm",
    "ThanksForm",
]  # fmt: skip
