"""MovieLens and MovieTweetings come back as plays with stars."""

import pandas as pd
import pytest

from helpers import log, read

CSV = "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,0.5,964982704\n1,20,5,964982705\n"
DATA = "196\t242\t3\t881250949\n186\t302\t3\t891717742\n"
DAT = "1::0114508::8::1381006850\n2::0208092::10::1586466072\n"


def test_ratings_csv_is_a_viewing_log_with_stars(write):
    plays = log.check(read.anything(write(CSV)))
    assert plays["viewer"].tolist() == plays["account"].tolist() == [1, 2, 1]
    assert plays["title"].tolist() == ["movie 10", "movie 20", "movie 20"]
    assert plays["stars"].tolist() == [4, 0.5, 5]
    assert plays["started_at"][0] == pd.Timestamp("2000-07-30 18:45:03", tz="UTC")
    assert plays["minutes"].isna().all() and (plays["zone"] == "UTC").all()
    plays.loc[0, "viewer"] = 9
    assert plays["account"][0] == 1
    said = str(read.anything(write(CSV), zone="Asia/Tokyo").attrs["report"])
    assert "Asia/Tokyo" in said and "UTC" not in said


@pytest.mark.parametrize(
    ("text", "name", "listed", "names", "titles"),
    [
        (CSV, "ratings.csv", "movies.csv", 'movieId,title,genres\n10,"Bird, The (1995)",x\n30,F,\n',
         ["Bird, The (1995)", "movie 20", "movie 20"]),
        (DATA, "u.data", "u.item", "242|Amélie (1997)|24-Jan-1997||x|0\n302|L.A. (1997)|x\n",
         ["Amélie (1997)", "L.A. (1997)"]),
        (DAT, "ratings.dat", "movies.dat", "0114508::Bird::Drama\n208092::Fish::\nx\n\n",
         ["Bird", "Fish"]),
    ],
)  # fmt: skip
def test_titles_come_from_the_list_beside_it(write, pack, text, name, listed, names, titles):
    write(names, listed, "latin-1")
    assert log.check(read.anything(write(text, name)))["title"].tolist() == titles
    path = pack({"ml/": "", f"ml/{name}": text, f"ml/{listed}": names, "ml/tags.csv": "x"})
    assert read.anything(path)["title"].tolist() == titles


def test_films_that_share_a_title_are_told(write):
    write("movieId,title,genres\n10,Emma,Drama\n20,Emma,Drama\n", "movies.csv")
    plays = read.anything(write(CSV, "ratings.csv"))
    assert set(plays["title"]) == {"Emma"} and "title with another: 1" in str(plays.attrs["report"])


def test_real_ratings_are_read_as_they_are(write, refusal, shared_data):
    real = pd.read_csv(
        shared_data / "movietweetings_10k_day.csv", parse_dates=["day"], keep_default_na=False
    )
    films = real["title"] + " (" + real["year"].astype(str) + ")"
    numbers, names = pd.factorize(films)
    seconds = real["day"].astype("datetime64[s]").astype("int64") + 43_200
    columns = [real["viewer_id"], pd.Series(numbers + 1_000_000), real["rating"], seconds]
    text = columns[0].astype(str).str.cat([column.astype(str) for column in columns[1:]], sep="::")
    listed = [f"{number + 1_000_000}::{name}::" for number, name in enumerate(names)]
    write("\n".join(listed), "movies.dat")
    plays = log.check(read.anything(write("\n".join(text), "ratings.dat")))
    assert len(plays) == 10_000 and plays["viewer"].nunique() == 3_794
    assert plays["title"].astype(str).equals(films.astype("str").rename("title"))
    assert log.day(plays).nunique() == 19
    refusal(shared_data / "movietweetings_10k_day.csv")  # another table of ratings
