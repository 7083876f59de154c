"""What is hidden while spaCy is imported is there afterwards."""

import subprocess
import sys


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_spacys_command_line_is_not_imported_and_can_be():
    out = run(
        "import sys, nlp.annotate, spacy\n"
        "print('spacy.cli' in sys.modules, 'torch' in sys.modules, 'weasel' in sys.modules)\n"
        "print(spacy.info(silent=True)['spacy_version'] == spacy.__version__)\n"
        "import spacy.cli; print(callable(spacy.cli.download))\n"
    )
    assert out.split() == ["False", "False", "False", "True", "True"]


def test_a_program_that_has_imported_spacy_is_left_as_it_is():
    assert (
        run(
            "import sys, spacy; a = sys.modules['spacy.cli']; import nlp.annotate; print(a is sys.modules['spacy.cli'])"
        )
        == "True\n"
    )
