import json
from pathlib import Path

import pytest

from assistant.forms import Request, requested_form

_FILE = Path(__file__).with_name("forms.jsonl")
_FILE = Path(__file__).with_name("forms.jsonl")
ASKED = [json.loads(line) for line in _FILE.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked["text"])
def test_a_question_wants_the_form_that_its_words_ask_for(asked):
    request = requested_form(asked["text"])
    plain = request is None or request.form == "outlets"  # which only outlets make a comparison

    assert (None if plain else request.form) == asked["form"]
    assert (None if plain else request.topic) == asked.get("topic")


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("ما التسلسل الزمني؟", ""),
        ("ما التسلسل الزمني للهجمات على السفارة؟", "للهجمات على السفارة"),
        ("ماذا حدث بالترتيب في مسقط؟", "مسقط"),
        ("What happened, in order?", ""),
        ("What happened, in order? (ambassador Baghdad)", "(ambassador Baghdad)"),
        ("Timeline of the attacks on the port", "the attacks on the port"),
        ("Quelle est la chronologie des attaques ?", "attaques"),
    ],
)
def test_a_timeline_may_have_no_topic(question, topic):
    assert requested_form(question) == Request("timeline", topic)


def test_a_topic_keeps_its_quotation_marks():
    assert requested_form("Summarise «the long night»").topic == "«the long night»"
