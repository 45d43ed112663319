"""The prose of a language model's text: what it says, without its reasoning and its layout.

Reasoning is no part of an answer. Headings, tables, code and the line that introduces a list say
nothing that could be borne out by an article; the items of a list do, without their bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_THOUGHT = r"(?:think|thinking|thought|thoughts|reason|reasoning|reflection|analysis|scratchpad)"
# How models fence their reasoning: (what opens it, what closes it).
_FENCES = (
    # <think> of DeepSeek and Qwen, <seed:think> of ByteDance, ◁think▷ of Kimi
    (rf"[<◁](?:\w+:)?{_THOUGHT}\s*[>▷]", rf"[<◁]/(?:\w+:)?{_THOUGHT}\s*[>▷]"),
    (r"\[THINK\]", r"\[/THINK\]"),  # Mistral
    (r"<\|START_THINKING\|>", r"<\|END_THINKING\|>"),  # Cohere
    (r"<\|begin_of_thought\|>", r"<\|end_of_thought\|>"),
    # The channels of gpt-oss, where a server hands them on as they are
    (r"<\|channel\|>(?:analysis|commentary)<\|message\|>", r"<\|end\|>"),
)
_REASONING = re.compile(
    "|".join(f"{opens}.*?(?:{closes}|$)" for opens, closes in _FENCES), re.S | re.I
)
_CLOSED = re.compile(rf".*(?:{'|'.join(closes for _, closes in _FENCES)})", re.S | re.I)
_CONTROL = re.compile(r"<\|start\|>assistant|<\|channel\|>final|<\|[A-Za-z_]+\|>")

_CODE = re.compile(r"\s*(`{3,}|~{3,})")
_WRAPPED = re.compile(
    r"\s*(?P<fence>`{3,}|~{3,})(?:markdown|md|text|txt)?[ \t]*\n"
    r"(?P<inside>(?:(?!\s*(?:```|~~~)).*(?:\n|$))*?)(?:\s*(?P=fence)\s*)?$"
)
_HEADING = re.compile(r"\s{0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r"\s{0,3}(?:=+|-{2,})\s*$")
_TABLE = re.compile(r"\s*\||.*\|\s*$|.*\s\|\s|[\s:-]*-{3,}[\s:|-]*\|")
_BULLET = re.compile(
    r"\s*(?:[-*+•●▪◦·–—]|\(?[0-9٠-٩۰-۹]{1,3}[.)\-،])\s+(?:\[[ xX]\]\s+)?"  # a list's, or a task's
)
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
_BOLD = re.compile(r"\s*(\*\*|__)(?:(?!\1).)+\1\s*[:：]?\s*$")
_LEAD_IN = re.compile(r".*[:：](?:\*\*|__)?\s*$")
_CITED = re.compile(r"[\[【［〔]\s*[^\]】］〕]*[0-9٠-٩۰-۹]")


def prose(text: str) -> str:
    """Keeps the sentences of a language model's text, be it whole or still arriving.

    Args:
        text: All that the model has written so far.

    Returns:
        Its lines, blank ones between paragraphs and between the items of a list.
    """
    return "\n".join(_lines(without_reasoning(text)))


def without_reasoning(text: str) -> str:
    """Takes out what a model wrote for itself, also where the end of it has not come yet.

    Some servers swallow what opens the reasoning: then all before its end goes.
    """
    text = _REASONING.sub("", text)
    text = _CLOSED.sub("", text, count=1)
    return _CONTROL.sub("", text)


def _lines(text: str) -> Iterator[str]:
    """The lines that say something, without bullets and marks of quotation."""
    lines = _unwrapped(text).split("\n")
    code = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        fence = _CODE.match(line)
        if code:
            if fence and fence[1].startswith(code):
                code = ""
            continue
        if fence:
            code = fence[1]
            continue
        said = _QUOTED.sub("", line, count=1) if _QUOTED.match(line) else line
        bare = _BULLET.sub("", said, count=1) if _BULLET.match(said) else said
        if bare != said or not bare.strip():
            yield ""
        if bare.strip() and not _is_layout(said, bare, following):
            yield bare.strip()


def _unwrapped(text: str) -> str:
    """An answer that stands in one block of code, whole, without the block."""
    found = _WRAPPED.fullmatch(text)
    return found["inside"] if found else text


def _is_layout(line: str, bare: str, following: str) -> bool:
    if _HEADING.match(bare) or _TABLE.match(line) or _UNDERLINE.match(line):
        return True
    if _CITED.search(line):
        return False
    return bool(_UNDERLINE.match(following) or _BOLD.match(bare) or _LEAD_IN.match(bare))
