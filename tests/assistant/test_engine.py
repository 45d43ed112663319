import pytest

from assistant.engine import ask
from assistant.settings import Settings
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
