#!/bin/sh
# Waits until the server at a port can answer readers, at most a minute: deploy/wait.sh PORT
set -eu
path=${STREAMLIT_SERVER_BASE_URL_PATH:-}
path=${path#/}
address="http://127.0.0.1:$1/${path:+${path%/}/}sehat"
for _ in $(seq 120); do
    curl --silent --fail --output /dev/null --max-time 5 "$address" && exit
    sleep 0.5
done
echo "$address does not answer that all is in order." >&2
exit 1
