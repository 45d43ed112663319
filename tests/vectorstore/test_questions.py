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
