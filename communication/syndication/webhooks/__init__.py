"""The pages of webhooks in the admin: where they go, and what became of each."""
