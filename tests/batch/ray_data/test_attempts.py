from nlp.batch.ray_data.attempts import Attempt


def killed_at(path, *records):
    """A worker that begins these records and is killed at the last."""
    attempt = Attempt(path)
    return [record for record in records if attempt.begin(record)]


def test_a_record_that_cost_two_workers_is_left_alone(tmp_path):
    path = tmp_path / "group"
    for _ in range(2):
        assert killed_at(path, 0, 1, 2) == [0, 1, 2]
    assert killed_at(path, 0, 1, 2, 3, 4) == [0, 1, 3, 4]
    assert killed_at(path, 4) == [4]
    assert killed_at(path, 0, 1, 2, 3, 4) == [0, 1, 3]


def test_deaths_that_no_record_is_to_blame_for(tmp_path):
    path = tmp_path / "group"
    for record in range(5):
        killed_at(path)  # before it came to any
        assert killed_at(path, *range(record + 1))[-1] == record
    assert killed_at(path, *range(5)) == [0, 1, 2, 3, 4]


def test_a_group_that_is_through_is_forgotten(tmp_path):
    attempt = Attempt(tmp_path / "group")
    attempt.begin(0)
    attempt.end()
    assert not list(tmp_path.iterdir())
