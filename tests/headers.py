"""The headers that every answer carries, whatever its address, status or reader."""

from __future__ import annotations

from django.http.response import HttpResponseBase

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; "
    "manifest-src 'self'"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# A file that somebody uploaded is served as if it came from nowhere.
SANDBOX = "sandbox"


def directives(policy: str) -> set[str]:
    return {part.strip() for part in policy.split(";")}


def missing_headers(answer: HttpResponseBase) -> list[str]:
    """What this answer lacks, in words; nothing when it is fully guarded."""
    found = [
        f"{name}: {answer.headers.get(name)}" for name, value in ALWAYS.items() if answer.headers.get(name) != value
    ]
    policy = directives(answer.headers.get("Content-Security-Policy", ""))
    if policy != directives(POLICY) and SANDBOX not in policy:
        found.append(f"Content-Security-Policy: {sorted(policy)}")
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        found.append("Permissions-Policy")
    return found
