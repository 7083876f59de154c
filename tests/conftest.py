"""What holds for every test: how long an example takes says something of the machine, never of the code."""

from hypothesis import settings

settings.register_profile("zhbrief", deadline=None)
settings.load_profile("zhbrief")
