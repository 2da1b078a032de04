"""Mail: a message is built, written to the outbox with the fact it tells, and sent by a job."""
