from portal.accounts.models import Role, User
from portal.foundation.clock import now
from portal.makers.models import Person
from portal.makers.policies import may_judge, may_see_people


def test_only_managers_and_admins_see_and_judge_makers():
    person = Person(name="Lena")
    allowed = {role for role in Role if may_see_people(User(role=role)) and may_judge(User(role=role), person)}

    assert allowed == {Role.MANAGER, Role.ADMIN}


def test_a_suspended_manager_sees_nobody():
    gone = User(role=Role.MANAGER, suspended_at=now())

    assert not may_see_people(gone, Person(name="Lena"))
    assert not may_judge(gone, Person(name="Lena"))
