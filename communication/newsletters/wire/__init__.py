"""What passes between us and mail servers, whoever carries it: mails, answers, and the pace."""
