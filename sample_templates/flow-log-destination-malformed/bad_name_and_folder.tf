# The destination is the bucket's name and a folder; an ARN belongs there.

resource "aws_vpc" "name_and_folder" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "name_and_folder" {
  vpc_id               = aws_vpc.name_and_folder.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.name_and_folder.id}/vpc" # expect: flow-log-destination-malformed

  depends_on = [aws_s3_bucket_policy.name_and_folder]
}

resource "aws_s3_bucket" "name_and_folder" {
  bucket = "acme-malformed-name-and-folder"
}

resource "aws_s3_bucket_policy" "name_and_folder" {
  bucket = aws_s3_bucket.name_and_folder.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.name_and_folder.arn}/vpc/AWSLogs/${data.aws_caller_identity.name_and_folder.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.name_and_folder.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.name_and_folder.region}:${data.aws_caller_identity.name_and_folder.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.name_and_folder.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.name_and_folder.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.name_and_folder.region}:${data.aws_caller_identity.name_and_folder.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "name_and_folder" {}

data "aws_region" "name_and_folder" {}
