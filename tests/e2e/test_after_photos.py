"""A photo of finished work is looked at before the resident hears of it: over HTTP, fetched from a strict LINE."""

from __future__ import annotations

from bot.cli.stage import Stage
from bot.simulator import Town
from bot.simulator.pictures import jpeg


def test_the_photo_from_before_finishes_nothing_and_a_new_one_does(stage: Stage, town: Town) -> None:
    mali, anan = town.person("มาลี"), town.person("อนันต์")
    mali.adds_the_account()
    mali.sends("ขยะกองใหญ่หน้าตลาดสุชาติ ไม่มีใครมาเก็บ 4 วันแล้ว เหม็นมาก")
    mali.sees("ตรวจดูก่อนส่ง")
    mali.sends_photo(jpeg("garbage"))
    mali.sees("1 รายการ")
    mali.presses("ส่งเรื่อง")
    mali.sees("รอรับเรื่อง")
    anan.adds_the_account()
    anan.sends(stage.run("invite", "rangsit", "--department", "clerk"))
    anan.sees("ยินดีต้อนรับ")
    anan.sends("งานใหม่")
    anan.presses("รับเรื่อง")
    anan.sees("รับเรื่องแล้ว")
    anan.presses("เสร็จแล้ว")
    anan.sees("ส่งรูปหลังทำ")
    anan.sends("เก็บขยะแล้ว")
    anan.sees("ขอรูปหลังทำ")
    mark = mali.mark()
    anan.sends_photo(jpeg("garbage"))
    anan.sees("ซ้ำกับรูปก่อนทำ")
    anan.sends_photo(jpeg("repaired"))
    anan.sees("รูปหลังทำใช้ได้")
    mali.sees("เก็บขยะแล้ว", since=mark)
    mali.sees("เรียบร้อยไหม", since=mark)
