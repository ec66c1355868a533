"""What a line of a package may be: everything else is refused before it comes near a ledger."""

import contextlib
import json
import re
from typing import Final, TypeGuard

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.dictionary import TABLES, Kind
from laoxiao_desktop.models.money import LARGEST_FEN
from laoxiao_desktop.models.package import Scope, Sender
from laoxiao_desktop.models.parcel import Gap, Item, Known, Manifest, Op, Run
from laoxiao_desktop.models.span import Span

_SITE: Final = re.compile(r"[0-9a-f]{12}")
_CHAIN: Final = re.compile(r"[0-9a-f]{64}")
_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,60}")
_REFERENCE: Final = re.compile(r"[0-9a-f]{12}\.[1-9][0-9]{0,14}")
_MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?([+-]\d{2}:\d{2}|Z)")
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_PERSONAL: Final = re.compile(r"personal:[0-9a-f]{24}")
_LARGEST: Final = 1 << 50
_LONGEST: Final = 1_000_000
_LIMITS: Final = {"money": LARGEST_FEN, "count": 10**12, "year": 9999, "percent": 100, "flag": 9}
_MACHINE_TEXT: Final = frozenset({"published", "settings", "value", "planned_dates", "wish"})
_FIELDS: Final = {(table, field.name): field for table, fields in TABLES.items() for field in fields}


class Wrong(Exception):  # noqa: N818 - a finding about a line, turned into a sentence where the file is known
    """A line that no package of ours has."""


def item_of(told: object) -> Item:
    """A line of ops.jsonl; Wrong when it is none."""
    if isinstance(told, dict):
        return _run(told)
    if not isinstance(told, list):
        raise Wrong
    if len(told) == 2:
        _need(_number(told[0], 1) and _is(told[1], _CHAIN))
        return Gap(*told)
    _need(len(told) == len(Op._fields))
    op = Op(*told)
    _need(_number(op.lam, 1) and _number(op.chg, 1) and _is(op.at, _MOMENT) and _text(op.actor, 200))
    _need(_is(op.table, _WORD) and _is(op.field, _WORD) and _text(op.row, 500) and op.row != "")
    _need(_references(op.prev) and (op.seen is None or _seen(op.seen)))
    _need(_fits(op))
    return op


def pair_of(told: object) -> tuple[str, str | None]:
    """A line of contacts.jsonl."""
    if isinstance(told, list) and len(told) == 2:
        reference, value = told
        if _is(reference, _PERSONAL) and (value is None or _text(value, 2000)):
            return reference, value
    raise Wrong


def manifest_of(told: dict[str, object]) -> Manifest:
    """The manifest; Wrong when something in it is of another kind."""
    with contextlib.suppress(KeyError, TypeError, ValueError, AttributeError):
        sender, scope, has = told["sender"], told["scope"], told["has"]
        vectors = {name: told[name] for name in ("since", "upto")}
        past = told["past_sites"]
        if isinstance(sender, dict) and isinstance(scope, dict) and isinstance(has, dict) and isinstance(past, list):
            manifest = Manifest(
                schema=told["schema"],  # type: ignore[arg-type]
                origin=told["origin"],  # type: ignore[arg-type]
                sender=Sender(**sender),
                to=told["to"],  # type: ignore[arg-type]
                made_at=told["made_at"],  # type: ignore[arg-type]
                scope=Scope(**scope),
                has_contacts=told["has_contacts"],  # type: ignore[arg-type]
                lam=told["lam"],  # type: ignore[arg-type]
                has={site: _known(one) for site, one in has.items() if _is(site, _SITE)},
                past_sites=tuple(past),
                since=vectors["since"],  # type: ignore[arg-type]
                upto=vectors["upto"],  # type: ignore[arg-type]
                count=told["count"],  # type: ignore[arg-type]
                held_back=told["held_back"],  # type: ignore[arg-type]
                format=told["format"],  # type: ignore[arg-type]
            )
            if _is_sound(manifest) and len(manifest.has) == len(has):
                return manifest
    raise Wrong


def _is_sound(manifest: Manifest) -> bool:
    sender, scope = manifest.sender, manifest.scope
    return (
        all(_number(one, 0) for one in (manifest.schema, manifest.lam, manifest.count, manifest.held_back))
        and all(_is(site, _SITE) for site in (manifest.origin, sender.site, *manifest.past_sites))
        and all(_text(one, 300) for one in (sender.name, sender.unit, sender.ledger, manifest.to))
        and _is(manifest.made_at, _MOMENT)
        and all(one is None or _text(one, 300) for one in (scope.county, scope.plan))
        and isinstance(manifest.has_contacts, bool)
        and _is_vector(manifest.since)
        and _is_vector(manifest.upto)
    )


def _known(told: object) -> Known:
    if isinstance(told, list) and len(told) == 2 and _number(told[0], 0) and isinstance(told[1], list):
        holes = tuple((first, last) for first, last in told[1])
        ends = [end for hole in holes for end in hole]
        if all(_number(end, 1) for end in ends) and ends == sorted(ends) and (not ends or ends[-1] <= told[0]):
            return Known(told[0], holes)
    raise Wrong


def _run(told: dict[str, object]) -> Run:
    _need(set(told) == set(Run._fields))
    site, first, link, last, end = (told[name] for name in Run._fields)
    if (
        _is(site, _SITE)
        and _number(first, 1)
        and _number(last, first)
        and (link == "" if first == 1 else _is(link, _CHAIN))
        and _is(end, _CHAIN)
    ):
        return Run(site, first, str(link), last, end)
    raise Wrong


def _fits(op: Op) -> bool:
    """Whether a value is one of its field; a field that only a newer version knows may hold anything plain."""
    value, field = op.value, _FIELDS.get((op.table, op.field))
    if op.field == "deleted":
        return value in (0, 1) and _number(value, 0)
    if value is None:
        return True
    if field is None:
        return _number(value, -_LARGEST) or _text(value, _LONGEST)
    if field.is_personal:
        return _is(value, _PERSONAL)
    if field.kind in _LIMITS:
        limit = _LIMITS[field.kind]
        return _number(value, -limit) and value <= limit
    return _text(value, _LONGEST) and _reads(field.kind, field.name, value)


def _reads(kind: Kind, name: str, text: str) -> bool:
    try:
        if kind == "capacity":
            Capacity.from_stored(text)
        elif kind == "span":
            Span.from_stored(text)
        elif kind == "json" and name in _MACHINE_TEXT:
            json.loads(text)
        return kind != "date" or _is(text, _DATE)
    except (UserError, ValueError, RecursionError):
        return False


def _references(text: object) -> bool:
    if text == "[]":  # as most are
        return True
    if not _text(text, _LONGEST):
        return False
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(told, list) and all(_is(one, _REFERENCE) for one in told)


def _seen(text: object) -> bool:
    if _references(text):
        return True
    try:
        return _text(text, _LONGEST) and _is_vector(json.loads(text))
    except (ValueError, RecursionError):
        return False


def _is_vector(told: object) -> bool:
    return isinstance(told, dict) and all(_is(site, _SITE) and _number(seq, 0) for site, seq in told.items())


def _is(value: object, pattern: re.Pattern[str]) -> TypeGuard[str]:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _number(value: object, least: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= _LARGEST


def _text(value: object, limit: int) -> TypeGuard[str]:
    """Plain text; a lone surrogate could never be written again."""
    return isinstance(value, str) and len(value) <= limit and "\0" not in value and (value.isascii() or _is_utf8(value))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _need(is_so: bool) -> None:
    if not is_so:
        raise Wrong
