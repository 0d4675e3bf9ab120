"""Addresses of figures, and the series that they stand for.

catalogue      parses an address; the facts of a reference
grammar        the parts of an address: options, window, server, subject
repairs        what was meant by an address that cannot be read
web_addresses  URLs copied from a browser, as addresses
pasted         such URLs in one form: host, slashes, fragment
known_hosts    hosts that belong to one platform, or to none
server_names   international names of servers, and names that are none
embeds         posts and videos whose address stands alone in a text
sums           sums over platforms (`all/tag/…`)
coverage       all numbers that can be fetched, as rows
"""
