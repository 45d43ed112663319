import pytest

from corpus.readers.document import ReadError
from corpus.readers.encoding import declared_encoding, decode

TEXTS = {
    "ar": "أعلنت بلدية المدينة أن الجسر الحجري سيغلق ثلاثة أشهر، وأن الكلفة مليون دينار.",
    "fa": "شهرداری اعلام کرد که پل سنگی سه ماه بسته می‌شود و هزینه آن یک میلیون تومان است.",
    "ur": "بلدیہ نے اعلان کیا ہے کہ پتھر کا پل تین ماہ کے لیے بند رہے گا اور اس پر کام شروع ہے۔",
    "ckb": "شارەوانی ڕایگەیاند کە پردەکە بۆ ماوەی سێ مانگ دادەخرێت و خەڵک ناڕازین.",
    "he": "העירייה הודיעה כי גשר האבן ייסגר לשלושה חודשים וכי עלות העבודות תגיע למיליון שקלים.",
    "ru": "Мэрия объявила, что каменный мост закроют на три месяца, а работы стоят миллион.",
    "uk": "Міська влада оголосила, що кам'яний міст закриють на три місяці, а роботи почато.",
    "el": "Ο δήμος ανακοίνωσε ότι η πέτρινη γέφυρα θα κλείσει για τρεις μήνες από τον Ιούνιο.",
    "fr": "La mairie a annoncé que le pont sera fermé trois mois, déjà des gens protestent.",
    "de": "Die Stadt hat erklärt, dass die Brücke für drei Monate gesperrt wird, später länger.",
    "es": "El ayuntamiento anunció que el puente se cerrará mañana, según explicó el señor.",
    "tr": "Belediye, taş köprünün üç ay süreyle kapatılacağını ve işe başladığını açıkladı.",
    "pl": "Władze miasta ogłosiły, że most będzie zamknięty trzy miesiące, także dla pieszych.",
    "zh": "市政府宣布这座石桥将关闭三个月，市长表示工程费用为两百万元，居民要求尽快解决问题。",
    "ja": "市は石橋を三か月間閉鎖すると発表した。住民は夏までに解決するよう求めている。",
    "ko": "시는 돌다리를 석 달 동안 폐쇄한다고 발표했다. 주민들은 여름 전에 해결해 달라고 한다.",
}
LEGACY = [
    *[("ar", "cp1256"), ("ar", "iso8859_6")],
    *[("he", "cp1255"), ("he", "cp862"), ("ru", "cp1251"), ("ru", "koi8_r"), ("ru", "cp866")],
    *[("uk", "cp1251"), ("el", "cp1253"), ("fr", "cp1252"), ("de", "cp1252"), ("es", "cp1252")],
    *[("tr", "cp1254"), ("pl", "cp1250"), ("pl", "iso8859_2"), ("zh", "gb18030"), ("zh", "gbk")],
    *[("ja", "cp932"), ("ja", "euc_jp"), ("ko", "cp949"), ("fr", "cp850"), ("fr", "mac_roman")],
]


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_an_older_encoding_is_known_by_the_words_that_it_gives(
    language: str, encoding: str
) -> None:
    assert decode(TEXTS[language].encode(encoding)) == TEXTS[language]


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("language", sorted(TEXTS))
def test_utf_16_without_its_mark_is_known_in_every_script(language: str, order: str) -> None:
    text = TEXTS[language] + "\nThe end.\n"
    assert decode(text.encode(f"utf-16-{order}")) == text


@pytest.mark.parametrize("bad", [b"\xff", b"\xa0", b"\x93", b"\xd8", b"\xe2\x80"])
@pytest.mark.parametrize("language", sorted(TEXTS))
def test_a_bad_byte_costs_itself(language: str, bad: bytes) -> None:
    first, second = TEXTS[language].split(" ", 1) if " " in TEXTS[language] else ("市", "は市。")
    damaged = f"{first} ".encode() + bad + f" {second}".encode()
    assert decode(damaged) == f"{first} \ufffd {second}"


@pytest.mark.parametrize("language", ["ar", "he", "ru", "zh"])
def test_a_text_that_is_cut_in_a_letter_loses_that_letter(language: str) -> None:
    text = TEXTS[language].rstrip(".。")
    assert decode(text.encode()[:-1]) == f"{text[:-1]}\ufffd"


@pytest.mark.parametrize(
    ("language", "encoding", "declared"),
    [
        ("ar", "utf-7", "utf-7"),
        ("ar", "utf-7", "unicode-1-1-utf-7"),
        ("ja", "iso2022_jp", "iso-2022-jp"),
        ("ja", "iso2022_jp", None),
        ("ko", "iso2022_kr", "iso-2022-kr"),
        ("zh", "hz", "hz-gb-2312"),
    ],
)
def test_an_encoding_of_seven_bits_is_undone(
    language: str, encoding: str, declared: str | None
) -> None:
    assert decode(TEXTS[language].encode(encoding), declared) == TEXTS[language]


def test_a_declaration_is_believed_where_nothing_speaks_against_it() -> None:
    assert decode("naïve café".encode("cp1252"), "windows-1252") == "naïve café"
    assert decode("Ěšč".encode("iso8859_2"), "iso-8859-2") == "Ěšč"
    assert decode("สะพานหินจะปิด".encode("cp874"), "tis-620") == "สะพานหินจะปิด"
    assert decode(b"A plus+and a minus-", "utf-8") == "A plus+and a minus-"


@pytest.mark.parametrize("declared", ["iso-8859-1", "utf-8", "windows-1251", "nonsense", "idna"])
def test_a_declaration_is_not_believed_against_the_words(declared: str) -> None:
    assert decode(TEXTS["ar"].encode("cp1256"), declared) == TEXTS["ar"]
    assert decode(TEXTS["ar"].encode(), declared) == TEXTS["ar"]


def test_an_encoding_is_declared_by_pages_and_by_xml() -> None:
    assert declared_encoding(b'<meta charset="windows-1256">') == "windows-1256"
    assert declared_encoding(b'<?xml version="1.0" encoding="koi8-r"?>') == "koi8-r"
    assert declared_encoding(b"<p>none</p>") is None


@pytest.mark.parametrize(
    "data", [b"\0\1" * 99, bytes(range(256)) * 20, b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9]
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="not text"):
        decode(data)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("cp1256", "وقال رئيس البلدية إن أعمال الترميم ستكلف مليوني دينار تدفع الحكومة نصفها."),
        ("cp1251", "Глава города сообщил, что ремонт моста займёт три месяца."),
        ("cp1255", "ראש העיר אמר כי עבודות השיפוץ של הגשר יימשכו שלושה חודשים."),
    ],
)
def test_two_encodings_in_one_file_are_told_line_by_line(
    encoding: str, line: str, order: int
) -> None:
    other = "أعلنت بلدية المدينة أن الجسر القديم سيغلق أمام السيارات حتى آخر الشهر."
    parts = [(other, other.encode()), (line, line.encode(encoding))][::order]
    text, data = ("\n".join(p[0] for p in parts), b"\n".join(p[1] for p in parts))
    assert decode(data) == text
