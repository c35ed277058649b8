"""The pages of partner sites in the admin: their keys, and how much these are used."""
