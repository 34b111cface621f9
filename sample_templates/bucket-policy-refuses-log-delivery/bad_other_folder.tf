# The flow log writes below vpc/, the policy grants network/.

resource "aws_vpc" "other_folder" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "other_folder" {
  vpc_id               = aws_vpc.other_folder.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.other_folder.arn}/vpc"

  depends_on = [aws_s3_bucket_policy.other_folder]
}

resource "aws_s3_bucket" "other_folder" {
  bucket = "acme-refuses-other-folder"
}

resource "aws_s3_bucket_policy" "other_folder" {
  bucket = aws_s3_bucket.other_folder.id
  policy = jsonencode({ # expect: bucket-policy-refuses-log-delivery
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${aws_s3_bucket.other_folder.arn}/network/AWSLogs/${data.aws_caller_identity.other_folder.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.other_folder.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.other_folder.region}:${data.aws_caller_identity.other_folder.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = aws_s3_bucket.other_folder.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.other_folder.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.other_folder.region}:${data.aws_caller_identity.other_folder.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "other_folder" {}

data "aws_region" "other_folder" {}
