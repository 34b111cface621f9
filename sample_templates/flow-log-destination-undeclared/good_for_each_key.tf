# Every VPC's flow log has a bucket of its own.

resource "aws_vpc" "each_stage" {
  for_each   = toset(["blue", "green"])
  cidr_block = "10.30.0.0/16"
}

resource "aws_flow_log" "each_stage" {
  for_each             = aws_vpc.each_stage
  vpc_id               = each.value.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.each_stage[each.key].arn

  depends_on = [aws_s3_bucket_policy.each_stage]
}

resource "aws_s3_bucket" "each_stage" {
  for_each = toset(["blue", "green"])
  bucket   = "acme-undeclared-${each.key}"
}

resource "aws_s3_bucket_policy" "each_stage" {
  for_each = aws_s3_bucket.each_stage

  bucket = each.value.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "AWSLogDeliveryWrite"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:PutObject"
        Resource  = "${each.value.arn}/AWSLogs/${data.aws_caller_identity.each_stage.account_id}/*"
        Condition = {
          StringEquals = {
            "s3:x-amz-acl"      = "bucket-owner-full-control"
            "aws:SourceAccount" = data.aws_caller_identity.each_stage.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.each_stage.region}:${data.aws_caller_identity.each_stage.account_id}:*" }
        }
      },
      {
        Sid       = "AWSLogDeliveryAclCheck"
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = "s3:GetBucketAcl"
        Resource  = each.value.arn
        Condition = {
          StringEquals = {
            "aws:SourceAccount" = data.aws_caller_identity.each_stage.account_id
          }
          ArnLike = { "aws:SourceArn" = "arn:aws:logs:${data.aws_region.each_stage.region}:${data.aws_caller_identity.each_stage.account_id}:*" }
        }
      }
    ]
  })
}

data "aws_caller_identity" "each_stage" {}

data "aws_region" "each_stage" {}
