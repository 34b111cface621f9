"""IAM: may this principal do that? Answered in three values, with the statements that decide."""
