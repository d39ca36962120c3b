"""`flask understanding`: train the classifier again, and measure it."""

from pathlib import Path

import click

from bot.understanding import MODEL_FOLDER

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("understanding")
def understanding() -> None:
    """Train and measure the understanding of reports."""


@understanding.command("train")
@click.option("--extra", "extras", multiple=True, type=_FILE, help="TSV of labelled reports: text, primary, also, …")
@click.option("--public", type=_FILE, help="CSV of public reports that our labels refer to by number.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=MODEL_FOLDER, show_default=False)
@click.option("--card/--no-card", default=True, help="Write MODEL_CARD.md beside the model.")
def train(extras: tuple[Path, ...], public: Path | None, folder: Path, card: bool) -> None:
    """Learn from the corpus, and from extra files; print the table by cross-validation.

    The same files give the same model. Needs scikit-learn (the `dev` extra).
    """
    try:
        from bot.understanding.course import run_course
    except ModuleNotFoundError as missing:
        raise click.ClickException(f"training needs {missing.name}: install the dev extra") from missing
    try:
        print(run_course(extras, public, folder, with_card=card))
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong


@understanding.command("evaluate")
@click.argument("file", type=_FILE)
@click.option("--errors", is_flag=True, help="Also print each sentence that was misunderstood.")
def evaluate(file: Path, errors: bool) -> None:
    """Measure the model in use on a TSV of labelled sentences or reports."""
    from bot.understanding.examination import examine, misunderstood, table
    from bot.understanding.sentences import read_sentences

    try:
        sentences = read_sentences(file)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    verdicts = examine(sentences)
    print(table(verdicts))
    if errors:
        print(misunderstood(sentences, verdicts))
