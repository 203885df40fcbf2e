"""Whether a text can be a mail address: a check for typing mistakes, not for existence."""

from __future__ import annotations

import re
from typing import Final

_LONGEST_LOCAL: Final = 64  # RFC 5321, 4.5.3.1.1
_LONGEST: Final = 254  # RFC 5321, 4.5.3.1.3 with erratum 1690
_LOCAL: Final = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*")
_LABEL: Final = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")


def is_plausible_email(address: str) -> bool:
    """Whether mail could go there: one @, a name without odd dots, a domain with a dot in it.

    Names and domains may hold letters of every script (RFC 6531). Quoted names and addresses of
    bare numbers exist on paper only and count as mistakes.
    """
    plain = address.strip()
    local, at, domain = plain.rpartition("@")
    if not at or len(plain) > _LONGEST or len(local) > _LONGEST_LOCAL:
        return False
    labels = domain.split(".")
    return (
        _LOCAL.fullmatch(local) is not None
        and len(labels) > 1
        and all(_LABEL.fullmatch(label) and "_" not in label for label in labels)
        and not labels[-1].isdigit()
    )
