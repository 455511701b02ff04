"""The description of the API: as OpenAPI for programs, and as a page for whoever writes them. Nothing from a CDN."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from service import schemas
from service.api_docs import as_json, example, operations
from service.headers import API_VERSION
from service.pages import asset, render

# Each version of the API with what is new in it, the newest first.
CHANGES = (("1.0.0", "De eerste versie."),)

router = APIRouter(include_in_schema=False)


@router.get("/v1/openapi.json")
def openapi(request: Request) -> JSONResponse:
    """The OpenAPI description. Pages of any site may read it, as the Dutch API Design Rules want."""
    return JSONResponse(request.app.openapi(), headers={"Access-Control-Allow-Origin": "*"})


@router.get("/api")
def api_page(request: Request) -> HTMLResponse:
    """Every route with its parameters, an example of a question and of the answer."""
    description = request.app.openapi()
    problem = example(description, {"$ref": f"#/components/schemas/{schemas.Problem.__name__}"})
    # Only faults of parameters have these.
    del problem["errors"]
    return render(
        "api.html",
        style=asset("info.css"),
        version=API_VERSION,
        changes=CHANGES,
        base=str(request.base_url).rstrip("/"),
        operations=operations(description),
        problem=as_json(problem),
    )
