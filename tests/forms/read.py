"""Read a PDF back with an independent reader."""

from io import BytesIO

from pypdf import PdfReader

from forms.words import strings


def pages(pdf):
    """Return the text of each page without blanks."""
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def text(pdf):
    """Return the text of all pages without blanks."""
    return "".join(pages(pdf))


def lost(words, pdf):
    """Return the words of a paper that are not found on it; codes that become ticks do not count."""
    ticks = {"yes", "no", "passed", "failed", "refused", "good", "fair", "bad", "unreachable"}
    read = text(pdf).casefold()
    drawn = [(name, said) for name, said in strings(words) if name not in {"lang", "qr", "leak_needed"} and said not in ticks]
    return [(name, said) for name, said in drawn if "".join(said.split()).casefold() not in read]


def marks(pdf):
    """Return (text, x, y, size) of every piece of text on every page, in points from the lower left."""
    found = []
    for page in PdfReader(BytesIO(pdf)).pages:

        def see(said, matrix, text_matrix, font, size):
            if said.strip():
                found.append((said.strip(), text_matrix[4] + matrix[4], text_matrix[5] + matrix[5], size))

        page.extract_text(visitor_text=see)
    return found
