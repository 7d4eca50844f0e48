"""Reading: any bytes to text with true offsets, the title, the language; what is refused, with a word that helps."""

import io
import os
import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.article import MAX_BYTES, Media, detect_language, read_article, read_bytes
from geo.encoding import decode
from geo.errors import ArticleError, UnknownLanguage
from geo.markup import extract_html, extract_markdown, looks_like_html
from geo.model import Article

from .work import calls

GERMAN = "Der Zug von Görlitz nach Lübeck fuhr über Ärgernisse hinweg; größer wurde die Verspätung erst später."
FRENCH = "Le château se trouve à 12 kilomètres de Nîmes, où le maire a déclaré lundi que l'été serait très sec."
POLISH = "Pociąg z Łodzi do Gdyni jechał całą noc, a pasażerowie żartowali, że pieszo byłoby szybciej."
SWEDISH = "Färjan från Göteborg är försenad på grund av åska, säger kaptenen. Nästa båt går i övermorgon."
RUSSIAN = "Поезд из Казани в Омск опоздал на девять часов. Начальник станции объяснил это сильным снегопадом."
UKRAINIAN = "Потяг із Львова до Одеси запізнився на дев'ять годин через сильний снігопад, повідомили на вокзалі."
GREEK = "Το τρένο από την Πάτρα καθυστέρησε πολλές ώρες εξαιτίας του χιονιού, είπε ο σταθμάρχης."
JAPANESE = "大雪のため、青森から来る列車は九時間おくれました。駅長はラジオで乗客にあやまったということです。"
CHINESE = "由于大雪,从沈阳开来的列车晚点九个小时。站长在广播里向旅客道歉,并且免费提供热茶。"
KOREAN = "폭설 때문에 대구에서 오는 열차가 아홉 시간 늦었다. 역장은 방송으로 승객들에게 사과했다."


def read(data: bytes | str, name: str | None = "a.txt", **options: str) -> Article:
    return read_article(data, name=name, **options)  # type: ignore[arg-type]  # one helper for all options


class TestDecoding:
    @pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", "\u00a0\u2003".encode()])
    def test_nothing_is_an_article_too(self, data: bytes) -> None:
        article = read(data)
        assert article.text.encode() == data
        assert (article.language, article.warnings) == ("und", ())

    @pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
    def test_byte_order_marks_are_stripped(self, codec: str) -> None:
        article = read(GERMAN.encode(codec))
        assert article.text == GERMAN
        assert article.encoding == codec.removesuffix("-sig")

    @pytest.mark.parametrize("codec", ["utf-16-be", "utf-32-be"])
    def test_big_endian_marks(self, codec: str) -> None:
        assert read(("\ufeff" + RUSSIAN).encode(codec)).text == RUSSIAN

    @pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
    def test_utf16_without_a_mark(self, codec: str) -> None:
        article = read(GERMAN.encode(codec))
        assert (article.text, article.encoding) == (GERMAN, codec)

    @pytest.mark.parametrize(
        ("text", "codec"),
        [
            (RUSSIAN, "cp1251"),
            (RUSSIAN, "koi8-r"),
            (UKRAINIAN, "cp1251"),
            (GREEK, "cp1253"),
            (POLISH, "cp1250"),
            (POLISH, "iso8859-2"),
            (JAPANESE, "shift_jis"),
            (JAPANESE, "euc_jp"),
            (CHINESE, "gb18030"),
            (KOREAN, "cp949"),
            (GERMAN, "latin-1"),
            (FRENCH, "latin-1"),
            (FRENCH, "cp1252"),
            (SWEDISH, "cp1252"),
            (JAPANESE, "iso2022_jp"),
        ],
    )
    def test_other_encodings_are_found_and_told(self, text: str, codec: str) -> None:
        article = read(text.encode(codec))
        assert article.text == text
        assert article.encoding is not None
        assert text.encode(codec).decode(article.encoding) == text
        if codec != "iso2022_jp":  # that one is marked in the bytes, the others are guessed
            assert any("--encoding" in warning for warning in article.warnings)

    @pytest.mark.parametrize("word", ["café", "là", "il est à Rome", "naïve", "5 €", "it’s", "“no”", "20 °C", "a – b"])
    def test_one_accent_is_western_and_no_damage(self, word: str) -> None:
        assert read(f"The word was {word}.".encode("cp1252")).text == f"The word was {word}."

    @pytest.mark.parametrize(
        ("data", "offset"),
        [
            (b"Ulm \xff Bonn", 4),
            ("Zürich, Köln, ".encode() + b"\x80 Bern", 16),
            (b"M\xc3nchen and Ulm", 1),
            (b"Ulm \xe2\x82 Bonn", 4),
        ],
    )
    def test_an_invalid_byte_is_replaced_and_its_offset_told(self, data: bytes, offset: int) -> None:
        article = read(data)
        assert (article.encoding, article.text) == ("utf-8", data.decode("utf-8", "replace"))
        assert article.warnings == (f"byte {offset} is not valid utf-8 and was replaced",)

    def test_how_many_more_are_broken_is_told(self) -> None:
        start = "Zürich Köln Genève Łódź Århus Plzeň Malmö Tromsø ".encode() * 9
        (warning,) = read(start + b"\xff a \xfe b \xff").warnings
        assert f"byte {len(start)} " in warning
        assert "2 more" in warning

    def test_encoding_is_obeyed_even_where_another_would_fit(self) -> None:
        article = read("naïve".encode(), encoding="latin-1")
        assert (article.text, article.encoding) == ("naÃ¯ve", "iso8859-1")

    def test_what_the_encoding_cannot_read_is_replaced(self) -> None:
        article = read(b"Tokyo \x81", encoding="shift_jis")
        assert article.text == "Tokyo \ufffd"
        assert any("byte 6 " in warning for warning in article.warnings)

    @pytest.mark.parametrize("name", ["klingon", "hex", "zlib", "rot13", "", "utf-8\0", "a" * 1000, "undefined"])
    def test_an_encoding_that_is_none_is_refused(self, name: str) -> None:
        with pytest.raises(ArticleError, match="encoding"):
            read(b"Ulm", encoding=name)

    def test_lone_surrogates_are_replaced_and_offsets_kept(self) -> None:
        article = read("a\ud800b\U0001f600c\udfff", None)
        assert article.text == "a\ufffdb\U0001f600c\ufffd"
        assert any("2 lone surrogates" in warning for warning in article.warnings)
        article.text.encode()

    def test_nul_bytes_and_line_ends_keep_their_places(self) -> None:
        text = "Ulm\x00 and\r\nBonn\rand\n\x0cKöln\x00"
        assert read(text.encode()).text == text

    def test_bidi_and_zero_width_stay_in_the_text(self) -> None:
        text = "a\u202eb\u2066c\u200bd\ufeffe"
        assert read(text.encode()).text == text

    @given(st.binary(max_size=300))
    def test_bytes_give_an_article_or_a_clean_error(self, data: bytes) -> None:
        try:
            article = read(data)
        except ArticleError as error:
            assert "save it as text" in str(error)  # noqa: PT017  most of the examples do not raise
        else:
            article.text.encode()

    @given(st.text(max_size=200))
    def test_text_is_never_changed_but_for_surrogates(self, text: str) -> None:
        assert read(text, None).text == text

    @given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
    def test_utf8_is_read_as_it_is(self, text: str) -> None:
        article = read(text.encode())
        assert article.text == text.removeprefix("\ufeff")
        assert article.encoding == "utf-8"

    def test_a_large_file_with_a_bad_byte_is_tried_once(self) -> None:
        decode(RUSSIAN.encode() + b"\xff")
        short, long = (RUSSIAN.encode() * times + b"\xff" for times in (5_000, 20_000))
        assert calls(lambda: decode(long)) < 5 * calls(lambda: decode(short)) + 1_000


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
            (b"\x7fELF\x02\x01\x01" + bytes(40), "ELF"),
            (b"%PDF-1.7\n1 0 obj", "PDF"),
            (b"PK\x03\x04\x14\0\x06\0", "DOCX"),
            (b"\x1f\x8b\x08\0abc", "gzip"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
            (b"{\\rtf1\\ansi", "RTF"),
            (bytes(5000), "binary"),
            (random.Random(7).randbytes(5000), "binary"),  # noqa: S311  not for secrets
        ],
    )
    def test_binary_is_refused_by_name_with_advice(self, data: bytes, reason: str) -> None:
        with pytest.raises(ArticleError, match=rf"a\.txt is .*{reason}.*save it as text or HTML"):
            read(data)

    def test_more_than_the_limit_is_refused_without_reading(self, tmp_path: Path) -> None:
        huge = tmp_path / "huge.txt"
        with huge.open("wb") as file:
            os.truncate(file.fileno(), 10 * 1024**3)
        with huge.open("rb") as file, pytest.raises(ArticleError, match=r"more than 128 MB"):
            read_bytes(file, "huge.txt")

    def test_a_stream_without_end_is_refused(self) -> None:
        class Endless(io.RawIOBase):
            asked = 0

            def read(self, size: int = -1) -> bytes:
                self.asked += size
                return bytes(size)

        stream = Endless()
        with pytest.raises(ArticleError, match="more than 128 MB"):
            read_bytes(stream, "-")  # type: ignore[arg-type]  # as much of a file as is needed
        assert stream.asked == MAX_BYTES + 1

    def test_a_text_too_long_is_refused(self) -> None:
        with pytest.raises(ArticleError, match="128 MB"):
            read("x" * (MAX_BYTES + 1), None)


class TestMarkdown:
    def test_marks_go_and_the_first_heading_is_the_title(self) -> None:
        article = read(
            b"Intro\n\n## *Near* Ulm\n\n# Later\n\n> From [Ulm](http://x.y 'z') to **Bonn** it is\n"
            b"> ![a map](m.png) `300 km`.\n",
            "a.md",
        )
        assert article.title == "Near Ulm"
        assert article.text == "Intro\n\nNear Ulm\n\nLater\n\nFrom Ulm to Bonn it is\na map 300 km."

    def test_front_matter_gives_the_title_and_is_no_text(self) -> None:
        assert extract_markdown('---\ntitle: "To Ulm"\ndate: 2026\n---\n# Head\nText') == (
            "Head\n\nText",
            "To Ulm",
            None,
        )

    def test_tables_lists_and_html_give_their_words(self) -> None:
        text = extract_markdown("|Ulm|Bonn|\n|-|-|\n|a|b|\n\n1. one\n2. two\n\n<p>Köln<br>Trier</p>\n").text
        assert re.findall(r"\w+", text) == ["Ulm", "Bonn", "a", "b", "one", "two", "Köln", "Trier"]

    @pytest.mark.parametrize("unit", ["[", "![[", "*a ", "<a href='", "a\n", "- ", "> ", "`", "&amp"])
    def test_hostile_text_takes_linear_work(self, unit: str) -> None:
        extract_markdown("warm up")
        short, long = unit * 2_000, unit * 8_000
        assert calls(lambda: extract_markdown(long)) < 5 * calls(lambda: extract_markdown(short)) + 1_000


PAGE = """<!DOCTYPE html><html><head><title>Ulm &amp; Bonn | The Paper</title>{meta}</head><body>
<nav><a href="/">Home</a> <a href="/x">Subscribe now</a></nav>
<article><h1>From Ulm to Bonn</h1><p>The coach from Ulm to Bonn took two days, an innkeeper of Mainz said on Monday, and
nobody in the whole of the Rhineland had ever found a faster one.</p><p>In winter it was four days &ndash; at best, for
the road over the hills was closed from Advent until the feast of Saint Joseph.</p></article>
<script>var x = "Paris";</script><footer>Imprint, Madrid</footer></body></html>"""


class TestHtml:
    def test_the_main_text_without_menus_and_scripts(self) -> None:
        article = read(PAGE.format(meta="").encode(), "a.html")
        assert "took two days" in article.text
        assert "four days – at best" in article.text
        assert not re.search("Subscribe|Paris|Madrid", article.text)
        assert article.title == "Ulm & Bonn | The Paper"
        assert article.language == "en"

    def test_the_page_says_its_own_title(self) -> None:
        meta = '<meta property="og:title" content="Two days &amp; more">'
        assert read(PAGE.format(meta=meta).encode(), "a.html").title == "Two days & more"

    def test_the_same_page_gives_the_same_text_again(self) -> None:
        first, second = (read(PAGE.format(meta="").encode(), "a.html") for _ in range(2))
        assert first == second

    @pytest.mark.parametrize("name", [None, "page", "page.php"])
    def test_sniffed_where_the_name_tells_nothing(self, name: str | None) -> None:
        assert "Subscribe" not in read(PAGE.format(meta="").encode(), name).text

    def test_a_name_that_says_text_is_believed(self) -> None:
        assert read(PAGE.format(meta="").encode(), "a.txt").text.startswith("<!DOCTYPE")

    def test_media_overrides_the_name(self) -> None:
        assert read_article(b"# Ulm", name="a.txt", media=Media.MARKDOWN).text == "Ulm"

    @pytest.mark.parametrize("text", ["<b>Ulm</b> is far", "a <html>", "", "<p>x", "< html>"])
    def test_not_html(self, text: str) -> None:
        assert not looks_like_html(text)

    @pytest.mark.parametrize(
        "meta",
        ['<meta charset="windows-1251">', '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">'],
    )
    def test_the_declared_charset_is_respected(self, meta: str) -> None:
        page = f"<html><head>{meta}</head><body><p>Ёж</p></body></html>".encode("cp1251")
        article = read(page, "a.html")
        assert (article.text, article.encoding) == ("Ёж", "cp1251")
        assert not any("--encoding" in warning for warning in article.warnings)

    @pytest.mark.parametrize("charset", ["latin-1", "nonsense", "utf-16"])
    def test_valid_utf8_beats_a_wrong_charset(self, charset: str) -> None:
        page = f"<html><head><meta charset={charset}></head><body><p>Łódź</p></body></html>"
        assert "Łódź" in read(page.encode(), "a.html").text

    def test_encoding_beats_the_declared_charset(self) -> None:
        page = "<html><head><meta charset=windows-1251></head><body><p>Ångström</p></body></html>".encode("latin-1")
        assert "Ångström" in read(page, "a.html", encoding="latin-1").text

    def test_all_text_where_no_main_text_is_found(self) -> None:
        nested = f"<html><body>{'<div>' * 3000}Ulm &lt; Bonn<br>Köln<style>b</style></body></html>"
        assert extract_html(nested)[:2] == ("Ulm < Bonn\nKöln", None)
        assert "no main text" in str(extract_html(nested).warning)

    @pytest.mark.parametrize("page", ["<html></html>", "<html><script>Ulm</script>", "<!doctype html>", "<html><!--"])
    def test_a_page_without_text(self, page: str) -> None:
        article = read(page.encode(), "a.html")
        assert (article.text, article.title) == ("", None)

    @pytest.mark.parametrize(
        "page",
        [
            f"<p {' '.join(f'a{i}=1' for i in range(50_000))}>Ulm</p>",
            '<a "><a "' * 100_000,
            "<title>" * 100_000,
            "<script></scrip" * 100_000,
            "<!--" * 200_000,
            "<p>x</p>" * 110_000,
            "<" * 500_000,
            "&" * 500_000,
            "<b><i>x" * 20_000,
        ],
        ids=range(9),
    )
    def test_hostile_pages_are_read(self, page: str) -> None:
        extract = extract_html(f"<html>{page}")
        assert len(extract.title or "") <= 500

    @given(st.text(alphabet="<>/!-=\"' abptd&;#1\n", max_size=200))
    def test_any_tangle_of_tags_gives_text(self, tangle: str) -> None:
        assert isinstance(extract_html(f"<html>{tangle}").text, str)


class TestLanguage:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (GERMAN, "de"),
            (FRENCH, "fr"),
            (POLISH, "pl"),
            (SWEDISH, "sv"),
            (RUSSIAN, "ru"),
            (UKRAINIAN, "uk"),
            (GREEK, "el"),
            (JAPANESE, "ja"),
            (CHINESE, "zh"),
            ("הרכבת מחיפה איחרה בתשע שעות בגלל השלג, אמר מנהל התחנה ברדיו.", "he"),
            ("The train from York was late.", "en"),
        ],
    )
    def test_the_text_tells(self, text: str, code: str) -> None:
        assert detect_language(text) == code

    @pytest.mark.parametrize(
        "text", ["", " ", "1234 5678", "Ulm", "Ulm Bonn", "xq zzv", "\x00\x01", "\ufffe\U0001ffff"]
    )
    def test_too_little_to_tell(self, text: str) -> None:
        assert detect_language(text) == "und"

    @pytest.mark.parametrize(
        "char", ["\x00", "\x0b", "\x7f", "\x85", "\ufdd0", "\ufffe", "\U0010ffff", "\ud800", "\x1b"]
    )
    def test_characters_that_the_detector_refuses(self, char: str) -> None:
        assert read(f"{char}{GERMAN}{char}", None).language == "de"

    def test_only_the_start_of_a_long_text_is_looked_at(self) -> None:
        assert detect_language(GERMAN * 20_000 + "I am English, and so is what follows. " * 200_000) == "de"

    @pytest.mark.parametrize(("given_code", "code"), [("ru", "ru"), ("RU", "ru"), ("pt-BR", "pt"), ("zh_Hant", "zh")])
    def test_forced(self, given_code: str, code: str) -> None:
        assert read(GERMAN.encode(), language=given_code).language == code

    @pytest.mark.parametrize("code", ["", "d", "deu", "german", "d1", "ß", "de\n", "ｄｅ"])
    def test_no_code_is_refused(self, code: str) -> None:
        with pytest.raises(UnknownLanguage, match="two letters"):
            read(b"Ulm", language=code)


def test_source_and_title() -> None:
    article = read_article(b"# Head", name="/some/where/a.md", title="Given")
    assert (article.source, article.title) == ("a.md", "Given")
    assert read(b"Ulm", None).source is None
    assert read(b"Ulm", "\udcff.txt").source == "\ufffd.txt"


def test_a_short_page_keeps_its_paragraphs() -> None:
    page = (
        "<!DOCTYPE html><html><body><nav><a>Start</a><a>Bonn</a></nav><main><article><h1>Treffen in Ulm</h1>"
        "<figure><img src=x><figcaption>Foto: X</figcaption></figure><p>Ulm liegt nur 130&nbsp;Kilometer von "
        "Kon&shy;stanz entfernt.</p><p>Nach <b>Rom</b> ist es weit, sagen alle, die je dort waren und davon "
        "erz&auml;hlen konnten.</p></article></main><footer>Impressum</footer>"
    )
    lines = read_article(page, name="a.html").text.split("\n")
    assert lines[0] == "Treffen in Ulm"
    assert lines[-1].startswith("Nach Rom ist es weit")
    assert not {"Start", "Bonn", "Impressum"} & set(lines)
