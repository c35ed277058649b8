"""What other sites show of this one without writing code: frames, oEmbed, a web component."""
