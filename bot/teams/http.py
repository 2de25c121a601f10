"""Reads a response whole, up to a limit."""

import asyncio

import aiohttp


async def read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, or its first `limit` bytes; a single `read(limit)` may stop at a packet's edge."""
    try:
        return await response.content.readexactly(limit)
    except asyncio.IncompleteReadError as error:
        # The body is shorter than the limit; this is all of it.
        return error.partial
