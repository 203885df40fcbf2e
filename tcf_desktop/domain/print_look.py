"""How the documents of an office look, whatever stands on them."""

from dataclasses import dataclass

from tcf_desktop.domain.billing_settings import DEFAULT_COLOUR, BillingSettings
from tcf_desktop.domain.documents import paper_for


@dataclass(frozen=True, slots=True)
class Look:
    """``layout`` is classic, modern or compact; ``paper`` letter or a4; ``window`` puts the
    address where a window envelope shows it."""

    layout: str = "classic"
    colour: str = DEFAULT_COLOUR
    paper: str = "letter"
    header: str = ""
    footer: str = ""
    window: bool = False


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class PaymentWays:
    """What the office says about how to pay; ``qr`` is none, epc or link."""

    instructions: str = ""
    qr: str = "none"
    link: str = ""
    holder: str = ""
    iban: str = ""
    bic: str = ""


NO_PAYMENT = PaymentWays()


def look_of(settings: BillingSettings, country: str) -> Look:
    """The look that the settings say; the paper follows the country where they leave it open."""
    return Look(
        layout=settings.layout,
        colour=settings.colour,
        paper=settings.paper or paper_for(country),
        header=settings.header,
        footer=settings.footer,
        window=settings.window_envelope,
    )


def payment_ways(settings: BillingSettings) -> PaymentWays:
    """How to pay, as the settings say."""
    return PaymentWays(
        settings.payment_instructions,
        settings.payment_qr,
        settings.payment_link,
        settings.account_holder,
        settings.iban,
        settings.bic,
    )
