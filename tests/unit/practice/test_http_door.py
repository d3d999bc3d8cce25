"""The HTTP twin of the practice service, asked with plain bytes: nothing of the program's own way is used here."""

import asyncio
import contextlib
import json

import pytest

from desktop.practice import sample, scenario_file
from desktop.practice.service import PracticeService

KEY = "practice-sample-key"


def service(**personality):
    played = scenario_file.read(json.dumps({"seed": 1, "personality": personality, "steps": []}), "test")
    return PracticeService(played, api_key=KEY)


async def ask(port, method, path, body=b"", key=KEY):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    named = f"Api-Key: {key}\r\n" if key else ""
    writer.write(
        f"{method} {path} HTTP/1.1\r\nHost: here\r\n{named}Content-Length: {len(body)}\r\n\r\n".encode() + body
    )
    said = await reader.read()
    writer.close()
    head, _, content = said.partition(b"\r\n\r\n")
    return int(head.split()[1]), content


@pytest.fixture
def with_service(run):
    def play(work, **personality):
        async def main():
            far = service(**personality)
            await far.start()
            try:
                await work(far)
            finally:
                await far.stop()

        run(main())

    return play


def trip(far):
    return json.dumps(sample.sample_trips(far._gateway._clock.now())[0]).encode()


def test_a_message_is_taken_and_its_answer_collected_once(with_service):
    async def work(far):
        assert await ask(far.port, "GET", "/api/receive/practice") == (200, b"[]")
        assert await ask(far.port, "POST", "/api/send/practice", trip(far)) == (200, b'{"status": "SUCCESS"}')
        status, body = await ask(far.port, "GET", "/api/receive/practice")
        assert (status, json.loads(body)[0]["status"]) == (200, "IMPORTED")
        assert far.http.sent == 1
        assert await ask(far.port, "GET", "/api/receive/practice") == (200, b"[]")

    with_service(work)


@pytest.mark.parametrize("way", ["response", "empty"])
def test_what_a_message_is_answered_with(with_service, way):
    async def work(far):
        _, body = await ask(far.port, "POST", "/api/send/practice", trip(far))
        assert (json.loads(body)[0]["status"] if way == "response" else body) == (
            "IMPORTED" if way == "response" else b""
        )

    with_service(work, http_answer=way)


@pytest.mark.parametrize(
    ("shape", "none", "some"),
    [
        ("array", b"[]", b'[{"n": 1},{"n": 2}]'),
        ("object", b"null", b'{"n": 1}'),
        ("messages", b'{"messages":[]}', b'{"messages":[{"n": 1},{"n": 2}]}'),
        ("empty", b"", b'[{"n": 1},{"n": 2}]'),
    ],
)
def test_the_shapes_of_what_is_collected(with_service, shape, none, some):
    async def work(far):
        assert (await ask(far.port, "GET", "/api/receive/practice"))[1] == none
        for number in (1, 2):
            await far.announce({"n": number})
        assert (await ask(far.port, "GET", "/api/receive/practice"))[1] == some

    with_service(work, http_body=shape)


def test_what_is_no_json_goes_alone(with_service):
    async def work(far):
        for frame in ('{"n":1}', "no json", '{"n":2}'):
            await far.announce(frame)
        bodies = [(await ask(far.port, "GET", "/api/receive/practice"))[1] for _ in range(3)]
        assert bodies == [b'[{"n":1}]', b"no json", b'[{"n":2}]']

    with_service(work)


@pytest.mark.parametrize(
    ("method", "path", "key", "status", "code"),
    [
        ("GET", "/api/receive/practice", "", 401, "MISSING_API_KEY"),
        ("GET", "/api/receive/practice", "practice-other", 401, "INVALID_API_KEY"),
        ("POST", "/api/send/practice", "practice-other", 401, "INVALID_API_KEY"),
        ("GET", "/api/receive/another", KEY, 403, "API_KEY_URL_MISMATCH"),
        ("POST", "/api/receive/practice", KEY, 405, "WRONG_HTTP_METHOD"),
        ("POST", "/api/send/practice", KEY, 400, "FAILED_TO_IMPORT_DATA"),
    ],
)
def test_refusals(with_service, method, path, key, status, code):
    async def work(far):
        said, body = await ask(far.port, method, path, b"{", key)
        assert (said, json.loads(body)) == (status, {"status": "FAILURE", "errorCode": code})

    with_service(work)


def test_a_refusal_may_come_with_200(with_service):
    async def work(far):
        status, body = await ask(far.port, "GET", "/api/receive/practice", key="practice-other")
        assert (status, json.loads(body)["errorCode"]) == (200, "INVALID_API_KEY")

    with_service(work, http_refusal="ok")


def test_other_addresses_and_broken_requests(with_service):
    async def work(far):
        assert (await ask(far.port, "POST", "/elsewhere"))[0] == 404
        reader, writer = await asyncio.open_connection("127.0.0.1", far.port)
        writer.write(b"POST nothing\r\n\r\n")
        assert await reader.read() == b""
        writer.close()
        silent, open_end = await asyncio.open_connection("127.0.0.1", far.port)
        await far.stop()
        with contextlib.suppress(ConnectionError):
            assert await silent.read() == b""
        open_end.close()

    with_service(work)
