"""``--ray [ADDRESS]`` as people write it."""

import pytest

from nlp.commands.optional_value import with_address
from tests.commands.test_batch import articles, results
from tests.commands.test_cli import zhbrief


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("in -o out.jsonl", "in -o out.jsonl"),
        ("in -o out.jsonl --ray", "in -o out.jsonl --ray=local"),
        ("--ray in -o out.jsonl", "--ray=local in -o out.jsonl"),
        ("--ray auto in", "--ray=auto in"),
        ("--ray 10.0.0.5:6379 in", "--ray=10.0.0.5:6379 in"),
        ("--ray head.desk.example:6379 in", "--ray=head.desk.example:6379 in"),
        ("--ray [::1]:6379 in", "--ray=[::1]:6379 in"),
        ("--ray --task clean in", "--ray=local --task clean in"),
        ("--ray=whatever in", "--ray=whatever in"),
        ("--ray -- 10.0.0.5:6379", "--ray=local -- 10.0.0.5:6379"),
        ("-- --ray", "-- --ray"),
    ],
)
def test_an_address_is_told_from_an_input(given, meant):
    assert with_address(given.split()) == meant.split()


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--ray"], "--ray: name the output with -o"),
        (["--ray=10.0.0.5", "-o", "out.jsonl"], "--ray 10.0.0.5: give the HOST:PORT"),
        (["--ray", "--dedupe", "-o", "out.jsonl"], "--dedupe is for one machine"),
    ],
)
def test_wrong_usage_is_one_line(tmp_path, options, says):
    articles(tmp_path / "in.jsonl", 1)
    status, out, err = zhbrief("batch", "in.jsonl", "--task", "clean", *options, cwd=tmp_path)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert says in err


@pytest.mark.ray
def test_a_ray_of_its_own(tmp_path):
    articles(tmp_path / "in.jsonl", 20)
    command = ("batch", "in.jsonl", "--task", "clean")
    status, out, err = zhbrief(*command, "--ray", "-o", "out.jsonl", cwd=tmp_path)
    assert (status, out, err.count("\n")) == (3, "", 2)
    assert "19 done, 1 failed" in err
    zhbrief(*command, "-o", "plain.jsonl", cwd=tmp_path)
    assert results(tmp_path / "out.jsonl") == results(tmp_path / "plain.jsonl")
