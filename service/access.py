"""Who may do what. On its own machine the service asks nothing; elsewhere it wants a token, or the operator's word."""

import logging
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ingest.errors import RegiowijzerError
from service.actor import LOCAL, NOBODY, PUBLIC, Actor, Role, signed_in
from service.hosts import is_loopback
from service.problems import ProblemError
from service.sessions import Sessions
from service.tokens import TokensDamaged, TokenStore

log = logging.getLogger(__name__)

SIGN_IN = "/aanmelden"
SIGN_OUT = "/afmelden"
COOKIE = "regiowijzer"
# What anybody may see: the way in, what the law wants everybody to be able to read, and whether the service lives.
# Help, the statements that the law wants and the description of the API say nothing of any document.
ABOUT = ("/help", "/toegankelijkheid", "/privacy", "/api", "/v1/openapi.json")
OPEN = (SIGN_IN, SIGN_OUT, "/v1/health/live", "/v1/health/ready", *ABOUT)
OPEN_UNDER = ("/static/",)
ADMIN = ("/metrics", "/v1/uploads", "/documenten/toevoegen")


class NotProtected(RegiowijzerError):
    """The service would be open to others, and nobody said that it may."""


class Mode(StrEnum):
    """How the service decides who somebody is."""

    LOCAL = "lokaal"
    TOKENS = "tokens"
    PUBLIC = "publiek"


def needed_role(path: str) -> Role | None:
    """What one must be for a path; None for what anybody may see.

    >>> needed_role("/v1/search"), needed_role("/v1/uploads/1"), needed_role("/static/page.css")
    (<Role.READER: 'lezer'>, <Role.ADMIN: 'beheerder'>, None)
    """
    if path in OPEN or path.startswith(OPEN_UNDER):
        return None
    return Role.ADMIN if any(path == one or path.startswith(f"{one}/") for one in ADMIN) else Role.READER


class Access:
    """Finds out who asks, and refuses who may not.

    Args:
        store: the tokens.
        host: where the service listens.
        public: whether the operator said that anybody may read.
        proxied: whether a proxy passes on what others ask: then who comes from this machine may be anybody.
    """

    def __init__(self, store: TokenStore, host: str, public: bool, proxied: bool = False) -> None:
        self.store = store
        self.sessions = Sessions()
        self.public = public
        self.loopback = is_loopback(host) and not proxied

    @property
    def mode(self) -> Mode:
        """How the service decides now: a first token closes a local service at once, and so does a damaged file."""
        if self.public:
            return Mode.PUBLIC
        try:
            return Mode.LOCAL if self.loopback and not self.store.all() else Mode.TOKENS
        except TokensDamaged:
            return Mode.TOKENS

    def require_protection(self) -> None:
        """Refuse to start where others could read without anybody having said so.

        Raises:
            NotProtected: no token, not public, and not on this machine only.
            TokensDamaged: the file with tokens cannot be read.
        """
        if self.mode is Mode.TOKENS and not self.store.all():
            raise NotProtected(
                "Op dit adres kunnen anderen bij Regiowijzer. Maak eerst een token met: regiowijzer token new "
                "--role lezer --name NAAM. Mag echt iedereen lezen, zet dan REGIOWIJZER_PUBLIC=1."
            )

    def note(self, request: Request) -> None:
        """Find out who asks, for the checks and records that follow; refuses nobody yet."""
        request.state.actor = NOBODY
        try:
            actor = request.state.actor = self.identify(request)
            signed_in.set(actor.name if actor.session else "")
        except TokensDamaged as error:
            log.error("toegang niet te controleren: %s", error)
            detail = "De toegang kan nu niet worden gecontroleerd. De beheerder vindt de oorzaak in het logboek."
            request.state.refusal = ProblemError(503, "no-access-check", detail, {"Retry-After": "30"})
        except ProblemError as problem:
            request.state.refusal = problem

    def allow(self, request: Request) -> Response | None:
        """Let through who may do this; send a browser that must sign in to the form, and refuse all others."""
        needed, actor = needed_role(request.url.path), request.state.actor
        refusal: ProblemError | None = getattr(request.state, "refusal", None)
        if needed is not None and refusal is not None:
            raise refusal
        return None if actor.may(needed) else self._turn_away(request, actor)

    def identify(self, request: Request) -> Actor:
        """Who asks, by a token, a cookie, or where the service listens.

        Raises:
            ProblemError: a token was given, and it is not valid: saying nothing would hide a slip of the pen.
        """
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        if scheme:
            token = self.store.find(secret.strip()) if scheme.lower() == "bearer" else None
            if token is None:
                raise unauthorised("Dit token is niet geldig. Vraag de beheerder om een nieuw.")
            return Actor(token.name, token.role, token.id)
        held = self.store.valid(self.sessions.token(cookie(request)) or "-")
        if held:
            return Actor(held.name, held.role, held.id, session=True)
        return {Mode.LOCAL: LOCAL, Mode.PUBLIC: PUBLIC, Mode.TOKENS: NOBODY}[self.mode]

    def _turn_away(self, request: Request, actor: Actor) -> Response:
        path = request.url.path
        if actor.role is not None:
            raise ProblemError(403, "not-allowed", "Dit mag alleen een beheerder. Gebruik een token met die rol.")
        if path.startswith("/v1") or path == "/metrics":
            raise unauthorised("Hiervoor is een token nodig. Stuur het mee als: Authorization: Bearer TOKEN")
        if request.headers.get("sec-fetch-site") == "cross-site" and request.method == "GET":
            return bounce()
        query = f"?{request.url.query}" if request.url.query and request.method == "GET" else ""
        return RedirectResponse(f"{SIGN_IN}?naar={quote(path + query, safe='')}", 303)


def unauthorised(detail: str) -> ProblemError:
    """401, with the way to do better."""
    return ProblemError(401, "not-signed-in", detail, {"WWW-Authenticate": 'Bearer realm="Regiowijzer"'})


def bounce() -> HTMLResponse:
    """Ask for the same page again, now from ourselves: a browser that comes by a link from elsewhere, such as a memo,
    keeps a SameSite=Strict cookie to itself the first time."""
    page = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0"><title>Regiowijzer</title>'
    return HTMLResponse(page, headers={"Cache-Control": "no-store", "Vary": "Sec-Fetch-Site"})


def cookie_name(request: Request) -> str:
    """Name of the cookie; over HTTPS with the prefix by which browsers let no other host or path set it."""
    return f"__Host-{COOKIE}" if request.url.scheme == "https" else COOKIE


def cookie(request: Request) -> str:
    """What our cookie holds, '' without it."""
    try:
        held = SimpleCookie(request.headers.get("cookie", ""))
    except CookieError:
        return ""
    name = cookie_name(request)
    return held[name].value if name in held else ""
