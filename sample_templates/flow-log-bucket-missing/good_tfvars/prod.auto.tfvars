log_bucket_name = "acme-tfvars-own-logs"
vpc_id          = "vpc-0a1b2c3d4e5f67890"
