"""``python -m geo`` is ``dateline``: the program's start, which even an interrupt while it is loaded ends quietly."""

import sys
from typing import NoReturn

__all__ = ["main"]


def main() -> NoReturn:
    """Run the command line, and exit."""
    try:
        from geo.cli import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(130)  # 128 and the number of SIGINT, as shells have it


if __name__ == "__main__":
    main()
