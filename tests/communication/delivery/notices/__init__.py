"""An app with a snippet that can be a draft: the project itself has none yet, sites may."""
