"""The mobility process as readers get it: steps, timeline, checklist, calendar."""
