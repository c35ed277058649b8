"""What is shown of VET systems: profiles, their chart, comparisons of some of them."""
