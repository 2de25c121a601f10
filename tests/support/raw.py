"""Bytes on a connection, for what no HTTP client would send."""

import asyncio


async def opened(url):
    """A connection to the host at this URL: (reader, writer)."""
    host, port = url.removeprefix("http://").split(":")
    return await asyncio.open_connection(host, int(port))


async def exchanged(url, data, seconds=5):
    """All that the host answers to these bytes until it closes; b"" where it only closes.

    A host that neither answers nor closes in time is an error.
    """
    reader, writer = await opened(url)
    try:
        writer.write(data)
        async with asyncio.timeout(seconds):
            await writer.drain()
            return await all_of(reader)
    except ConnectionError:
        return b""
    finally:
        writer.transport.abort()


async def all_of(reader):
    """What comes until the other side closes, also where it does so rudely."""
    parts = []
    try:
        while part := await reader.read(65_536):
            parts.append(part)
    except ConnectionError:
        pass
    return b"".join(parts)


def status(answer):
    """The status of an answer; 0 where there was none."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0
