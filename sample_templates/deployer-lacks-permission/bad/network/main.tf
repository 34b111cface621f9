# The role that Terraform takes on stands in another module.

provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/acme-deployer-bad-deployer"
  }
}

resource "aws_vpc" "deployer_bad" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "deployer_bad" {
  bucket = "acme-deployer-bad"
}

resource "aws_s3_bucket_policy" "deployer_bad" {
  bucket = aws_s3_bucket.deployer_bad.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.deployer_bad.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.deployer_bad.arn
      },
    ]
  })
}

resource "aws_flow_log" "deployer_bad" { # expect: deployer-lacks-permission
  vpc_id               = aws_vpc.deployer_bad.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.deployer_bad.arn
  depends_on           = [aws_s3_bucket_policy.deployer_bad]
}
