"""An officer shows a resident something: over HTTP, through a strict LINE, which fetches what it is given."""

from __future__ import annotations

from bot.cli.stage import Stage
from bot.simulator import Town


def test_photos_voice_and_video_of_an_officer_are_shown_to_the_resident(stage: Stage, town: Town) -> None:
    nok, somsri = town.person("นก"), town.person("สมศรี")
    nok.adds_the_account()
    nok.sends("น้ำประปาที่บ้านเป็นสีแดงมา 3 วันแล้ว")
    nok.sees("ส่งตำแหน่ง")
    nok.sends_place(13.985, 100.625)
    nok.sees("ตรวจดูก่อนส่ง")
    nok.presses("ส่งเรื่อง")
    nok.sees("รอรับเรื่อง")
    somsri.adds_the_account()
    somsri.sends(stage.run("invite", "rangsit", "--department", "clerk"))
    somsri.sees("ยินดีต้อนรับ")
    somsri.sends("งานใหม่")
    somsri.sees("รับเรื่อง")
    somsri.presses("รับเรื่อง")
    somsri.sees("รับเรื่อง")
    kinds = []
    for send in (somsri.sends_photo, somsri.sends_voice, somsri.sends_video):
        mark = nok.mark()
        somsri.presses("ตอบกลับ")
        somsri.sees("จะส่งรูป เสียง หรือวิดีโอก็ได้")
        send()
        somsri.sees("กำลังส่งให้ผู้แจ้งเรื่อง")
        nok.sees("ส่งมาให้ เรื่อง", since=mark)
        kinds += [said["message"]["type"] for said in nok.since(mark) if said["by"] == "bot"]
    assert [kind for kind in kinds if kind in ("image", "audio", "video")] == ["image", "audio", "video"]
