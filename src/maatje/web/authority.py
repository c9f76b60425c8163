"""
A certificate authority of one's own, for the telephone's page alone.

It is made once, in the home, and may vouch for nothing but addresses of private networks and the names
``.local``, ``.internal`` and ``.home.arpa`` (a critical name constraint): a telephone that trusts it can
be led astray by its key at home, never on the internet. Needs ``cryptography`` (``maatje[tls]``).
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from maatje.errors import N_, SettingError
from maatje.model.units import Seconds, moment

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

FOLDER: Final = "telephone"
CA_DAYS: Final = 730
LEAF_DAYS: Final = 60
_SPARE_DAYS: Final = 7
_BACK: Final = timedelta(days=1)  # a telephone's clock may be behind

PRIVATE: Final = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10",
                  "127.0.0.0/8", "fc00::/7", "fe80::/10", "::1/128")  # fmt: skip
"""Addresses it may vouch for."""

NAMES: Final = ("local", "internal", "home.arpa", "localhost")
"""Names, and all below them, that it may vouch for."""


class Certificates(NamedTuple):
    """Files of a server's certificate and key; the authority's own certificate, and its fingerprint to compare."""

    chain: Path
    key: Path
    authority: bytes
    fingerprint: str


def may_vouch_for(host: str) -> bool:
    """Whether a name or address is one that the authority may certify."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return any(host == name or host.endswith(f".{name}") for name in NAMES)
    return any(address in ipaddress.ip_network(net) for net in PRIVATE if (":" in net) == (address.version == 6))


def certificates(home: Path, host: str, now: Seconds) -> Certificates:
    """
    A certificate for this host, by the home's own authority; both are made where they are not there or old.

    Writes four files (0600) in a folder (0700) of the home. Safe to repeat.
    Raises: SettingError: ``cryptography`` is not installed, or the host is not one to vouch for.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
    except ImportError as error:
        raise SettingError(N_("A certificate needs one more package: pip install 'maatje[tls]'.")) from error
    if not may_vouch_for(host):
        raise SettingError(
            N_("maatje’s own certificates are for private networks, not for {host}: give --cert and --key."), host=host
        )
    folder = home / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    issuer, issuer_key = _authority(folder, now)
    key = _new_key()
    leaf = _leaf(host, key, (issuer, issuer_key), now)
    pem = serialization.Encoding.PEM
    # The key comes first: whoever finds a certificate finds the key that belongs to it.
    _write(folder / "server.key", _key_bytes(key))
    _write(folder / "server.crt", leaf.public_bytes(pem) + issuer.public_bytes(pem))
    fingerprint = issuer.fingerprint(hashes.SHA256()).hex(":").upper()
    assert isinstance(issuer, x509.Certificate)
    authority = issuer.public_bytes(serialization.Encoding.DER)
    return Certificates(folder / "server.crt", folder / "server.key", authority, fingerprint)


def _authority(folder: Path, now: Seconds) -> tuple[x509.Certificate, EllipticCurvePrivateKey]:
    """The authority that is there, if it holds for longer than a server's certificate; else a new one."""
    from cryptography import x509
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

    with suppress(OSError, ValueError):
        found = x509.load_pem_x509_certificate((folder / "authority.crt").read_bytes())
        key = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
        lasts = found.not_valid_after_utc > moment(now) + timedelta(days=LEAF_DAYS + _SPARE_DAYS)
        if isinstance(key, EllipticCurvePrivateKey) and lasts and found.public_key() == key.public_key():
            return found, key
    key = _new_key()
    found = _root(key, now)
    _write(folder / "authority.key", _key_bytes(key))
    _write(folder / "authority.crt", found.public_bytes(serialization.Encoding.PEM))
    return found, key


def _root(key: EllipticCurvePrivateKey, now: Seconds) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    name = _name("maatje, this computer only")
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    allowed: list[x509.GeneralName] = [x509.IPAddress(ipaddress.ip_network(net)) for net in PRIVATE]
    allowed += [x509.DNSName(one) for one in NAMES]
    return (
        _begun(name, name, key, now, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints(allowed, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    host: str, key: EllipticCurvePrivateKey, issuer: tuple[x509.Certificate, EllipticCurvePrivateKey], now: Seconds
) -> x509.Certificate:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    above, above_key = issuer
    bare = host.strip("[]")
    try:
        alternative: x509.GeneralName = x509.IPAddress(ipaddress.ip_address(bare))
    except ValueError:
        alternative = x509.DNSName(bare)
    for_servers: Iterable[x509.ObjectIdentifier] = [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]
    return (
        _begun(_name("maatje"), above.subject, key, now, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([alternative]), critical=False)
        .add_extension(x509.ExtendedKeyUsage(for_servers), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(above_key.public_key()), critical=False)
        .sign(above_key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: EllipticCurvePrivateKey, now: Seconds, days: int
) -> x509.CertificateBuilder:
    from cryptography import x509

    begin = moment(now)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin - _BACK)
        .not_valid_after(begin + timedelta(days=days))
    )


def _name(text: str) -> x509.Name:
    from cryptography import x509

    return x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, text)])


def _new_key() -> EllipticCurvePrivateKey:
    from cryptography.hazmat.primitives.asymmetric import ec

    return ec.generate_private_key(ec.SECP256R1())


def _key_bytes(key: EllipticCurvePrivateKey) -> bytes:
    from cryptography.hazmat.primitives import serialization

    plain = serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)


def _write(path: Path, content: bytes) -> None:
    """A file that only its owner reads, whole or not at all."""
    draft = path.with_suffix(path.suffix + ".new")
    draft.unlink(missing_ok=True)
    with open(draft, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.write(content)
    draft.replace(path)
