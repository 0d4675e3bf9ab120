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

stop() {
    echo "deploy.sh: $1" >&2
    exit 1
}

to=${DEPLOY_TO:-}
case "$to" in
/ | *: | *:/ | *:~ | *:~/) stop "DEPLOY_TO is '$to'; name a folder of the site's own" ;;
?*) command -v rsync >/dev/null || stop "rsync is missing; apt install rsync" ;;
esac
command=${LIVE_STATS:-}
if [ -z "$command" ]; then
    [ -f bootstrap.py ] || stop "run it in the folder of the site; this is $PWD"
    # Of another environment, as someone's profile may set them.
    unset PYTHONHOME PYTHONPATH PYTHONPLATLIBDIR PYTHONSAFEPATH
    "${PYTHON:-python3}" -I bootstrap.py requirements.txt
    command=.venv/bin/live-stats
fi
code=0
$command "${1:-publish}" || code=$?
if [ "$code" -ne 0 ] && [ "$code" -ne 3 ]; then
    exit "$code"
fi
if cmp -s .build/shown .build/deployed; then
    echo "nothing that readers see has changed since the last copy"
elif [ -n "$to" ]; then
    # An empty folder would remove all that is on the server.
    [ -n "$(ls output 2>/dev/null)" ] || stop "output/ is empty; make publish fresh=1"
    # What is copied is what is there now: another run may end before the copy does.
    cp .build/shown .build/deploying
    if [ -n "${HEADERS_TO:-}" ]; then
        rsync -rc --chmod=D755,F644 .build/server/ "$HEADERS_TO"
    fi
    rsync -rc --chmod=D755,F644 --delay-updates --delete-after output/ "$to"
    mv .build/deploying .build/deployed # last: a copy that failed is made again
    echo "copied to the server"
else
    echo "DEPLOY_TO is not set, so nothing is copied"
fi
exit "$code"
