"""`flask understanding`: train the classifier again, measure it, and let a town learn from its corrections."""

from pathlib import Path

import click

from bot import clock, corrections, towns
from bot.cli.truth import opened
from bot.understanding import MODEL_FOLDER, versions
from bot.understanding.adapting import adapt
from bot.understanding.classifier import Classifier, write_classifier
from bot.understanding.comparing import compare as compared, moved, table as changes_table
from bot.understanding.sentences import Sentence, own_sentences, read_sentences, with_text

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("understanding")
def understanding() -> None:
    """Train and measure the understanding of reports."""


@understanding.command("train")
@click.option("--extra", "extras", multiple=True, type=_FILE, help="TSV of labelled reports: text, primary, also, …")
@click.option("--public", type=_FILE, help="CSV of public reports that our labels refer to by number.")
@click.option("--folder", type=click.Path(file_okay=False, path_type=Path), default=MODEL_FOLDER, show_default=False)
@click.option(
    "--onto", help="Learn on top of a model: a folder, active or shipped. Keeps what it knows; needs no dev extra."
)
@click.option("--card/--no-card", default=True, help="Write MODEL_CARD.md beside the model.")
def train(extras: tuple[Path, ...], public: Path | None, folder: Path, onto: str | None, card: bool) -> None:
    """Learn from the corpus, and from extra files; print the table by cross-validation.

    The same files give the same model. Needs scikit-learn (the `dev` extra).

    A town learns its own corrections with --onto active: the model in use moves
    only as far as they ask for, and forgets nothing of the real reports behind
    it. No card is written then; `compare` shows what changes.
    """
    if onto is not None:
        print(_train_onto(onto, extras, folder))
        return
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

    try:
        sentences = read_sentences(file)
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    verdicts = examine(sentences)
    print(table(verdicts))
    if errors:
        print(misunderstood(sentences, verdicts))


def _train_onto(name: str, extras: tuple[Path, ...], folder: Path) -> str:
    if not extras:
        raise click.ClickException("--onto learns what --extra says: name a file of `flask understanding export`")
    if folder == MODEL_FOLDER:
        raise click.ClickException("name a folder of its own for the new model with --folder")
    learnt = _labelled(extras)
    if not learnt:
        raise click.ClickException("there is nothing to learn: nobody corrected a report yet")
    base, ours = _model(name), own_sentences()
    made = adapt(base, learnt, ours)
    write_classifier(made, folder)
    after = changes_table(compared(base, made, learnt))
    return f"{after}\n\nmodel {made.version}, {len(learnt)} corrections on top of {base.version}, in {folder}"


def _labelled(files: tuple[Path, ...]) -> list[Sentence]:
    try:
        return with_text([sentence for file in files for sentence in read_sentences(file)])
    except ValueError as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _model(name: str) -> Classifier:
    try:
        return versions.named(name)
    except versions.ModelRefused as refused:
        raise click.ClickException(str(refused)) from None


@understanding.command("export")
@click.argument("code")
def export(code: str) -> None:
    """Print the corrected reports of the municipality CODE, as a table to learn from.

    These are residents' words: keep the file in the house, and delete it when
    the model is trained. Digits are zeros; confidential matters and what was
    taken back are left out.
    """
    with opened() as database, database.reading() as session:
        town = towns.find(session, code)
        if town is None:
            raise click.ClickException(f"no municipality is called {code}")
        rows = [found.cells() for found in corrections.corrected(session, town)]
    for row in (corrections.COLUMNS, *rows):
        click.echo("\t".join(row))


@understanding.command("compare")
@click.argument("old")
@click.argument("new")
@click.argument("files", nargs=-1, type=_FILE)
@click.option("--texts", is_flag=True, help="Also print each sentence that goes elsewhere.")
def compare(old: str, new: str, files: tuple[Path, ...], texts: bool) -> None:
    """Show what would change, per class, if the model NEW took over from OLD (folders, or active, or shipped).

    Measured on labelled FILES; without any, on the sentences of our own, which
    both learnt from: they show what moves, not how good either is.
    """
    changes = compared(_model(old), _model(new), _labelled(files) if files else own_sentences())
    click.echo(changes_table(changes))
    if texts:
        click.echo(moved(changes))


@understanding.command("activate")
@click.argument("model")
def activate(model: str) -> None:
    """Let the model in a folder be the one in use (or `shipped`: the one of this release).

    Running processes take it up within seconds, and its version stands on every
    report from then on.
    """
    try:
        if model == "shipped":
            version = versions.activate_shipped()
        else:
            version = versions.activate(Path(model), clock.real_now())
    except (versions.ModelRefused, OSError) as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"model {version} is in use")
