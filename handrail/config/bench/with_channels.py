"""Which settings has a hub beside which Channels' groups are measured? Its own, and a layer."""

from handrail.config.settings import *  # noqa: F403  all of them

if REDIS_URL:  # noqa: F405  of the settings
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL]},  # noqa: F405  of the settings
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
