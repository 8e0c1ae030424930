"""What a record says: lights, marks, facts, what happened, the line of stations, figures, papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from huancheng.platform.common.icons import SHAPES, STATIONS
from huancheng.platform.common.look.words import day, number

register = template.Library()

PROVENANCE = {
    "measured": (_("测"), _("实测")),
    "derived": (_("算"), _("由实测推算")),
    "imputed": (_("补"), _("插补")),
    "modelled": (_("模"), _("模型估计")),
    "synthetic": (_("合"), _("合成数据")),
    "declared": (_("报"), _("申报")),
}
"""Where a figure comes from → its small letter, and its words."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened, for a time line.

    Parameters
    ----------
    when
        Day or moment.
    title
        What happened, in a few words.
    who
        Person and body.
    text
        Words they gave.
    tone
        grey, teal, green, amber or red.
    url, link
        A page that tells more, and its words.
    notes
        Further short lines: a number, a paper, on whose behalf.
    """

    when: date | datetime
    title: str
    who: str = ""
    text: str = ""
    tone: str = "grey"
    url: str = ""
    link: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """A step of a route on the line.

    Parameters
    ----------
    kind
        What is done there: 编制, 审核, 批准, 备案.
    state
        done, current, waiting, stopped, late, refused or skipped.
    body
        Who does it.
    who
        The person who did, or whose turn it is.
    when
        When it was done.
    took
        How long it took or has taken, in words: 5 个工作日.
    due
        When it is due, where it is not done; `late` says in words by how much it is overdue.
    why
        Why the route goes this way, in a sentence.
    clauses
        Titles of the clauses with their words.
    beside
        Whether it runs at the same time as the one before it.
    result
        What came out: 同意, 备案号.
    """

    kind: str
    state: str
    body: str = ""
    who: str = ""
    when: date | datetime | None = None
    took: str = ""
    due: date | None = None
    late: str = ""
    why: str = ""
    clauses: Sequence[tuple[str, str]] = ()
    beside: bool = False
    result: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file of a record.

    Parameters
    ----------
    name, url
        What it is called, and where it is fetched; without an address it may not be.
    about
        Size, version, who and when, in one line.
    icon
        file, image, table or folder.
    mark
        A word that sets it apart: 公开版, 涉密.
    """

    name: str
    url: str = ""
    about: str = ""
    icon: str = "file"
    mark: str = ""


@register.simple_tag
def light(tone: str, words: object) -> SafeString:
    """Return a light: green ●, amber ▲, red ◆, grey ○ or teal ■, with its words."""
    shape = mark_safe(SHAPES[tone])  # noqa: S308 - our own drawings
    return format_html(
        '<span class="light {}"><svg viewBox="0 0 10 10" aria-hidden="true">{}</svg>{}</span>', tone, shape, words
    )


@register.simple_tag
def mark(words: object, tone: str = "") -> SafeString:
    """Return a small label: 补录, 保密; tone is empty, teal, green, amber or red."""
    return format_html('<span class="mark {}">{}</span>', tone, words)


@register.simple_tag
def seal(words: object) -> SafeString:
    """Return words in a vermilion frame: what is sealed, as 已批准."""
    return format_html('<span class="seal">{}</span>', words)


@register.simple_tag
def fact(words: object, value: object, clause: str = "") -> SafeString:
    """Return one fact, for a `<dl class="facts">`; nothing known is a dash."""
    shown = "–" if value is None or value == "" else value
    why = render_to_string("common/components/popover.html", {"content": clause, "words": ""}) if clause else ""
    return format_html("<div><dt>{}</dt><dd>{}{}</dd></div>", words, shown, why)


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]], kind: str = "") -> SafeString:
    """Return a list of facts; kind `wide` sets them side by side."""
    rows = mark_safe("".join(fact(words, value) for words, value in pairs))  # noqa: S308 - made by format_html
    return format_html('<dl class="facts {}">{}</dl>', kind, rows)


@register.simple_tag
def timeline(happenings: Iterable[Happening]) -> str:
    """Return what happened, in the order given (newest first)."""
    return render_to_string("common/components/timeline.html", {"happenings": list(happenings)})


@register.simple_tag
def stations(line: Sequence[Station]) -> str:
    """Return a route as a line of stations."""
    drawn = [{"station": item, "drawing": mark_safe(STATIONS[item.state])} for item in line]  # noqa: S308 - our own drawings
    return render_to_string("common/components/stations.html", {"line": drawn})


@register.simple_tag
def source(provenance: str, url: str = "") -> SafeString:
    """Return the small letter that says where a figure comes from; it leads to the page that tells, if there is one."""
    letter, words = PROVENANCE[provenance]
    if url:
        return format_html('<a class="source" href="{}" title="{}" aria-label="{}">{}</a>', url, words, words, letter)
    return format_html('<abbr class="source" title="{}">{}</abbr>', words, letter)


@register.simple_tag
def figure(
    value: float | None,
    unit: str = "",
    *,
    provenance: str = "",
    asof: date | None = None,
    url: str = "",
    places: str = "",
) -> SafeString:
    """Return a figure: value, unit, date and where it comes from; nothing known is a dash.

    Written `{% figure value "亩" provenance="derived" asof=day url=address places=1 %}`.
    """
    parts = [format_html("{}", number(value, places))]
    if unit and value is not None:
        parts.append(format_html('<span class="unit">{}</span>', unit))
    if provenance:
        parts.append(source(provenance, url))
    if asof is not None:
        parts.append(format_html('<span class="asof">{}</span>', day(asof)))
    inside = mark_safe("".join(parts))  # noqa: S308 - made by format_html
    return format_html('<span class="figure">{}</span>', inside)


@register.simple_tag
def papers(files: Iterable[Paper]) -> str:
    """Return a list of files."""
    return render_to_string("common/components/papers.html", {"papers": list(files)})
