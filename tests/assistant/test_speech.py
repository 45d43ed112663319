from dataclasses import replace

import pytest

from assistant.ranking import Candidate
from assistant.speech import asked_speaker, leans, says
from vectorstore.matching import alike, read_wanted
from vectorstore.questions import read_question


def candidate(text, before=""):
    return Candidate(text, before, "", "", text, "ar", 0, 0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("ماذا قال السفير الأمريكي عن السفارة؟", {"سفير", "امريك"}),
        ("ماذا قال عن السفارة؟ (ماثيو تولر بغداد)", {"ماثيو", "تولر", "بغداد"}),
        ("What did the ambassador say the talks would help to build?", {"ambassador"}),
        ("How did the White House describe the talks?", {"white", "hous"}),
        ("What did he say about Iran? (Matthew Tueller)", {"matthew", "tueller"}),
        ("Comment la Maison-Blanche a-t-elle qualifié les relations ?", {"maison", "blanch"}),
        ("What is the position of Turkey on the talks?", {"turkey"}),
        ("Qu'a dit le pape lors de sa visite ?", {"pap"}),
        ("Qu'a-t-il dit des groupes ? (Matthew Tueller)", {"matthew", "tuel"}),
        ("وما رأيه في محادثات فيينا؟ (ماثيو تولر)", {"ماثيو", "تولر"}),
        ("كم هزة أرضية سجل المرصد؟", set()),
    ],
)
def test_the_speaker_that_a_question_asks_about(question, speaker):
    assert asked_speaker(read_question(question)) == speaker


@pytest.mark.parametrize(
    ("text", "before", "his"),
    [
        ("قالت سلمى الحداد إن المرصد سجل أربعين هزة.", "", True),
        ("«نحن على أتم استعداد»، بحسب سلمى الحداد.", "", True),
        ("وأضافت أن أقواها وقعت في مارس.", "قالت سلمى الحداد إن المرصد بخير.", True),
        ("وأضافت أن أقواها وقعت في مارس.", "قالت منى الزين إن المرصد بخير.", False),
        ("قالت منى الزين إن المرصد بخير.", "", False),
        ("زارت سلمى الحداد المرصد.", "", False),
        ("قالت منى الزين إن سلمى الحداد سجلت أربعين هزة.", "", False),
    ],
)
def test_whose_words_a_sentence_gives(text, before, his):
    question = read_question("ماذا قالت سلمى الحداد عن المرصد؟")
    wanted = read_wanted(question, "ar", alike)
    assert says(question, asked_speaker(question), wanted, candidate(text, before)) == his


def test_he_said_is_whoever_the_sentence_before_names():
    question = read_question("What did Nadia Karim say about the fair?")
    wanted = read_wanted(question, "en", alike)
    told = candidate("The fair was a success, she said.", "Nadia Karim called it a good year.")
    said = replace(told, language="en")
    assert says(question, asked_speaker(question), wanted, said)
    other = replace(said, before="Omar Said called it a good year.")
    assert not says(question, asked_speaker(question), wanted, other)


def test_leaning():
    assert leans("وأضاف أن الوفد غادر.")
    assert leans("وأوضحت: «غادر الوفد».")
    assert leans("He said the talks were over.")
    assert not leans("وأضافت الحداد أن الوفد غادر.")
    assert not leans("The minister said the talks were over.")


@pytest.mark.parametrize(
    ("text", "hers"),
    [
        ("Nadia Karim said the fair was a success.", True),
        ("It was a success, said Nadia Karim.", True),
        ("She said that Nadia Karim had opened the fair.", False),
        ("Nadia Karim has been told to open the fair.", False),
        ("The mayor said that Nadia Karim had opened the fair.", False),
    ],
)
def test_who_says_it_is_the_subject_of_the_verb_and_not_in_what_is_said(text, hers):
    question = read_question("What did Nadia Karim say about the fair?")
    wanted = read_wanted(question, "en", alike)
    said = replace(candidate(text), language="en")
    assert says(question, asked_speaker(question), wanted, said) == hers
