log_bucket_name = "acme-tfvars-central-logs"
