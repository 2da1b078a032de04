"""Sign-in: users, roles, sign-in links and sessions."""
