"""Who starts the site for the first time can sign in, and nobody else learns how."""

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from cms.services.bootstrap import bootstrap_site
from cms.services.sign_ins import keep_sign_ins

User = get_user_model()


@pytest.fixture
def path(db: None, tmp_path: Path) -> Path:
    """Where a site that is set up keeps its sign-ins."""
    bootstrap_site()
    return tmp_path / "sign-in.json"


def test_a_site_without_users_gets_one_account_for_each_role(path: Path) -> None:
    sign_ins = keep_sign_ins(path)

    assert {user.groups.get().name for user in User.objects.all()} == {
        "Communication team",
        "Partner editor",
    }
    assert [User.objects.get(username=s.username).check_password(s.password) for s in sign_ins] == [
        True,
        True,
    ]
    assert not User.objects.filter(is_superuser=True).exists()


def test_passwords_are_made_anew_for_each_site(path: Path) -> None:
    first = keep_sign_ins(path)
    User.objects.all().delete()
    path.unlink()

    second = keep_sign_ins(path)

    assert {s.password for s in first} & {s.password for s in second} == set()


def test_they_are_told_until_the_password_is_changed(path: Path) -> None:
    first = keep_sign_ins(path)
    assert keep_sign_ins(path) == first

    user = User.objects.get(username=first[0].username)
    user.set_password("a password of her own")
    user.save()

    assert keep_sign_ins(path) == first[1:]
    assert first[0].password not in path.read_text(encoding="utf-8")


def test_a_closed_account_is_told_no_longer(path: Path) -> None:
    keep_sign_ins(path)
    User.objects.update(is_active=False)

    assert keep_sign_ins(path) == []
    assert not path.exists()


def test_a_site_with_users_gets_no_further_account(path: Path) -> None:
    User.objects.create_user(username="somebody")

    assert keep_sign_ins(path) == []
    assert User.objects.count() == 1


def test_only_its_owner_can_read_the_file(path: Path) -> None:
    keep_sign_ins(path)

    assert path.stat().st_mode & 0o777 == 0o600
