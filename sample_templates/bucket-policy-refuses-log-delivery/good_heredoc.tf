# The same grants as JSON text.

data "aws_partition" "heredoc" {}

resource "aws_vpc" "heredoc" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "heredoc" {
  subnet_id            = "subnet-0a1b2c3d4e5f67890"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:${data.aws_partition.heredoc.partition}:s3:::${aws_s3_bucket.heredoc.bucket}"

  depends_on = [aws_s3_bucket_policy.heredoc]
}

resource "aws_s3_bucket" "heredoc" {
  bucket = "acme-refuses-heredoc"
}

resource "aws_s3_bucket_policy" "heredoc" {
  bucket = aws_s3_bucket.heredoc.bucket
  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "delivery.logs.amazonaws.com" },
          "Action": "s3:PutObject",
          "Resource": "${aws_s3_bucket.heredoc.arn}/AWSLogs/${data.aws_caller_identity.heredoc.account_id}/*",
          "Condition": {
            "StringEquals": {
              "aws:SourceAccount": ["${data.aws_caller_identity.heredoc.account_id}"],
              "s3:x-amz-acl": "bucket-owner-full-control"
            },
            "StringLike": {
              "aws:SourceArn": "arn:${data.aws_partition.heredoc.partition}:logs:*:${data.aws_caller_identity.heredoc.account_id}:*"
            }
          }
        },
        {
          "Effect": "Allow",
          "Principal": { "Service": "delivery.logs.amazonaws.com" },
          "Action": "s3:GetBucketAcl",
          "Resource": "${aws_s3_bucket.heredoc.arn}"
        }
      ]
    }
  JSON
}

data "aws_caller_identity" "heredoc" {}
