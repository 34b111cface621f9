# Without a type the flow log goes to CloudWatch Logs, where a bucket's ARN is no destination.

resource "aws_vpc" "type_omitted" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "type_omitted" {
  vpc_id          = aws_vpc.type_omitted.id
  traffic_type    = "ALL"
  log_destination = aws_s3_bucket.type_omitted.arn # expect: flow-log-destination-malformed
  iam_role_arn    = aws_iam_role.type_omitted.arn
}

resource "aws_s3_bucket" "type_omitted" {
  bucket = "acme-malformed-type-omitted"
}

resource "aws_s3_bucket_policy" "type_omitted" {
  bucket = aws_s3_bucket.type_omitted.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.type_omitted.arn}/AWSLogs/${data.aws_caller_identity.type_omitted.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.type_omitted.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.type_omitted.region}:${data.aws_caller_identity.type_omitted.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.type_omitted.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.type_omitted.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.type_omitted.region}:${data.aws_caller_identity.type_omitted.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "type_omitted" {}

data "aws_region" "type_omitted" {}

resource "aws_iam_role" "type_omitted" {
  name = "acme-flow-logs-type-omitted"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "type_omitted" {
  name = "write-flow-logs"
  role = aws_iam_role.type_omitted.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
        Resource = "*"
      }
    ]
  })
}
