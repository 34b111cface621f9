variable "bucket" { type = string }
variable "zones" { type = set(string) }
variable "prefix" { default = "x" }
provider "aws" { region = "us-east-1" }
data "aws_caller_identity" "me" {}
resource "aws_vpc" "v" {
  cidr_block = "10.0.0.0/16"
}
data "aws_availability_zones" "z" {}
resource "aws_cloudwatch_log_group" "g" {
  count = length(data.aws_availability_zones.z.names)
  name  = "/flow/${data.aws_availability_zones.z.names[count.index]}"
}
resource "aws_flow_log" "f" {
  for_each             = var.zones
  vpc_id               = aws_vpc.v.id
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${var.bucket}/${each.key}"
  traffic_type         = "ALL"
}
resource "aws_s3_bucket" "b" {
  bucket = var.bucket
}
resource "aws_s3_bucket_policy" "b" {
  bucket = aws_s3_bucket.b.id
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "s3:GetBucketAcl", Resource = aws_s3_bucket.b.arn },
    { Effect = "Allow", Principal = { Service = "delivery.logs.amazonaws.com" }, Action = "s3:PutObject", Resource = "${aws_s3_bucket.b.arn}/*/AWSLogs/${data.aws_caller_identity.me.account_id}/*" },
  ] })
}
