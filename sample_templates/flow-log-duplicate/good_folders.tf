# The same bucket twice, but each flow log has a folder of its own.

resource "aws_vpc" "folders" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "folders" {
  vpc_id               = aws_vpc.folders.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.folders.arn}/network"

  depends_on = [aws_s3_bucket_policy.folders]
}

resource "aws_flow_log" "folders_second" {
  vpc_id               = aws_vpc.folders.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.folders.arn}/security"

  depends_on = [aws_s3_bucket_policy.folders]
}

resource "aws_s3_bucket" "folders" {
  bucket = "acme-duplicate-folders"
}

resource "aws_s3_bucket_policy" "folders" {
  bucket = aws_s3_bucket.folders.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = ["${aws_s3_bucket.folders.arn}/network/AWSLogs/${data.aws_caller_identity.folders.account_id}/*", "${aws_s3_bucket.folders.arn}/security/AWSLogs/${data.aws_caller_identity.folders.account_id}/*"]
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.folders.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.folders.region}:${data.aws_caller_identity.folders.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.folders.arn
        Condition = {
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.folders.account_id }
          ArnLike      = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.folders.region}:${data.aws_caller_identity.folders.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "folders" {}

data "aws_region" "folders" {}
