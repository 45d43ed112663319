import pytest

from vectorstore.questions import language_of, read_question


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("من هو السفير الأمريكي في بغداد؟", "ar"),
        ("ماذا قالت شركة Microsoft عن OpenAI؟", "ar"),
        ("سفیر آمریکا در بغداد چه گفت؟", "fa"),
        ("بغداد میں امریکی سفیر کون ہے؟", "ur"),
        ("باڵیۆزی ئەمریکا لە بەغدا کێیە؟", "ckb"),
        ("Who is the ambassador?", "en"),
        ('What does "عاجل" mean in a headline?', "en"),
        ("Qui est l'ambassadeur à Bagdad ?", "fr"),
        ("¿Quién es el embajador en Bagdad?", "es"),
        ("Wer ist der Botschafter in Bagdad?", "de"),
        ("Bağdat büyükelçisi kimdir, ne dedi?", "tr"),
        ("Кто посол США в Багдаде?", "ru"),
        ("מי השגריר האמריקאי בבגדד?", "he"),
        ("Blinken", "en"),
        ("2023؟", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_question_is_told_by_script_letters_and_words(
    text: str, language: str
) -> None:
    assert language_of(text) == language


def test_a_question_is_carried_by_the_words_that_neither_ask_nor_join() -> None:
    question = read_question("كم هجوماً استهدف المصالح الأميركية منذ بداية العام؟")
    assert question.kind == "count"
    assert [word.form for word in question.words][:3] == ["هجوما", "استهدف", "المصالح"]
    assert read_question("من هو؟").words  # a question of small words alone keeps what it has


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("بماذا شكر رئيس الوزراء العراقي واشنطن؟", "what"),
        ("ما اسم الوزير؟", "who"),
        ("أي رئيس استقبل الوفد؟", "who"),
        ("ما هي عاصمة العراق؟", "where"),
        ("What is the name of the envoy?", "who"),
        ("بم وصف السفير المحادثات؟", "said"),
        ("ما رأيه في محادثات فيينا؟", "said"),
        ("ما موقف تركيا من العراق؟", "said"),
        ("عمّ تحدث الوزير؟", "what"),
        ("إلى من تحدث السفير؟", "who"),
        ("واحد من الوزراء", "what"),
        ("Qu'a dit le ministre ?", "said"),
        ("Qu’a-t-elle déclaré sur le pétrole ?", "said"),
        ("Qu'ont signé les deux présidents ?", "what"),
        ("D'où vient l'ambassadeur ?", "where"),
        ("Jusqu'à quand durera la trêve ?", "when"),
        ("Qui a dit que l'ambassade fermera ?", "who"),
        ("How long did the call last?", "count"),
        ("How did the White House describe the talks?", "said"),
        ("In which year did he announce it?", "when"),
        ("Did the president say when they would leave?", "whether"),
        ("Was sagte die Ministerin?", "said"),
        ("¿Qué dijo el presidente?", "said"),
        ("Что сказал министр?", "said"),
    ],
)
def test_the_kind_of_answer_is_told_by_the_word_that_asks_and_what_follows(text, kind):
    assert read_question(text).kind == kind


def test_the_word_that_asks_carries_nothing_even_where_french_joins_it_to_another():
    assert [word.form for word in read_question("Qu'a dit Blinken ?").words] == ["dit", "blinken"]
    assert [word.form for word in read_question("عم تحدث عم الوزير؟").words] == [
        "تحدث",
        "عم",
        "الوزير",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("¿En qué ciudad se firmó el tratado?", "where"),
        ("In welcher Stadt wurde der Vertrag unterzeichnet?", "where"),
        ("Hangi bakan anlaşmayı imzaladı?", "who"),
        ("Quelle ministre a signé le traité ?", "who"),
        ("أي وزير وقع المعاهدة؟", "who"),
        ("وزیر نفت ایران کیست؟", "who"),
        ("أي شهر وقعت المعاهدة؟", "when"),
    ],
)
def test_the_noun_after_which_tells_the_kind_in_many_languages(text, kind):
    assert read_question(text).kind == kind
