"""Who may see the members, enter a circle, read an ask, and change what stands about them."""

from portal.accounts.models import User
from portal.community.models import Ask, AskPicture, Circle, Event, Member, Thanks
from portal.community.seats import is_inside, seat_of


def may_see_members(user: User) -> bool:
    """Members and staff; nobody outside."""
    return user.is_active


def may_see_member(user: User, member: Member) -> bool:
    """Members who want to be found, for members; everyone for the staff, and oneself."""
    if not user.is_active or not member.user.is_active:
        return False
    return user.is_staff or member.is_listed or member.user_id == user.id


def may_thank(user: User, member: Member) -> bool:
    """Anyone of the company, by their own name."""
    return user.is_staff and may_see_member(user, member)


def may_trust(user: User, member: Member) -> bool:
    """Managers say whose words wait for a look."""
    return user.is_manager and may_see_member(user, member)


def is_thanked(user: User, thanks: Thanks) -> bool:
    """Whoever was thanked says who reads it."""
    return user.is_active and thanks.member.user_id == user.id


def may_open_circle(user: User, circle: Circle) -> bool:
    """Whoever has a seat, confirmed or not, and the managers who fill it; being inside is asked apart."""
    return user.is_active and (user.is_manager or seat_of(user, circle.id) is not None)


def has_a_seat(user: User, circle: Circle) -> bool:
    """Whoever was invited into it and has not left."""
    return user.is_active and seat_of(user, circle.id) is not None


def may_run_circle(user: User, _circle: Circle) -> bool:
    """Managers make, fill and close circles, also those they are not inside of; what is said there stays closed."""
    return user.is_active and user.is_manager


def may_read_ask(user: User, ask: Ask) -> bool:
    """Whoever it is put to, once it has opened; the staff among them before that."""
    if not user.is_active or not is_inside(user, ask.circle_id):
        return False
    return user.is_staff or ask.opened_at is not None


def may_answer_ask(user: User, ask: Ask) -> bool:
    """Members to whom it is put, while it is open."""
    return not user.is_staff and ask.is_open and may_read_ask(user, ask)


def may_run_ask(user: User, ask: Ask) -> bool:
    """Its owner, and the managers who see it."""
    return user.is_staff and (user.is_manager or ask.owner_id == user.id) and may_read_ask(user, ask)


def may_read_ask_picture(user: User, ask_picture: AskPicture) -> bool:
    """A picture is as open as the question that it belongs to."""
    return may_read_ask(user, ask_picture.ask)


def may_run_ask_picture(user: User, ask_picture: AskPicture) -> bool:
    """Whoever runs the question, until it has ended."""
    return ask_picture.ask.ended_at is None and may_run_ask(user, ask_picture.ask)


def may_see_event(user: User, event: Event) -> bool:
    """Whoever it is for, members and staff."""
    return user.is_active and is_inside(user, event.circle_id)


def may_come(user: User, event: Event) -> bool:
    """Members whom it is for, until sign-up or their circle closes; the staff is there anyway."""
    return not user.is_staff and event.is_open and may_see_event(user, event)


def may_run_event(user: User, event: Event) -> bool:
    """Its host, and the managers who see it."""
    return user.is_staff and (user.is_manager or event.host_id == user.id) and may_see_event(user, event)
