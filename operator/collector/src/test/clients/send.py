"""Sends COUNT events of one visitor, who turns out to be a user half-way, by one of the clients.

python send.py CLIENT BASE KEY PERSON COUNT PAUSE: milliseconds after each ten events
"""
import datetime
import sys
import time

client, base, key, person, count, pause = sys.argv[1:]
total = int(count)
start = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
# Segment's writes milliseconds only.
start = start.replace(microsecond=123000 if client == "segment-python" else 123456)
failed = []

if client == "segment-python":
    import segment.analytics as analytics

    analytics.write_key = key
    analytics.host = base
    analytics.gzip = True
    analytics.max_retries = 50
elif client == "rudder-python":
    import rudderstack.analytics as analytics

    analytics.write_key = key
    analytics.dataPlaneUrl = base
    analytics.max_retries = 50
else:
    raise SystemExit("no client " + client)
analytics.max_queue_size = 100_000
analytics.on_error = lambda error, items: failed.append(str(error))

for n in range(total):
    at = start + datetime.timedelta(seconds=n)
    known = n >= total / 2
    who = {"user_id": person} if known else {"anonymous_id": person + "-visitor"}
    if n == -(-total // 2):
        analytics.identify(
            user_id=person, anonymous_id=person + "-visitor", traits={"plan": "gold"}, timestamp=at
        )
    properties = {"n": n, "at": at.isoformat(), "note": "a\u0000b"}
    if n % 10 == 9:
        time.sleep(int(pause) / 1000)
    kind = n % 3
    if kind == 0:
        analytics.track(event="Product Viewed", properties=properties, timestamp=at, **who)
    elif kind == 1:
        analytics.page(name="Home", properties=properties, timestamp=at, **who)
    else:
        analytics.screen(name="Home", properties=properties, timestamp=at, **who)

analytics.shutdown()
if failed:
    raise SystemExit("errors: " + "; ".join(failed))
