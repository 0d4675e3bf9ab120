"""`live`: asks the platforms themselves, for people with a network, never for tests.

command       every platform, or one reference
examples      what is asked of each platform, and what is not
one           one reference: requests, replies, reading
tasks         references as tasks of a collection that remembers nothing
verdicts      what an answer means: as documented, gone, refused, …
redaction     addresses and replies without secrets
"""
