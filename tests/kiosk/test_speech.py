"""Reading aloud: short, limited, heard only here; and what is not for everybody's ears is not read."""

import io
import shutil
import threading
import time
import wave

import pytest
from flask import Flask, request
from playwright.sync_api import expect

from desk.kit.words import speak as use_language
from kiosk.guard import POLICY
from kiosk.speech import KEPT, LONGEST, MOST_A_MINUTE, Voice, can_speak, speak, speech_pages
from tests.browser.conftest import serve, watch
from tests.house.tree import ROOT


def tone(seconds=0.3):
    """A WAV sound of silence."""
    made = io.BytesIO()
    with wave.open(made, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(int(16000 * seconds)))
    return made.getvalue()


class Said:
    """A voice that is heard by the test only, and how often it was asked."""

    def __init__(self, seconds=0.3):
        self.texts = []
        self.sound = tone(seconds)

    def __call__(self, text, lang):
        self.texts.append((text, lang))
        return self.sound


class Minutes:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Stand a program of the voice's name on the path: program(script)."""

    def make(script):
        (tmp_path / "espeak-ng").write_text("#!/bin/sh\n" + script)
        (tmp_path / "espeak-ng").chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return tmp_path

    return make


def test_a_machine_with_a_voice_speaks_both_languages_and_one_without_says_nothing():
    for text, lang in (("您好，漏水请按这里。", "zh"), ("Water leaks: press here.", "en")):
        sound = speak(text, lang)

        assert (sound is not None) == can_speak() == (shutil.which("espeak-ng") is not None)
        if sound:
            with wave.open(io.BytesIO(sound)) as heard:
                assert 0.5 < heard.getnframes() / heard.getframerate() < 20


def test_without_the_program_there_is_no_sound(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert not can_speak()
    assert speak("漏水", "zh") is None


def test_the_text_goes_over_standard_input_and_the_length_in_the_header_is_true(program, tmp_path):
    (tmp_path / "endless.wav").write_bytes(tone()[:40] + b"\x00\xf0\xff\x7f" + tone()[44:])
    folder = program(f'echo "$@" > {tmp_path}/asked\ncat > {tmp_path}/text\ncat {tmp_path}/endless.wav\n')

    sound = speak("漏水; rm -rf ~ $(id)\n-v en", "zh")

    assert sound == tone()
    assert (folder / "asked").read_text().split() == ["-v", "cmn", "-s", "145", "-b", "1", "--stdin", "--stdout"]
    assert (folder / "text").read_text() == "漏水; rm -rf ~ $(id) -v en"


@pytest.mark.parametrize("script", ["exit 1", "echo no sound", "head -c 44 /dev/zero"])
def test_a_voice_that_fails_is_no_voice(program, script):
    program(script + "\n")

    assert speak("漏水", "zh") is None


def test_too_long_empty_and_other_languages_are_not_said(program):
    program("cat > /dev/null\n")

    assert speak("漏" * (LONGEST + 1), "zh") is None
    assert speak(" \n", "zh") is None
    assert speak("漏水", "fr") is None


def test_a_second_tap_begins_at_once_and_the_wipe_drops_all():
    said = Said()
    voice = Voice(said)

    voice.sound("一", "zh")
    voice.sound("一", "zh")
    assert len(said.texts) == 1
    for n in range(KEPT):
        voice.sound(str(n), "zh")
    voice.sound("一", "zh")
    assert len(said.texts) == KEPT + 2
    voice.forget()
    voice.sound("一", "zh")
    assert len(said.texts) == KEPT + 3


def app_with(said, clock=time.monotonic):
    app = Flask("kiosk")
    app.register_blueprint(speech_pages(Voice(said, clock)))

    @app.before_request
    def begin():
        use_language(request.args.get("lang", "zh"))

    return app


def test_the_page_answers_with_sound_in_the_language_of_the_visit():
    said = Said()
    client = app_with(said).test_client()

    answer = client.post("/speak?lang=en", data={"text": " Leak "})

    assert answer.mimetype == "audio/wav"
    assert answer.data == said.sound
    assert answer.headers["Cache-Control"] == "no-store"
    assert said.texts == [("Leak", "en")]


@pytest.mark.parametrize("text", ["", "   ", "漏" * (LONGEST + 1)])
def test_the_page_refuses_nothing_and_too_much(text):
    assert app_with(Said()).test_client().post("/speak", data={"text": text}).status_code == 400


def test_the_page_takes_nothing_from_an_address():
    assert app_with(Said()).test_client().get("/speak?text=漏水").status_code == 405


def test_no_voice_is_not_found():
    assert app_with(lambda text, lang: None).test_client().post("/speak", data={"text": "漏水"}).status_code == 404


def test_so_many_a_minute_and_no_more():
    clock = Minutes()
    client = app_with(Said(), clock).test_client()

    def ask():
        return client.post("/speak", data={"text": "漏水"}).status_code

    assert [ask() for _ in range(MOST_A_MINUTE + 1)] == [200] * MOST_A_MINUTE + [429]
    clock.now = 60.1
    assert ask() == 200


BODY = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Speak</title><meta name="csrf" content="secret">
<link rel="icon" href="data:,"><script type="module" src="/static/js/speak.js"></script></head>
<body><p>外面</p><button data-speak="main">朗读</button>
<main><h1>报修</h1><p>请说明<b>哪里</b>漏水。</p><p hidden>看不见</p><p data-quiet>K7Q2M-9XW4T</p><svg aria-hidden="true"><text>图</text></svg>
<label>电话 <input value="13800138000"></label><textarea>我的话</textarea><p>%s</p></main></body></html>"""


@pytest.fixture
def page(browser):
    """Open a page that is read aloud: page(said, more words)."""
    closing, problems = [], []

    def go(said, more=""):
        app = Flask("kiosk", root_path=str(ROOT / "kiosk"))
        app.register_blueprint(speech_pages(Voice(said)))
        heard = []
        app.add_url_rule("/", "page", lambda: BODY % more)
        app.before_request(lambda: heard.append(request.headers.get("X-Kiosk")) if request.method == "POST" else None)
        app.after_request(lambda answer: answer.headers.update({"Content-Security-Policy": POLICY}) or answer)
        address, stop = serve(app)
        context = browser.new_context()
        closing.extend([context.close, stop])
        opened = watch(context.new_page(), problems)
        opened.goto(address)
        expect(opened.locator("button")).to_have_attribute("aria-pressed", "false")
        return opened, heard

    yield go
    for close in closing:
        close()
    assert problems == []


def test_a_tap_reads_what_is_seen_in_the_main_part_and_nothing_that_was_typed(page):
    said = Said()
    opened, heard = page(said)

    opened.locator("button").click()

    expect(opened.locator("button")).to_have_attribute("aria-pressed", "true")
    expect(opened.locator("button")).to_have_attribute("aria-pressed", "false")
    assert [text.split() for text, _ in said.texts] == [["报修", "请说明", "哪里", "漏水。", "电话"]]
    assert heard == ["secret"]


def test_a_long_page_is_read_in_pieces_in_order(page):
    said = Said(0.05)
    opened, _ = page(said, "".join(f"第{n}句话说得很长很长很长很长很长。" for n in range(60)) + "、".join(map(str, range(300))))

    opened.locator("button").click()
    expect(opened.locator("button")).to_have_attribute("aria-pressed", "true")
    expect(opened.locator("button")).to_have_attribute("aria-pressed", "false", timeout=20_000)

    texts = [text for text, _ in said.texts]
    assert len(texts) > 3
    assert all(len(text) <= LONGEST for text in texts)
    everything = "".join(texts)
    assert everything.index("第0句") < everything.index("第30句") < everything.index("第59句")
    assert "、".join(map(str, range(300))) in everything


@pytest.mark.parametrize("how", ["tap", "wipe"])
def test_a_second_tap_or_the_wipe_stops_it(page, how):
    said = Said(20)
    opened, _ = page(said)
    opened.locator("button").click()
    expect(opened.locator("button")).to_have_attribute("aria-pressed", "true")

    if how == "tap":
        opened.locator("button").click()
    else:
        opened.evaluate("document.dispatchEvent(new Event('kiosk:wipe'))")

    expect(opened.locator("button")).to_have_attribute("aria-pressed", "false")


def test_a_voice_that_is_slow_blocks_no_other(page):
    free = threading.Event()

    def slow(text, lang):
        free.wait(5)
        return tone(0.05)

    opened, _ = page(slow)
    opened.locator("button").click()
    opened.locator("button").click()

    expect(opened.locator("button")).to_have_attribute("aria-pressed", "false")
    free.set()
