"""A strict small LINE platform and its people, over HTTP.

    with Simulator.start() as line:
        town = line.channel("rangsit", secret="…", token="…", webhook="http://127.0.0.1:8000/line/rangsit/webhook")
        nok = town.person("นก")
        nok.adds_the_account()
        nok.sends("ไฟถนนดับ")
        nok.sees("ส่งตำแหน่ง")

It refuses what LINE refuses and remembers it, so that a bot that gets on with
the simulator gets on with LINE. It imports nothing else of this project.
"""

from bot.simulator.acts import CannotDo
from bot.simulator.people import Group, NotSeen, Person, Said
from bot.simulator.reading import all_text
from bot.simulator.simulator import Line, RemoteLine, Simulator
from bot.simulator.town import Town

__all__ = [
    "CannotDo",
    "Group",
    "Line",
    "NotSeen",
    "Person",
    "RemoteLine",
    "Said",
    "Simulator",
    "Town",
    "all_text",
]
