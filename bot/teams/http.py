"""Reads an answer of somebody else's server whole, and no more of it than we asked for."""

import asyncio

import aiohttp


async def read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    """The body, or its first `limit` bytes; a single `read(limit)` may stop at a packet's edge."""
    try:
        return await response.content.readexactly(limit)
    except asyncio.IncompleteReadError as all_there_is:
        return all_there_is.partial
