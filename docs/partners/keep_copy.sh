#!/bin/sh
# Keeps a copy of a feed, list or calendar on your own server:
#
#   sh keep_copy.sh https://v2v.example/feeds/sq/news.rss public_html/v2v/news.rss
#
# Run it by cron, not while somebody waits for a page. The copy is only ever replaced by a whole
# new one: while the site is down, or answers anything else, the last good one stays.
set -eu

feed=$1
copy=$2
new=$(mktemp "$copy.XXXXXX")
tag=$(mktemp "$copy.XXXXXX")
trap 'rm -f "$new" "$tag"' EXIT

# what is unchanged since the last time is not sent again
if [ -s "$copy" ] && [ -s "$copy.etag" ]; then
    set -- --etag-compare "$copy.etag"
else
    set --
fi

answer=$(curl --silent --show-error --location --proto '=http,https' --max-time "${WAIT:-20}" \
    --max-filesize 10000000 --etag-save "$tag" --output "$new" \
    --write-out '%{http_code} %{content_type}' "$@" "$feed")

case $answer in
    304*) exit 0 ;;
    '200 application/rss+xml'* | '200 application/atom+xml'*) ;;
    '200 application/feed+json'* | '200 text/calendar'*) ;;
    *)
        echo "$feed answered \"$answer\", so the old copy stays." >&2
        exit 1
        ;;
esac

chmod 644 "$new"
mv "$new" "$copy"
mv "$tag" "$copy.etag"
