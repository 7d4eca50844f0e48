"""What the commands share: how they talk, how they fail, how they stop."""

import atexit
import os
import signal
import sys
from collections.abc import Callable
from io import UnsupportedOperation
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TextIO, TypeVar

import click

from geo.errors import GeoError
from geo.messages import ENGLISH, ui_codes
from geo.model import Check, Verdict
from geo.output import explain

__all__ = [
    "FAIL_ON",
    "FOUND",
    "INTERRUPTED",
    "UNREADABLE",
    "Root",
    "complain",
    "drop_output",
    "explained",
    "fail_on_option",
    "fails",
    "is_same_file",
    "is_talkative",
    "language_options",
    "no_text_option",
    "say",
    "stop_when_told",
    "talk_options",
    "text_or_json_option",
    "ui_option",
    "units_option",
]

FOUND, UNREADABLE = 1, 2
INTERRUPTED, _TOLD_TO_STOP, _CLOSED = 130, 143, 141  # 128 and the number of the signal, as shells have it
_TALK = "dateline.talk"
_TRACE = 2  # -vv

# From which verdict on the exit status is 1.
FAIL_ON = {
    "off": frozenset({Verdict.OFF, Verdict.WRONG}),
    "wrong": frozenset({Verdict.WRONG}),
    "never": frozenset[Verdict](),
}

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Root(click.Group):
    """The command group; whatever goes wrong in a command ends here, with one line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click has it
        """Run the command that was asked for."""
        try:
            _prepare_output()
            result = super().invoke(ctx)
            sys.stdout.flush()  # what cannot be written shows here, not after the end
        except BrokenPipeError:  # `| head` has seen enough
            drop_output()
            ctx.exit(_CLOSED)
        except KeyboardInterrupt:
            drop_output()
            complain("interrupted")
            ctx.exit(INTERRUPTED)
        except click.exceptions.Exit as stop:
            ctx.exit(_flushed(stop.exit_code))
        except (click.ClickException, click.Abort):
            raise
        except Exception as error:  # noqa: BLE001  the last resort: a line for the user, -vv for whoever looks into it
            complain(explained(error), trace=True)
            drop_output()
            ctx.exit(UNREADABLE)
        return result


def say(message: str, *, level: int = 0) -> None:
    """Talk to the user; ``level`` 0 is left out with -q, 1 asks for -v."""
    if is_talkative(level):
        complain(message)


def is_talkative(level: int = 0) -> bool:
    """Whether the user wants to hear what is said at this level."""
    return int(click.get_current_context().meta.get(_TALK, 0)) >= level


def complain(message: str, *, trace: bool = False) -> None:
    """One line on standard error that not even -q hides; ``trace`` adds where it happened, with -vv."""
    plain = "".join(char if char.isprintable() else "\ufffd" for char in " ".join(message.split()))
    click.echo(f"dateline: {plain}", err=True)
    if trace and is_talkative(_TRACE):
        import traceback

        traceback.print_exc()


def fails(check: Check, fail_on: str) -> bool:
    """Whether a check lets the command end with status 1."""
    return check.verdict in FAIL_ON[fail_on]


def stop_when_told() -> None:
    """Let SIGTERM end the command as an interrupt does, so that no half-written file is left."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    sys.exit(_TOLD_TO_STOP)


def explained(error: Exception) -> str:
    """What to tell of an error in one line."""
    if isinstance(error, GeoError):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.filename}: {explain(error)}" if error.filename else f"standard output: {explain(error)}"
    return f"internal error, please report it: {type(error).__name__}: {error} (-vv shows where)"


def _prepare_output() -> None:
    """Files and pipes get UTF-8, whatever the locale; what a terminal cannot show becomes a question mark.

    What is written to a stream that the shell has closed (``>&-``) vanishes.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding=None if sys.stdout.isatty() else "utf-8", errors="replace")


def _nowhere() -> TextIO:
    stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it is closed when the program ends
    atexit.register(stream.close)
    return stream


def _flushed(status: int) -> int:
    """The status, or another where what was printed cannot be written after all."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        return _CLOSED
    except OSError as error:
        complain(explained(error))
        drop_output()
        return UNREADABLE
    return status


def drop_output() -> None:
    """Let what is still to be written vanish, so that Python does not try again at its end, and complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, UnsupportedOperation):  # no standard output, or one in memory
        return


def _louder(context: click.Context, _: click.Parameter, value: int) -> None:
    context.meta[_TALK] = context.meta.get(_TALK, 0) + value


def _quieter(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  click calls it
    if value:
        context.meta[_TALK] = -1


def talk_options(command: Decorated) -> Decorated:
    """-v and -q, which may stand before or behind the command's name."""
    verbose = click.option(
        "-v",
        "--verbose",
        count=True,
        expose_value=False,
        callback=_louder,
        help="Say more; -vv shows where an error arose.",
    )
    quiet = click.option(
        "-q", "--quiet", is_flag=True, expose_value=False, callback=_quieter, help="Say nothing but errors."
    )
    return verbose(quiet(command))


def language_options(command: Decorated) -> Decorated:
    """How an article is to be read."""
    language = click.option("--lang", metavar="XX", help="Language (ISO 639-1: de, en, ru ...); else the text tells.")
    encoding = click.option("--encoding", metavar="NAME", help="Encoding (cp1251, shift_jis ...); else the bytes tell.")
    return language(encoding(command))


no_text_option = click.option("--no-text", is_flag=True, help="Leave the article's text out of the report or map.")
units_option = click.option(
    "--units", type=click.Choice(["km", "mi", "nmi"]), help="Give distances in this unit (json is always in km)."
)
text_or_json_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people, or for programs.",
)
ui_option = click.option(
    "--ui",
    type=click.Choice(ui_codes()),
    default=ENGLISH.language,
    show_default=True,
    help="The language of reasons, table and warnings, whatever the article's own.",
)
fail_on_option = click.option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    default="wrong",
    show_default=True,
    help="Exit with status 1 from this verdict on.",
)


def is_same_file(path: Path, name: str) -> bool:
    """Whether an output would overwrite the input."""
    return name != "-" and path.exists() and path.samefile(name)
