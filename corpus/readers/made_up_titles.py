"""Titles that a program made up, for documents that nobody gave one."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath

# Without numbers at the end: «Document1», «مستند ٢» and «Untitled-3» are found too.
_PLACEHOLDERS = frozenset(
    line.strip()
    for line in """
    untitled | untitled document | untitled page | no title | title | unknown | unnamed
    document | doc | new document | word document | microsoft word | microsoft word document
    new microsoft word document | pdf document | pdf | office document | open document
    presentation | powerpoint presentation | microsoft powerpoint | slide | book | sheet
    page | new page | new tab | blank | blank page | blank document | template | layout | print
    print preview | scan | scanned document | scanned image | image | draft | normal
    google docs | adobe acrobat | no subject | (no subject) | notitle | index | home
    مستند | وثيقة | مستند جديد | مستند وورد | مستند word | مستند microsoft word
    مستند microsoft word جديد | مستند بدون عنوان | مستند بلا عنوان | بدون عنوان | بلا عنوان
    بدون اسم | بلا اسم | غير معنون | بدون موضوع | (بدون موضوع) | بلا موضوع | عنوان | العنوان
    عرض تقديمي | ملف جديد | صفحة جديدة | ملف
    سند | سند جدید | سند بدون عنوان | بدون نام | بی نام | بی‌نام | بینام | بی عنوان | بی‌عنوان
    بلا عنوان دستاویز | دستاویز | بێ ناونیشان | بەڵگە
    מסמך | מסמך חדש | מסמך ללא שם | מסמך ללא כותרת | ללא שם | ללא כותרת | ללא נושא | מסמך word
    document sans titre | sans titre | sans nom | nouveau document | document word
    nouveau document microsoft word | présentation | sans objet | document microsoft word
    dokument | neues dokument | unbenannt | unbenanntes dokument | ohne titel | kein titel
    neues microsoft word-dokument | word-dokument | kein betreff | präsentation
    documento | documento sin título | sin título | sin nombre | nuevo documento | sin asunto
    documento de word | documento de microsoft word | nuevo documento de microsoft word
    documento senza titolo | senza titolo | senza nome | nuovo documento | nessun oggetto
    documento di microsoft word | documento sem título | sem título | sem nome | novo documento
    documento do microsoft word | documento do word | sem assunto
    belge | adsız | adsız belge | başlıksız | başlıksız belge | isimsiz | yeni belge | konu yok
    yeni microsoft word belgesi | microsoft word belgesi | belgeya bênav | bênav
    документ | без имени | без названия | безымянный | новый документ | без темы
    документ microsoft word | новый документ microsoft word | документ без названия
    документ word | без назви | новий документ
    έγγραφο | χωρίς τίτλο | έγγραφο χωρίς τίτλο | νέο έγγραφο | έγγραφο του microsoft word
    bez názvu | nový dokument | bez tytułu | nowy dokument | dokument bez tytułu | nimetön
    namnlös | namnlöst dokument | uten navn | uten tittel | uden titel | naamloos
    naamloos document | zonder titel | fără titlu | document fără titlu | névtelen
    无标题 | 无标题文档 | 未命名 | 未命名文档 | 文档 | 新建文档 | 新建 microsoft word 文档
    無標題 | 未命名文件 | 文件 | 無題 | 無題のドキュメント | 名称未設定 | 文書 | 新しい文書
    문서 | 제목 없음 | 제목 없는 문서 | 새 문서 | 무제
    """.replace("\n", "|").split("|")
    if line.strip()
)
# «Microsoft Word - report.doc», as printers of these programs name what they print.
_PROGRAM = re.compile(
    r"(?:microsoft|ms|openoffice(?:\.org)?|libreoffice|adobe|corel|quarkxpress|pagemaker)"
    r"(?:\s+\w+)?\s*[-–—:]\s+\S"
)
_FILE_NAME = re.compile(
    r"\.(?:docx?|docm|dotx?|rtf|odt|pages|wpd|wps|txt|md|pdf|x?html?|mht|tex|dvi|e?ps|indd|qxp|qxd|pmd"
    r"|p65|pub|cdr|ai|psd|pptx?|odp|xlsx?|ods|csv|jpe?g|png|tiff?|gif|bmp|eml|msg)$"
)
_NUMBER = re.compile(r"[\s_\-–.#№]*(?:\(\d+\)|\d+)?[\s_\-–.:]*$")


def made_up(title: str, path: str | None = None) -> bool:
    """Tells whether a program and no person gave a document its title.

    Args:
        title: The title that the document names.
        path: The document's file: its bare name is no title either.
    """
    text = " ".join(unicodedata.normalize("NFKC", title).casefold().strip("\ufeff").split())
    text = text.strip("\"'“”«»[]<>")
    if not any(map(str.isalpha, text)):
        return True
    if text in _PLACEHOLDERS or _NUMBER.sub("", text, count=1) in _PLACEHOLDERS:
        return True
    if _PROGRAM.match(text) or _FILE_NAME.search(text):
        return True
    # A headline has spaces; a file's name that is one has them too, and stays.
    if " " in text:
        return False
    return "_" in text or text == PurePath(path or "").stem.casefold()
