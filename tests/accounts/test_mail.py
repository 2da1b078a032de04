"""The sign-in mail."""

from portal.accounts import mail


def test_both_parts_hold_the_link_and_nothing_else_secret(db, maya):
    message = mail.sign_in_link(maya, secret="s3cret", link_id=1)

    address = "http://localhost:8000/sign-in/s3cret"
    assert address in message.text
    assert f'href="{address}"' in message.html
    assert "s3cret" not in message.subject
    assert message.unsubscribe_url is None
