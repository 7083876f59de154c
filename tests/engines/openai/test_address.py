import pytest

from nlp.engines.openai.address import Address, address_given, number_given
from nlp.errors import UsageError


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ZHBRIEF_OPENAI_BASE_URL", "ZHBRIEF_OPENAI_API_KEY", "ZHBRIEF_OFFLINE"):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


def test_our_own_variable_comes_first_and_a_key_goes_only_with_its_address(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "https://api.example/v1/")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-common")
    assert address_given() == Address("https://api.example/v1", "sk-common")
    monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", "http://localhost:8080")
    assert address_given() == Address("http://localhost:8080/v1", None)
    monkeypatch.setenv("ZHBRIEF_OPENAI_API_KEY", "sk-own")
    assert address_given().key == "sk-own"


def test_without_an_address():
    with pytest.raises(UsageError, match="ZHBRIEF_OPENAI_BASE_URL=http://localhost:8080/v1"):
        address_given()


@pytest.mark.parametrize(
    "url", ["localhost:8080", "ftp://x/v1", "http://", "http://x:99999/v1", "http://x/v1?key=sk-secret", "http://me:sk-secret@x/v1"]
)  # fmt: skip
def test_what_is_no_address_is_told_without_repeating_it(monkeypatch, url):
    monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", url)
    with pytest.raises(UsageError) as e:
        address_given()
    assert "sk-secret" not in str(e.value)


def test_the_key_is_in_no_repr():
    assert "sk-secret" not in repr(Address("http://x/v1", "sk-secret"))


@pytest.mark.parametrize(
    ("url", "loopback"),
    [
        ("http://localhost:1/v1", True),
        ("http://127.9.9.9/v1", True),
        ("http://[::1]:1/v1", True),
        ("http://10.0.0.1/v1", False),
        ("http://localhost.evil.test/v1", False),
    ],
)
def test_offline_only_this_machine_is_talked_to(monkeypatch, url, loopback):
    assert Address(url).loopback == loopback
    monkeypatch.setenv("ZHBRIEF_OFFLINE", "1")
    monkeypatch.setenv("ZHBRIEF_OPENAI_BASE_URL", url)
    if loopback:
        assert address_given().root == url.removesuffix("/v1")
    else:
        with pytest.raises(UsageError, match="ZHBRIEF_OFFLINE"):
            address_given()


@pytest.mark.parametrize("wrong", ["0", "-1", "x", "1.5"])
def test_a_wrong_number(monkeypatch, wrong):
    monkeypatch.setenv("ZHBRIEF_OPENAI_PARALLEL", wrong)
    with pytest.raises(UsageError, match="whole number"):
        number_given("ZHBRIEF_OPENAI_PARALLEL", 4)
