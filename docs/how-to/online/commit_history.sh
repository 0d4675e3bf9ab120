#!/bin/sh
# Commits new readings, and what was spent, and pushes them, whoever else does so at the same time.
#
#   docs/how-to/online/commit_history.sh main
#
# Run it in the folder of the site, on the branch that is named. Git keeps the lines of
# all builders (.gitattributes: merge=union). GitHub stops scheduled jobs of a public
# repository in which nothing was committed for 60 days, so a commit without changes is
# made when the last one is 50 days old.
set -eu

branch=${1:?name the branch, such as main}
git config user.name >/dev/null || git config user.name "readings"
git config user.email >/dev/null || git config user.email "readings@localhost"
# Only these, whatever else somebody has added to the next commit.
set --
for folder in content/data/observations content/data/journal; do
    if [ -d "$folder" ]; then
        git add "$folder"
        set -- "$@" "$folder"
    fi
done
if [ $# -gt 0 ] && ! git diff --cached --quiet -- "$@"; then
    git commit --quiet -m "content: Add readings" -- "$@"
elif [ $(($(date +%s) - $(git log -1 --format=%ct))) -gt 4320000 ]; then
    git commit --quiet --allow-empty -m "content: Nothing new for 50 days"
elif [ -z "$(git rev-list -n 1 "origin/$branch..HEAD" 2>/dev/null)" ]; then
    exit 0 # and nothing of an earlier run is left to push
fi
for pause in 1 2 4 8 16; do
    if git push --quiet origin "HEAD:$branch"; then
        exit 0
    fi
    sleep "${PAUSE:-$pause}" # somebody else was faster
    # A post that is being edited is put aside meanwhile.
    if ! git pull --quiet --rebase --autostash origin "$branch" &&
        git rebase --abort 2>/dev/null; then
        echo "our commits and those of origin do not fit together: git pull --rebase" >&2
        exit 1
    fi
done
echo "the readings could not be pushed; the next run tries again" >&2
exit 1
