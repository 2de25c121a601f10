"""One member sets reminders on in a few conversations a day, and hears why not in more."""

from tests.support.teams import HI, mention


def chat(number):
    return {
        "conversation": {
            "id": f"19:group-{number}@thread.v2",
            "conversationType": "groupChat",
            "isGroup": True,
        }
    }


async def set_on(client, number, **more):
    card = await client.say(f"{HI} aanmelden", entities=[mention()], **chat(number), **more)
    return card["fallbackText"]


async def test_two_hundred_group_chats_are_not_set_on_by_one_member(client, clock):
    answers = [await set_on(client, number) for number in range(40)]
    refused = [answer for answer in answers if "veel op één dag" in answer]
    assert len(refused) == 30
    assert "veel op één dag" in refused[0]

    another = {"from": {"id": "29:bas", "name": "Bas", "aadObjectId": "b"}}
    assert "veel op één dag" not in await set_on(client, 39, **another)
    assert "veel op één dag" not in await set_on(client, 3), "the same once more is no other"
    clock.move(days=1)
    assert "veel op één dag" not in await set_on(client, 38)


async def test_a_personal_chat_is_nobodys_business(client):
    for number in range(12):
        await set_on(client, number)

    assert "veel op één dag" not in (await client.say("aanmelden"))["fallbackText"]
