"""The web application: the API, the pages and what every answer has in common."""

from fastapi import Depends, FastAPI
from starlette.middleware import Middleware

from service import (
    api_pages,
    compare_pages,
    compare_routes,
    differences_pages,
    differences_routes,
    documents_pages,
    evidence_routes,
    info_pages,
    matrix_pages,
    matrix_routes,
    memo_pages,
    memo_routes,
    metrics_routes,
    outline_pages,
    pages,
    reading,
    routes,
    search_pages,
    sign_in,
    suggestions,
    upload_routes,
)
from service.about import Operator, Recording
from service.bodies import BodyLimitMiddleware
from service.description import describe
from service.guard import GuardMiddleware
from service.headers import API_VERSION, HeadersMiddleware
from service.library import LiveLibrary
from service.observing import ObserveMiddleware
from service.parameters import refuse_unknown_parameters
from service.problems import documented, install_handlers
from service.protection import UNPROTECTED, Protection
from service.waiting import AdmissionMiddleware, Gate


def create_app(library: LiveLibrary, concurrency: int, protection: Protection = UNPROTECTED) -> FastAPI:
    """Make the application over a library that may still be closed; `concurrency` questions run side by side.

    Without `protection` it knows neither names, tokens nor limits; `service.serving` always gives one.
    """
    app = FastAPI(
        title="Regiowijzer",
        version=API_VERSION,
        # FastAPI's own documentation pages load scripts from another host; `api_pages` serves ours.
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(refuse_unknown_parameters)],
        responses=documented(400, 401, 403, 429, 503),
        middleware=[
            Middleware(HeadersMiddleware),
            Middleware(ObserveMiddleware, observers=protection.observers),
            Middleware(GuardMiddleware, checks=protection.checks),
            Middleware(AdmissionMiddleware),
            Middleware(BodyLimitMiddleware),
        ],
    )
    app.state.access = protection.access
    app.state.metrics = protection.metrics
    app.state.library = library
    app.state.operator = Operator()
    app.state.recording = Recording()
    app.state.gate = Gate(concurrency)
    app.state.images = evidence_routes.make_image_keep()
    install_handlers(app)
    # A file name may hold slashes, so what follows it in an address must be tried before the name alone.
    app.include_router(evidence_routes.router)
    app.include_router(routes.router)
    app.include_router(compare_routes.router)
    app.include_router(differences_routes.router)
    app.include_router(matrix_routes.router)
    app.include_router(compare_pages.router)
    app.include_router(differences_pages.router)
    app.include_router(matrix_pages.router)
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
    app.include_router(sign_in.router)
    app.include_router(metrics_routes.router)
    app.mount("/static", pages.static_files(), name="static")
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]  # FastAPI's documented way to extend it
    return app
