"""Two to four systems side by side: table, charts of one scale, file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import get_language

from v2v_snippets.models import VETIndicator
from v2v_snippets.publication.listing import ListingText

from .chart import SystemChart, ages_of, draw_chart
from .download import comparison_csv
from .marks import sample_mark
from .profiles import Profile
from .selection import comparison_path
from .table import Group, table_of

if TYPE_CHECKING:
    from ..models.vet_system_index import VETSystemIndexPage


class Comparison:
    """What the page of a comparison shows; its words are those of the language being written."""

    def __init__(
        self, index: "VETSystemIndexPage", profiles: Sequence[Profile], request: HttpRequest
    ) -> None:
        self.index = index
        self.profiles = profiles
        self.request = request

    @cached_property
    def groups(self) -> list[Group]:
        """The values."""
        return table_of(VETIndicator.objects.catalogue(), self.profiles)

    @property
    def systems(self) -> list[Any]:
        """The pages, in the order of the columns."""
        return [profile.page for profile in self.profiles]

    @property
    def name(self) -> str:
        """The countries: "Bosnia and Herzegovina, Croatia"."""
        return ", ".join(self.columns)

    @property
    def columns(self) -> list[str]:
        """The headings of the columns."""
        return [system.country.name for system in self.systems]

    @property
    def marks(self) -> list[ListingText]:
        """What a reader must know before reading: whether any of it is an example."""
        if not any(profile.has_samples for profile in self.profiles):
            return []
        return [ListingText(sample_mark(), get_language() or "")]

    @property
    def charts(self) -> list[tuple[Profile, SystemChart | None]]:
        """Each profile with its chart, all with the same ages from left to right."""
        ages = ages_of(row for profile in self.profiles for row in profile.programmes)
        return [(profile, draw_chart(profile.programmes, ages)) for profile in self.profiles]

    @property
    def path(self) -> str:
        """Below the list."""
        return comparison_path(self.systems)

    @property
    def file_path(self) -> str:
        """Of the file, below the list."""
        return self.path.removesuffix("/") + ".csv"

    def download(self) -> HttpResponse:
        """Returns the file."""
        addresses = [system.get_full_url(self.request) for system in self.systems]
        codes = "-".join(system.country_code for system in self.systems)
        return HttpResponse(
            comparison_csv(self.groups, self.profiles, addresses),
            content_type="text/csv; charset=utf-8; header=present",
            headers={
                "Content-Disposition": f'attachment; filename="vet-systems-{codes}.csv"',
                "X-Robots-Tag": "noindex",
            },
        )
