"""Finding users."""

from portal.accounts.queries import staff, user_by_email


def test_an_address_is_found_however_it_is_written(db, maya):
    assert user_by_email(" MAYA@example.org").id == maya.id


def test_staff_are_listed_by_name_without_members(db, maya, sam, ada):
    assert [user.name for user in staff()] == ["Ada Novak", "Sam Okafor"]
