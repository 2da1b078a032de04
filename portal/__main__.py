"""The command line: `bin/portal WORDS…`."""

import sys


def main() -> None:
    """Do what the words after the name say, with our own commands and none of Flask's."""
    # First, since it makes loading the rest cheaper.
    from wsgi import app  # isort: split

    from sqlalchemy.exc import DBAPIError

    from portal.commands import what_is_wrong

    app.cli.help = "The command line of the portal. Each command says more with --help."
    with app.app_context():
        try:
            app.cli.main(prog_name="bin/portal", max_content_width=120)
        except DBAPIError as problem:
            words = what_is_wrong(problem)
            if words is None:
                raise
            sys.exit(words)


if __name__ == "__main__":
    main()
