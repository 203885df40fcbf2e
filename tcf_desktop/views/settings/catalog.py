"""Every section and every single setting of the Settings page, one line each.

A section is made by ``factory`` ("module:Class") when it is first shown; the class is a
:class:`tcf_desktop.views.settings.section.Section`. The search of the page and the palette find
settings by their title and words.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A line of the list at the left."""

    key: str
    title: str
    icon: str
    factory: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """A single setting: ``field`` is the object name of its widget."""

    key: str
    section: str
    title: str
    field: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class FoundSetting:
    """A setting as a search shows it."""

    key: str
    title: str
    section: str
    section_title: str
    field: str


_V = "tcf_desktop.views.settings"

SECTIONS: tuple[SectionSpec, ...] = (
    SectionSpec(
        "business",
        str(QT_TRANSLATE_NOOP("Settings", "Business")),
        "storefront",
        f"{_V}.business:BusinessSection",
        "company name address logo",
    ),
    SectionSpec(
        "services",
        str(QT_TRANSLATE_NOOP("Settings", "Services and prices")),
        "tag",
        f"{_V}.services:ServicesSection",
        "catalogue price quantity unit",
    ),
    SectionSpec(
        "price_lists",
        str(QT_TRANSLATE_NOOP("Settings", "Price lists")),
        "currency-dollar",
        f"{_V}.price_lists:PriceListsSection",
        "discount group special price",
    ),
    SectionSpec(
        "taxes",
        str(QT_TRANSLATE_NOOP("Settings", "Taxes")),
        "percent",
        f"{_V}.taxes:TaxesSection",
        "sales tax vat rate",
    ),
    SectionSpec(
        "invoices",
        str(QT_TRANSLATE_NOOP("Settings", "Invoices")),
        "receipt",
        f"{_V}.invoices:InvoicesSection",
        "number terms message pdf",
    ),
    SectionSpec(
        "contact_fields",
        str(QT_TRANSLATE_NOOP("Settings", "Contact fields")),
        "identification-card",
        f"{_V}.contact_fields:ContactFieldsSection",
        "custom own extra question",
    ),
    SectionSpec(
        "measures",
        str(QT_TRANSLATE_NOOP("Settings", "Measures")),
        "ruler",
        f"{_V}.measures:MeasuresSection",
        "panes square feet stories count quantity",
    ),
    SectionSpec(
        "hours",
        str(QT_TRANSLATE_NOOP("Settings", "Hours and days off")),
        "clock",
        f"{_V}.hours:HoursSection",
        "closed holidays vacation weekday opening working",
    ),
    SectionSpec(
        "phones",
        str(QT_TRANSLATE_NOOP("Settings", "Phones")),
        "device-mobile",
        f"{_V}.phones:PhonesSection",
        "receive positions pair port",
    ),
    SectionSpec(
        "privacy",
        str(QT_TRANSLATE_NOOP("Settings", "Privacy")),
        "lock-key",
        f"{_V}.privacy:PrivacySection",
        "gdpr ccpa personal data forget",
    ),
    SectionSpec(
        "appearance",
        str(QT_TRANSLATE_NOOP("Settings", "Appearance")),
        "eye",
        f"{_V}.appearance:AppearanceSection",
        "dark light theme text size",
    ),
    SectionSpec(
        "about",
        str(QT_TRANSLATE_NOOP("Settings", "About")),
        "info",
        f"{_V}.about:AboutSection",
        "version licence data folder",
    ),
)

SETTINGS: tuple[SettingSpec, ...] = (
    SettingSpec("name", "business", str(QT_TRANSLATE_NOOP("Settings", "Business name")),
                "settings.business.name", "company"),
    SettingSpec("address", "business", str(QT_TRANSLATE_NOOP("Settings", "Address")),
                "settings.business.address", "street city"),
    SettingSpec("email", "business", str(QT_TRANSLATE_NOOP("Settings", "E-mail")),
                "settings.business.email", "mail"),
    SettingSpec("phone", "business", str(QT_TRANSLATE_NOOP("Settings", "Phone number")),
                "settings.business.phone", "telephone"),
    SettingSpec("website", "business", str(QT_TRANSLATE_NOOP("Settings", "Website")),
                "settings.business.website", "web url"),
    SettingSpec("logo", "business", str(QT_TRANSLATE_NOOP("Settings", "Logo")),
                "settings.business.logo", "picture image brand"),
    SettingSpec("currency", "business", str(QT_TRANSLATE_NOOP("Settings", "Currency")),
                "settings.business.currency", "money dollar euro"),
    SettingSpec("zone", "business", str(QT_TRANSLATE_NOOP("Settings", "Time zone")),
                "settings.business.zone", "clock summer time"),
    SettingSpec("services", "services", str(QT_TRANSLATE_NOOP("Settings", "Services")),
                "settings.services.add", "price unit sell quantity measure"),
    SettingSpec("price_lists", "price_lists", str(QT_TRANSLATE_NOOP("Settings", "Price lists")),
                "settings.price_lists.add", "discount group special price"),
    SettingSpec("contact_fields", "contact_fields",
                str(QT_TRANSLATE_NOOP("Settings", "Your own fields")),
                "settings.contact_fields.add", "custom extra question choice"),
    SettingSpec("measures", "measures",
                str(QT_TRANSLATE_NOOP("Settings", "Measures of a location")),
                "settings.measures.add", "panes square feet stories quantity"),
    SettingSpec("taxes", "taxes", str(QT_TRANSLATE_NOOP("Settings", "Tax rates")),
                "settings.taxes.add", "sales vat percent"),
    SettingSpec("raise_prices", "services",
                str(QT_TRANSLATE_NOOP("Settings", "Raise prices by a percentage")),
                "settings.services.raise", "increase inflation"),
    SettingSpec("default_tax", "taxes", str(QT_TRANSLATE_NOOP("Settings", "Default tax")),
                "settings.taxes.default", "usual"),
    SettingSpec("pattern", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Invoice number")),
                "settings.invoices.pattern", "pattern prefix year counter"),
    SettingSpec("terms", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Payment terms")),
                "settings.invoices.terms", "net days due"),
    SettingSpec("message", "invoices",
                str(QT_TRANSLATE_NOOP("Settings", "Message on the invoice")),
                "settings.invoices.message", "thank you note footer"),
    SettingSpec("credit_number", "invoices",
                str(QT_TRANSLATE_NOOP("Settings", "Credit note number")),
                "settings.invoices.credit_pattern", "pattern prefix"),
    SettingSpec("proposals", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Proposals")),
                "settings.invoices.proposal_valid_days",
                "estimate quote offer validity follow up ask again message"),
    SettingSpec("look", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Look of documents")),
                "settings.invoices.layout", "layout color paper letter a4 modern compact pdf"),
    SettingSpec("envelope", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Window envelope")),
                "settings.invoices.window_envelope", "address"),
    SettingSpec("pay", "invoices", str(QT_TRANSLATE_NOOP("Settings", "How to pay")),
                "settings.invoices.payment_instructions", "bank iban qr link payment"),
    SettingSpec("tax_number", "invoices",
                str(QT_TRANSLATE_NOOP("Settings", "Tax number of the business")),
                "settings.invoices.tax_number", "vat ein"),
    SettingSpec("rounding", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Tax is rounded")),
                "settings.invoices.rounding", "included prices rounding"),
    SettingSpec("closed_books", "invoices", str(QT_TRANSLATE_NOOP("Settings", "Closed books")),
                "settings.invoices.closed", "period year lock"),
    SettingSpec("week", "hours", str(QT_TRANSLATE_NOOP("Settings", "Working hours")),
                "settings.hours.week.0.from", "opening weekday open closed"),
    SettingSpec("closed", "hours", str(QT_TRANSLATE_NOOP("Settings", "Closed days")),
                "settings.hours.off.add", "vacation company holiday day off"),
    SettingSpec("holidays", "hours", str(QT_TRANSLATE_NOOP("Settings", "Public holidays")),
                "settings.hours.holidays_off", "region state bank holiday christmas"),
    SettingSpec("receive", "phones", str(QT_TRANSLATE_NOOP("Settings", "Receive from phones")),
                "settings.phones.receive", "gps tracking endpoint server port"),
    SettingSpec("port", "phones", str(QT_TRANSLATE_NOOP("Settings", "Port")),
                "settings.phones.port", "network firewall number"),
    SettingSpec("person", "privacy",
                str(QT_TRANSLATE_NOOP("Settings", "Export or erase one person")),
                "settings.privacy.person", "gdpr ccpa data request forget delete"),
    SettingSpec("retention", "privacy",
                str(QT_TRANSLATE_NOOP("Settings", "How long invoices keep a name")),
                "settings.privacy.years", "retention years law tax"),
    SettingSpec("mode", "appearance", str(QT_TRANSLATE_NOOP("Settings", "Light or dark")),
                "settings.appearance.mode", "theme night colour color"),
    SettingSpec("text_size", "appearance", str(QT_TRANSLATE_NOOP("Settings", "Text size")),
                "settings.appearance.text_size", "zoom font larger"),
    SettingSpec("folder", "about", str(QT_TRANSLATE_NOOP("Settings", "Data folder")),
                "settings.about.folder", "where files disk database"),
)  # fmt: skip


def section_title(key: str) -> str:
    """The title of a section in the user's language."""
    spec = next(section for section in SECTIONS if section.key == key)
    return QCoreApplication.translate("Settings", spec.title)


def setting(key: str) -> FoundSetting | None:
    """The setting of a key."""
    for spec in SETTINGS:
        if spec.key == key:
            return _found(spec)
    return None


def found_settings(text: str) -> list[FoundSetting]:
    """Settings whose title, words or section fit what was typed."""
    words = text.casefold().split()
    if not words:
        return []
    result = []
    for spec in SETTINGS:
        found = _found(spec)
        every = f"{found.title} {spec.words} {found.section_title}".casefold().split()
        if all(any(part.startswith(word) for part in every) for word in words):
            result.append(found)
    return result


def _found(spec: SettingSpec) -> FoundSetting:
    title = QCoreApplication.translate("Settings", spec.title)
    return FoundSetting(spec.key, title, spec.section, section_title(spec.section), spec.field)
