import pytest

from assistant import engine
from assistant.engine import ask
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


def settings(server, **more):
    return Settings(
        chat_model="openai:m", chat_base_url=f"{server.url}/v1", chat_api_key="x", **more
    )


def test_a_judge_that_cannot_be_loaded_leaves_the_rules_and_is_named(index, tmp_path):
    with model_server(lambda ids: f"Nadia Karim chaired the jury [{ids[0]}].") as server:
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
    with model_server(lambda ids: f"Nadia Karim chaired the jury [{ids[-1]}].") as server:
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
    with model_server(lambda ids: f"Nadia Karim chaired the jury [{ids[-1]}].") as server:
        own = settings(server)
        answers = [ask(index, "Who chaired the jury?", settings=own) for _ in range(3)]
    assert [answer.failure for answer in answers] == ["missing", None, None]
    assert len(loaded) == 2
