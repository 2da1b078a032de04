"""The process in which strangers' bytes are parsed: it holds no secret, no database and no socket."""
