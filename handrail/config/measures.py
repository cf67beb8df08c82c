"""What is counted? The series that /metrics shows."""

from prometheus_client import Counter, Histogram

REQUESTS = Counter("handrail_requests", "Requests answered", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "handrail_request_seconds",
    "Time to answer a request",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
