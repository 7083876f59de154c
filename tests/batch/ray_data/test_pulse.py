import time

from nlp.batch.ray_data import pulse
from nlp.batch.ray_data.pulse import beating


def test_signs_of_life_come_while_a_record_is_worked_on_and_no_longer(tmp_path, monkeypatch):
    monkeypatch.setattr(pulse, "PULSE", 0.01)

    def last():
        return (tmp_path / "pulse").stat().st_mtime_ns

    with beating(tmp_path):
        time.sleep(0.2)
        before = last()
        time.sleep(0.2)
        assert last() > before
    time.sleep(0.2)
    before = last()
    time.sleep(0.2)
    assert last() == before


def test_a_folder_that_cannot_be_written_is_no_matter_here(tmp_path):
    with beating(tmp_path / "none"):
        pass
