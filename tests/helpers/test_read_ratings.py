"""MovieLens and MovieTweetings come back as plays with stars."""

import io
import time
import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import log, read

CSV = "userId,movieId,rating,timestamp\n1,10,4.0,964982703\n2,20,0.5,964982704\n1,20,5,964982705\n"
DATA = "196\t242\t3\t881250949\n186\t302\t3\t891717742\n"
DAT = "1::0114508::8::1381006850\n2::0208092::10::1586466072\n"


@pytest.fixture
def write(tmp_path):
    """Write a file and return its path."""

    def written(text, name, encoding="utf-8"):
        (tmp_path / name).write_bytes(text.encode(encoding))
        return tmp_path / name

    return written


def refusal(path, **choices):
    with pytest.raises(read.ReadError) as refused:
        read.anything(path, **choices)
    return str(refused.value)


def test_ratings_csv_is_a_viewing_log_with_stars(write):
    plays = log.check(read.anything(write(CSV, "ratings.csv")))
    assert plays["viewer"].tolist() == plays["account"].tolist() == [1, 2, 1]
    assert plays["title"].tolist() == ["movie 10", "movie 20", "movie 20"]
    assert plays["stars"].tolist() == [4, 0.5, 5]
    assert plays["started_at"][0] == pd.Timestamp("2000-07-30 18:45:03", tz="UTC")
    assert plays["minutes"].isna().all() and (plays["zone"] == "UTC").all()
    report = plays.attrs["report"]
    assert report.service == "MovieLens ratings" and report.plays == 3
    assert "Times are those of the rating, not of watching" in str(report)
    assert report.notes[-1] == (
        "No list of titles beside it, so the file has numbers for titles: put MovieLens's "
        "movies.csv beside it, or ask for 'movie 10'."
    )


@pytest.mark.parametrize(
    ("text", "name", "titles"),
    [(DATA, "u.data", "MovieLens's u.item"), (DAT, "ratings.dat", "MovieTweetings's movies.dat")],
)
def test_the_list_of_titles_that_is_not_there_is_named(write, text, name, titles):
    assert f"put {titles} beside it" in str(read.anything(write(text, name)).attrs["report"])


def test_titles_come_from_the_list_beside_it(write):
    write('movieId,title,genres\n10,"Bird, The (1995)",Drama\n30,Fish,\n', "movies.csv")
    plays = read.anything(write(CSV, "ratings.csv"))
    assert plays["title"].tolist() == ["Bird, The (1995)", "movie 20", "movie 20"]
    assert "Films not in movies.csv, called by number: 1 of 2." in plays.attrs["report"].notes


def test_u_data_takes_latin_1_titles_from_u_item(write):
    write("242|Amélie (1997)|24-Jan-1997||x|0\n302|L.A. (1997)|x\n", "u.item", "latin-1")
    plays = log.check(read.anything(write(DATA, "u.data")))
    assert plays["title"].tolist() == ["Amélie (1997)", "L.A. (1997)"]
    assert plays["viewer"].tolist() == [196, 186] and plays["stars"].tolist() == [3, 3]


def test_ratings_dat_takes_titles_from_movies_dat(write):
    write("0114508::Bird:: the film (1995)::Drama\n208092::Fish (2000)::\n", "movies.dat")
    plays = log.check(read.anything(write(DAT, "ratings.dat")))
    assert plays["title"].tolist() == ["Bird:: the film (1995)", "Fish (2000)"]
    assert plays["stars"].tolist() == [8, 10]
    assert plays.attrs["report"].service == "MovieTweetings ratings"


def test_movielens_own_dat_is_told_from_movietweetings(write):
    plays = read.anything(write("1::1193::5::978300760\n", "ratings.dat"))
    assert plays.attrs["report"].service == "MovieLens ratings (.dat)"


def test_films_that_share_a_title_are_told(write):
    write("movieId,title,genres\n10,Emma,Drama\n20,Emma,Drama\n", "movies.csv")
    plays = read.anything(write(CSV, "ratings.csv"))
    assert set(plays["title"]) == {"Emma"}
    assert "Films under the title of another, one title in the log: 1." in str(
        plays.attrs["report"]
    )


def test_a_zip_as_movielens_hands_it_out_is_read(tmp_path):
    with zipfile.ZipFile(tmp_path / "ml.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ml-latest-small/", "")
        archive.writestr("ml-latest-small/ratings.csv", CSV)
        archive.writestr("ml-latest-small/movies.csv", "movieId,title,genres\n10,Bird,\n20,Fish,\n")
        archive.writestr("ml-latest-small/tags.csv", "userId,movieId,tag,timestamp\n")
    assert read.anything(tmp_path / "ml.zip")["title"].tolist() == ["Bird", "Fish", "Fish"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_ratings_are_read_in_other_encodings(write, encoding):
    assert len(read.anything(write(CSV, "ratings.csv", encoding))) == 3
    assert len(read.anything(write(DAT, "ratings.dat", encoding))) == 2


@pytest.mark.parametrize(
    "line",
    [
        "1,10,4.0",
        "1,10,4.0,964982703,9",
        "1,10,4.0,9649",
        "1,10,,964982703",
        "1,10,nan,964982703",
        "1,10,11,964982703",
        "1,10,-1,964982703",
        "-1,10,4,964982703",
        "x,10,4,964982703",
        "1.5,10,4,964982703",
        "99999999999,10,4,964982703",
        "1,10,4,99999999999",
        "é,10,4,964982703",
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_line_that_is_no_rating_is_refused_with_its_number(write, line, first):
    head, *rest = CSV.splitlines()
    lines = [head, line, *rest] if first else [head, *rest, line]
    message = refusal(write("\n".join(lines) + "\n", "ratings.csv"))
    assert f"line {2 if first else 5}: {line!r} is no rating. Expected are a person's" in message


@pytest.mark.parametrize("line", ["1::2:7:3::1381006850", "1::2::3", "1::2::3::1381006850::5"])
def test_a_line_of_ratings_dat_with_other_colons_is_refused(write, line):
    assert f"line 3: {line!r} is no rating" in refusal(write(DAT + line + "\n", "ratings.dat"))


def test_a_line_of_a_list_of_titles_that_is_none_is_refused(write):
    write("movieId,title,genres\nBird\n", "movies.csv")
    assert "movies.csv: line 2 is no title: expected a number and a name" in refusal(
        write(CSV, "ratings.csv")
    )
    write("Bird\n", "u.item")
    assert "u.item: line 1 is no title: expected a number, a bar and a name" in refusal(
        write(DATA, "u.data")
    )
    write("1::Bird::\nBird\n", "movies.dat")
    assert "movies.dat: line 2 is no title: expected a number, two colons" in refusal(
        write(DAT, "ratings.dat")
    )


def test_a_header_without_ratings_is_refused(write):
    assert refusal(write(CSV.splitlines()[0] + "\n\n", "ratings.csv")) == (
        "ratings.csv has a header and no ratings below it; nothing was read"
    )


def test_choices_of_other_files_are_refused(write):
    assert refusal(write(CSV, "ratings.csv"), zone="UTC") == (
        "zone= does not apply to a MovieLens CSV file; it takes encoding="
    )


ratings = st.tuples(
    st.integers(0, 2**31 - 1),
    st.integers(0, 2**31 - 1),
    st.integers(1, 10),
    st.integers(788_918_400, 2_524_607_999),
)


@given(st.lists(ratings, min_size=1, max_size=8), st.sampled_from([",", "\t", "::"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_what_is_written_is_read_back(write, rows, delimiter):
    lines = [delimiter.join(map(str, row)) for row in rows]
    name = {",": "ratings.csv", "\t": "u.data", "::": "ratings.dat"}[delimiter]
    header = ["userId,movieId,rating,timestamp"] if delimiter == "," else []
    plays = read.anything(write("\n".join([*header, *lines]), name))
    assert plays["viewer"].tolist() == [row[0] for row in rows]
    assert plays["title"].tolist() == [f"movie {row[1]}" for row in rows]
    assert plays["stars"].tolist() == [row[2] for row in rows]
    seconds = (plays["started_at"] - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    assert seconds.tolist() == [row[3] for row in rows]


def test_real_ratings_are_read_as_they_are(write, shared_data):
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


def test_another_table_of_ratings_is_not_taken_for_one_of_these(shared_data):
    message = refusal(shared_data / "movietweetings_10k_day.csv")
    assert "no known file; it begins with 'viewer_id,title,year,day,rating,genres'" in message


@pytest.mark.slow
def test_time_grows_no_faster_than_the_file(tmp_path):
    def seconds(rows):
        rng = np.random.default_rng(53)
        pd.DataFrame(
            {
                "userId": np.sort(rng.integers(1, 60_000, rows)),
                "movieId": rng.integers(1, 190_000, rows),
                "rating": rng.integers(1, 11, rows) / 2,
                "timestamp": rng.integers(8e8, 1.7e9, rows),
            }
        ).to_csv(tmp_path / "ratings.csv", index=False)
        best = np.inf
        for _ in range(2):
            start = time.perf_counter()
            assert len(read.anything(tmp_path / "ratings.csv")) == rows
            best = min(best, time.perf_counter() - start)
        return best

    small, large = seconds(250_000), seconds(2_000_000)
    assert large < 12 * small + 0.5  # eight times the rows
    assert large < 8


def test_ratings_may_come_from_a_stream_of_any_block_size(write):
    rows = "".join(f"{at},1,3.5,964982703\n" for at in range(300_000))
    plays = read.anything(write(CSV.splitlines()[0] + "\n" + rows, "ratings.csv"))
    assert plays["viewer"].tolist() == list(range(300_000))
    assert io.StringIO(str(plays.attrs["report"])).readline() == "MovieLens ratings: ratings.csv\n"
