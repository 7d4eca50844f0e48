"""Every number that a verdict rests on, in one frozen value, each with its source.

Calibrated on 2,864 distance statements from English encyclopedia text, stated value against WGS84 geodesic between
the two city centres: stated / geodesic has its 5th percentile at 0.87, the median at 1.10, the 95th at 1.52. Many
unmarked statements are road distances, and a hedge such as "about" hardly changes the spread. With the numbers below
71.4 % of those statements are accurate within rounding, 8.1 % within a tenth, 16.8 % plausible by road, 2.4 % off and
1.3 % wrong (an upper bound on false alarms); of the same statements times ten 99.9 % are wrong, times three 94.3 %.

Shares are of 1, lengths km, angles degrees.
"""

from dataclasses import dataclass

__all__ = ["DEFAULT", "Tolerances"]


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far a stated figure may be from the measured one; see the module for where the figures come from."""

    rounding_cap: float = 0.25  # rounding allows for no more than this share of the stated figure
    hedge_roundings: float = 2  # "almost", "just over": to one side, this many roundings ...
    hedge_share: float = 0.1  # ... or this share of the figure (Ferson et al. 2015 on numeric hedges)
    min_reach: float = 1.5  # "more than n" implies an upper bound too (Cummins, Sauerland & Solt 2012)
    max_reach: float = 0.5  # likewise "less than n" a lower one
    fine: float = 0.005  # of the measured distance: within rounding
    close: float = 0.10  # of the measured distance: still accurate
    detour: float = 1.45  # of a road against the geodesic: 1.2 to 1.44 (Newell 1980; Boscoe et al. 2012) and its spread
    off_low: float = 0.7  # of the measured distance: the calibration above
    off_high: float = 1.7
    off_high_air: float = 1.3  # where the text says "as the crow flies" no road explains it

    people_per_km2: float = (
        3_000  # in a city: how far it reaches (Chapman & Wieczorek 2020, doi 10.15468/doc-gg7h-s853)
    )
    district_km: float = 25  # how far an area without an outline reaches: a median county of the US has 1,600 km2
    vague_share: float = 0.5  # of the distance: a thing that reaches further from its reference point cannot be judged

    # How likely another reading of a name must be, against the likeliest one, to be heard: an accusation needs more
    # certainty than an acquittal. The second figure asks for readings that are about as likely.
    rival_accused: float = 0.2
    rival_acquitted: float = 0.8

    direction_deg: tuple[float, float, float] = (
        45,
        22.5,
        11.25,
    )  # for N, NE, NNE: half of the gap to the next such point

    # A direction stated without a length is meant more loosely: half of the points beside it still fit, and beyond the
    # second figure it is the other way rather than loose. Both for N, NE, NNE.
    loose_deg: tuple[float, float, float] = (67.5, 45, 33.75)
    contrary_deg: tuple[float, float, float] = (110, 75, 67.5)

    # What is no distance is accused of nothing where the atlas is not sure by a wide margin.
    hearsay: float = 0.02  # how likely another reading of a name must be to be heard against an accusation
    village_km: float = 50  # from here on a small town (namesake_people) may be a namesake that the atlas lacks ...
    large_town_people: int = 300_000  # ... and one that is no city from here on:
    large_town_km: float = 1000
    near_border_km: float = 15  # towns run across a border, and outlines are generalised
    old_region_km: float = 150  # a region of another country: history had it elsewhere (Silesia, Tyrol)
    near_areas_km: float = 60  # of two areas that share no border in the atlas
    claimed_km: float = 300  # likewise where one of them claims land: India and Afghanistan
    across_sea_km: float = 740  # 400 nautical miles: so far apart coasts may have a border at sea (UNCLOS, art. 57)
    at_coast_km: float = 12  # a port lies on a lagoon or a river's mouth ...
    near_coast_km: float = 100  # ... and some far up the river: Hamburg, Rostov-on-Don

    # A place of fewer people that lies that far, and so many times further than stated, is a namesake of one that the
    # atlas lacks: gazetteers lack many villages, and nobody errs by a factor that is no slip of unit or digit.
    namesake_people: int = 20_000
    namesake_km: float = 300
    namesake_ratio: float = 12

    # Hints in a reason, never a verdict: how near to a telling ratio (1.609, 0.621, 10, 0.1) the figure must be.
    telling: float = 0.04


DEFAULT = Tolerances()
