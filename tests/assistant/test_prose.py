from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.prose import prose


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<think>Hm. [a1]</think>Yes [a1].", "Yes [a1]."),
        ("<think>Hm. [a1] More and", ""),
        ("Reasoning without an opening. </think> Yes [a1].", "Yes [a1]."),
        ("<THINKING >x</Thinking > Yes.", "Yes."),
        ("<think>a<think>b</think>c</think>Yes.", "Yes."),
        ("Yes.<think>And?</think> No.", "Yes. No."),
        ("[THINK]x[/THINK]\nYes.", "\nYes."),
        ("<seed:think>x</seed:think>Yes.", "Yes."),
        ("◁think▷x◁/think▷Yes.", "Yes."),
        ("<|START_THINKING|>x<|END_THINKING|>Yes.", "Yes."),
        (
            "<|channel|>analysis<|message|>x<|end|><|start|>assistant<|channel|>final<|message|>"
            "Yes.<|return|>",
            "Yes.",
        ),
    ],
)
def test_reasoning_is_dropped_whatever_fences_it_and_be_its_end_there_or_not(text, said):
    assert prose(text).lstrip("\n") == said.lstrip("\n")


@pytest.mark.parametrize(
    "layout",
    [
        "# Heading",
        "### عنوان",
        "**Summary**",
        "__Summary:__",
        "Here is what they say:",
        "وهذا ما قالته المقالات:",
        "| a | b |",
        "|---|:-:|",
        "a | b",
        "--- | ---",
        "---",
        "Heading\n=======",
        "```python\nprint(1)\n```",
        "~~~\ncode [a1].\n~~~",
    ],
)
def test_layout_says_nothing(layout):
    assert prose(f"Yes [a1].\n\n{layout}\n\nNo [b2].").split() == ["Yes", "[a1].", "No", "[b2]."]


@pytest.mark.parametrize("bullet", ["-", "*", "•", "–", "1.", "12)", "(3)", "٢.", "۳-", "- [x]"])
def test_the_items_of_a_list_lose_their_bullets(bullet):
    assert prose(f"{bullet} Yes [a1].\n{bullet} No [b2].") == "\nYes [a1].\n\nNo [b2]."


@pytest.mark.parametrize(
    "text",
    [
        "The **mayor** of __Larkhaven__ spoke [a1].",
        "**Nadia Karim chaired the jury** [a1].",
        "He named three [a1, b2]:",
        "-5 degrees were measured [a1].",
        "1948 was dry [a1].",
        "It ended 3 - 2 [a1].",
        'He said: [a1] "I will stay".',
    ],
)
def test_a_sentence_stays_as_it_is(text):
    assert prose(text) == text


def test_an_answer_that_is_wrapped_in_code_whole_is_unwrapped():
    assert prose("```markdown\nYes [a1].\nNo [b2].\n```\n").split("\n")[:2] == [
        "Yes [a1].",
        "No [b2].",
    ]
    assert prose("```\nYes [a1].") == "Yes [a1]."
    assert prose("```\nx = 1\n```\nYes [a1].") == "Yes [a1]."


def test_marks_of_quotation_go():
    assert prose("> Yes [a1].\n>> No [b2].") == "Yes [a1].\nNo [b2]."


thought = st.text("ab. \n[]1", max_size=20)


@given(thought, st.sampled_from(["think", "thinking", "reasoning"]))
def test_nothing_of_what_was_thought_is_ever_said_while_it_arrives(thought, tag):
    text = f"<{tag}>{thought}</{tag}>Yes."
    for so_far in accumulate(text):
        assert prose(so_far).strip() in ("", *accumulate(f"<{tag}"), *accumulate("Yes."))
