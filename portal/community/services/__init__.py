"""The verbs of the community: join, make a circle and enter it, put an ask and close it."""

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
from portal.community.services.members import NameTaken, NotAName, UnknownZone, admit, introduce, join
from portal.community.services.pictures import add_ask_pictures, remove_ask_picture
from portal.community.services.refusals import (
    AlreadyChosen,
    BadTimes,
    NoName,
    NoSeat,
    NoSummary,
    NotAChoice,
    NotOpen,
    NotStaff,
    TooMany,
    UnknownPeople,
)
from portal.community.services.trust import set_entry_rule, trust

__all__ = [
    "AlreadyChosen", "BadTimes", "NameTaken", "NoName", "NoSeat", "NoSummary", "NotAChoice", "NotAName", "NotOpen",
    "NotStaff", "TooMany", "UnknownPeople", "UnknownZone", "add_ask_pictures", "admit", "change_ask", "change_circle",
    "choice_of", "choose", "close_ask", "close_circle", "confirm_note", "end_ask", "give_seat", "introduce", "join",
    "list_in_directory", "make_circle", "open_ask", "put_ask", "remove_ask_picture", "seat_people", "set_entry_rule",
    "take_seat", "trust",
]  # fmt: skip
