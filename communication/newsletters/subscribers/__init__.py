"""Who reads by mail: addresses, forms and links, and what keeps robots away from them."""
