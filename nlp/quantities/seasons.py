"""Where 季 is a season and no quarter of a year."""

from __future__ import annotations

import re

SEASONS = re.compile(
    "球[隊員迷季團場]|聯賽|籃板|場均|射門|助攻|進球|得分|教練|奪冠|賽季|[英西德義法]超|[英西德義法]甲|車手|車隊|正賽|頒獎台|季後賽|後衛|前鋒|中場|門將|投手|打者|先發|全壘打|新秀|隊史|[主客]場|大聯盟|NBA|MLB|中職|職[棒籃]|抄截|三分球|影集|收視率?|劇組|首播|續訂"
)
"""A quarter is a season there, of games or of a television series."""
