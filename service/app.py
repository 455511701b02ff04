"""The web application: the API, the pages and what every answer has in common."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware import Middleware

from service import (
    compare_pages,
    compare_routes,
    documents_pages,
    evidence_routes,
    memo_pages,
    memo_routes,
    outline_pages,
    pages,
    reading,
    routes,
    search_pages,
    suggestions,
    upload_routes,
)
from service.bodies import BodyLimitMiddleware
from service.headers import API_VERSION, HeadersMiddleware
from service.library import LiveLibrary
from service.problems import install_handlers
from service.schemas import Problem
from service.waiting import Gate

DESCRIPTION = (
    "Zoekt fragmenten in Nederlandse regioplannen voor zorg en welzijn, elk met document, pagina en regio. "
    "Fouten komen als `application/problem+json` (RFC 9457)."
)


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description; FastAPI does not know of our problem form by itself."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=app.description,
            routes=app.routes,
            openapi_version="3.1.0",
        )
        schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
        app.openapi_schema = schema
    return app.openapi_schema


def create_app(library: LiveLibrary, concurrency: int) -> FastAPI:
    """Make the application over a library that may still be closed; `concurrency` questions run side by side."""
    app = FastAPI(
        title="Regiowijzer",
        version=API_VERSION,
        description=DESCRIPTION,
        openapi_url="/v1/openapi.json",
        # FastAPI's own documentation pages load scripts from another host.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(HeadersMiddleware), Middleware(BodyLimitMiddleware)],
    )
    app.state.library = library
    app.state.gate = Gate(concurrency)
    app.state.images = evidence_routes.make_image_keep()
    install_handlers(app)
    # A file name may hold slashes, so what follows it in an address must be tried before the name alone.
    app.include_router(evidence_routes.router)
    app.include_router(routes.router)
    app.include_router(compare_routes.router)
    app.include_router(compare_pages.router)
    app.include_router(memo_routes.router)
    app.include_router(memo_pages.router)
    app.include_router(suggestions.router)
    app.include_router(search_pages.router)
    app.include_router(documents_pages.router)
    app.include_router(upload_routes.router)
    app.include_router(reading.router)
    app.include_router(outline_pages.router)
    app.mount("/static", pages.static_files(), name="static")
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend it
    return app
