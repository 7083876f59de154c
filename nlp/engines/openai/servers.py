"""Which server answers and what it can do beyond chat completions: grammars, counting tokens, the length of its context.

llama-server and vLLM say who they are in their list of models and take a grammar, each in a field of its own. Any other server
(Ollama among them) takes none: what it writes is held by the checks alone.
"""

from __future__ import annotations

import contextlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Literal

from nlp.engines.openai.address import number_given
from nlp.engines.openai.calls import Calls
from nlp.errors import EngineError, ModelError, UsageError

CONTEXT = 4096
"""Tokens of context where the server does not tell: what Ollama gives a model unless told otherwise."""
STRUCTURED = (0, 11)
"""The first version of vLLM that takes ``structured_outputs``; before it was ``guided_grammar``, which 0.12 took away."""

Kind = Literal["llama.cpp", "vllm", "other"]


@dataclass(frozen=True, slots=True)
class Server:
    """A server with one of its models; ``context`` in tokens, prompt and answer together."""

    kind: Kind
    version: str
    model: str
    context: int

    @property
    def shown(self) -> str:
        """The model's name without the folders of a machine that is not ours to show."""
        return PurePath(self.model).name if self.model.endswith(".gguf") else self.model

    def constrained(self, grammar: str) -> dict[str, Any]:
        """What to add to a request so that the answer follows ``grammar`` (GBNF); nothing where the server takes none."""
        if self.kind == "llama.cpp":
            return {"grammar": grammar}
        if self.kind == "vllm":
            new = _numbers(self.version) >= STRUCTURED
            return {"structured_outputs": {"grammar": grammar}} if new else {"guided_grammar": grammar}
        return {}

    def besides(self) -> dict[str, Any]:
        """What to add to every request: how probable each token was is asked for, and thinking aloud turned off.

        Thoughts would use up the answer's tokens. Other servers might refuse either.
        """
        if self.kind == "other":
            return {}
        return {"logprobs": True, "top_logprobs": 1, "chat_template_kwargs": {"enable_thinking": False}}

    async def count(self, calls: Calls, text: str) -> int:
        """Tokens of ``text``, by the server's tokenizer where it has one to ask, else at most so many."""
        if self.kind == "other":
            return at_most(text)
        asked = {"content": text} if self.kind == "llama.cpp" else {"model": self.model, "prompt": text}
        answer = await calls.post(f"{calls.address.root}/tokenize", {**asked, "add_special_tokens": False})
        if not isinstance(answer, dict) or not isinstance(answer.get("tokens"), list):
            raise EngineError(f"{calls.address.root}/tokenize does not answer as {self.kind} should")
        return len(answer["tokens"])


def at_most(text: str) -> int:
    """No tokenizer makes more tokens of ``text``: each is a byte or more of it, or of its compatibility form.

    One more for the space that SentencePiece puts before a text. For English it is four times too many, for Chinese five.
    """
    normal = unicodedata.normalize("NFKC", text)
    return max(len(t.encode("utf-8", "surrogatepass")) for t in (text, normal)) + 1


async def recognise(calls: Calls, model: str | None) -> Server:
    """Ask who is there; without ``model`` the only model there is. Raises :class:`nlp.errors.ZhbriefError`."""
    listed = await calls.get(f"{calls.address.url}/models", tries=3)
    try:
        models = {str(m["id"]): m for m in listed["data"]}
    except (KeyError, TypeError) as e:
        raise ModelError(f"{calls.address.url} is no OpenAI-compatible server: it lists no models") from e
    has = ", ".join(sorted(models)[:20]) or "none"
    if model is None and len(models) != 1:
        raise UsageError(f"choose one of the server's models with --model; it has {has}")
    name = model or next(iter(models))
    about: dict[str, Any] = models.get(name) or next(iter(models.values()), {})
    if about.get("owned_by") == "llamacpp":
        props = _object(await calls.get(f"{calls.address.root}/props"))
        settings = _object(props.get("default_generation_settings"))
        return Server("llama.cpp", str(props.get("build_info", "")), name, _context(settings.get("n_ctx")))
    if name not in models:
        raise UsageError(f"--model {name}: the server has {has}")
    if about.get("owned_by") == "vllm":
        version = _object(await calls.get(f"{calls.address.root}/version")).get("version", "")
        return Server("vllm", str(version), name, _context(about.get("max_model_len")))
    return Server("other", "", name, _context(None))


def _object(answer: Any) -> dict[str, Any]:
    return answer if isinstance(answer, dict) else {}


def _context(told: object) -> int:
    return number_given("ZHBRIEF_OPENAI_CONTEXT", told if isinstance(told, int) and told > 0 else CONTEXT)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version; one that cannot be read is a new one built from source."""
    with contextlib.suppress(ValueError):
        return tuple(int(part) for part in version.split("+")[0].split(".")[:2])
    return STRUCTURED
