"""Keys and signatures are minisign's: its own tool made the vectors, and accepts what is signed here."""

from __future__ import annotations

import shutil
import subprocess
from base64 import b64decode, b64encode
from pathlib import Path

import pytest

from steelyard.errors import BadInputError, DamagedFileError
from steelyard.library.bundle.minisign import (
    is_signed,
    public_key_text,
    public_of,
    read_public_key,
    read_secret_key,
    read_signature,
    sign,
)

VECTORS = Path(__file__).parent / "vectors"


def no_password() -> str:
    pytest.fail("a password was asked for")


@pytest.mark.parametrize("form", ["hashed", "plain"])
def test_that_signatures_of_the_stock_tool_hold(form):
    key = read_public_key((VECTORS / "stock.pub").read_bytes())
    signature = read_signature((VECTORS / f"{form}.minisig").read_bytes())
    message = (VECTORS / "message.txt").read_bytes()
    assert key.id == signature.key_id == "F9028B9727503D9A"
    assert signature.hashed == (form == "hashed")
    assert is_signed(message, signature, key)
    assert not is_signed(message + b"\n", signature, key)
    assert not is_signed(message, signature._replace(comment=signature.comment + "!"), key)
    assert not is_signed(message, signature._replace(hashed=not signature.hashed), key)


def test_that_a_public_key_is_written_as_it_was_read():
    text = (VECTORS / "stock.pub").read_bytes()
    assert public_key_text(read_public_key(text)) == text


def test_that_a_signature_holds_for_its_own_key_only(parties):
    signature = read_signature(sign(b"message", parties.publisher, "comment", "remark"))
    assert is_signed(b"message", signature, public_of(parties.publisher))
    assert not is_signed(b"message", signature, public_of(parties.stranger))
    same_number = public_of(parties.stranger)._replace(id=parties.publisher.id)
    assert not is_signed(b"message", signature, same_number)


@pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed; the vectors are its proof")
def test_that_the_stock_tool_accepts_what_is_signed_here(parties, tmp_path):
    (tmp_path / "key.pub").write_bytes(public_key_text(public_of(parties.publisher)))
    (tmp_path / "message").write_bytes(b"a message")
    (tmp_path / "message.minisig").write_bytes(sign(b"a message", parties.publisher, "a comment, é", "remark"))
    command = ["minisign", "-V", "-H", "-p", tmp_path / "key.pub", "-m", tmp_path / "message"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "a comment, é" in done.stdout


def test_that_a_secret_key_without_a_password_is_read(parties, secret_key_text):
    assert read_secret_key(secret_key_text(parties.publisher), no_password) == parties.publisher
    # minisign 0.11 leaves the checksum of such a key empty
    assert read_secret_key(secret_key_text(parties.publisher, checksum=False), no_password) == parties.publisher


def test_that_a_secret_key_opens_with_its_password_and_no_other(parties, secret_key_text):
    text = secret_key_text(parties.publisher, "correct horse")
    assert read_secret_key(text, lambda: "correct horse") == parties.publisher
    with pytest.raises(BadInputError, match="password does not open"):
        read_secret_key(text, lambda: "correct house")


@pytest.mark.parametrize("place", [60, 70, 100, 130])
def test_that_a_damaged_secret_key_is_refused(parties, secret_key_text, place):
    lines = secret_key_text(parties.publisher).split(b"\n")
    spot = place * 4 // 3
    other = b"A" if lines[1][spot : spot + 1] != b"A" else b"B"
    lines[1] = lines[1][:spot] + other + lines[1][spot + 1 :]
    with pytest.raises(BadInputError, match="damaged"):
        read_secret_key(b"\n".join(lines), no_password)


def test_that_a_secret_key_may_not_ask_for_all_memory(parties, secret_key_text):
    lines = secret_key_text(parties.publisher, "word").split(b"\n")
    raw = bytearray(b64decode(lines[1]))
    raw[46:54] = (1 << 40).to_bytes(8, "little")
    with pytest.raises(BadInputError, match=r"1,024\.0 GiB"):
        read_secret_key(b"\n".join((lines[0], b64encode(raw), b"")), lambda: "word")


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"untrusted comment: x\n",
        b"untrusted comment: x\nAAAA\n",
        b"x\n" * 3000,
        b"\xff\xfe",
        (VECTORS / "hashed.minisig").read_bytes(),
    ],
)
def test_that_what_is_no_key_is_refused(text):
    with pytest.raises(BadInputError, match="no public key"):
        read_public_key(text)
    with pytest.raises(BadInputError, match="no secret key"):
        read_secret_key(text, no_password)


def test_that_no_private_key_lies_in_the_project():
    root = Path(__file__).parents[3]
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, check=False
    )
    names = listed.stdout.decode().split("\n") if listed.returncode == 0 else []
    for name in filter(None, names):
        file = root / name
        if file.suffix in {".key", ".pub", ".minisig", ".txt", ""} and file.is_file():
            head = file.read_bytes()[:400]
            assert b"RWRTY0Iy" not in head, name
            assert b"RWQAAEIy" not in head, name


def test_that_a_damaged_signature_is_no_signature():
    text = (VECTORS / "hashed.minisig").read_bytes()
    for broken in (text[:-1], text + b"\n", text.replace(b"\n", b"\r\n"), text.replace(b"==", b"="), b""):
        with pytest.raises(DamagedFileError):
            read_signature(broken)
