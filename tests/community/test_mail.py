"""The mail that gives a place in a circle."""

from portal.community.mail import seat_given
from portal.community.models import Circle, CircleMember
from portal.foundation.clock import now


def test_a_place_is_offered_without_naming_the_circle(maya, sam):
    circle = Circle(id=7, name="SECRET testers", note="SECRET note", about="SECRET about")
    seat = CircleMember(circle=circle, circle_id=7, user=maya, added_by_id=sam.id, joined_at=now())

    message = seat_given(seat, by=sam)

    assert message.subject == "A place in a circle waits for you"
    assert "SECRET" not in message.subject + message.text + message.html
    for part in (message.text, message.html):
        assert "http://localhost:8000/circles/7" in part
        assert "Sam Okafor" in part
        assert "what you agree to" in part
    # Where there is nothing to agree to, they are inside at once.
    circle.note = ""
    open_one = seat_given(seat, by=sam)
    assert "agree" not in open_one.text + open_one.html
