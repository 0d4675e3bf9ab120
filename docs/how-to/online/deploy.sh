#!/bin/sh
# Publishes the site, or refreshes it with the argument `refresh`, and copies it to a
# server if readers would see something else than after the last copy.
#
#   DEPLOY_TO=ada@example.org:/srv/www/ docs/how-to/online/deploy.sh refresh
#
# HEADERS_TO=ada@example.org:/srv/headers/ gets the files that nginx or Caddy include.
#
# Run it in the folder of the site. The folder that is copied to belongs to the site:
# what is not of the site is removed there. Exit code 3, a number is too old, comes after
# the copy, for the site is complete; any other comes before it.
set -eu

command=${LIVE_STATS:-}
if [ -z "$command" ]; then
    python3 -E bootstrap.py requirements.txt
    command=.venv/bin/live-stats
fi
code=0
$command "${1:-publish}" || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    exit "$code"
fi
if cmp -s .build/shown .build/deployed; then
    echo "nothing that readers see has changed since the last copy"
elif [ -n "${DEPLOY_TO:-}" ]; then
    if [ -n "${HEADERS_TO:-}" ]; then
        rsync -rc --chmod=D755,F644 .build/server/ "$HEADERS_TO"
    fi
    rsync -rc --chmod=D755,F644 --delay-updates --delete-after output/ "$DEPLOY_TO"
    cp .build/shown .build/deployed # last: a copy that failed is made again
    echo "copied to the server"
fi
exit "$code"
