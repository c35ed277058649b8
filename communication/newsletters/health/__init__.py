"""Whether newsletters of this site arrive: what the DNS, the settings and the mail server say."""
