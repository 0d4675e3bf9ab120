"""Every platform we can ask. A tuple is a registry: to add one, add a line."""

from .base import Provider

PROVIDERS: tuple[Provider, ...] = ()

BY_NAME: dict[str, Provider] = {provider.name: provider for provider in PROVIDERS}
