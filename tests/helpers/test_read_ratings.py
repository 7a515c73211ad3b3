"""MovieLens and MovieTweetings come back as plays with stars."""

import zipfile

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
    assert "movies.csv" in report.notes[-1] and "'movie 10'" in report.notes[-1]
    plays.loc[0, "viewer"] = 9
    assert plays["account"][0] == 1
    said = read.anything(write(CSV, "ratings.csv"), zone="Asia/Tokyo").attrs["report"]
    assert "Asia/Tokyo" in str(said) and "UTC" not in str(said)


@pytest.mark.parametrize(
    ("text", "name", "listed", "names", "titles"),
    [
        (CSV, "ratings.csv", "movies.csv", 'movieId,title,genres\n10,"Bird, The (1995)",x\n30,F,\n',
         ["Bird, The (1995)", "movie 20", "movie 20"]),
        (DATA, "u.data", "u.item", "242|Amélie (1997)|24-Jan-1997||x|0\n302|L.A. (1997)|x\n",
         ["Amélie (1997)", "L.A. (1997)"]),
        (DAT, "ratings.dat", "movies.dat", "0114508::Bird:: the film::Drama\n208092::Fish::\n",
         ["Bird:: the film", "Fish"]),
    ],
)  # fmt: skip
def test_titles_come_from_the_list_beside_it(write, text, name, listed, names, titles):
    write(names, listed, "latin-1")
    assert log.check(read.anything(write(text, name)))["title"].tolist() == titles
    write(names + "Bird\n", listed)
    assert listed in refusal(write(text, name))


def test_films_that_share_a_title_are_told(write):
    write("movieId,title,genres\n10,Emma,Drama\n20,Emma,Drama\n", "movies.csv")
    plays = read.anything(write(CSV, "ratings.csv"))
    assert set(plays["title"]) == {"Emma"} and "share" in str(plays.attrs["report"])


def test_movielens_own_dat_is_told_from_movietweetings(write):
    for text, service in (("1::1193::5::978300760\n", "MovieLens"), (DAT, "MovieTweetings")):
        plays = read.anything(write(text, "ratings.dat"))
        assert plays.attrs["report"].service == f"{service} ratings"


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
    assert len(read.anything(write(CSV.replace(",", ";"), "ratings.csv", encoding))) == 3
    assert len(read.anything(write(DAT, "ratings.dat", encoding))) == 2


@pytest.mark.parametrize(
    "line",
    ["1,10,4.0", "1,10,4.0,964982703,9", "1,10,4.0,9649", "1,10,,964982703", "1,10,nan,964982703",
     "1,10,11,964982703", "1,10,-1,964982703", "-1,10,4,964982703", "1,-10,4,964982703",
     "x,10,4,964982703", "1.5,10,4,964982703", "99999999999,10,4,964982703",
     "1,10,4,99999999999", "é,10,4,964982703", '"1,10,4,964982703', "1,10,4,964982703\0"],
)  # fmt: skip
def test_one_bad_line_of_thousands_is_left_out_and_named_and_many_are_refused(write, line):
    head, *rest = CSV.splitlines()
    lines = [head, line, *rest]
    assert "line 2" in refusal(write("\n".join(lines), "ratings.csv", "latin-1"))
    lines += rest * 500
    plays = log.check(read.anything(write("\n".join(lines), "ratings.csv", "latin-1")))
    assert len(plays) == 1_503 and plays["viewer"][:3].tolist() == [1, 2, 1]
    assert "line 2" in str(plays.attrs["report"]) and plays.attrs["report"].rows_read == 1_504
    assert "2, 3" in refusal(write("\n".join([*lines[:2], line, *lines[2:]]), "ratings.csv"))


@pytest.mark.parametrize("line", ["1::2:7:3::1381006850", "1::2::3", "1::2::3::1381006850::5"])
def test_a_line_of_ratings_dat_with_other_colons_is_refused(write, line):
    assert "line 3" in refusal(write(DAT + line + "\n", "ratings.dat"))


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
    seconds = (plays["started_at"] - pd.Timestamp(0, tz="UTC")).dt.total_seconds()
    films = plays["title"].astype("str").str.removeprefix("movie ").astype(int)
    assert list(zip(plays["viewer"], films, plays["stars"], seconds, strict=True)) == rows


def test_progress_hears_of_every_byte_of_the_file_and_of_a_member(write, tmp_path):
    path = write(CSV + "1,20,5,964982705\n" * 200_000, "ratings.csv")
    with zipfile.ZipFile(tmp_path / "ml.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "ratings.csv")
    for file in (path, tmp_path / "ml.zip"):
        heard = []
        plays = read.anything(
            file, progress=lambda done, size, heard=heard: heard.append((done, size))
        )
        assert len(plays) == 200_003 and len(heard) > 3
        assert heard == sorted(heard) and heard[-1] == (path.stat().st_size,) * 2


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
    refusal(shared_data / "movietweetings_10k_day.csv")  # another table of ratings
