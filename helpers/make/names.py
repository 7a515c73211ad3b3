"""The words that made-up names and titles are put together from, to be split at the blanks."""

from collections.abc import Iterable

import pandas as pd
from numpy.typing import NDArray

FILM = "A Christmas Prince"  # the only title that is real
TRAILER = "A Christmas Prince: The Trailer"

GIVEN = (
    "Abelia Alder Ambrin Anselma Arlo Aubrin Bettany Birch Briony Caldo Calla Cedric Clementa "
    "Corvin Dahlia Darrow Delphin Dorrit Eben Edda Elowen Emeric Fenna Fennimore Fern Florian "
    "Galen Gentian Halcyon Hazel Heddy Ilsabet Indigo Isolde Jasper Jonquil Junia Kestrel Kitto "
    "Larkin Lavender Linnet Lorcan Lunette Mabyn Marlo Merrit Mirabel Nettle Nola Oberon Odette "
    "Orla Orrin Ottoline Pascoe Perpetua Piers Pomona Quill Quince Rafferty Rosamund Rowan Sable "
    "Senna Sorrel Sylvan Tamsin Tansy Thaddea Tobiah Ulric Umber Valerian Verity Wilfa Wren "
    "Xanthe Yarrow Zephyrin"
)
SURNAME_STARTS = (
    "Acorn Amber Barley Bramble Brindle Candle Cinder Clover Copper Dapple Dew Ember Feather "
    "Fiddle Fog Frost Gable Garnet Gossamer Harrow Heather Honey Ivory Juniper Kettle Lantern "
    "Larch Meadow Mistle Nimble Oat Otter Pebble Penny Plum Quill Reed Rush Saddle Saffron "
    "Sparrow Spindle Sugar Tangle Thimble Thistle Timber Velvet Willow Winter"
)
SURNAME_ENDS = (
    "acre beck bell bloom bridge brook by combe crest croft dale feather fern field ford gate "
    "glade grove ham hollow hurst lark lea leigh low mere mill moor patch quill ridge shaw stead "
    "stone thorne thwaite vale wade water well whistle wick wood worth"
)
PLACE_STARTS = (
    "Aldrem Amble Ardel Aster Avel Barrun Belm Brackn Brim Caldrin Carra Corin Dorn Drell Elder "
    "Elm Esper Farn Fenn Garr Glenn Hadr Harl Hollin Ivel Jarr Kell Korv Lann Lorr Mald Marr Mern "
    "Nether Norr Omber Orm Pell Quarr Ravel Rosk Sabl Selk Stell Tarn Torr Ulver Vann Verr Wend "
    "Wyst Yarr"
)
PLACE_ENDS = "holt mere ock wick stow ana ey burgh combe dell ford haven ia moor port stead"

# For each genre the things that its titles are about.
THINGS = {
    "comedy": "Cousins Wedding Landlord Picnic Lodgers Choir Bakers Reunion Ladder Umbrella",
    "crime": "Ledger Alibi Verdict Witness Locksmith Ransom Precinct Forger Inquest Cellar",
    "documentary": "Rivers Beekeepers Archive Glaciers Orchards Signals Weavers Bridges Kilns Maps",
    "drama": "Inheritance Ferry Daughters Harvest Letters Silence Quarry Winter Promise Orchard",
    "family": "Otter Balloon Snowman Puppets Lighthouse Kite Badgers Sleigh Treehouse Teapot",
    "fantasy": "Crown Dragon Oracle Thornwood Wizard Changeling Moonstone Giants Spell Griffin",
    "romance": "Waltz Bouquet Summer Postcards Balcony Sweetheart Serenade Ballroom Kiss Garden",
    "science fiction": "Orbit Android Beacon Colony Eclipse Machine Signal Voyage Airlock Moons",
}
GENRES = tuple(THINGS)
FILM_PATTERNS = (
    "The {thing} of {place}",
    "{place}, My {thing}",
    "The {place} {thing}",
    "No {thing} in {place}",
    "Goodbye, {place}: The {thing}",
    "The {thing} at {place}",
    "Beyond the {place} {thing}",
    "Once, the {thing} of {place}",
)
SHOW_PATTERNS = (
    "{place}",
    "{place} {thing}",
    "{place} & the {thing}",
    "Inside {place}: The {thing}",
    "The {thing} in {place}",
    "Return to {place}: The {thing}",
    "{place} Nights: The {thing}",
    "New {place} {thing}",
)


def labelled(codes: NDArray, labels: Iterable[str]) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, categories=pd.Index(list(labels), dtype="str"))
