"""QR codes: an independent reader gives back what was put in."""

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from forms.qr import ALPHANUMERIC, VERSIONS, image, matrix, template


def read(payload):
    """Return what an independent reader finds in the code of a payload."""
    side, modules = matrix(payload)
    cells = Image.frombytes("L", (side, side), bytes(0 if module else 255 for module in modules))
    framed = Image.new("L", (side + 8, side + 8), 255)
    framed.paste(cells, (4, 4))
    found = zxingcpp.read_barcodes(framed.resize((framed.width * 4, framed.height * 4), Image.Resampling.NEAREST))
    return found[0].text if found else None


@settings(max_examples=40)
@given(st.text(ALPHANUMERIC, min_size=1, max_size=300))
def test_capital_payloads_are_read_back(payload):
    assert read(payload) == payload


@settings(max_examples=40)
@given(st.text("渗漏水abc/:?=𠮷", min_size=1, max_size=50))
def test_any_other_payload_is_read_back_as_utf_8(payload):
    assert read(payload) == payload


@pytest.mark.parametrize("version", VERSIONS)
def test_every_version_is_used_when_it_is_needed(version):
    payload = "A" * int((template(version).capacity * 8 - 17) / 5.5 - 1)

    side, _ = matrix(payload)

    assert side == 17 + 4 * version
    assert read(payload) == payload


def test_a_payload_for_version_eleven_is_refused():
    with pytest.raises(ValueError, match="too long"):
        matrix("A" * 400)


def test_capitals_take_a_smaller_code_than_small_letters():
    assert matrix("LD1:CUIHU:K3-000017:K7Q2M-9XW4T")[0] < matrix("ld1:cuihu:k3-000017:k7q2m-9xw4t")[0]


def test_the_image_is_one_bit_a_module_in_hex():
    text = image("LD1")

    digits = text.split("ID ")[1].split(">")[0]

    assert "/W 25 /H 25 /BPC 1" in text
    assert len(digits) == 25 * 4 * 2
