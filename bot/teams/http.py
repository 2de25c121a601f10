"""Reads a response whole, up to a limit."""

import asyncio
import contextlib
import zlib

import aiohttp

from bot.patience import within

BODY_SECONDS = 5.0
"""For the rest of an answer whose status is known already."""
GZIP_OR_DEFLATE = 47
"""The `wbits` of zlib that takes either."""


async def read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, or its first `limit` bytes; a single `read(limit)` may stop at a packet's edge."""
    try:
        return await response.content.readexactly(limit)
    except asyncio.IncompleteReadError as error:
        # The body is shorter than the limit; this is all of it.
        return error.partial


async def body_of(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """What can be had of a body; it is cut off, or empty, where it breaks off or makes no sense.

    The status says what happened: nothing in a body may make us forget it.
    """
    raw = b""
    with contextlib.suppress(aiohttp.ClientError, TimeoutError, ValueError):
        raw = await within(BODY_SECONDS, read_at_most(response, limit))
    if response.headers.get("Content-Encoding", "identity") == "identity":
        return raw
    with contextlib.suppress(zlib.error):
        return zlib.decompressobj(GZIP_OR_DEFLATE).decompress(raw, limit)
    return raw
