# Log delivery comes with a source ARN of the service logs, never of ec2.

resource "aws_vpc" "source_arn_of_ec2" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "source_arn_of_ec2" {
  vpc_id               = aws_vpc.source_arn_of_ec2.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.source_arn_of_ec2.arn

  depends_on = [aws_s3_bucket_policy.source_arn_of_ec2]
}

resource "aws_s3_bucket" "source_arn_of_ec2" {
  bucket = "acme-refuses-source-arn-of-ec2"
}

resource "aws_s3_bucket_policy" "source_arn_of_ec2" {
  bucket = aws_s3_bucket.source_arn_of_ec2.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.source_arn_of_ec2.arn}/AWSLogs/${data.aws_caller_identity.source_arn_of_ec2.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.source_arn_of_ec2.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:ec2:${data.aws_region.source_arn_of_ec2.region}:${data.aws_caller_identity.source_arn_of_ec2.account_id}:vpc-flow-log/*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.source_arn_of_ec2.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.source_arn_of_ec2.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:ec2:${data.aws_region.source_arn_of_ec2.region}:${data.aws_caller_identity.source_arn_of_ec2.account_id}:vpc-flow-log/*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "source_arn_of_ec2" {}

data "aws_region" "source_arn_of_ec2" {}
