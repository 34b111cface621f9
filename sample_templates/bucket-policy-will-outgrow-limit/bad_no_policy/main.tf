# AWS writes the policy, a statement for each of 53 folders; the 53rd does not fit.

provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.20.0.0/16"
}

locals {
  folders = toset([for lane in range(53) : format("lane%02d", lane)])
}

resource "aws_flow_log" "main" {
  for_each = local.folders

  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.main.arn}/${each.key}" # expect: bucket-policy-will-outgrow-limit
}

resource "aws_s3_bucket" "main" {
  bucket = "acme-outgrow-one-too"
}
