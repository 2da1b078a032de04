"""The verbs of the community: join, make a circle and enter it, put an ask and close it, plan an event and come."""

from portal.community.services.asks import change_ask, choice_of, choose, close_ask, end_ask, open_ask, put_ask
from portal.community.services.circles import (
    change_circle,
    close_circle,
    confirm_note,
    give_seat,
    list_in_directory,
    make_circle,
    seat_people,
    take_seat,
)
from portal.community.services.events import cancel_event, change_event, plan_event
from portal.community.services.members import NameTaken, NotAName, UnknownZone, admit, introduce, join
from portal.community.services.pictures import add_ask_pictures, remove_ask_picture
from portal.community.services.places import (
    give_back,
    give_back_all,
    mark_came,
    remind,
    take_place,
    thank_people,
)
from portal.community.services.refusals import (
    AlreadyChosen,
    BadAddress,
    BadTimes,
    NobodyCame,
    NoName,
    NoPlace,
    NoSeat,
    NoSummary,
    NotAChoice,
    NotOpen,
    NotStaff,
    NoWords,
    TooFewPlaces,
    TooMany,
    UnknownPeople,
)
from portal.community.services.thanks import show_thanks, thank
from portal.community.services.trust import set_entry_rule, trust

__all__ = [
    "AlreadyChosen", "BadAddress", "BadTimes", "NameTaken", "NoName", "NoPlace", "NoSeat", "NoSummary", "NoWords",
    "NobodyCame", "NotAChoice", "NotAName", "NotOpen", "NotStaff", "TooFewPlaces", "TooMany", "UnknownPeople",
    "UnknownZone", "add_ask_pictures", "admit", "cancel_event", "change_ask", "change_circle", "change_event",
    "choice_of", "choose", "close_ask", "close_circle", "confirm_note", "end_ask", "give_back", "give_back_all",
    "give_seat", "introduce", "join", "list_in_directory", "make_circle", "mark_came", "open_ask", "plan_event",
    "put_ask", "remind", "remove_ask_picture", "seat_people", "set_entry_rule", "show_thanks", "take_place",
    "take_seat", "thank", "thank_people", "trust",
]  # fmt: skip
