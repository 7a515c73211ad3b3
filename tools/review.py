"""`review publish|attack|score`: the release review of chapter 13, by folders that are handed over.

start.py review publish team-a --blue fair        # team-a/handed is for red, team-a/key stays
start.py review attack  team-a/handed --red weighs
start.py review score   team-a team-b             # verdicts, and the league
"""

import argparse
import secrets
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from helpers import make, opponents, register, review, tables
from helpers.release import coded, framed

NAMES = 200  # reviewers who are in the world, and as many who are not


def parser() -> argparse.ArgumentParser:
    """What the command understands."""
    form = argparse.RawDescriptionHelpFormatter
    words = argparse.ArgumentParser(
        prog="start.py review", description=__doc__, formatter_class=form
    )
    parts = words.add_subparsers(dest="part", required=True)
    blue = parts.add_parser("publish", help="make a world in secret, and a release of it")
    blue.add_argument("folder", type=Path, help="blue's own folder; the key stays in it")
    blue.add_argument("--blue", choices=[*opponents.BLUES], help="let an opponent publish")
    blue.add_argument("--defence", help='a defence of chapter 10, such as "swap 100"')
    blue.add_argument("--need", default="editor", choices=[*review.NEEDS], help="(editor)")
    blue.add_argument("--promise", default="nothing", help="what the release promises")
    blue.add_argument("--not-promised", default="nothing is said", help="what it does not promise")
    blue.add_argument("--size", default="classroom", choices=["tiny", "classroom"])
    red = parts.add_parser("attack", help="check claims, or let an opponent make them")
    red.add_argument("folder", type=Path, help="what blue handed over")
    red.add_argument("--claims", type=Path, help="a CSV file: name, claim, confidence")
    red.add_argument("--red", choices=[*opponents.REDS], help="let an opponent attack")
    red.add_argument("--team", default="", help="the name of your team")
    both = parts.add_parser("score", help="the verdict on all claims, with blue's key")
    both.add_argument("folders", type=Path, nargs="+", help="blue's folders: handed and key")
    return words


def main(argv: list[str]) -> int:
    """0 when it is done; 2, with one sentence, when the files are no good."""
    options = parser().parse_args(argv)
    return {"publish": publish, "attack": attack, "score": score}[options.part](options)


def publish(options: argparse.Namespace) -> int:
    """A world whose seed nobody knows, and a release of it."""
    if bool(options.blue) == bool(options.defence):
        raise review.ReviewError("give --blue or --defence, one of the two")
    # The cache would keep the log, and its name the seed.
    world = make.world(options.size, secrets.randbits(62), cache=False)
    share, seed = NAMES / len(world.viewers), secrets.randbits(62)
    reviews = make.reviews(world, share=share, outsiders=share, seed=seed)
    case = review.case(world, reviews, seed=secrets.randbits(62))
    if options.blue:
        rng = np.random.default_rng(secrets.randbits(62))
        release, sheet = opponents.BLUES[options.blue](case, rng)
    else:
        sheet = {"need": options.need, "defence": options.defence}
        sheet |= {"promise": options.promise, "not promised": options.not_promised}
        release = defended(case, sheet)
    handed = review.publish(release, sheet, options.folder, case=case)
    print(f"Hand over {handed}. Keep {options.folder / 'key'}: it says who is who.")
    return 0


def defended(case: review.Case, sheet: dict[str, str]) -> pd.DataFrame:
    """The release of a defence of the register, whose seed is not the stored one."""
    known = [
        f"{row.name} {at}" for row in register.ROWS if row.needs != "log" for at in row.settings
    ]
    if sheet["defence"] not in known:
        raise review.ReviewError(f"no defence {sheet['defence']!r}; there are {', '.join(known)}")
    defence, choices = review.defended(sheet)
    if "seed" in choices:
        choices = {**choices, "seed": secrets.randbits(62)}
    return framed(defence.make(register.Case(coded(case.before), case.titles), **choices))


def attack(options: argparse.Namespace) -> int:
    """Claims of a person or of an opponent."""
    if bool(options.red) == bool(options.claims):
        raise review.ReviewError("give --claims or --red, one of the two")
    if options.red:
        claims = opponents.REDS[options.red](review.opened(options.folder))
    else:
        claims = pd.read_csv(options.claims)
    print(f"Give back {review.attack(options.folder, claims, team=options.team)}.")
    return 0


def score(options: argparse.Namespace) -> int:
    """A verdict for each release and team of claims; the league where there are several."""
    verdicts, missing = {}, 0
    for folder in options.folders:
        for file in sorted((folder / "handed").glob("claims*.csv")):
            team = file.stem.removeprefix("claims").removeprefix("-")
            try:
                verdict = review.score(folder / "handed", folder / "key", team=team)
            except review.ReviewError as error:  # the others are scored all the same
                print(f"{file}: {error}", file=sys.stderr)
                missing += 1
                continue
            verdicts[folder.name, team or "red"] = verdict
            print(f"{folder.name}, attacked by {team or 'red'}:\n{verdict}\n")
    if not verdicts and not missing:
        raise review.ReviewError(f"no claims in {options.folders[0] / 'handed'}: attack it first")
    for need in review.NEEDS if len(verdicts) > 1 else ():
        its = {names: verdict for names, verdict in verdicts.items() if verdict.need == need}
        for side in ("blue", "red") if its else ():
            print(f"The {side} teams, for the {need}:")
            print(tables.text_table(review.league(its, side)), "\n")
    return 2 if missing else 0
