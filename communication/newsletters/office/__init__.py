"""The office's pages in the admin: files of subscribers, kept mails, the picker, and sending."""
