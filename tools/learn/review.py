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

from helpers import make, review, tables
from helpers.judge import defences
from helpers.release import coded, framed
from helpers.review import teams

NAMES = 200  # reviewers who are in the world, and as many who are not


def main(argv: list[str]) -> int:
    """0 when it is done; 2, with one sentence, when the files are no good."""
    form = argparse.RawDescriptionHelpFormatter
    words = argparse.ArgumentParser("start.py review", description=__doc__, formatter_class=form)
    parts = words.add_subparsers(required=True)
    blue = parts.add_parser("publish", help="make a world in secret, and a release of it")
    blue.set_defaults(run=publish)
    blue.add_argument("folder", type=Path, help="blue's own folder; the key stays in it")
    how = blue.add_mutually_exclusive_group(required=True)
    how.add_argument("--blue", choices=[*teams.BLUES], help="let an opponent publish")
    how.add_argument("--defence", help='a defence of chapter 10, such as "swap 100"')
    blue.add_argument("--need", default="editor", choices=[*review.NEEDS])
    blue.add_argument("--promise", default="nothing", help="what the release promises")
    blue.add_argument("--not-promised", default="nothing is said", help="what it does not promise")
    blue.add_argument("--size", default="classroom", choices=["tiny", "classroom"])
    red = parts.add_parser("attack", help="check claims, or let an opponent make them")
    red.set_defaults(run=attack)
    red.add_argument("folder", type=Path, help="what blue handed over")
    how = red.add_mutually_exclusive_group(required=True)
    how.add_argument("--claims", type=Path, help="a CSV file: name, claim, confidence")
    how.add_argument("--red", choices=[*teams.REDS], help="let an opponent attack")
    red.add_argument("--team", default="red", help="your team, part of the file's name")
    both = parts.add_parser("score", help="the verdict on all claims, with blue's key")
    both.set_defaults(run=score)
    both.add_argument("folders", type=Path, nargs="+", help="blue's folders: handed and key")
    options = words.parse_args(argv)
    return int(options.run(options) or 0)


def publish(options: argparse.Namespace) -> None:
    """A world whose seed nobody knows, and a release of it."""
    # The cache would keep the log, and its name the seed.
    world = make.world(options.size, secrets.randbits(62), cache=False)
    share, seed = NAMES / len(world.viewers), secrets.randbits(62)
    reviews = make.reviews(world, share=share, outsiders=share, seed=seed)
    case = review.case(world, reviews, seed=secrets.randbits(62))
    if options.blue:
        rng = np.random.default_rng(secrets.randbits(62))
        release, sheet = teams.BLUES[options.blue](case, rng)
    else:
        sheet = {"need": options.need, "defence": options.defence}
        sheet |= {"promise": options.promise, "not promised": options.not_promised}
        release = defended(case, options.defence)
    handed = review.publish(release, sheet, options.folder, case=case)
    print(f"Hand over {handed}. Keep {options.folder / 'key'}: it says who is who.")


def defended(case: review.Case, name: str) -> pd.DataFrame:
    """The release of a defence of the register, whose seed is not the stored one."""
    source = defences.Case(coded(case.before), case.titles)
    known = {f"{each.name} {at}": (each, how) for each, at, how in defences.releases(source)}
    if name not in known:
        raise review.ReviewError(f"no defence {name!r}; there are {', '.join(known)}")
    defence, choices = known[name]
    if "seed" in choices:
        choices = {**choices, "seed": secrets.randbits(62)}
    return framed(defence.make(source, **choices))


def attack(options: argparse.Namespace) -> None:
    """Claims of a person or of an opponent."""
    if options.red:
        claims = teams.REDS[options.red](review.opened(options.folder))
    else:
        claims = pd.read_csv(options.claims)
    print(f"Give back {review.attack(options.folder, claims, team=options.team)}.")


def score(options: argparse.Namespace) -> int:
    """A verdict for each release and team of claims; the league where there are several."""
    verdicts, failed = {}, False
    for folder in options.folders:
        for file in sorted((folder / "handed").glob("claims-*.csv")):
            team = file.stem.removeprefix("claims-")
            try:
                verdict = review.score(folder / "handed", folder / "key", team=team)
            except review.ReviewError as error:  # the others are scored all the same
                print(f"{file}: {error}", file=sys.stderr)
                failed = True
            else:
                verdicts[folder.name, team] = verdict
                print(f"{folder.name}, attacked by {team}:\n{verdict}\n")
    if not verdicts and not failed:
        raise review.ReviewError(f"no claims in {options.folders[0] / 'handed'}: attack it first")
    for need in review.NEEDS:
        its = {names: verdict for names, verdict in verdicts.items() if verdict.need == need}
        for side in ("blue", "red") if len(its) > 1 else ():
            print(f"The {side} teams, for the {need}:")
            print(tables.text_table(review.league(its, side)), "\n")
    return 2 if failed else 0
