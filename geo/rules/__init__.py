"""One rule a relation: a claim and the atlas in, a check out."""
