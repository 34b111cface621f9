# AWS GovCloud (US): the partition stands in the ARNs as people write them.
provider "aws" {
  region = "us-gov-west-1"

  allowed_account_ids = ["123456789012"]
}

resource "aws_vpc" "this" {
  cidr_block = "10.80.0.0/16"
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.80.1.0/24"
}

resource "aws_s3_bucket" "flow_logs" {
  bucket = "acme-gov-flow-logs"
}

resource "aws_s3_bucket_policy" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "AWSLogDeliveryWrite",
          "Effect": "Allow",
          "Principal": { "Service": "delivery.logs.amazonaws.com" },
          "Action": "s3:PutObject",
          "Resource": "arn:aws-us-gov:s3:::acme-gov-flow-logs/AWSLogs/123456789012/*",
          "Condition": {
            "StringEquals": { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceAccount": "123456789012" },
            "ArnLike": { "aws:SourceArn": "arn:aws-us-gov:logs:us-gov-west-1:123456789012:*" }
          }
        },
        {
          "Sid": "AWSLogDeliveryAclCheck",
          "Effect": "Allow",
          "Principal": { "Service": "delivery.logs.amazonaws.com" },
          "Action": "s3:GetBucketAcl",
          "Resource": "arn:aws-us-gov:s3:::acme-gov-flow-logs",
          "Condition": {
            "StringEquals": { "aws:SourceAccount": "123456789012" },
            "ArnLike": { "aws:SourceArn": "arn:aws-us-gov:logs:us-gov-west-1:123456789012:*" }
          }
        }
      ]
    }
  POLICY
}

resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws-us-gov:s3:::acme-gov-flow-logs"

  depends_on = [aws_s3_bucket_policy.flow_logs]
}

resource "aws_cloudwatch_log_group" "private" {
  name = "/network/private"
}

resource "aws_iam_role" "flow_logs" {
  name = "network-flow-logs"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "123456789012" }
        ArnLike      = { "aws:SourceArn" = "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:vpc-flow-log/*" }
      }
    }]
  })
}

resource "aws_iam_role_policy" "flow_logs" {
  role = aws_iam_role.flow_logs.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
        Resource = "arn:aws-us-gov:logs:us-gov-west-1:123456789012:log-group:/network/private:*"
      },
      {
        Effect   = "Allow"
        Action   = "logs:DescribeLogGroups"
        Resource = "*"
      },
    ]
  })
}

resource "aws_flow_log" "private" {
  subnet_id       = aws_subnet.private.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.private.arn
  iam_role_arn    = aws_iam_role.flow_logs.arn
}
