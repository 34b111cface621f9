# Policies in files of their own: the bucket's is a template, the role's are plain JSON.
provider "aws" {
  region = "ca-central-1"
}

variable "bucket_name" {
  type    = string
  default = "acme-paperwork-flow-logs"
}

variable "folders" {
  type    = list(string)
  default = ["public", "private"]
}

data "aws_caller_identity" "current" {}

resource "aws_vpc" "this" {
  cidr_block = "10.120.0.0/16"
}

resource "aws_subnet" "this" {
  count = length(var.folders)

  vpc_id     = aws_vpc.this.id
  cidr_block = cidrsubnet(aws_vpc.this.cidr_block, 4, count.index)
}

resource "aws_s3_bucket" "flow_logs" {
  bucket = var.bucket_name
}

resource "aws_s3_bucket_policy" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id

  policy = templatefile("${path.module}/policies/bucket.json.tftpl", {
    bucket_arn = aws_s3_bucket.flow_logs.arn
    account_id = data.aws_caller_identity.current.account_id
    folders    = var.folders
  })
}

resource "aws_flow_log" "subnet" {
  count = length(var.folders)

  subnet_id            = aws_subnet.this[count.index].id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = format("%s/%s", aws_s3_bucket.flow_logs.arn, var.folders[count.index])

  depends_on = [aws_s3_bucket_policy.flow_logs]
}

resource "aws_cloudwatch_log_group" "rejects" {
  name = "paperwork-rejects"
}

resource "aws_iam_role" "rejects" {
  name               = "paperwork-rejects"
  assume_role_policy = file("policies/trust.json")
}

resource "aws_iam_role_policy" "rejects" {
  name   = "write"
  role   = aws_iam_role.rejects.name
  policy = file("${path.module}/policies/role.json")
}

resource "aws_flow_log" "rejects" {
  vpc_id          = aws_vpc.this.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.rejects.arn
  iam_role_arn    = aws_iam_role.rejects.arn
}
