# The role that Terraform takes on was made by an earlier apply.

provider "aws" {
  alias  = "deployer_alone"
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/acme-deployer-alone"
  }
}

resource "aws_vpc" "deployer_alone" {
  provider = aws.deployer_alone
  cidr_block = "10.40.0.0/16"
}

resource "aws_s3_bucket" "deployer_alone" {
  provider = aws.deployer_alone
  bucket = "acme-deployer-alone"
}

resource "aws_s3_bucket_policy" "deployer_alone" {
  provider = aws.deployer_alone
  bucket = aws_s3_bucket.deployer_alone.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.deployer_alone.arn}/*"
      },
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.deployer_alone.arn
      },
    ]
  })
}

resource "aws_flow_log" "deployer_alone" { # expect: deployer-lacks-permission
  provider = aws.deployer_alone
  vpc_id               = aws_vpc.deployer_alone.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.deployer_alone.arn
  depends_on           = [aws_s3_bucket_policy.deployer_alone]
}

resource "aws_iam_role" "deployer_alone" {
  name = "acme-deployer-alone"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "deployer_alone" {
  role = aws_iam_role.deployer_alone.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ec2:*", "s3:*", "logs:CreateLogGroup", "logs:PutRetentionPolicy", "iam:GetRole", "iam:CreateRole"]
      Resource = "*"
    }]
  })
}
