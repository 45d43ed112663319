import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.premises import Telling, untold_event


def telling(text: str, context: str = "", language: str = "en") -> Telling:
    return Telling(text, context, language)


OPENED = telling("Mayor Dora Vale opened the harbour bridge on Monday.")
OPENED_AR = telling("افتتحت العمدة دورا فال الجسر يوم الاثنين.", language="ar")


@pytest.mark.parametrize(
    ("question", "event"),
    [
        ("When did Dora Vale resign?", "resign"),
        ("Why did Dora Vale resign as mayor?", "resign"),
        ("Who killed Dora Vale?", "killed"),
        ("Where was Dora Vale arrested?", "arrested"),
        ("How did Dora Vale die?", "die"),
        ("When did Dora Vale leave the town?", "leave"),
        ("Who bombed the harbour bridge?", "bombed"),
        ("متى استقالت دورا فال؟", "استقالت"),
        ("من اغتال دورا فال؟", "اغتال"),
        ("أين اعتُقلت دورا فال؟", "اعتُقلت"),
        ("لماذا انسحبت دورا فال من المجلس؟", "انسحبت"),
        ("متى كانت وفاة دورا فال؟", "وفاة"),
        ("ليش استقالت دورا فال؟", "استقالت"),
        ("Quand Dora Vale a-t-elle démissionné ?", "démissionné"),
        ("Wann wurde Dora Vale verhaftet?", "verhaftet"),
        ("¿Cuándo murió Dora Vale?", "murió"),
    ],
)
def test_an_event_that_no_sentence_tells_of_is_named(question: str, event: str) -> None:
    assert untold_event(question, [OPENED, OPENED_AR]) == event


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did Dora Vale resign?", telling("Dora Vale resigned on Monday.")),
        ("When did Dora Vale resign?", telling("The resignation of Vale came on Monday.")),
        ("How did Dora Vale die?", telling("Vale was killed when a crane fell.")),
        ("متى استقالت دورا فال؟", telling("وقدمت فال استقالتها يوم الاثنين.", language="ar")),
        ("متى توفي نديم الراوي؟", telling("مات الراوي عن سبعين عاما.", language="ar")),
        # the headline names him
        ("متى توفي نديم الراوي؟", telling("توفي في حلب شتاء.", "سيرة نديم الراوي", "ar")),
        # the years of a life
        ("متى توفي نديم الراوي؟", telling("نديم الراوي (1911 - 2006) شاعر.", language="ar")),
        # in another language
        ("متى استقالت Dora Vale؟", telling("Dora Vale resigned on Monday.")),
    ],
)
def test_an_event_that_is_told_of_whom_it_is_asked_about_is_not_named(
    question: str, sentence: Telling
) -> None:
    assert untold_event(question, [OPENED, sentence]) is None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        # somebody else's death or resignation
        ("How did Dora Vale die?", telling("Ivo Kern was killed.", "Dora Vale visits the yard")),
        ("من قتل نديم الراوي؟", telling("مقتل سامي الحكيم هز المدينة.", "الراوي يزور حلب", "ar")),
        # a word that only looks like one for leaving
        ("متى ترك نديم الراوي حلب؟", telling("زار الراوي القنصلية التركية.", language="ar")),
    ],
)
def test_what_is_told_of_another_is_not_told(question: str, sentence: Telling) -> None:
    assert untold_event(question, [sentence]) is not None


@pytest.mark.parametrize(
    "question",
    [
        "When did Dora Vale open the bridge?",
        "What did Dora Vale say after the bombing?",
        "How many people died?",
        "Did Dora Vale resign?",
        "Why did Dora Vale call on the council to close the bridge?",
        "Who replaced the mayor who resigned?",
        "ماذا حصل في الميناء؟",
        "هل استقالت دورا فال؟",
        "من التقت دورا فال قبل أن تستقيل؟",
        "كم شخصا قتل؟",
        "Dora Vale resigns",
        "",
    ],
)
def test_a_question_that_takes_no_event_for_granted_names_none(question: str) -> None:
    assert untold_event(question, [OPENED, OPENED_AR]) is None


@given(st.text(), st.text())
def test_any_texts_can_be_held_against_each_other(question: str, sentence: str) -> None:
    untold = untold_event(question, [telling(sentence)])
    assert untold is None or untold in question
