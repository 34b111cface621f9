# The bucket's own policy, in the way of provider version 3, speaks of load balancers only.

locals {
  inline_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "logdelivery.elasticloadbalancing.amazonaws.com" },
          "Action": "s3:PutObject",
          "Resource": "arn:aws:s3:::acme-refuses-inline/AWSLogs/*"
        }
      ]
    }
  JSON
}

resource "aws_vpc" "inline" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "inline" {
  vpc_id               = aws_vpc.inline.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.inline.arn
}

resource "aws_s3_bucket" "inline" {
  bucket = "acme-refuses-inline"
  policy = local.inline_policy # expect: bucket-policy-refuses-log-delivery
}
