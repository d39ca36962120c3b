"""A person sees the rich menu they are meant to see, whatever changed meanwhile."""

from __future__ import annotations

import pytest

from bot import clock
from bot.effects import Effects
from models import Effect, Resident
from models.effect import DONE, LINK_MENU, WANTED
from tests.integration.effects_bed import comes_due, wish
from tests.integration.engine_bed import NOK, Bed
from tests.unit.line_fake import Asked, Says

ALIASES = {"aliases": [{"richMenuAliasId": "officer-new", "richMenuId": "rm-1"}]}


@pytest.fixture
def bed(plain_bed: Bed) -> Bed:
    """Beside a LINE that has menus."""
    plain_bed.line.script = lambda asked: Says(200, ALIASES if asked.path.endswith("/alias/list") else {})
    return plain_bed


def linked(bed: Bed) -> list[tuple[str, str]]:
    return [(asked.method, asked.path) for asked in bed.line.asked if "/user/" in asked.path]


def test_the_menu_behind_the_alias_is_linked(bed: Bed, effects: Effects) -> None:
    person = bed.resident(menu="officer-new")
    number = wish(bed, LINK_MENU, resident_id=person.id)
    effects.perform_due()
    assert linked(bed) == [("POST", f"/v2/bot/user/{NOK}/richmenu/rm-1")]
    assert bed.row(Effect, number).state == DONE


def test_without_a_menu_of_their_own_people_see_the_default_again(bed: Bed, effects: Effects) -> None:
    wish(bed, LINK_MENU, resident_id=bed.resident(menu=None).id)
    effects.perform_due()
    assert linked(bed) == [("DELETE", f"/v2/bot/user/{NOK}/richmenu")]


def test_which_menu_an_alias_names_is_asked_once(bed: Bed, effects: Effects) -> None:
    for number in range(3):
        person = bed.resident(f"U{number:032x}", menu="officer-new")
        wish(bed, LINK_MENU, resident_id=person.id)
    effects.perform_due()
    assert len([asked for asked in bed.line.asked if asked.path.endswith("/alias/list")]) == 1
    assert len(linked(bed)) == 3


def test_a_wish_that_changed_meanwhile_is_performed_once_more(bed: Bed, effects: Effects) -> None:
    person = bed.resident(menu="officer-new")
    number = wish(bed, LINK_MENU, resident_id=person.id)

    def changes(asked: Asked) -> Says:
        with bed.database.transaction() as session:
            session.get_one(Resident, person.id).menu = None
        return Says(200, ALIASES if asked.path.endswith("/alias/list") else {})

    bed.line.script = changes
    effects.perform_due()
    assert [method for method, _ in linked(bed)] == ["POST", "DELETE"]
    assert bed.row(Effect, number).state == DONE


def test_a_menu_that_is_not_deployed_yet_is_waited_for(bed: Bed, effects: Effects) -> None:
    number = wish(bed, LINK_MENU, resident_id=bed.resident(menu="resident-en").id)
    effects.perform_due()
    row = bed.row(Effect, number)
    assert (row.state, row.last_problem) == (WANTED, "this menu is not deployed")
    assert row.next_at > clock.real_now()


def test_a_menu_deleted_since_we_asked_is_looked_up_again(bed: Bed, effects: Effects) -> None:
    person = bed.resident(menu="officer-new")
    number = wish(bed, LINK_MENU, resident_id=person.id)
    now_named = iter(["rm-old", "rm-new"])

    def replaced(asked: Asked) -> Says:
        if asked.path.endswith("/alias/list"):
            return Says(200, {"aliases": [{"richMenuAliasId": "officer-new", "richMenuId": next(now_named)}]})
        return Says(404 if asked.path.endswith("rm-old") else 200, {"message": "Not found"})

    bed.line.script = replaced
    effects.perform_due()
    assert bed.row(Effect, number).state == WANTED
    comes_due(bed, number)
    effects.perform_due()
    assert [path[-6:] for _, path in linked(bed)] == ["rm-old", "rm-new"]
    assert bed.row(Effect, number).state == DONE
