"""zhbrief: Traditional Chinese news in, a true English brief and canonical English names out.

``nlp.load(**options)`` gives a :class:`~nlp.pipeline.Pipeline`; calling it on text or bytes gives a
:class:`~nlp.types.Result`. Nothing heavy is imported before it is needed.
"""

from nlp.errors import EngineError, GlossaryError, InputError, ModelError, UsageError, ZhbriefError
from nlp.pipeline import Options, Pipeline, Record, load

__all__ = [
    "EngineError",
    "GlossaryError",
    "InputError",
    "ModelError",
    "Options",
    "Pipeline",
    "Record",
    "UsageError",
    "ZhbriefError",
    "load",
]
