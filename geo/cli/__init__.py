"""The command line: each command parses its options, calls the library, prints.

Data goes to standard output, talk to standard error. Exit status: 0; 1 where a verdict is wrong or a name unknown; 2
for misuse and for what cannot be read or written; 130 where the user interrupts. What takes time to import is imported
inside the commands: ``dateline check`` shall start fast.
"""

import sys
from typing import NoReturn

import click

from geo.cli.about import atlas, schema
from geo.cli.articles import batch, check
from geo.cli.drawing import draw
from geo.cli.frame import INTERRUPTED, UNREADABLE, Root, complain, drop_output, explained, talk_options
from geo.cli.lengths import quantities
from geo.cli.places import distance, geocode
from geo.version import __version__

__all__ = ["main", "root"]

_EPILOG = """\b
Completion of commands and options with the tab key, in bash:
  eval "$(_DATELINE_COMPLETE=bash_source dateline)"
and likewise with zsh_source and fish_source.
"""


@click.group(cls=Root, invoke_without_command=True, epilog=_EPILOG)
@click.version_option(version=__version__, prog_name="dateline", message="%(prog)s %(version)s")
@talk_options
@click.pass_context
def root(context: click.Context) -> None:
    """Find the places that a news article names, and check the distances that it states.

    Everything happens on this computer: no text leaves it, no server is asked.

    \b
    Try:
      dateline map article.txt --open
      dateline check article.txt
      dateline distance Vladivostok Moscow --claim "6500 km"
    """  # noqa: D301  \b is click's own mark: it keeps the lines that follow as they are
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (check, draw, batch, distance, geocode, quantities, schema, atlas):
    root.add_command(command)


def main() -> NoReturn:
    """Run ``dateline`` with the program's arguments, and exit."""
    try:
        status = root.main(prog_name="dateline", standalone_mode=False)
    except click.ClickException as error:  # misuse
        error.show()
        status = error.exit_code
    except click.Abort:  # interrupted while the arguments were read
        status = INTERRUPTED
    except OSError as error:  # not even the help could be written
        complain(explained(error))
        drop_output()
        status = UNREADABLE
    sys.exit(status)
