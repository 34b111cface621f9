# The account for logs.
provider "aws" {
  region              = "eu-west-1"
  allowed_account_ids = ["444455556666"]
}

resource "aws_s3_bucket" "main" { # expect: bucket-policy-refuses-log-delivery
  bucket = "acme-refuses-foreign"
}
