# The role that Terraform takes on stands in another module.

provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/acme-deployer-good-deployer"
  }
}

resource "aws_vpc" "deployer_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "deployer_good" {
  bucket = "acme-deployer-good"
}

resource "aws_s3_bucket_policy" "deployer_good" {
  bucket = aws_s3_bucket.deployer_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.deployer_good.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.deployer_good.arn
      },
    ]
  })
}

resource "aws_flow_log" "deployer_good" {
  vpc_id               = aws_vpc.deployer_good.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.deployer_good.arn
  depends_on           = [aws_s3_bucket_policy.deployer_good]
}
