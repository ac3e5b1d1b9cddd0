"""Tags and filters of the back office: `{% load desk %}`."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gwa.common import guide
from gwa.common.browsers import name_browser
from gwa.common.display import Fact, StoryEvent, Text
from gwa.common.listing import KeyPage

register = template.Library()

NARROW_SPACE = "\u202f"
TONES = {
    "success": "check",
    "warning": "alert",
    "danger": "alert",
    "error": "alert",
    "info": "info",
    "debug": "info",
}


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """Write a date as Malians do: 22/11/2026."""
    if value is None or value == "":
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return f"{value:%d/%m/%Y}"


@register.filter
def instant(value: dt.datetime | None) -> str:
    """Write a moment in the country's time: 22/11/2026 14:05."""
    if value is None or value == "":
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%d/%m/%Y %H:%M}"


@register.filter
def called(login: str, people: Mapping[str, str]) -> str:
    """Write who acted: the person's name, from `names_by_login`, else the log-in."""
    return people.get(login, login)


@register.filter
def browser(user_agent: str) -> str:
    """Write which browser this is: Firefox sur Windows."""
    return name_browser(user_agent)


@register.filter
def number(value: object, places: int | None = None) -> str:
    """Write a number with a narrow no-break space between thousands: 1 234 567,5."""
    if value is None or value == "":
        return ""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return str(value)
    if places is None:
        places = 0 if isinstance(value, int) or value == int(value) else 1
    written = f"{value:,.{places}f}".replace(",", NARROW_SPACE)
    return written.replace(".", ",") if get_language() == "fr" else written


@register.simple_tag
def icon(name: str, classes: str = "") -> SafeString:
    """Draw one icon of the sprite; it is decoration, the words beside it carry the meaning."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static("gwa/icons.svg"),
        name,
    )


@register.simple_tag(takes_context=True)
def render_block(context: Context, name: str) -> SafeString:
    """Render a block of the page where the layout needs it, perhaps twice or not at all."""
    rendering: dict[Any, Any] = context.render_context  # type: ignore[assignment]
    blocks = rendering.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block(name) if blocks else None
    # Blocks are rendered with their own escaping; wrapping spaces would count as content.
    return mark_safe(block.render(context).strip()) if block else SafeString("")  # noqa: S308


@register.inclusion_tag("components/crumb.html")
def crumb(label: Text, url: str = "") -> dict[str, Any]:
    """Draw one step of the breadcrumb; `url` is an address or the name of a route."""
    return {"label": label, "url": _address(url)}


@register.simple_tag
def help_link(section: str) -> SafeString:
    """Link to one section of the guide in the reader's language."""
    label = _("Aide sur cette page")
    return format_html(
        '<a class="btn btn-quiet btn-icon" href="{}" aria-label="{}" title="{}">{}</a>',
        guide.section_url(section, get_language() or "fr"),
        label,
        label,
        icon("help"),
    )


@register.simple_tag
def badge(text: Text, tone: str = "") -> SafeString:
    """Draw a state; tones: success, warning, danger, info, primary, or none."""
    classes = f"state state-{tone}" if tone else "state"
    return format_html('<span class="{}">{}</span>', classes, text)


@register.inclusion_tag("components/notice.html")
def notice(text: Text, tone: str = "info") -> dict[str, Any]:
    """Draw a sentence the reader should not miss."""
    shown = {"error": "danger", "debug": "info", "": "info"}.get(tone, tone)
    return {"text": text, "tone": shown, "symbol": TONES.get(shown, "info")}


@register.inclusion_tag("components/empty.html")
def empty_state(
    title: Text, text: Text = "", icon: str = "inbox", url: str = "", action: Text = ""
) -> dict[str, Any]:
    """Say that there is nothing yet, and what to do about it."""
    return {
        "title": title,
        "text": text,
        "symbol": icon,
        "url": _address(url),
        "action": action,
    }


@register.inclusion_tag("components/facts.html")
def facts(items: Sequence[Fact]) -> dict[str, Any]:
    """Draw labelled values as a definition list."""
    return {"facts": items}


@register.inclusion_tag("components/story.html")
def story(events: Sequence[StoryEvent]) -> dict[str, Any]:
    """Tell the history of a record: who, when, why, from what to what."""
    return {"events": events}


@register.inclusion_tag("components/figure.html")
def figure(
    label: Text, value: object, unit: Text = "", note: Text = "", url: str = ""
) -> dict[str, Any]:
    """Draw one figure with its name; inside an element of class `figures`."""
    return {"label": label, "value": value, "unit": unit, "note": note, "url": _address(url)}


@register.inclusion_tag("components/progress.html")
def progress(id: str, label: Text, done: int = 0, total: int = 0) -> dict[str, Any]:  # noqa: A002
    """Show how far a job is; without a total the bar says that it prepares."""
    return {"id": id, "label": label, "done": done, "total": total}


@register.inclusion_tag("components/registry_number.html")
def registry_number(number: str) -> dict[str, Any]:
    """Write a registry number with a button that copies it."""
    return {"number": number}


@register.inclusion_tag("components/confirm.html", takes_context=True)
def confirm(context: Context, id: str, label: Text, url: str, **options: Any) -> dict[str, Any]:  # noqa: A002, ANN401
    """Draw a button that asks before it posts.

    Options: title, text, confirm (words of the last button), asks_reason, button_class.
    """
    return {
        "id": id,
        "label": label,
        "url": _address(url),
        "title": options.get("title", label),
        "text": options.get("text", ""),
        "confirm": options.get("confirm", label),
        "asks_reason": options.get("asks_reason", False),
        "button_class": options.get("button_class", ""),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def keeps_draft(form: str) -> SafeString:
    """Give a `<form>` the attribute by which it keeps its draft: a name of form and record."""
    return format_html('data-draft-url="{}"', reverse("draft", args=[form]))


@register.inclusion_tag("components/draft_state.html")
def draft_state() -> dict[str, Any]:
    """Say, inside a form that keeps its draft, what became of it."""
    return {}


@register.simple_tag
def live_listing(id: str = "listing") -> SafeString:  # noqa: A002
    """Give a container the attributes by which its links and forms replace only itself."""
    return format_html(
        'id="{0}" data-listing hx-boost:inherited="true" hx-target:inherited="#{0}" '
        'hx-select:inherited="#{0}" hx-swap:inherited="outerHTML show:none"',
        id,
    )


@register.inclusion_tag("components/sort_header.html", takes_context=True)
def sort_header(
    context: Context,
    page: KeyPage[Any],
    name: str,
    label: Text,
    is_number: bool = False,
) -> dict[str, Any]:
    """Draw a column's header as a link that sorts, then sorts the other way."""
    direction = {name: "ascending", f"-{name}": "descending"}.get(page.sort, "")
    symbols = {"ascending": "sort-up", "descending": "sort-down"}
    return {
        "label": label,
        "direction": direction,
        "next_sort": f"-{name}" if direction == "ascending" else name,
        "symbol": symbols.get(direction, "sort"),
        "is_number": is_number,
        "request": context["request"],
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: Context, page: KeyPage[Any]) -> dict[str, Any]:
    """Draw Previous and Next for a list paginated by key."""
    return {"page": page, "request": context["request"]}


@register.inclusion_tag("components/map.html")
def area_map(
    src: str, label: Text, figure: str = "", figure_label: Text = "", size: str = ""
) -> dict[str, Any]:
    """Draw zones or one point from GeoJSON served at `src`.

    `label` says in words what the map shows; the page gives the same figures in a table.
    """
    return {
        "src": src,
        "label": label,
        "figure": figure,
        "figure_label": figure_label,
        "size": size,
    }


@register.inclusion_tag("components/chart.html")
def chart(id: str, label: Text, data: dict[str, Any], kind: str = "bar") -> dict[str, Any]:  # noqa: A002
    """Draw bars or lines with the table of the same figures.

    `data` is {"x": name of the axis, "labels": [...], "series": [{"label", "values"}]}.
    """
    rows = [
        {"label": label, "values": [series["values"][place] for series in data["series"]]}
        for place, label in enumerate(data["labels"])
    ]
    return {
        "id": id,
        "data_id": f"{id}-data",
        "label": label,
        "chart": data,
        "kind": kind,
        "rows": rows,
    }


def _address(url: str) -> str:
    if not url or url.startswith(("/", "?", "#", "http")):
        return url
    try:
        return reverse(url)
    except NoReverseMatch:
        return url
