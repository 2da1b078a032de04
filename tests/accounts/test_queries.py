"""Finding users."""

from portal.accounts.queries import staff, user_by_email, users_by_id


def test_an_address_is_found_however_it_is_written(db, maya):
    assert user_by_email(" MAYA@example.org").id == maya.id


def test_staff_are_listed_by_name_without_members(db, maya, sam, ada):
    assert [user.name for user in staff()] == ["Ada Novak", "Sam Okafor"]


def test_several_users_come_in_one_query(db, maya, omar, queries):
    found = users_by_id({maya.id, omar.id})

    assert set(found) == {maya.id, omar.id}
    assert len(queries) == 1
