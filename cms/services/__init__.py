"""What sets a site up: languages, roles, review, first pages."""
