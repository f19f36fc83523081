"""How gunicorn serves in production: threads, because requests wait for the database more than for Python."""

from config.env import WEB_THREADS, WEB_WORKERS

worker_class = "gthread"
workers = WEB_WORKERS
threads = WEB_THREADS
timeout = 60
graceful_timeout = 30
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
limit_request_line = 8190
limit_request_fields = 60
worker_tmp_dir = "/dev/shm"  # noqa: S108  (the heartbeat file must not wait for a disk)
accesslog = None
