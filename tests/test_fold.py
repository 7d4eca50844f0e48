"""Names that a reader would call the same fold alike, others do not (FAULTS 10-14)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.fold import TOKEN, fold, fold_token

ALIKE = [
    ("München", unicodedata.normalize("NFD", "München")),
    ("Reykjavík", "REYKJAVIK"),
    ("Gießen", "GIESSEN"),
    ("Diyarbakır", "DİYARBAKIR"),
    ("Vladivostok", "Vladi\u00advostok"),
    ("Vladivostok", "Vladi\u200bvostok\ufeff"),
    ("Osaka", "Ｏｓａｋａ"),
    ("Saint-Denis", "Saint Denis"),
    ("Xi’an", "Xi'an"),
    ("Łomża", "Lomza"),
    ("Ærø", "AERO"),
    ("Νέα Μάκρη", "ΝΕΑ ΜΑΚΡΗ"),
    ("Королёв", "королев"),
]

DIFFERENT = [
    ("Moscow", "Мoscоw"),  # Cyrillic letters that look Latin
    ("Pau", "Pao"),
    ("दिल्ली", "दल"),  # vowel signs are part of the word
    ("が", "か"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_any_text_folds_to_words_that_fold_to_themselves(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key
    assert fold(key) == key


@given(st.text(max_size=60))
def test_any_normal_form_folds_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_a_word_keeps_its_marks_and_spans_the_original_text() -> None:
    text = "in Mos\u200bkau und D\u0061\u0308nemark"
    words = [match.group() for match in TOKEN.finditer(text)]
    assert words == ["in", "Mos\u200bkau", "und", "Da\u0308nemark"]
    assert fold_token(words[1]) == "moskau"
