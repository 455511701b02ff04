"""The address where Prometheus fetches its figures; it exists only where the operator wants it."""

from fastapi import APIRouter, Request, Response

from service.metrics import MEDIA_TYPE, Metrics
from service.problems import ProblemError

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Every figure."""
    held: Metrics | None = getattr(request.app.state, "metrics", None)
    if held is None:
        raise ProblemError(
            404, "metrics-off", "Metingen staan uit. De beheerder kan ze aanzetten met REGIOWIJZER_METRICS=1."
        )
    return Response(held.text(request.app.state.library), media_type=MEDIA_TYPE)
