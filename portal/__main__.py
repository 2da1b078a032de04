"""The command line: `bin/portal WORDS…`."""


def main() -> None:
    """Do what the words after the name say, with our own commands and none of Flask's."""
    from wsgi import app

    app.cli.help = "The command line of the portal. Each command says more with --help."
    with app.app_context():
        app.cli.main(prog_name="bin/portal", max_content_width=120)


if __name__ == "__main__":
    main()
