"""The commands that make, list and revoke tokens."""
# ruff: noqa: PLC0415  # as in service.cli: each command imports what it needs when it runs

from typing import TYPE_CHECKING, Annotated

import typer

from service.dutch import DutchCommand, DutchGroup
from service.memo_commands import Data

if TYPE_CHECKING:
    from service.settings import Settings

token_app = typer.Typer(
    cls=DutchGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
    help="Maak, bekijk en trek tokens in: daarmee komen mensen en programma's binnen.",
)


@token_app.command("new", cls=DutchCommand)
def new(
    name: Annotated[str, typer.Option(metavar="NAAM", help="Voor wie of wat het is; staat in het auditlogboek.")],
    role: Annotated[str, typer.Option(metavar="ROL", help="lezer of beheerder.")] = "lezer",
    days: Annotated[int, typer.Option(metavar="DAGEN", min=1, max=3650, help="Hoelang het werkt.")] = 365,
    data: Data = None,
) -> None:
    """Maak een token. Het wordt één keer getoond en nergens bewaard."""
    from datetime import UTC, datetime, timedelta

    from service.recording import recorded
    from service.tokens import TokenStore, read_role

    settings = _settings(data)
    with recorded(settings, "token maken", name):
        expires = datetime.now(UTC) + timedelta(days=days)
        made, secret = TokenStore(settings.data).add(name, read_role(role), expires)
    typer.echo(f"Token {made.id} voor {made.name!r}, rol {made.role}, werkt tot {made.expires[:10]}:", err=True)
    typer.echo(secret)
    typer.echo("Bewaar het nu: het wordt niet nog eens getoond.", err=True)


@token_app.command("list", cls=DutchCommand)
def list_tokens(data: Data = None) -> None:
    """Toon alle tokens, zonder wat geheim is."""
    from datetime import UTC, datetime

    from service.tokens import TokenStore

    now = datetime.now(UTC)
    for token in TokenStore(_settings(data).data).all():
        state = "ingetrokken" if token.revoked else "geldig" if token.valid(now) else "verlopen"
        typer.echo(f"{token.id}  {token.role:9}  {state:11}  {token.created[:10]}  {token.expires[:10]}  {token.name}")


@token_app.command("revoke", cls=DutchCommand)
def revoke(
    which: Annotated[str, typer.Argument(metavar="NAAM", help="De naam of het nummer van het token.")],
    data: Data = None,
) -> None:
    """Trek een token in; het werkt meteen niet meer."""
    from service.recording import recorded
    from service.tokens import TokenStore

    settings = _settings(data)
    with recorded(settings, "token intrekken", which):
        gone = TokenStore(settings.data).revoke(which)
    typer.echo(f"Token {gone.id} van {gone.name!r} is ingetrokken.")


def _settings(data: Data) -> "Settings":
    from service.settings import load_settings

    return load_settings(data=data)
