"""Adding a document over HTTP: by a script with its progress, or by a plain form. Off unless the operator allows it."""

import errno
import hashlib
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse

from service import forms
from service.actor import NOBODY
from service.lookup import current_library
from service.multipart import BadForm, boundary_of, unwrap
from service.pages import outline_url, render
from service.problems import ProblemError, documented
from service.refusals import refusal
from service.schemas import File, Form
from service.uploads import NOT_KEPT, BadUpload, Job, Uploads, holds_all

log = logging.getLogger(__name__)

router = APIRouter()

# What a form adds around its file.
WRAPPING = 16_384


class UploadForm(Form):
    """Een document op weg naar de index."""

    id: str = Field(examples=["9f2c41d07a3be586"])
    name: str = Field(description="Naam van het bestand zoals u het stuurde")
    state: str = Field(description="wacht, lezen, index bijwerken, klaar of mislukt", examples=["lezen"])
    over: bool = Field(description="Of er niets meer gebeurt")
    detail: str = Field(description="Wat er gebeurt, of waarom het mislukte")
    document: File = Field(description="Naam in de index; leeg zolang het er niet in staat")
    url: str = Field(description="Waar het document te lezen is, of leeg")


def upload_form(job: Job) -> UploadForm:
    """An upload as the API shows it."""
    return UploadForm(
        id=job.id,
        name=job.name,
        state=job.state,
        over=job.over,
        detail=job.detail,
        document=job.document,
        url=outline_url(job.document) if job.document else "",
    )


@router.post(
    "/v1/uploads",
    status_code=202,
    responses=documented(404, 413, 422, 503, 507),
    openapi_extra={"requestBody": {"required": True, "content": {"application/pdf": {}}}},
    summary="Voeg een PDF toe, als de beheerder dat toestaat; vraag daarna naar de voortgang",
)
async def add(
    request: Request,
    response: Response,
    name: Annotated[str, Query(max_length=300, description="Naam van het bestand")] = "document.pdf",
) -> UploadForm:
    job = await take(request, name)
    response.headers["Location"] = f"/v1/uploads/{job.id}"
    return upload_form(job)


@router.get("/v1/uploads/{upload_id}", responses=documented(404), summary="Hoe ver een toegevoegde PDF is")
def progress(request: Request, upload_id: str) -> UploadForm:
    return upload_form(known_job(request, upload_id))


@router.post("/documenten/toevoegen", include_in_schema=False)
async def add_by_form(request: Request) -> Response:
    """The same from a plain form; the next page tells how far it is."""
    job = await take(request, "")
    return RedirectResponse(f"/documenten/toevoegen/{job.id}", 303)


@router.get("/documenten/toevoegen/{upload_id}", include_in_schema=False)
def progress_page(request: Request, upload_id: str) -> HTMLResponse:
    """How far an upload is."""
    job = known_job(request, upload_id)
    coverage = forms.coverage_form(current_library(request).coverage)
    return render("upload.html", job=upload_form(job), coverage=coverage)


def allowed_uploads(request: Request) -> Uploads:
    """The intake of documents."""
    uploads: Uploads | None = getattr(request.app.state, "uploads", None)
    if uploads is None:
        detail = "Documenten toevoegen staat hier uit. Vraag de beheerder om het document in te lezen."
        raise ProblemError(404, "uploads-off", detail)
    return uploads


def known_job(request: Request, upload_id: str) -> Job:
    """An upload by its id."""
    job = allowed_uploads(request).job(upload_id)
    if job is None:
        raise ProblemError(404, "unknown-upload", f"Er is geen toevoeging {upload_id[:40]!r}, of zij is vergeten.")
    return job


async def take(request: Request, name: str) -> Job:
    """Receive a document, as it is or within a form, and queue it."""
    uploads = allowed_uploads(request)
    with disk_told():
        path = await run_in_threadpool(uploads.aside)
        try:
            boundary = boundary_of(request.headers.get("content-type", ""))
            await receive(request.stream(), path, uploads.limit + (WRAPPING if boundary else 0), uploads.limit_mb)
            return await run_in_threadpool(_queue, request, uploads, path, boundary, name)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@contextmanager
def disk_told() -> Iterator[None]:
    """Tell what keeps a document from being stored; a full disk has a status of its own (RFC 4918, 11.5)."""
    try:
        yield
    except OSError as error:
        log.error("ontvangen mislukt: %s", error)
        status = 507 if error.errno in {errno.ENOSPC, errno.EDQUOT} else 503
        raise ProblemError(status, "not-stored", NOT_KEPT.format(refusal(error))) from None


async def receive(chunks: AsyncIterator[bytes], path: Path, limit: int, limit_mb: int) -> None:
    """Write what comes in to a file; more than `limit` bytes are refused at once, whatever size was announced."""
    size = 0
    with path.open("wb") as file:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                detail = f"Dit bestand is groter dan {limit_mb} MB. Maak de PDF kleiner of vraag de beheerder."
                raise ProblemError(413, "too-large", detail)
            file.write(chunk)


def _queue(request: Request, uploads: Uploads, path: Path, boundary: bytes, name: str) -> Job:
    """Unwrap, check and queue what was received."""
    try:
        if boundary:
            name = _unwrapped(path, boundary, uploads.aside())
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        _refuse_known(request, uploads, sha256)
        origin = request.client.host if request.client else ""
        return uploads.add(path, name, sha256, getattr(request.state, "actor", NOBODY), origin)
    except (BadForm, BadUpload) as error:
        raise ProblemError(422, "bad-upload", str(error)) from None


def _unwrapped(path: Path, boundary: bytes, inner: Path) -> str:
    """Put the file within a form in the place of the form, and return its name; `inner` is where it is copied to."""
    try:
        name = unwrap(path, boundary, inner)
        inner.replace(path)
    finally:
        inner.unlink(missing_ok=True)
    return name


def _refuse_known(request: Request, uploads: Uploads, sha256: str) -> None:
    documents = current_library(request).searcher.documents
    same = next((document for document in documents if document.sha256 == sha256), None)
    if same:
        raise ProblemError(422, "known-document", f"Dit document staat al in de index, als {same.file!r}.")
    if not holds_all(uploads.folders, [document.path for document in documents]):
        raise ProblemError(
            503,
            "other-corpus",
            "De index is van andere mappen gemaakt dan waar toegevoegde documenten komen. "
            "De beheerder kan dat gelijk maken met REGIOWIJZER_CORPUS.",
        )
