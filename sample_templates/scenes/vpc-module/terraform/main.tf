# A root module on general modules for a VPC and for a flow log, in the manner of
# terraform-aws-modules/terraform-aws-vpc from 6.5.1 on.
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.0"
    }
  }
}

provider "aws" {
  region = local.region

  default_tags {
    tags = { ManagedBy = "terraform" }
  }
}

locals {
  region = "ap-southeast-2"

  tags = {
    Project = var.project
    Stage   = terraform.workspace
  }
}

variable "project" {
  type = string
}

variable "vpcs" {
  type = map(object({
    cidr                 = string
    enable_flow_log      = optional(bool, true)
    flow_log_destination = optional(string, "cloud-watch-logs")
    interval             = optional(number, 600)
    rejects              = optional(bool, false)
  }))
}

module "vpc" {
  source   = "./modules/vpc"
  for_each = var.vpcs

  name = "${var.project}-${each.key}"
  cidr = each.value.cidr

  enable_flow_log                      = each.value.enable_flow_log
  create_flow_log_cloudwatch_log_group = each.value.flow_log_destination == "cloud-watch-logs"
  create_flow_log_cloudwatch_iam_role  = each.value.flow_log_destination == "cloud-watch-logs"
  flow_log_destination_type            = each.value.flow_log_destination
  flow_log_destination_arn             = each.value.flow_log_destination == "s3" ? aws_s3_bucket.flow_logs.arn : ""
  flow_log_max_aggregation_interval    = each.value.interval

  flow_log_cloudwatch_log_group_retention_in_days = 30

  flow_log_cloudwatch_iam_role_conditions = [
    {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    },
    {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:ec2:${local.region}:${data.aws_caller_identity.current.account_id}:vpc-flow-log/*"]
    },
  ]

  tags              = local.tags
  vpc_flow_log_tags = { Name = "${var.project}-${each.key}-flow-logs" }

  depends_on = [aws_s3_bucket_policy.flow_logs]
}

module "flow_log" {
  source   = "./modules/flow-log"
  for_each = { for name, one in var.vpcs : name => one if one.rejects }

  name         = "${var.project}-${each.key}-rejects"
  vpc_id       = module.vpc[each.key].vpc_id
  traffic_type = "REJECT"

  iam_role_permissions = {
    Metrics = { actions = ["cloudwatch:PutMetricData"], resources = ["*"] }
  }

  tags = local.tags
}

module "flow_log_s3_parquet" {
  source = "./modules/flow-log"

  name                 = "${var.project}-accepts"
  vpc_id               = module.vpc["data"].vpc_id
  traffic_type         = "ACCEPT"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.flow_logs.arn}/accepts"

  destination_options = {
    file_format        = "parquet"
    per_hour_partition = true
  }

  depends_on = [aws_s3_bucket_policy.flow_logs]
}

module "flow_log_disabled" {
  source = "./modules/flow-log"

  create = false
}

data "aws_caller_identity" "current" {}

resource "aws_s3_bucket" "flow_logs" {
  bucket_prefix = "${var.project}-flow-logs-"
}

resource "aws_s3_bucket_policy" "flow_logs" {
  bucket = aws_s3_bucket.flow_logs.id
  policy = data.aws_iam_policy_document.flow_logs.json
}

data "aws_iam_policy_document" "flow_logs" {
  statement {
    sid       = "AWSLogDeliveryWrite"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.flow_logs.arn}/AWSLogs/*", "${aws_s3_bucket.flow_logs.arn}/accepts/AWSLogs/*"]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }

  statement {
    sid       = "AWSLogDeliveryAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = [aws_s3_bucket.flow_logs.arn]

    principals {
      type        = "Service"
      identifiers = ["delivery.logs.amazonaws.com"]
    }
  }
}
