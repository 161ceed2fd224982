import pytest
from django.test import override_settings

from hub.operations.first_run import is_setup_code, setup_code, setup_link
from hub.operations.state import database_is_empty, setup_is_open
from tests.support.make import make_person


def test_the_code_is_stable_and_belongs_to_this_installation() -> None:
    code = setup_code()
    with override_settings(SECRET_KEY="another installation's key"):
        assert setup_code() != code
        assert not is_setup_code(code)
    assert setup_code() == code
    assert is_setup_code(f" {code.upper()}\n")
    assert setup_link().endswith(f"/setup#{code}")


@pytest.mark.django_db
def test_setup_is_open_until_there_is_an_administrator() -> None:
    assert (setup_is_open(), database_is_empty()) == (True, True)
    make_person("volunteer")
    assert (setup_is_open(), database_is_empty()) == (True, False)
    make_person("administrator")
    assert setup_is_open() is False
