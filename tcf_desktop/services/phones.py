"""Pairing phones with people, and the switch that receives from them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tcf_desktop import models
from tcf_desktop.base.errors import AppError
from tcf_desktop.services.command import Command
from tcf_desktop.services.queries.phones import FILE_APP

if TYPE_CHECKING:
    from tcf_desktop.services.office import Office
    from tcf_desktop.services.uow import UnitOfWork

HTTP_PORT: Final = 8765
EVERY_ADDRESS: Final = "0.0.0.0"  # noqa: S104 - the switch says so, and only neighbours get an answer
APPS: Final = ("owntracks", "overland")
TOKEN_BYTES: Final = 18  # 144 random bits


@dataclass(frozen=True, slots=True)
class PairedPhone:
    """A new pairing. ``token`` is shown once and stored nowhere."""

    id: int
    worker: str
    app: str
    token: str


def new_token() -> str:
    """A secret for a phone; begins with a letter or figure, so that it is no option to a shell."""
    while True:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        if token[0].isalnum():
            return token


@dataclass(frozen=True, slots=True)
class PairPhone(Command[PairedPhone]):
    """Let a phone of a person send; ``app`` is one of :data:`APPS` or empty when not known yet."""

    worker_id: int
    app: str = ""

    def execute(self, uow: UnitOfWork) -> PairedPhone:
        worker = uow.get(models.Worker, self.worker_id)
        if worker.deleted_at is not None:
            raise AppError("data.gone")
        token = new_token()
        first_name = worker.name.split()[0] if worker.name.split() else worker.name
        earlier = int(
            uow.value(
                "SELECT count(*) FROM phones WHERE worker_id = ? AND app <> ?",
                (self.worker_id, FILE_APP),
            )
        )
        number = f" {earlier + 1}" if earlier else ""
        uow.describe("pairing of a phone with {name}", name=worker.name)
        phone = uow.add(
            models.Phone(
                worker_id=self.worker_id,
                name=f"{first_name}’s phone{number}",
                app=self.app,
                token_hash=hashlib.sha256(token.encode()).hexdigest(),
                paired_at=uow.now_at,
                revoked_at=None,
            )
        )
        return PairedPhone(phone.id, worker.name, self.app, token)


@dataclass(frozen=True, slots=True)
class UnpairPhone(Command[None]):
    """Refuse a phone from now on; what it sent during shifts stays. Undo lets it send again."""

    phone_id: int

    def execute(self, uow: UnitOfWork) -> None:
        phone = uow.get(models.Phone, self.phone_id)
        if phone.revoked_at is not None:
            raise AppError("phones.not_paired")
        uow.describe("unpairing of {name}", name=phone.name)
        phone.revoked_at = uow.now_at


@dataclass(frozen=True, slots=True)
class Address:
    """Where the endpoint listens. ``urls``: what other devices may use, the best first."""

    host: str
    port: int
    urls: tuple[str, ...]

    @property
    def url(self) -> str:
        """The address to show and to put into a phone."""
        return self.urls[0]


def start_receiving(office: Office, host: str, port: int) -> Address:
    """Switch the endpoint on; for an io thread. Raises ``phones.port_taken`` and its like."""
    endpoint = office.ports.phones
    if endpoint is None:
        raise AppError("phones.not_started")
    office.runner.warm_up()
    bound_host, bound_port = endpoint.start(host, port)
    return Address(bound_host, bound_port, reachable_urls(office, bound_host, bound_port))


def stop_receiving(office: Office) -> None:
    """Switch the endpoint off; for an io thread."""
    if office.ports.phones is not None:
        office.ports.phones.stop()


def reachable_urls(office: Office, host: str, port: int) -> tuple[str, ...]:
    """The base addresses under which other devices reach a listener; never empty."""
    endpoint = office.ports.phones
    if host != EVERY_ADDRESS:
        return (f"http://{host}:{port}",)
    found = endpoint.addresses() if endpoint is not None else []
    return tuple(f"http://{address}:{port}" for address in found or ["127.0.0.1"])


def open_pairing(office: Office, phone: PairedPhone, base_url: str, business: str) -> str:
    """The address of the page that sets the phone up; it works once, for ten minutes."""
    endpoint = office.ports.phones
    if endpoint is None:
        raise AppError("phones.not_started")
    code = endpoint.offer(phone.id, phone.app, phone.worker, business, phone.token, base_url)
    return f"{base_url}/p/{code}"
