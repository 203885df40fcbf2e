"""Nothing of persons, places and secrets reaches logs and reports."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tcf_desktop.base.log import RedactingFormatter, start_log, stop_log
from tcf_desktop.base.redact import redact, redact_exception, redact_traceback

CANARIES = {
    "mail": "linda.park@canary.example",
    "phone": "605-555-0142",
    "phone_plain": "+16055550142",
    "latitude": "43.54912",
    "longitude": "-96.72781",
    "token": "tcf_9fK2mQx7Lw3Zp8Rt5Vb1Nc6",
    "street": "1407 W 10th St",
    "name": "Linda Canary-Park",
}


def leaks(text: str, *names: str) -> list[str]:
    return [name for name in (names or CANARIES) if CANARIES[name] in text]


@pytest.mark.parametrize(
    "line",
    [
        "mail to {mail} failed",
        "called {phone} and {phone_plain}",
        "fix at {latitude},{longitude}",
        "POST /pub?token={token} 401",
        "Authorization: Bearer {token}",
        "https://user:{token}@canary.example/x",
        "password={token}",
        "geocoded {street}, done",
        "token {token}",
    ],
)
def test_log_lines_lose_what_identifies(line: str) -> None:
    assert leaks(redact(line.format(**CANARIES))) == []


def test_ordinary_lines_stay_readable() -> None:
    line = "IssueInvoice took 3.2 ms, 12 rows, id 4711, port 8443, phone 3 said 401"
    assert redact(line) == line


def test_messages_of_foreign_exceptions_lose_what_they_quote() -> None:
    error = ValueError(f'could not read \'{CANARIES["name"]}\' of {{"a": "{CANARIES["street"]}"}}')
    assert leaks(redact_exception(error)) == []
    statement = RuntimeError(
        f"UNIQUE failed [SQL: INSERT INTO contacts VALUES (?)] [parameters: ({CANARIES['name']},)]"
    )
    assert leaks(redact_exception(statement)) == []
    assert "UNIQUE failed" in redact_exception(statement)


def raise_with_cause() -> None:
    try:
        int(f"{CANARIES['name']}")
    except ValueError as error:
        raise RuntimeError(f"row of {CANARIES['mail']}") from error


def test_tracebacks_name_places_and_types_only() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise_with_cause()
    text = redact_traceback(caught.value)
    assert leaks(text) == []
    assert "raise_with_cause" in text
    assert "ValueError" in text
    assert str(Path.home()) not in text


def test_the_log_file_holds_no_canary(tmp_path: Path) -> None:
    handler = start_log(tmp_path / "logs")
    assert handler is not None
    level = logging.getLogger().level
    log = logging.getLogger("tcf_desktop.canary")
    try:
        log.info("posted by %s from %s", CANARIES["mail"], CANARIES["latitude"])
        log.info("pairing token=%s", CANARIES["token"])
        try:
            raise_with_cause()
        except RuntimeError:
            log.info("it failed", exc_info=True)
    finally:
        stop_log(handler)
        logging.getLogger().setLevel(level)
    text = (tmp_path / "logs" / "tcf-desktop.log").read_text("utf-8")
    assert leaks(text) == []
    assert "RuntimeError" in text


def test_a_folder_that_cannot_be_written_gives_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert start_log(tmp_path / "file" / "logs") is None


def test_format_keeps_level_thread_and_logger() -> None:
    record = logging.LogRecord("tcf_desktop.x", logging.WARNING, "", 1, "went %s", ("on",), None)
    assert "WARNING" in RedactingFormatter().format(record)
    assert "tcf_desktop.x: went on" in RedactingFormatter().format(record)
