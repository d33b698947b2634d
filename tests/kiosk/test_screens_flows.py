"""What a resident does at the kiosk, tap by tap, until it stands in the outbox and reaches the desk."""

import io

from PIL import Image

from desk.workflows.reception.inputs import AtKiosk
from desk.workflows.repairs.inputs import KioskRepair, KioskWish
from sync import sealing
from sync.outbox import store
from tests.chromium import CHROMIUM, FLAGS
from tests.kiosk.app_on import NEXT, go_to_review, go_to_words, kiosk_on, tap

CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


def intents(kiosk):
    return store.every(kiosk.machine.box.db)


def test_a_repair_is_reported_by_pictures_and_reaches_the_desk(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        kiosk.cable.cut = True
        go_to_review(page, kiosk)
        before = len(intents(kiosk))
        tap(page, NEXT)
        offline = page.locator(".truth .done").all_inner_texts(), page.locator(".receipt .code").inner_text(), len(intents(kiosk))
        kiosk.cable.cut = False

        kiosk.agent.once()
        page.reload()

        online = page.locator(".truth .done").all_inner_texts()
        page.context.close()

    (kind, body), said = kiosk.arrived[0], KioskRepair.read(kiosk.arrived[0][1])
    assert (before, offline[2], len(offline[0]), len(online)) == (0, 1, 1, 2)
    assert offline[0][0].startswith("已存在本机")
    assert online[1].startswith("已送达服务中心")
    assert kind == "repair.report@1"
    assert (said.unit, said.place, said.category, said.what) == ("3-1-1803", "home", "water_supply", "水龙头关不紧，一直滴水。")
    assert (said.phone, said.name, said.wished, said.urgency) == ("13800138000", "张先生", "都可以，请先打电话", None)
    assert (body["identity"], body["lang"], body["receipt"]["code"]) == ("claimed", "zh", offline[1])


def test_the_saved_page_promises_what_the_rule_does_and_says_what_is_not_promised(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)

        tap(page, NEXT)

        words = page.locator("main").inner_text()
        page.context.close()

    assert "首次答复：3月2日 星期一 09:30前" in words  # 30 minutes from 09:00, when it was saved
    assert "TR1" in words
    assert "修好后 2 天内回访您" in words
    assert "这是您的意愿，以工作人员与您约定为准" in words
    assert "提交后不会惊动值班人员" in words
    assert "提交成功" not in words


def test_the_words_of_truth_change_while_the_page_stands(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        page.clock.install()
        go_to_review(page, kiosk)
        tap(page, NEXT)
        before = page.locator(".truth .done").count()
        kiosk.agent.once()

        page.clock.run_for(16_000)

        page.locator(".truth .done").nth(1).wait_for()
        after = page.locator(".truth .done").count()
        page.context.close()

    assert (before, after) == (1, 2)


def test_an_emergency_shows_the_telephone_before_and_after_saving(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk, ("common", "outside", "lift"))
        before = page.locator(".alarm").inner_text()

        tap(page, NEXT)

        after = page.locator(".alarm").inner_text()
        page.context.close()
        kiosk.agent.once()

    said = KioskRepair.read(kiosk.arrived[0][1])
    assert "96333" in before
    assert "本机不能打电话" in before
    assert "96333" in after
    assert (said.unit, said.place, said.urgency) == ("", "common", "emergency")
    assert said.what.startswith("【楼外（道路、花园、车库）】")


def test_two_taps_on_save_keep_one_submission(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)

        page.evaluate(
            "() => { const form = document.getElementById('page'); const again = new FormData(form); fetch(form.action, {method: 'POST', body: again}); }"
        )
        tap(page, NEXT)
        page.wait_for_url("**/saved")
        page.context.close()

    assert len(intents(kiosk)) == 1


def test_a_mistake_names_the_field_and_the_way_out_and_loses_nothing(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_words(page, kiosk)
        tap(page, NEXT)
        empty = page.locator(".wrong").inner_text()
        page.locator("textarea").fill("水管爆了")
        tap(page, ".strip button[value=large]")
        kept = page.locator("textarea").input_value()
        for wanted in (NEXT, NEXT, ".pick.wide"):
            tap(page, wanted)
        page.locator("input[name=phone]").fill("1380013")

        tap(page, NEXT)

        wrong, typed = page.locator(".wrong").inner_text(), page.locator("input[name=phone]").input_value()
        tap(page, ".strip button[value=lang]")
        english = page.locator("h1").inner_text(), page.locator("input[name=phone]").input_value()
        page.context.close()

    assert empty == "请填写此项。"
    assert kept == "水管爆了"
    assert (wrong, typed) == ("请填电话号码：11 位手机号，或区号加座机号。", "1380013")
    assert english == ("Your phone number", "1380013")


def test_every_answer_can_be_changed_from_the_review(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)
        tap(page, "a[href$='/phone']")
        page.locator("input[name=phone]").fill("020-88886666")
        tap(page, NEXT)
        one = page.locator("h1").inner_text()

        tap(page, "a[href$='/place']")
        for value in ("home", "2"):
            tap(page, f"main button[value='{value}']")
        asked = page.locator("h1").inner_text()  # building 2 has one entrance, so the floor comes next
        for value in ("6", "602"):
            tap(page, f"main button[value='{value}']")

        words = page.locator(".answers").inner_text()
        page.context.close()

    assert one == "请核对，都对吗？"
    assert asked == "几楼？"
    assert "2-602" in words
    assert "020-88886666" in words
    assert "水龙头关不紧" in words


def test_a_photo_is_taken_made_small_and_sent(browser, tmp_path):
    camera = browser.browser_type.launch(executable_path=CHROMIUM, args=[*FLAGS, *CAMERA])
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(camera)
        go_to_words(page, kiosk)
        page.locator("[data-phrases] button").first.click()
        tap(page, NEXT)
        page.locator("[data-snap]").click()
        page.wait_for_selector(".photos img")
        photo = kiosk.visits.now().draft("repair").photos[0]
        for wanted in (NEXT, ".pick.wide"):
            tap(page, wanted)
        page.locator("input[name=phone]").fill("13800138000")

        for _ in range(3):
            tap(page, NEXT)

        page.wait_for_url("**/saved")
        camera.close()

    taken = Image.open(io.BytesIO(photo))
    assert taken.format == "JPEG"
    assert max(taken.size) <= 1600
    assert not taken.getexif()
    assert len(list((kiosk.machine.folder / "blobs").iterdir())) == 1


def test_without_a_camera_the_photo_is_left_out(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        go_to_words(page, kiosk)
        page.locator("[data-phrases] button").first.click()

        tap(page, NEXT)

        page.wait_for_selector("[data-none]:not([hidden])")
        offered, onward = page.locator("[data-snap]").is_visible(), page.locator(NEXT).inner_text()
        page.context.close()

    assert not offered
    assert onward == "不拍照，继续"


def test_a_complaint_reaches_the_desk_with_when_where_and_what_is_wanted(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        page.goto(kiosk.origin + "/do/complaint")
        tap(page, "button[value=noise]")
        page.locator("[data-phrases] button").first.click()
        tap(page, NEXT)
        page.locator("input[name=concerned], textarea[name=concerned]").fill("楼上1903")
        tap(page, NEXT)
        for value in ("home", "3", "1", "18", "1803", "often"):
            tap(page, f"main button[value='{value}']")
        page.locator("[data-phrases] button").first.click()
        tap(page, NEXT)
        page.locator("input[name=phone]").fill("13800138000")
        tap(page, NEXT)
        tap(page, NEXT)
        tiers = page.locator("main").inner_text()

        tap(page, NEXT)

        page.context.close()
        kiosk.agent.once()

    kind, said = kiosk.arrived[0][0], AtKiosk.read(kiosk.arrived[0][1])
    assert kind == "complaint.file@1"
    assert (said.unit, said.about) == ("3-1-1803", "噪音、邻里：楼上1903")
    assert said.what.splitlines() == ["夜里噪音大。", "时间：经常发生", "地点：3-1-1803", "诉求：请尽快处理。"]
    assert "由服务中心定级并告知您：重大投诉 2 天内答复、10 日内解决；重要投诉 3 天；轻微投诉 2 天。" in tiers


def test_a_resident_asks_to_be_called_back(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        tap(page, "a[href='/contact']")
        tap(page, "main a[href='/do/callback']")
        page.locator("[data-phrases] button").first.click()
        tap(page, NEXT)
        page.locator("input[name=phone]").fill("13800138000")
        tap(page, NEXT)
        tap(page, NEXT)

        tap(page, NEXT)

        words = page.locator("main").inner_text()
        page.context.close()
        kiosk.agent.once()

    assert kiosk.arrived[0][0] == "callback.wanted@1"
    assert AtKiosk.read(kiosk.arrived[0][1]).phone == "13800138000"
    assert "工作人员在服务时间内给您回电。 08:30–18:00" in words


def test_another_time_is_wished_for_an_own_request(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        saved = kiosk.machine.submit("repair.report@1", {"what": "漏水"})
        kiosk.publish_status(saved.code, number="WX-000001", kind="repair", category="water_leak", stage="reported", version=3)
        page.goto(kiosk.origin + "/mine")
        page.locator("input[name=code]").fill(saved.code.lower().replace("-", " "))
        page.keyboard.press("Enter")
        page.wait_for_selector(".stage")
        stage = page.locator(".stage").inner_text()
        tap(page, NEXT)

        tap(page, ".slot:nth-of-type(3) .pick:last-of-type")

        words = page.locator("main").inner_text()
        page.context.close()
        kiosk.agent.once()

    kind, body = kiosk.arrived[-1]
    said = KioskWish.read(body)
    assert "已登记，正在查看" in stage
    assert (kind, said.tag, said.version) == ("repair.wished@1", sealing.of_code(saved.code).tag, 3)
    assert said.wished.startswith("3月")
    assert "原来约定的时间仍然有效" in words
    assert body["identity"] == "proven"


def test_a_foreign_code_without_a_line_is_answered_honestly(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        kiosk.cable.cut = True
        page.goto(kiosk.origin + "/mine")
        page.locator("input[name=code]").fill("OOOOO-ILILI")

        page.keyboard.press("Enter")

        page.wait_for_selector(".bar.off[role=alert]")
        words = page.locator("main").inner_text()
        page.context.close()

    assert "本机现在连不上服务中心" in words
    assert "020-86120000" in words


def test_a_full_machine_says_so_before_anything_is_typed(browser, tmp_path):
    with kiosk_on(tmp_path) as kiosk:
        page = kiosk.enter(browser)
        kiosk.machine.box.most_intents = 0

        tap(page, "a[href='/do/repair']")

        words = page.locator("main").inner_text()
        page.context.close()

    assert "本机暂时不能受理" in words
    assert "020-86120110" in words


def test_a_kiosk_that_knows_nothing_yet_asks_for_the_room_in_words(browser, tmp_path):
    with kiosk_on(tmp_path, published=False) as kiosk:
        page = kiosk.enter(browser)
        page.goto(kiosk.origin + "/urgent")
        numbers = page.locator(".tel").all_inner_texts()
        page.goto(kiosk.origin + "/do/repair")
        tap(page, "button[value=home]")
        page.locator("input[name=unit]").fill("3-1-1803")

        tap(page, NEXT)

        asked = page.locator("h1").inner_text()
        page.context.close()

    assert numbers == ["119", "120", "110"]
    assert asked == "什么坏了？"


def test_a_slip_is_printed(browser, tmp_path):
    printer = tmp_path / "printer"
    printer.touch()
    (tmp_path / "site").mkdir()
    with kiosk_on(tmp_path / "site", printer=str(printer)) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)
        tap(page, NEXT)

        tap(page, NEXT)

        printed = page.locator(".bar.ok").inner_text()
        page.context.close()

    assert "回执已打印" in printed
    assert printer.stat().st_size > 1000


def test_a_printer_that_is_away_is_told_before_anybody_waits_for_a_slip(browser, tmp_path):
    with kiosk_on(tmp_path, printer=str(tmp_path / "unplugged" / "lp0")) as kiosk:
        page = kiosk.enter(browser)
        go_to_review(page, kiosk)

        tap(page, NEXT)

        away, offered = page.locator("main .bar.off").inner_text(), page.locator(".foot").inner_text()
        page.context.close()

    assert "请拍下本页" in away
    assert "打印回执" not in offered
