# The role that Terraform takes on was made by an earlier apply.

provider "aws" {
  alias  = "deployer_fine"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/acme-deployer-fine"
  }
}

resource "aws_vpc" "deployer_fine" {
  provider = aws.deployer_fine
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "deployer_fine" {
  provider = aws.deployer_fine
  bucket = "acme-deployer-fine"
}

resource "aws_s3_bucket_policy" "deployer_fine" {
  provider = aws.deployer_fine
  bucket = aws_s3_bucket.deployer_fine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.deployer_fine.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.deployer_fine.arn
      },
    ]
  })
}

resource "aws_flow_log" "deployer_fine" {
  provider = aws.deployer_fine
  vpc_id               = aws_vpc.deployer_fine.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.deployer_fine.arn
  depends_on           = [aws_s3_bucket_policy.deployer_fine]
}

resource "aws_iam_role" "deployer_fine" {
  name = "acme-deployer-fine"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "deployer_fine" {
  role = aws_iam_role.deployer_fine.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ec2:*", "s3:*", "logs:*"]
      Resource = "*"
    }]
  })
}
