import datetime

import pytest

from nlp.clean.dates import crawled, date_in, only_dates, stamp_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020/3/3 15:01", "2020-03-03"),
        ("2026-01-09 08:24:00 / 中央社 /", "2026-01-09"),
        ("16:20 2025/01/02", "2025-01-02"),
        ("2023.08.18 13:49 臺北時間", "2023-08-18"),
        ("2025年12月4日 週四 下午2:30", "2025-12-04"),
        ("中華民國91年3月19日星期二", "2002-03-19"),
        ("115-02-25", "2026-02-25"),
        ("1150225", "2026-02-25"),
        ("26/07/2025", "2025-07-26"),
        ("2025/02/30", "None"),
        ("0912-345-678", "None"),
        ("7/26 14:34", "None"),
    ],
)
def test_dates(text: str, day: str) -> None:
    assert str(date_in(text)) == day


def test_the_agency_stamp_counts_years_of_the_republic() -> None:
    assert stamp_in("來到低點。(譯者:某某/核稿:某某)1090303") == datetime.date(2020, 3, 3)
    assert stamp_in("共有1090303人。") is None


def test_a_crawler_writes_the_date_in_front() -> None:
    assert crawled("date 2025-09-11 快訊") == (datetime.date(2025, 9, 11), "date 2025-09-11", "快訊")
    assert crawled("date 2021-10 進入十月") == (None, "date 2021-10", "進入十月")
    assert crawled("dates 2021") == (None, "", "dates 2021")


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("2025/7/26 14:34(7/26 15:17 更新)", True),
        ("2025年12月4日 週四 下午2:30·2 分鐘 (閱讀時間)", True),
        ("發佈時間：2025/10/02 12:30", True),
        ("2025/10/13 14:23 編譯某某／綜合報導", False),
        ("2025年12月4日的會議", False),
        ("14:34", False),
    ],
)
def test_lines_of_dates_alone(text: str, alone: bool) -> None:
    assert only_dates(text) is alone
