"""The OpenAPI description as pages want it: operations, their parameters, an example of each request and answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from service.description import Json

# What a parameter of a path holds in an example, where its description gives none.
PLACES = {
    "file": "regioplan-voorbeeld.pdf",
    "number": "12",
    "passage_id": "0f3a9c1e5b7d2468",
    "upload_id": "9f2c41d07a3be586",
}
TYPES = {"string": "tekst", "integer": "geheel getal", "number": "getal", "boolean": "true of false",
         "array": "lijst", "object": "object"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a request may hold.

    Attributes:
        name: as it is written.
        where: 'pad', 'vraag' (after the '?') or 'inhoud' (a field of the JSON that is sent).
        required: whether it must be there.
        kind: what it may be, in Dutch.
        default: what is taken when it is left out, '' for nothing.
        description: what it is for, in Dutch; may be ''.
    """

    name: str
    where: str
    required: bool
    kind: str
    default: str
    description: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What may come back.

    Attributes:
        status: the HTTP status.
        description: what it means, in Dutch.
        media: the media types, without the errors' own.
    """

    status: str
    description: str
    media: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that the API does.

    Attributes:
        anchor: its place on the page.
        method, path: as in the description.
        summary: one Dutch line.
        parameters: what it takes.
        replies: what may come back.
        request: an example of the first line of a request, and the JSON that goes along.
        answer: an example of the JSON that comes back; '' when that is a file.
    """

    anchor: str
    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    replies: tuple[Reply, ...]
    request: str
    answer: str


def operations(description: Json) -> list[Operation]:
    """Every operation of a description, by its path."""
    return [
        read_operation(description, path, method, operation)
        for path, methods in sorted(description["paths"].items())
        for method, operation in methods.items()
    ]


def read_operation(description: Json, path: str, method: str, operation: Json) -> Operation:
    """One operation with its examples."""
    body = body_of(description, operation)
    given = operation.get("parameters", [])
    return Operation(
        anchor=f"{method}-{path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}",
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        parameters=(*map(read_parameter, given), *fields(description, body)),
        replies=tuple(read_reply(status, reply) for status, reply in sorted(operation["responses"].items())),
        request=f"{method.upper()} {example_address(path, given)}{example_body(description, operation)}",
        answer=example_answer(description, operation),
    )


def read_parameter(given: Json) -> Parameter:
    """A parameter of the path or of the question."""
    schema = given["schema"]
    return Parameter(
        name=given["name"],
        where={"path": "pad", "query": "vraag"}[given["in"]],
        required=given.get("required", False),
        kind=kind(schema),
        default=plain(schema.get("default", "")),
        description=given.get("description", ""),
    )


def fields(description: Json, body: Json) -> Iterator[Parameter]:
    """The fields of the JSON that an operation takes, those of the objects in it behind them as 'items[].quote'."""
    form = resolve(description, body)
    for name, schema in form.get("properties", {}).items():
        required = name in form.get("required", ())
        inner = resolve(description, schema)
        yield Parameter(name, "inhoud", required, kind(inner), plain(schema.get("default", "")),
                        schema.get("description", ""))  # fmt: skip
        for part in fields(description, inner.get("items", {})):
            yield Parameter(f"{name}[].{part.name}", "inhoud", part.required, part.kind, part.default,
                            part.description)  # fmt: skip


def read_reply(status: str, reply: Json) -> Reply:
    """What one status means and brings."""
    return Reply(status, reply["description"], tuple(reply.get("content", ())))


def body_of(description: Json, operation: Json) -> Json:
    """The schema of the JSON that an operation takes; empty when it takes none."""
    content = operation.get("requestBody", {}).get("content", {})
    return resolve(description, content.get("application/json", {}).get("schema", {}))


def example_address(path: str, given: Sequence[Json]) -> str:
    """A path with its places filled in, and the parameters that are required or come with an example."""
    asked = {}
    for one in given:
        schema = one["schema"]
        sample = schema["examples"][0] if schema.get("examples") else PLACES.get(one["name"], "")
        shown = list(map(plain, sample)) if isinstance(sample, list) else plain(sample)
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", quote(str(shown), safe=""))
        elif schema.get("examples") or one.get("required"):
            asked[one["name"]] = shown
    return f"{path}?{urlencode(asked, doseq=True)}" if asked else path


def example_body(description: Json, operation: Json) -> str:
    """What goes along with a request: its media type and, where that is JSON, an example."""
    sent = ""
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        body = as_json(example(description, content["schema"])) if "schema" in content else "(het bestand)"
        sent += f"\nContent-Type: {media}\n\n{body}"
    return sent


def example_answer(description: Json, operation: Json) -> str:
    """The JSON that comes back when all goes well; '' when that is a file."""
    for status, reply in sorted(operation["responses"].items()):
        schema = reply.get("content", {}).get("application/json", {}).get("schema")
        if status.startswith("2") and schema:
            return as_json(example(description, schema))
    return ""


def example(description: Json, schema: Json, within: tuple[str, ...] = ()) -> Any:  # noqa: ANN401  # any JSON
    """A value that fits a schema: its own example or default where it has one; a form within itself is left empty."""
    reference = schema.get("$ref", "")
    if reference in within:
        return None
    if reference:
        return example(description, resolve(description, schema), (*within, reference))
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return example(description, schema["anyOf"][0], within)
    return bare_example(description, schema, within)


def bare_example(description: Json, schema: Json, within: tuple[str, ...]) -> Any:  # noqa: ANN401  # any JSON
    """A value by the type of a schema."""
    match schema.get("type"):
        case "object":
            parts = schema.get("properties", {}).items()
            return {name: example(description, part, within) for name, part in parts}
        case "array" if "prefixItems" in schema:
            return [example(description, part, within) for part in schema["prefixItems"]]
        case "array":
            one = example(description, schema.get("items", {}), within)
            return [] if one in (None, "") else [one]
        case "integer":
            return int(schema.get("default") or schema.get("minimum") or 1)
    fallback = {"number": schema.get("minimum", 1), "boolean": True, "null": None}
    return schema.get("default", fallback.get(schema.get("type", ""), ""))


def resolve(description: Json, schema: Json) -> Json:
    """What a reference refers to; any other schema is returned as it is."""
    if "$ref" not in schema:
        return schema
    found: Json = description["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found


def kind(schema: Mapping[str, Any]) -> str:
    """What a value may be, in Dutch: 'geheel getal, 1 tot en met 100'."""
    if schema.get("enum"):
        return "een van: " + ", ".join(map(plain, schema["enum"]))
    words = TYPES.get(schema.get("type", ""), "tekst")
    low, high = (schema.get(f"{end}imum", schema.get(f"{end}Items")) for end in ("min", "max"))
    if low is not None:
        words += f", {low:g} tot en met {high:g}" if high is not None else f", vanaf {low:g}"
    if schema.get("maxLength"):
        words += f", hoogstens {schema['maxLength']} tekens"
    return words


def plain(value: object) -> str:
    """A JSON value as a reader writes it."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def as_json(value: object) -> str:
    """JSON with Dutch letters, indented."""
    return json.dumps(value, ensure_ascii=False, indent=2)
