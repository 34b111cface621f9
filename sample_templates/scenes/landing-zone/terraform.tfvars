stage  = "prod"
region = "eu-central-1"

networks = {
  hub     = { cidr_block = "10.0.0.0/16", retention_days = 365 }
  web     = { cidr_block = "10.1.0.0/16" }
  sandbox = { cidr_block = "10.9.0.0/16", archived = false }
}
