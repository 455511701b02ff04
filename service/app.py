"""The web application: the API, the pages and what every answer has in common."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from service import (
    api_pages,
    compare_pages,
    compare_routes,
    documents_pages,
    evidence_routes,
    info_pages,
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
from service.about import Operator
from service.bodies import BodyLimitMiddleware
from service.description import describe
from service.headers import API_VERSION, HeadersMiddleware
from service.library import LiveLibrary
from service.problems import install_handlers
from service.waiting import Gate


def create_app(library: LiveLibrary, concurrency: int) -> FastAPI:
    """Make the application over a library that may still be closed; `concurrency` questions run side by side."""
    app = FastAPI(
        title="Regiowijzer",
        version=API_VERSION,
        # FastAPI's own documentation pages load scripts from another host; `api_pages` serves ours.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        middleware=[Middleware(HeadersMiddleware), Middleware(BodyLimitMiddleware)],
    )
    app.state.library = library
    app.state.operator = Operator()
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
    app.include_router(info_pages.router)
    app.include_router(api_pages.router)
    app.mount("/static", pages.static_files(), name="static")
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend it
    return app
