"""The shared records to and from JSON: the one place that knows how a `Document` lies on disk or in a pipe."""

from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from ingest.document import Document
from ingest.errors import BadRecord

T = TypeVar("T")
Decode = Callable[[object], object]


def to_json(document: Document) -> dict[str, Any]:
    """Return a document as plain dicts, lists, strings and numbers, field by field."""
    return cast("dict[str, Any]", _encode(document))


def from_json(data: object) -> Document:
    """Rebuild a document; raises BadRecord when a field is missing, unknown or of another type."""
    return cast("Document", _record(Document)(data))


def _encode(value: object) -> object:
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _encode(getattr(value, name)) for name in _names(type(value))}
    return value


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(cls))


@cache
def _record(cls: type) -> Decode:
    hints = get_type_hints(cls)
    decoders = {name: _decoder(hints[name], f"{cls.__name__}.{name}") for name in _names(cls)}

    def decode(data: object) -> object:
        if not isinstance(data, dict) or data.keys() != decoders.keys():
            raise BadRecord(_mismatch(cls.__name__, data, decoders))
        return cls(**{name: decoders[name](value) for name, value in data.items()})

    return decode


def _decoder(hint: Any, where: str) -> Decode:  # noqa: ANN401  # a type hint has no narrower type
    if is_dataclass(hint):
        return _record(cast("type", hint))
    if get_origin(hint) is UnionType:
        return _optional(_decoder(next(one for one in get_args(hint) if one is not NoneType), where))
    if get_origin(hint) is tuple:
        return _sequence(_decoder(get_args(hint)[0], where), where)
    if get_origin(hint) is Literal:
        return _choice(get_args(hint), where)
    return _plain(hint, where)


def _sequence(item: Decode, where: str) -> Decode:
    def decode(value: object) -> object:
        if not isinstance(value, list):
            raise BadRecord(_wrong(where, value))
        return tuple([item(element) for element in value])

    return decode


def _optional(item: Decode) -> Decode:
    return lambda value: None if value is None else item(value)


def _choice(allowed: tuple[object, ...], where: str) -> Decode:
    def decode(value: object) -> object:
        if value not in allowed:
            raise BadRecord(_wrong(where, value))
        return value

    return decode


def _plain(kind: type, where: str) -> Decode:
    def decode(value: object) -> object:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise BadRecord(_wrong(where, value))

    return decode


def _wrong(where: str, value: object) -> str:
    return f"{where} heeft een onmogelijke waarde ({value!r:.60}). Bouw de index opnieuw met 'regiowijzer ingest'."


def _mismatch(name: str, data: object, expected: Iterable[str]) -> str:
    found = set(data) if isinstance(data, dict) else set()
    wrong = ", ".join(sorted(map(str, found.symmetric_difference(expected)))) or repr(data)[:60]
    return f"{name} heeft andere velden dan verwacht ({wrong}). Bouw de index opnieuw met 'regiowijzer ingest'."
