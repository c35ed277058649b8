"""Files with concepts in the admin: uploaded, compared, agreed to, written."""
