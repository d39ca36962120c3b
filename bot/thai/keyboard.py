"""Texts typed with the keyboard in the wrong language (Kedmanee and QWERTY)."""

_QWERTY = "1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./" + '!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
_KEDMANEE = "ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ" + '+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'

_TO_THAI = dict(zip(map(ord, _QWERTY), _KEDMANEE, strict=True))
_TO_ENGLISH = dict(zip(map(ord, _KEDMANEE), _QWERTY, strict=True))


def typed_in_english_layout(text: str) -> str:
    """What was meant when Thai was typed with the keyboard set to English: l;ylfu → สวัสดี."""
    return text.translate(_TO_THAI)


def typed_in_thai_layout(text: str) -> str:
    """What was meant when English was typed with the keyboard set to Thai: ้ำสสน → hello."""
    return text.translate(_TO_ENGLISH)
