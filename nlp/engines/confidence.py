"""How probable a model of transformers found each token that it wrote, kept while it generates."""

from __future__ import annotations

from typing import Any


class Confidence:
    """A logits processor that changes nothing, to be put before those that do.

    What it keeps are natural logarithms of probabilities by the model's own distribution at temperature 1, before a grammar forbids
    anything: llama.cpp's server tells the same (a "yes" that its grammar forced had -16). One number is kept for each token, where all scores of a
    batch of 64 would take 6 GB.
    """

    def __init__(self) -> None:
        self._last: Any = None
        self._kept: list[Any] = []

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        """``scores`` as they are; what was chosen by the last ones stands at the end of ``input_ids``."""
        if self._last is not None:
            self._keep(input_ids)
        self._last = scores.log_softmax(-1)
        return scores

    def of(self, output: Any) -> list[list[float]]:
        """The logarithms for each row of what was generated, token by token, whatever stands behind the end of a text among them."""
        import torch

        self._keep(output)
        self._last = None
        rows: list[list[float]] = torch.cat(self._kept, dim=1).tolist()
        return rows

    def _keep(self, tokens: Any) -> None:
        self._kept.append(self._last.gather(1, tokens[:, -1:]))
