# One module for two accounts: AWS writes no policy for a bucket of another account.
provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/deploy"
  }
}

provider "aws" {
  alias  = "logs"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::444455556666:role/deploy"
  }
}

resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.main.arn
}

resource "aws_s3_bucket" "main" { # expect: bucket-policy-refuses-log-delivery
  provider = aws.logs
  bucket   = "acme-refuses-assumed"
}
