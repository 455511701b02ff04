"""The form by which a browser signs in with a token, and the button by which it signs out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from service.access import SIGN_IN, SIGN_OUT, Access, Mode, cookie, cookie_name
from service.actor import Actor
from service.memo_pages import Posted
from service.pages import render
from service.problems import ProblemError
from service.sessions import LASTS

router = APIRouter(include_in_schema=False)


def access_of(request: Request) -> Access:
    """Who decides; a service that asks for no token has no form either."""
    access: Access | None = getattr(request.app.state, "access", None)
    if access is None or access.mode is Mode.LOCAL:
        raise ProblemError(404, "not-found", "Op deze dienst hoeft u zich niet aan te melden.")
    return access


def own_path(where: str) -> str:
    """A path of this service to go on to, or '/' for anything that could lead elsewhere.

    >>> own_path("/memo?p=1"), own_path("//kwaad.example"), own_path("/\\\\kwaad.example")
    ('/memo?p=1', '/', '/')
    """
    safe = where.startswith("/") and not where.startswith("//") and "\\" not in where and where.isprintable()
    return where if safe else "/"


@router.get(SIGN_IN)
def form(request: Request, naar: Annotated[str, Query(max_length=8000)] = "/") -> HTMLResponse:
    """Ask for a token."""
    access_of(request)
    return sign_in_page(request, own_path(naar))


@router.post(SIGN_IN)
def sign_in(request: Request, pairs: Posted) -> Response:
    """Begin a session; the cookie holds a name for it, never the token."""
    access, fields = access_of(request), dict(pairs)
    where = own_path(fields.get("naar", "/"))
    token = access.store.find(fields.get("token", "").strip())
    if token is None:
        return sign_in_page(request, where, "Dit token is niet geldig. Kijk of u het helemaal hebt overgenomen.", 401)
    request.state.actor = Actor(token.name, token.role, token.id, session=True)
    access.sessions.end(cookie(request))
    answer = RedirectResponse(where, 303)
    answer.set_cookie(
        cookie_name(request),
        access.sessions.begin(token.id),
        max_age=int(LASTS),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


@router.post(SIGN_OUT)
def sign_out(request: Request) -> Response:
    """End the session, here and in the browser."""
    access = access_of(request)
    access.sessions.end(cookie(request))
    answer = RedirectResponse(SIGN_IN, 303)
    answer.delete_cookie(cookie_name(request), httponly=True, samesite="strict", secure=request.url.scheme == "https")
    return answer


def sign_in_page(request: Request, where: str, complaint: str = "", status: int = 200) -> HTMLResponse:
    """The form, or who is signed in already."""
    actor: Actor | None = getattr(request.state, "actor", None)
    name = actor.name if actor and actor.session else ""
    headers = {"WWW-Authenticate": 'Bearer realm="Regiowijzer"'} if status == 401 else None
    return render("sign_in.html", status, headers, where=where, complaint=complaint, name=name, sign_out=SIGN_OUT)
