"""One graph of AWS resources; it knows no template language."""
