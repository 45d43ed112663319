import pytest

from assistant import engine
from assistant.engine import answers, ask
from assistant.settings import Settings
from assistant.support import JudgeError
from assistant.writing import WritingError
from corpus.article import Article
from tests.assistant.model_server import model_server
from tests.assistant.test_quoting import FAIR, FORTY, FORTY_TOO, HOW_MANY, TALKS
from vectorstore.index import Index


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index(tmp_path_factory.mktemp("store")) as opened:
        opened.add([TALKS, FAIR])
        yield opened


def chaired(ids):
    """What a model writes that cites all that it was shown."""
    return f"Nadia Karim chaired the jury [{', '.join(ids)}]."


def settings(server, **more):
    return Settings(
        chat_model="openai:m", chat_base_url=f"{server.url}/v1", chat_api_key="x", **more
    )


def test_a_judge_that_cannot_be_loaded_leaves_the_rules_and_is_named(index, tmp_path):
    with model_server(chaired) as server:
        answer = ask(
            index,
            "Who chaired the jury?",
            settings=settings(server, judge=str(tmp_path / "nothing")),
        )
    assert (answer.mode, answer.failure) == ("written", "judge")
    assert answer.notice == (
        "Support was judged by rules alone: the model set as judge cannot be used."
    )


def test_a_server_that_refuses_is_named_in_the_askers_language(index):
    with model_server(mode="refuse") as server:
        answer = ask(index, "كم هزة أرضية سجل المرصد؟", settings=settings(server))
    assert (answer.mode, answer.failure) == ("quote", "refused")
    assert answer.notice == "اقتباس بدل الصياغة: رفض خادم النموذج اللغوي المفتاح."


@pytest.mark.parametrize(
    ("question", "notice"),
    [
        (
            "Who chaired the jury?",
            "Quoted instead of written: the language model's server has no model \u2068m:7b\u2069. "
            "Get it with: \u2066ollama pull m:7b\u2069",
        ),
        (
            "من رأس لجنة التحكيم؟",
            "اقتباس بدل الصياغة: ليس لدى خادم النموذج اللغوي نموذج باسم \u2068m:7b\u2069. "
            "نزّله بالأمر: \u2066ollama pull m:7b\u2069",
        ),
    ],
)
def test_a_model_that_the_server_does_not_have_is_named_with_the_way_to_get_it(
    index, question, notice
):
    with model_server(mode="no model") as server:
        own = Settings(chat_model="ollama:m:7b", chat_base_url=server.url)
        answer = ask(index, question, settings=own)
    assert (answer.mode, answer.failure) == ("quote", "no_model")
    assert answer.notice.startswith(notice)


def test_a_failure_is_logged_with_what_the_server_said(index, caplog):
    with model_server(mode="broken") as server:
        ask(index, "Who chaired the jury?", settings=settings(server))
    (line,) = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert line.startswith("The language model openai:m wrote no answer (server): ")
    assert "out of memory" in line


def test_quotations_come_first_and_what_is_written_joins_them(index):
    with model_server(chaired) as server:
        quoted, written = answers(index, "Who chaired the jury?", settings=settings(server))
    assert (quoted.mode, quoted.model) == ("quote", "openai:m")
    assert quoted.sentences[0].text == "Nadia Karim chaired the jury."
    assert quoted.sentences[0].support is None
    assert (written.mode, written.model) == ("written", "openai:m")
    assert written.sentences[0].support == "supported"
    assert written.quotations == quoted.sentences
    assert quoted.seconds.keys() == {"search", "answer"}
    assert written.seconds.keys() == {"search", "answer", "model"}


def test_an_answer_of_which_nothing_is_borne_out_gives_way_to_the_quotations(index):
    with model_server(lambda ids: f"The mayor sold 77 goats [{ids[0]}].") as server:
        quoted, last = answers(index, "Who chaired the jury?", settings=settings(server))
    assert (last.mode, last.failure) == ("quote", "unsupported")
    assert last.sentences == quoted.sentences
    assert last.notice == (
        "Quoted instead of written: the articles bear out nothing of what the language model wrote."
    )


def test_a_model_is_sent_the_turns_that_a_question_leans_on_and_no_others(index):
    turns = [
        (
            f"Who chaired jury {n} of the book fair in Larkhaven?",
            ask(index, "Who chaired the jury?"),
        )
        for n in range(1, 5)
    ]
    leaning = [("And who chaired that one?", turns[0][1])]

    def sent(question, turns):
        with model_server(chaired) as server:
            ask(index, question, settings=settings(server), turns=turns)
        (prompt,) = server.prompts
        return [line for line in prompt.splitlines() if line.startswith("Q: ")]

    assert sent("Who chaired the jury of the book fair?", turns) == []
    assert sent("And when was that?", turns) == [f"Q: {turns[3][0]}"]
    assert sent("And when was that?", turns[:2] + leaning) == [
        f"Q: {turns[1][0]}",
        f"Q: {leaning[0][0]}",
    ]
    assert len(sent("And when was that?", turns[:1] + leaning * 5)) == 3


def test_near_copies_of_one_report_do_not_agree(tmp_path):
    more = " " + " ".join(FAIR.text.split() * 6)
    copy = Article(
        "copy", FORTY.text + more, source="الجبل", date=FORTY.date, language=FORTY.language
    )
    first = Article(
        "first", FORTY.text + more + " End.", source="الوادي", date=FORTY.date, language="ar"
    )
    with Index(tmp_path) as index:
        index.add([first, copy])
        assert len(set(index.reports(["first", "copy"]).values())) == 1
        assert ask(index, HOW_MANY).figures == ()
        index.add([FORTY_TOO])
        (agreed,) = ask(index, HOW_MANY).figures
        assert len(agreed.sources) == 2


def test_the_order_of_events_is_told_by_a_timeline_whoever_writes(index):
    with model_server(lambda ids: f"It did [{ids[0]}].") as server:
        answer = ask(index, "ما التسلسل الزمني لزيارة الوفد إلى المرصد؟", settings=settings(server))
    assert (answer.mode, answer.abstained) == ("timeline", False)
    assert [source.article_id for source in answer.sources] == ["talks"]
    assert answer.seconds.keys() == {"answer"}
    assert server.prompts == []


def test_a_timeline_of_what_no_article_tells_is_silent(index):
    answer = ask(index, "Timeline of the eclipse over Patagonia")
    assert (answer.mode, answer.abstained, answer.sentences) == ("timeline", True, ())


def test_what_could_not_be_loaded_is_tried_again_at_the_next_question_and_then_kept(
    index, monkeypatch
):
    question = "Who chaired the jury?"
    loaded = []

    def load_judge(name):
        loaded.append(name)
        if len(loaded) == 1:
            raise JudgeError("The network is down.")
        return lambda evidence, claim: 1.0

    monkeypatch.setattr(engine, "load_judge", load_judge)
    with model_server(chaired) as server:
        own = settings(server, judge="a judge of this test")
        failures = [ask(index, question, settings=own).failure for _ in range(3)]
    assert failures == ["judge", None, None]
    assert len(loaded) == 2


def test_a_chat_model_that_could_not_be_loaded_is_tried_again_too(index, monkeypatch):
    from assistant import writing

    load, loaded = writing.load_chat_model, []

    def load_chat_model(name, **options):
        loaded.append(name)
        if len(loaded) == 1:
            raise WritingError("missing")
        return load(name, **options)

    monkeypatch.setattr(writing, "load_chat_model", load_chat_model)
    with model_server(chaired) as server:
        own = settings(server)
        answers = [ask(index, "Who chaired the jury?", settings=own) for _ in range(3)]
    assert [answer.failure for answer in answers] == ["missing", None, None]
    assert len(loaded) == 2
