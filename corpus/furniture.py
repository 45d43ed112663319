"""The words that pages are furnished with, in the languages of their readers.

Each group names what such a line is; the name is what the reader of the program sees as the
reason why a line was left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.arabic import normalise
from corpus.dates import find_dates

_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_WORDS = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.؟?!۔。][\"'»”’)\s]*\Z")

# A line that is one of these, or begins with one and stays short.
_PHRASES: dict[str, str] = {
    "share buttons": (
        "شارك|شارك الخبر|شارك هذا الخبر|شارك المقال|مشاركة|شاركها|شارك عبر|انسخ الرابط|نسخ الرابط"
        "|طباعة|ارسال لصديق|ارسل لصديق|تغريد|تابعنا|تابعونا|تابعنا على|تابعونا على|تابعنا عبر"
        "|حمل التطبيق|انضم الينا|اعجبني|تويتر|فيسبوك|واتساب|تيليجرام|انستغرام|يوتيوب"
        "|share|share this|share on|share via|tweet|facebook|twitter|whatsapp|telegram|instagram"
        "|youtube|linkedin|pinterest|reddit|email|email this|print|print this|copy link|follow us"
        "|follow|like this|save|click to share|google|rss|messenger|viber|flipboard|x"
        "|partager|partagez|imprimer|suivez nous|envoyer|copier le lien|enregistrer"
        "|اشتراک گذاری|به اشتراک|کپی لینک|کپی شد|چاپ|ارسال به دوستان|ارسال|لینک کوتاه|ذخیره"
        "|paylaş|yazdır|takip et|bizi takip edin|kopyala"
        "|teilen|drucken|merken|folgen sie uns|per mail|compartir|imprimir|síguenos|condividi"
        "|stampa|seguici|udostępnij|drukuj|поделиться|печать|подписывайтесь|подписаться"
        "|поделитесь|dela|del|dele|sdílet|tisk|κοινοποίηση|εκτύπωση|分享|分享到|打印|シェア|ツイート"
        "|공유|인쇄"
    ),
    "font size": (
        "a a|الخط|حجم الخط|تكبير الخط|تصغير الخط|font size|text size|yazı boyutu|اندازه متن"
        "|字体|字号"
    ),
    "link to another story": (
        "اقرا ايضا|اقرا المزيد|اقرا كذلك|شاهد ايضا|طالع ايضا|للمزيد|المزيد|انظر ايضا|تابع ايضا"
        "|اقرا ايضا على|يمكنك ايضا قراءة|وايضا|ذات صلة"
        "|read also|also read|read more|see also|more on this|more from|also on|watch|watch also"
        "|don t miss|recommended|in case you missed it|read next|up next|continue reading"
        "|lire aussi|à lire aussi|lire la suite|à lire|voir aussi|sur le même sujet"
        "|بیشتر بخوانید|بیشتر بدانید|همچنین بخوانید|مطالب بیشتر|ببینید|بخوانید"
        "|ayrıca okuyun|devamını oku|bunları da oku|lesen sie auch|mehr zum thema|weiterlesen"
        "|siehe auch|lea también|lee también|leer más|ver más|leggi anche|leggi tutto|leia também"
        "|leia mais|czytaj także|czytaj też|czytaj więcej|zobacz także|zobacz też|читайте также"
        "|смотрите также|подробнее|διαβάστε επίσης|διαβάστε ακόμα|δείτε επίσης|les også|läs också"
        "|läs mer|les mer|čtěte také|相关阅读|相关新闻|関連記事|관련기사"
    ),
    "comments": (
        "اترك تعليق|اترك تعليقا|اترك ردا|اضف تعليق|اضف تعليقا|تعليقات|التعليقات|تعليق|الرد"
        "|علق كضيف|كتابة تعليق|عرض التعليقات|النص المطلوب|لن يتم نشر عنوان بريدك"
        "|comments|comment|leave a comment|leave a reply|post a comment|add a comment|reply"
        "|view comments|show comments|join the conversation|your email address will not be"
        "|commentaires|commenter|réagir|laisser un commentaire|ارسال نظر|نظر شما|نظرات|دیدگاه"
        "|دیدگاه ها|نظرات بینندگان|yorumlar|yorum yaz|yorum yap|kommentare|kommentar schreiben"
        "|kommentieren|comentarios|comentários|commenti|komentarze|skomentuj|dodaj komentarz"
        "|комментарии|комментировать|оставить комментарий|σχόλια|kommentarer|komentáře|评论"
        "|コメント|댓글"
    ),
    "other stories": (
        "مقالات ذات صلة|اخبار ذات صلة|مواضيع ذات صلة|مواضيع ذات علاقة|مواضيع متعلقة|اخبار متعلقة"
        "|موضوعات متعلقة|موضوعات ذات صلة|اخر الاخبار|احدث الاخبار|الاكثر قراءة|الاكثر مشاهدة"
        "|الاكثر تعليقا|الاكثر تداولا|اخترنا لك|اخترنا لكم|قد يعجبك|قد يهمك|ربما يعجبك|مواضيع ساخنة"
        "|مختارات|مقالات مختارة|اخبار اخرى|المزيد من الاخبار|المقال السابق|المقال التالي|التالي"
        "|السابق|الخبر السابق|الخبر التالي"
        "|related|related articles|related stories|related news|related posts|related topics|latest"
        "|latest news|latest stories|most read|most popular|most viewed|popular|trending"
        "|top stories"
        "|more stories|more news|you may also like|you might also like|recommended for you"
        "|editors picks|editor s picks|from the web|around the web|promoted|sponsored|previous"
        "|next|previous article|next article|recent posts|popular posts|what to read next"
        "|articles liés|articles similaires|sur le même thème|les plus lus|à la une"
        "|dernières nouvelles|اخبار مرتبط|مطالب مرتبط|خبرهای مرتبط|پربیننده|پربیننده ترین"
        "|پربازدید|پربازدیدترین|آخرین اخبار|تازه ترین|تازه ها|پیشنهاد|پیشنهاد ما|برگزیده"
        "|وبگردی|ilgili haberler|çok okunanlar|son dakika|son haberler|mehr zum thema|meistgelesen"
        "|das könnte sie auch interessieren|aktuelle nachrichten|noticias relacionadas|relacionados"
        "|más leídas|lo más leído|más noticias|leggi anche|articoli correlati|più letti|correlati"
        "|notícias relacionadas|mais lidas|veja também|powiązane|najczęściej czytane|polecamy"
        "|zobacz również|najnowsze|похожие|по теме|популярное|новости по теме|самое читаемое"
        "|главное"
        "|последние новости|другие новости|σχετικά|σχετικά άρθρα|δημοφιλή|τελευταία νέα|siste nytt"
        "|mest lest|senaste nytt|mest läst|související|nejčtenější|相关|热门|推荐|最新"
        "|ランキング|인기"
    ),
    "newsletter": (
        "اشترك|اشترك الان|اشترك في|النشرة الاخبارية|النشرة البريدية|القائمة البريدية"
        "|البريد الالكتروني|بريدك الالكتروني|تلقى الاخبار|احصل على"
        "|subscribe|newsletter|newsletters|sign up|get the latest|get our|email address|enter your"
        "|inscrivez vous|abonnez vous|s abonner|خبرنامه|عضویت در خبرنامه|abone ol|bülten"
        "|abonnieren|suscríbete|suscribirse|boletín|iscriviti|assine|zapisz się|подпишитесь"
        "|εγγραφείτε"
    ),
    "tags": (
        "الكلمات الدالة|الكلمات الدلالية|الكلمات المفتاحية|كلمات دلالية|كلمات مفتاحية|وسوم|الوسوم"
        "|الوسم|تصنيفات|التصنيف|الموضوع|tags|tag|keywords|topics|filed under|categories|category"
        "|posted in|mots clés|برچسب ها|برچسب|برچسب‌ها|کلیدواژه|کلید واژه|etiketler|schlagwörter"
        "|etiquetas|temas|tagi|теги|метки|ετικέτες|stichworte|标签|タグ|태그"
    ),
    "picture credit": (
        "مصدر الصورة|صدر الصورة|التعليق على الصورة|تعليق الصورة|image source|image caption"
        "|photo credit|getty images|source de l image|légende image|منبع تصویر|توضیح تصویر|عکس از"
        "|fotoğraf|kaynak getty|bildquelle|fuente de la imagen|pie de foto|источник фото"
    ),
    "menu": (
        "سياسة|اقتصاد|رياضة|ثقافة|محليات|منوعات|مقالات|تقارير|فيديو|صور|علوم|تكنولوجيا|صحة"
        "|اخبار|عربي|دولي|العالم|فن|آراء|بث مباشر|politics|business|sport|sports|world|culture"
        "|opinion|technology|tech|science|health|video|videos|lifestyle|entertainment|weather"
        "|سیاسی|اقتصادی|ورزشی|فرهنگی|اجتماعی|بین الملل|عکس|فیلم|politique|économie|culture"
        "|international|sports|opinions|siyaset|ekonomi|spor|gündem|dünya|kültür|politik"
        "|wirtschaft|kultur|panorama|política|economía|deportes|cultura|politica|economia"
        "|политика|экономика|спорт|культура|общество|в мире"
    ),
    "login": (
        "تسجيل الدخول|تسجيل دخول|انشاء حساب|كلمة السر|كلمة المرور|اسم المستخدم|log in|login|sign in"
        "|register|my account|password|forgot|connexion|se connecter|ورود|ثبت نام|giriş yap|üye ol"
        "|anmelden|einloggen|registrieren|iniciar sesión|accedi|entrar|zaloguj|войти|σύνδεση"
        "|登录|로그인"
    ),
    "forum": (
        "غير متصل|متصل|مشاركات|الاعضاء|عضو مميز|اداري|مشاهدة الملف الشخصي|المحرر موضوع"
        "|يشاهدون هذا الموضوع|offline|online|posts|topic starter|member|joined|view profile|quote"
    ),
    "notice": (
        "جميع الحقوق|حقوق النشر|حقوق الطبع|الحقوق محفوظة|سياسة الخصوصية|شروط الاستخدام|من نحن"
        "|اتصل بنا|اعلن معنا|اعلان|اعلانات|الرئيسية|الصفحة الرئيسية|زر الذهاب الى الاعلى"
        "|تجاوز الى المحتوى|الوضع المظلم|الوضع الليلي"
        "|all rights reserved|copyright|privacy policy|terms of|terms and|cookie|cookies"
        "|we use cookies"
        "|this site uses|about us|contact us|advertise|advertisement|home|skip to|back to top|menu"
        "|search|loading|please enable|javascript|this website|accept|ad|ads|dark mode|close"
        "|tous droits réservés|mentions légales|publicité|accueil|contact"
        "|nous utilisons des cookies"
        "|تمامی حقوق|کلیه حقوق|تمام حقوق|درباره ما|تماس با ما|صفحه نخست|صفحه اصلی|تبلیغات|کد خبر"
        "|tüm hakları saklıdır|künye|iletişim|hakkımızda|ana sayfa|reklam|gizlilik"
        "|alle rechte vorbehalten|impressum|datenschutz|anzeige|startseite|werbung|agb"
        "|todos los derechos|aviso legal|política de|publicidad|inicio|tutti i diritti|pubblicità"
        "|todos os direitos|publicidade|wszelkie prawa|reklama|polityka prywatności|strona główna"
        "|все права|реклама|о компании|контакты|при использовании материалов|любое использование"
        "|με επιφύλαξη|διαφήμιση|επικοινωνία|όροι χρήσης|版权|版权所有|广告|責任編集|責任编辑"
        "|关于我们|编辑推荐|編輯推薦|저작권|무단"
        "|annonse|annons|personvern|kontakt oss"
    ),
}


def _spaced(text: str) -> str:
    """Writes the words of a line in their normal form, one space between."""
    return " ".join(_WORDS.findall(normalise(text.replace("\u200c", " "))))


_LISTS = {
    reason: frozenset(_spaced(phrase) for phrase in phrases.split("|"))
    for reason, phrases in _PHRASES.items()
}
_FIRST_WORDS: dict[str, list[tuple[str, str]]] = {}
for _reason, _list in _LISTS.items():
    for _words in sorted(_list, key=len, reverse=True):
        _FIRST_WORDS.setdefault(_words.split()[0], []).append((_words, _reason))

_OUTLET = (
    "برس|نيوز|ديجيتال|وكالة|صحيفة|جريدة|قناة|شبكة|الأنباء|أونلاين|تايمز|بوست|تلفزيون"
    "|press|news|times|agency|herald|tribune|خبرگزاری|روزنامه"
)
_OUTLET_WORDS = frozenset(normalise(word) for word in _OUTLET.split("|"))

_NO_NAME = frozenset({"more", "in", "all", "latest", "top", "breaking", "related", "no", "other"})

# Kinds whose words are furniture only where they are the whole line.
_ALONE = frozenset({"menu"})
# Kinds whose line may go on for long after the words that give it away.
_WIDE = frozenset({"link to another story", "notice", "newsletter", "picture credit", "tags"})
# Kinds that stories have lines of too: a timeline's days, a table's numbers, an agency's name.
_IN_STORIES = frozenset({"date", "numbers", "outlet", "picture credit", "address"})
# Kinds whose words a list inside a story can have alone: names of networks, "quote".
_AMBIGUOUS = frozenset({"share buttons", "forum", "menu"})
# Headings after which comes something other than the story.
_AFTER = frozenset({"comments", "other stories"})

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+")
_CREDIT = re.compile(
    r"(?:^|[\s(\[/-])(?:getty|reuters|afp|ap photo|epa|shutterstock|istock|رويترز|أ ?ف ?ب|الأناضول"
    r"|anadolu|gettyimages)\b.{0,30}$"
    r"|^(?:صورة|تصوير|الصورة|photo|photos|image|foto|credit|crédit|picture|bild|фото|عکس)\s?[:：/©(]",
    re.IGNORECASE,
)
_RIGHTS = re.compile("[©®]|\\(c\\) ?(?:19|20)\\d\\d", re.IGNORECASE)


@lru_cache(maxsize=1 << 14)
def furniture(line: str) -> str | None:
    """Names what a line of page furniture is; None for a line that may be the story's.

    Args:
        line: A line without white space around it, not empty.
    """
    form = _spaced(line[:400])
    reason = _begins_as(form)
    if reason == "link to another story":  # with the other story's day, perhaps
        return reason
    if _is_date(line):
        return "date"
    if not _LETTER.search(form):
        return "numbers"
    if reason:
        return reason
    if _ADDRESS.fullmatch(line):
        return "address"
    if len(parts := line.split("|")) > 3 and all(0 < len(part) <= 24 for part in parts):
        return "menu"
    short = len(line) <= 160
    if short and _RIGHTS.search(line):
        return "notice"
    if short and len(_ADDRESS.sub("", line).strip()) < 0.5 * len(line) and _ADDRESS.search(line):
        return "address"
    if len(line) <= 120 and not line.endswith((".", "؟", "?", "!")) and _CREDIT.search(line):
        return "picture credit"
    if names_outlet(line) or is_acronym(line):
        return "outlet"
    return None


def shows_page(reasons: Iterable[str | None]) -> bool:
    """Tells whether the lines of a text are a page's, by what `furniture` says of each.

    One line that only pages have is enough, or two that a list inside a story can have.
    """
    signs = [reason for reason in reasons if reason and reason not in _IN_STORIES]
    return any(sign not in _AMBIGUOUS for sign in signs) or len(signs) > 1


def is_byline(line: str, reason: str | None) -> bool:
    """Tells whether a line beside a headline says no more than a day, an outlet or a section.

    Args:
        line: The line.
        reason: What `furniture` says of it.
    """
    if reason == "date":
        return sum(mention.end - mention.start for mention in find_dates(line)) > 0.4 * len(line)
    return reason in ("outlet", "menu")


def _is_date(line: str) -> bool:
    """Tells whether a line says little more than a day; a sentence that names one says more."""
    if len(line) > 100:
        return False
    mentions = find_dates(line)
    dated = sum(mention.end - mention.start for mention in mentions)
    if not mentions or dated < 0.3 * len(line):
        return False
    rest = line[: mentions[0].start] + line[mentions[-1].end :]
    return not (_SENTENCE_END.search(line) and len(_LETTERS.findall(rest)) > 2)


def ends_story(line: str) -> bool:
    """Tells whether a line heads what comes after a story: comments, or lists of others."""
    if len(line) > 40:
        return False
    form = _spaced(line)
    return any(form in _LISTS[reason] for reason in _AFTER)


_PAGE_WORDS = re.compile(
    normalise(
        "تعليق|المستخدم|الموقع الالكتروني|بريد|تسجيل الدخول|اشتراك|كلمه السر|سياسه الخصوصيه"
        "|ملفات تعريف|کاربر|دیدگاه|نظرات|سایت|ایمیل|ثبت نام"
        "|comment|cookie|user|website|web site|e-?mail|password|privacy|subscri|account|sign up"
        "|log in|login|moderat|browser|javascript|newsletter|consent|terms of"
        "|commentaire|utilisateur|inscri|abonn|courriel|confidentialite|identifi"
        "|kommentar|nutzer|datenschutz|einwilligung|anmeld|angemeldet|usuario|contrasena|correo"
        "|комментар|пользовател|сайт|регистрац|зарегистр|модерат|σχολι|χρηστ|ιστοσελιδ"
        "|uzytkownik|komentarz|regulamin|yorum|kullanici|uye|utente|comentari|评论|用户|网站|登录"
        "|コメント|ログイン|会員|댓글|회원"
    )
)


@lru_cache(maxsize=1 << 12)
def page_words(line: str) -> int:
    """Counts the different words with which prose speaks of the page itself.

    Of its comments, cookies, users and letters. News has one such word at times, and rules for
    comments have them in line after line.
    """
    return len({match.group() for match in _PAGE_WORDS.finditer(normalise(line[:600]))})


def names_outlet(line: str) -> bool:
    """Tells whether a short line is an outlet's name, such as stands above or below a story."""
    form = normalise(line).split() if len(line) <= 60 else []
    if not 1 < len(form) <= 4 or line.endswith((".", "؟", "?", "!", ":", "...")):
        return False
    return any(word in _OUTLET_WORDS for word in form) and form[0] not in _NO_NAME


def is_acronym(line: str) -> bool:
    """Tells whether a line is a few Latin capitals, as outlets and agencies sign: MEO, AFP."""
    return line.isascii() and line.isalpha() and line.isupper() and 2 <= len(line) <= 6


def _begins_as(form: str) -> str | None:
    key = form.split(" ", 1)[0]
    for phrase, reason in _FIRST_WORDS.get(key, ()):
        if form == phrase:
            return reason
        if form.startswith(phrase + " "):
            if reason in _ALONE:
                continue
            wide = len(phrase) >= 8 and reason in _WIDE
            if len(form) <= (120 if wide else 2 * len(phrase) + 8):
                return reason
    return None
