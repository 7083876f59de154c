"""Engines: text in, text out. One Protocol, several engines, and the weights they run."""

from nlp.engines.protocol import Completion, Engine, Finish, Message, Progress, Request, Role
from nlp.engines.registry import load_engine

__all__ = ["Completion", "Engine", "Finish", "Message", "Progress", "Request", "Role", "load_engine"]
