import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import stem
from vectorstore.spelling import Correction, correct

LIBRARY = (
    "محادثات مسقط القوات الأميركية البيت الأبيض التحالف الدولي قاعدة الأسد سليماني عراقجي "
    "Muscat talks American ambassador Araghchi Witkoff Houses White Iran troops congress"
)
AT_LARGE = {("withdraw", "en"): 111, ("عراف", "ar"): 11, ("iraq", "en"): 400}


class Words:
    def __init__(self):
        self.stems = {stem(word.casefold(), "en") for word in LIBRARY.split()}
        self.stems |= {stem(word.translate(str.maketrans("أى", "اي"))) for word in LIBRARY.split()}

    def count(self, stem):
        return 3 * (stem in self.stems)

    def beginning(self, letters):
        return [(one, 3) for one in sorted(self.stems) if one.startswith(letters)]

    def at_large(self, stem, language):
        return AT_LARGE.get((stem, language), 0)

    def is_translated(self, stem, language, *, by_sound):
        return stem == "withdraw"


@pytest.mark.parametrize(
    ("question", "searched", "words"),
    [
        ("من رعى محادتات مسقظ؟", "من رعى محادثات مسقط؟", ("محادثات", "مسقط")),
        ("ماذا قال البيتالأبيض؟", "ماذا قال البيت الأبيض؟", ("البيت الأبيض",)),
        ("أين تقع قاعدة الأسذ؟", "أين تقع قاعدة الأسد؟", ("الأسد",)),
        ("متىسافر؟", "متى سافر؟", ("متى سافر",)),
        ("Where are the Amercian troops?", "Where are the American troops?", ("American",)),
        ("Who is the ambasador?", "Who is the ambassador?", ("ambassador",)),
        ("Where is Msucat?", "Where is Muscat?", ("Muscat",)),
        ("When did the troops wihdraw?", "When did the troops withdraw?", ("withdraw",)),
        ("Who is the ambasadr?", "Who is the ambassador?", ("ambassador",)),
        ("WHO IS WITKOF?", "WHO IS WITKOFF?", ("WITKOFF",)),
    ],
)
def test_a_slip_is_mended_and_told(question, searched, words):
    assert correct(question, Words(), {"ar", "en"}) == Correction(searched, words)


@pytest.mark.parametrize(
    "question",
    [
        "من رعى محادثات مسقط؟",
        "Where are the American troops?",
        "Who is Irat?",  # four letters away by one from a country: no usual slip
        "من هو العراف؟",  # rare, but a word
        "How many are 2014x?",
        "Who is Keller?",
        "ما رأي بعراقجي؟",
        "من هم؟",
        "",
    ],
)
def test_what_is_known_or_like_nothing_is_left_alone(question):
    assert correct(question, Words(), {"ar", "en"}) == Correction(question)


@given(st.text(max_size=60))
def test_any_text_can_be_corrected(text):
    found = correct(text, Words(), {"ar", "en"})
    assert (found.question == text) == (not found.words)
    assert all(word in found.question for word in found.words)
