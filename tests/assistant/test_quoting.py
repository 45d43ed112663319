import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.quoting import leans, quote
from corpus.article import Article
from corpus.passages import passages
from vectorstore.query import Hit

TALKS = Article(
    id="talks",
    title="وفد الجامعة يزور المرصد",
    text=(
        "زار وفد من جامعة النخيل مرصد الجبل صباح الأحد. ورافقت الوفد مديرة المرصد سلمى الحداد.\n"
        "قالت الحداد إن المرصد سجل 40 هزة أرضية في الشهر الماضي.\n"
        "وأضافت أن أقواها وقعت في 12 مارس 2021.\n"
        "وتوقف العمل في القاعة الكبرى بسبب انقطاع الكهرباء."
    ),
    source="صحيفة الوادي",
    date=dt.date(2021, 4, 2),
    language="ar",
)
FAIR = Article(
    id="fair",
    title="Book fair opens",
    text="The book fair opened on Monday. Nadia Karim chaired the jury. It drew 1,200 readers.",
    language="en",
)


def hits(*articles: Article, relevance: float = 0.8) -> list[Hit]:
    return [
        Hit(passage, article, relevance, 1 / (1 + n))
        for n, (article, passage) in enumerate((a, p) for a in articles for p in passages(a))
    ]


def assert_verbatim(answer, articles):
    by_id = {article.id: article.text for article in articles}
    numbers = [source.n for source in answer.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    for source in answer.sources:
        assert by_id[source.article_id][source.start : source.end] == source.excerpt
    for sentence in answer.sentences:
        assert sentence.citations
        assert sentence.text == sentence.citations[0].text
        for citation in sentence.citations:
            source = answer.sources[citation.n - 1]
            assert by_id[source.article_id][citation.start : citation.end] == citation.text
            assert source.start <= citation.start
            assert citation.end <= source.end
        for start, end in sentence.marks:
            assert 0 <= start < end <= len(sentence.text)


def test_how_many_is_answered_by_the_number_beside_the_counted_noun():
    answer = quote("كم هزة أرضية سجل المرصد؟", hits(TALKS, FAIR))
    first = answer.sentences[0]
    assert first.text == "قالت الحداد إن المرصد سجل 40 هزة أرضية في الشهر الماضي."
    assert [first.text[start:end] for start, end in first.marks] == ["40"]
    assert answer.sources[0].article_id == "talks"
    assert_verbatim(answer, [TALKS, FAIR])


def test_a_sentence_that_leans_brings_the_one_that_names_its_speaker():
    answer = quote("متى وقعت أقوى هزة؟", hits(TALKS))
    texts = [sentence.text for sentence in answer.sentences]
    leaning = next(text for text in texts if "12 مارس 2021" in text)
    assert leaning.startswith("قالت الحداد")


def test_the_reason_is_quoted_for_why():
    answer = quote("لماذا توقف العمل في القاعة الكبرى؟", hits(FAIR, TALKS))
    assert answer.sentences[0].text == "وتوقف العمل في القاعة الكبرى بسبب انقطاع الكهرباء."


def test_an_english_question_finds_the_name():
    answer = quote("Who chaired the jury?", hits(TALKS, FAIR))
    first = answer.sentences[0]
    assert first.text == "Nadia Karim chaired the jury."
    assert [first.text[start:end] for start, end in first.marks] == ["Nadia Karim"]


def test_what_the_articles_do_not_tell_is_not_answered_but_the_nearest_are_shown():
    answer = quote("ما عاصمة اليابان؟", hits(TALKS, FAIR, relevance=0.1))
    assert answer.abstained
    assert answer.sentences == ()
    assert [source.article_id for source in answer.sources] == ["talks", "fair"]


def test_no_passages_is_silence():
    answer = quote("من رأس اللجنة؟", [])
    assert (answer.abstained, answer.sentences, answer.sources) == (True, (), ())


def test_the_same_sentence_in_two_articles_is_quoted_once_and_cited_twice():
    copy = Article(id="copy", text=FAIR.text, title="Fair", language="en")
    answer = quote("Who chaired the jury?", hits(FAIR, copy))
    texts = [sentence.text for sentence in answer.sentences]
    assert len(texts) == len(set(texts))
    cited = {
        answer.sources[citation.n - 1].article_id for citation in answer.sentences[0].citations
    }
    assert cited == {"fair", "copy"}


def outlet(name, day, text, **more):
    return Article(id=name, text=text, source=name, date=day, language="ar", **more)


def test_figures_that_differ_are_shown_side_by_side_with_outlet_and_day():
    first = outlet("الوادي", dt.date(2021, 4, 2), "سجل المرصد 40 هزة أرضية في مارس.")
    second = outlet("السهل", dt.date(2021, 4, 5), "بلغ ما سجل المرصد 50 هزة أرضية في مارس.")
    other = outlet("الجبل", dt.date(2021, 4, 9), "سجل المرصد زيارة 90 طالباً في مارس.")
    answer = quote("كم هزة أرضية سجل المرصد في مارس؟", hits(first, second, other))
    assert answer.notice == (
        "المصادر تختلف: 40 (الوادي، 2021-04-02) · 50 (السهل، 2021-04-05، الأحدث)"
    )
    assert [sentence.text for sentence in answer.sentences[:2]] == [first.text, second.text]


def test_figures_that_agree_are_no_contradiction():
    first = outlet("الوادي", dt.date(2021, 4, 2), "سجل المرصد 40 هزة أرضية في مارس.")
    second = outlet("السهل", dt.date(2021, 4, 5), "بلغ ما سجل المرصد أربعين هزة أرضية في مارس.")
    assert quote("كم هزة أرضية سجل المرصد في مارس؟", hits(first, second)).notice is None


def test_leaning():
    assert leans("وأضاف أن الوفد غادر.")
    assert leans("وأوضحت: «غادر الوفد».")
    assert leans("He said the talks were over.")
    assert not leans("وأضافت الحداد أن الوفد غادر.")
    assert not leans("The minister said the talks were over.")


words = st.sampled_from(
    [
        "المرصد",
        "سجل",
        "هزة",
        "كم",
        "40",
        "لـ٥٠",
        "«قال»",
        "السفير",
        "متى",
        "Nadia",
        "12",
        "مارس.",
        "..",
        "؟",
        ",",
        "وأضاف",
        "🙂",
        "é",
        "ـ",
        "<b>",
        "\n",
    ]
)
texts = st.lists(words, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts, max_size=4), texts, st.floats(0, 1))
def test_whatever_the_articles_every_citation_is_verbatim(bodies, question, relevance):
    articles = [
        Article(id=str(n), text=body, title=body[:9], language="ar")
        for n, body in enumerate(bodies)
    ]
    answer = quote(question, hits(*articles, relevance=relevance))
    assert_verbatim(answer, articles)
    assert answer == quote(question, hits(*articles, relevance=relevance))
