"""Netflix's titles: what is an episode of a show and what is a film."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.read.titles import LONGEST, split

EPISODES = {
    "Dark: Season 2: Beginnings and Endings": ("Dark", "Season 2: Beginnings and Endings"),
    "The Queen's Gambit: Limited Series: Openings": (
        "The Queen's Gambit",
        "Limited Series: Openings",
    ),
    "Avatar: The Last Airbender: Book 1: The Warriors": (
        "Avatar: The Last Airbender",
        "Book 1: The Warriors",
    ),
    "Money Heist: Part 5: The End of the Road": ("Money Heist", "Part 5: The End of the Road"),
    "Queen: Volume 2: A: B": ("Queen", "Volume 2: A: B"),
    "Tales: Chapter One: The Door": ("Tales", "Chapter One: The Door"),
    "Cooking: Collection: Bread": ("Cooking", "Collection: Bread"),
    "Stranger Things: Stranger Things 3: Chapter One: Suzie": (
        "Stranger Things",
        "Stranger Things 3: Chapter One: Suzie",
    ),
    "Peaky: Series 3: Episode 1": ("Peaky", "Series 3: Episode 1"),
    "Show: Season 2": ("Show", "Season 2"),
    "Show: Episode 10": ("Show", "Episode 10"),
    "Show: Season 5 Part 1: Egg": ("Show", "Season 5 Part 1: Egg"),
    "Dark: Staffel 2: Folge 1": ("Dark", "Staffel 2: Folge 1"),
    "Dark : Saison 2 : Épisode 1": ("Dark", "Saison 2 : Épisode 1"),
}
SEASONS = """
    Season 2|Staffel 2|Temporada 2|Saison 2|Stagione 2|Sezon 2|2. Sezon|Sezonul 2|Sæson 2|Säsong 2
    |Sesong 2|Kausi 2|2. kausi|Seizoen 2|Série 2|2. řada|2. évad|Сезон 2|2-й сезон|עונה 2|الموسم 2
    |सीज़न 2|ซีซัน 2|Mùa 2|Musim 2|シーズン2|シーズン 2|시즌 2|第 2 季|第二季|Season Two|Season IV
    |Miniserie|Minissérie|Série limitée|リミテッドシリーズ|Limited Series
"""
FILMS = [
    "A Christmas Prince",
    "Mission: Impossible: Fallout",
    "The Hunger Games: Mockingjay: Part 1",
    "Kill Bill: Vol. 2",
    "It: Chapter Two",
    "John Wick: Chapter 3 - Parabellum",
    "Star Wars: Episode IV: A New Hope",
    "Halloween: Season of the Witch",
    "Love: One Season",
    "2:22",
    "Season 2",
    "Ends in a colon:",
    "",
]


@pytest.mark.parametrize("text", EPISODES)
def test_an_episode_is_a_play_of_its_show(text):
    title = split(text)
    assert (title.title, title.episode) == EPISODES[text]


@pytest.mark.parametrize("season", [word.strip() for word in SEASONS.split("|")])
def test_a_season_is_known_in_many_languages(season):
    title = split(f"The Show: {season}: Egg")
    assert (title.title, title.episode) == ("The Show", f"{season}: Egg")


@pytest.mark.parametrize("text", FILMS)
def test_a_film_that_holds_a_colon_stays_whole(text):
    assert (split(text).title, split(text).episode) == (text, None)


@pytest.mark.parametrize("text", [" : Episode 10", ": Season 1: Egg", " : Bird"])
def test_an_empty_show_name_is_kept_and_counted(text):
    assert (split(text).title, split(text).why) == (text, "no name")


def test_a_text_too_long_for_a_title_stays_whole_in_little_time():
    text = "a: " * 50_000 + " " * 50_000 + "Season 1: Egg"
    assert len(text) > LONGEST
    assert split(text).title == text


@given(st.text(st.sampled_from("ab: 1Season\t\n：第季"), max_size=40) | st.text(max_size=40))
def test_a_show_and_its_episode_hold_every_letter_of_the_title(text):
    title = split(text)
    if title.episode is None:
        assert title.title == text
    else:
        assert title.title and text.strip().startswith(title.title)
        assert text.endswith(title.episode)
        between = text.strip()[len(title.title) : len(text.strip()) - len(title.episode.rstrip())]
        assert between.strip() in (":", "：")
