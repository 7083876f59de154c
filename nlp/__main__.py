"""``python -m nlp`` is ``zhbrief``."""

from nlp.cli import main

main()
