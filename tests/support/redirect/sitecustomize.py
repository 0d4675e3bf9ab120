"""For commands in processes of their own: `LIVE_STATS_STAND_IN` names the stand-in."""

import os

if os.environ.get("LIVE_STATS_STAND_IN"):
    from redirect import redirect_to
    from requests.adapters import HTTPAdapter

    HTTPAdapter.send = redirect_to(os.environ["LIVE_STATS_STAND_IN"])
