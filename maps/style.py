"""What each verdict looks like: a colour, a line, a shape and a word, so that none of them has to carry it alone.

The shapes are SVG paths in a box of 16 by 16: a solid outline in the verdict's colour, and a sign drawn on it in the
colour of the paper. The colours hold a contrast of 4.5 to 1 against the page in both themes (WCAG 2.2, 1.4.3; a test
computes it) and keep apart for red-green colour-blind readers by lightness as well as hue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from geo.messages import VERDICTS, Messages, Phrase
from geo.model import Verdict

__all__ = ["PAPER", "STYLES", "VerdictStyle", "css", "marks"]


@dataclass(frozen=True, slots=True)
class VerdictStyle:
    """How one verdict is shown; ``dash`` is an SVG stroke-dasharray, ``underline`` a CSS text-decoration-style."""

    word: Phrase
    light: str
    dark: str
    dash: str
    underline: str
    shape: str
    sign: str


PAPER = ("#ffffff", "#16191c")  # what the words stand on, light and dark; page.css has the same

STYLES: Mapping[Verdict, VerdictStyle] = MappingProxyType(
    {
        Verdict.ACCURATE: VerdictStyle(
            word=VERDICTS[Verdict.ACCURATE],
            light="#00695c",
            dark="#5cc9b6",
            dash="none",
            underline="solid",
            shape="M8 .8a7.2 7.2 0 1 0 0 14.4A7.2 7.2 0 0 0 8 .8z",  # a disc
            sign="M4.7 8.3 7 10.6l4.4-5",
        ),
        Verdict.PLAUSIBLE_BY_ROAD: VerdictStyle(
            word=VERDICTS[Verdict.PLAUSIBLE_BY_ROAD],
            light="#2f5d9e",
            dark="#92b8f2",
            dash="14 5",
            underline="dashed",
            shape="M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2z",
            sign="M4 9.4C5.4 5.8 6.9 6 8 8s2.6 2.2 4-1.4",  # a road that winds
        ),
        Verdict.OFF: VerdictStyle(
            word=VERDICTS[Verdict.OFF],
            light="#955000",
            dark="#f0b35a",
            dash="8 5",
            underline="double",
            shape="M8 .9 15.6 14.8H.4z",  # a triangle
            sign="M8 6v4.4M8 12.4v.5",
        ),
        Verdict.WRONG: VerdictStyle(
            word=VERDICTS[Verdict.WRONG],
            light="#b3201c",
            dark="#ff8f85",
            dash="3 5",
            underline="wavy",
            shape="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z",  # an octagon
            sign="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2",
        ),
        Verdict.UNCHECKABLE: VerdictStyle(
            word=Phrase("cannot be checked"),
            light="#5f6468",
            dark="#a9afb4",
            dash="1 6",
            underline="dotted",
            shape="M8 .3 15.7 8 8 15.7.3 8z",  # a diamond
            sign="M6.3 6.2a1.75 1.75 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.2M8 11.3v.5",
        ),
    }
)


def css() -> str:
    """A custom property for each verdict's colour in both themes, and one class for each verdict that sets its own."""
    colours = "".join(f"--{verdict}:light-dark({style.light},{style.dark});" for verdict, style in STYLES.items())
    classes = "\n".join(
        f".{verdict}{{--verdict:var(--{verdict});--dash:{style.dash};--underline:{style.underline}}}"
        for verdict, style in STYLES.items()
    )
    return f".page{{{colours}}}\n{classes}\n"


def marks(messages: Messages) -> dict[str, dict[str, str]]:
    """Word and shape of each verdict, as the page's script reads them."""
    return {
        verdict.value: {"word": messages.say(style.word), "shape": style.shape, "sign": style.sign}
        for verdict, style in STYLES.items()
    }
