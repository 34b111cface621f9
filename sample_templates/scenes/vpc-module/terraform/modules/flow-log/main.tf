data "aws_region" "current" {
  count = var.create && var.log_destination_type != "s3" ? 1 : 0

  region = var.region
}

data "aws_caller_identity" "current" {
  count = var.create && var.log_destination_type != "s3" ? 1 : 0
}

data "aws_partition" "current" {
  count = var.create && var.log_destination_type != "s3" ? 1 : 0
}

locals {
  region     = try(data.aws_region.current[0].region, "")
  account_id = try(data.aws_caller_identity.current[0].account_id, "")
  partition  = try(data.aws_partition.current[0].partition, "aws")

  destination_is_cloudwatch   = var.log_destination_type == "cloud-watch-logs"
  create_cloudwatch_log_group = var.create && var.create_cloudwatch_log_group && local.destination_is_cloudwatch
  create_iam_role             = var.create && var.create_iam_role && local.destination_is_cloudwatch

  # A name from what is watched, if none is given.
  gateway_suffix = var.transit_gateway_id != null ? "tgw/${var.transit_gateway_id}" : null
  vpc_suffix     = var.vpc_id != null ? "vpc/${var.vpc_id}" : null
  suffix         = coalesce(local.gateway_suffix, local.vpc_suffix, "unknown")

  log_group_name = coalesce(var.cloudwatch_log_group_name, var.name != "" ? "/aws/flow-log/${var.name}" : "/aws/flow-log/${local.suffix}")
  iam_role_name  = coalesce(var.name, replace(local.suffix, "/", "-"))
}

resource "aws_flow_log" "this" {
  count = var.create ? 1 : 0

  region = var.region

  dynamic "destination_options" {
    for_each = var.destination_options != null ? [var.destination_options] : []

    content {
      file_format                = destination_options.value.file_format
      hive_compatible_partitions = destination_options.value.hive_compatible_partitions
      per_hour_partition         = destination_options.value.per_hour_partition
    }
  }

  iam_role_arn             = try(aws_iam_role.this[0].arn, var.iam_role_arn)
  log_destination_type     = var.log_destination_type
  log_destination          = try(aws_cloudwatch_log_group.this[0].arn, var.log_destination)
  log_format               = var.log_format
  max_aggregation_interval = var.transit_gateway_id != null ? 60 : var.max_aggregation_interval
  traffic_type             = var.traffic_type
  transit_gateway_id       = var.transit_gateway_id
  vpc_id                   = var.vpc_id

  tags = merge(var.tags, { for k, v in { Name = var.name } : k => v if v != "" })
}

resource "aws_cloudwatch_log_group" "this" {
  count = local.create_cloudwatch_log_group ? 1 : 0

  region = var.region

  name        = var.cloudwatch_log_group_use_name_prefix ? null : local.log_group_name
  name_prefix = var.cloudwatch_log_group_use_name_prefix ? "${local.log_group_name}-" : null

  tags = var.tags
}

data "aws_iam_policy_document" "assume_role" {
  count = local.create_iam_role ? 1 : 0

  dynamic "statement" {
    for_each = local.destination_is_cloudwatch ? [1] : []

    content {
      sid     = "VPCFlowLogs"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "Service"
        identifiers = ["vpc-flow-logs.amazonaws.com"]
      }

      condition {
        test     = "StringEquals"
        variable = "aws:SourceAccount"
        values   = [local.account_id]
      }

      condition {
        test     = "ArnLike"
        variable = "aws:SourceArn"
        values   = ["arn:${local.partition}:ec2:${local.region}:${local.account_id}:vpc-flow-log/*"]
      }
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.create_iam_role ? 1 : 0

  name_prefix           = "${local.iam_role_name}-"
  assume_role_policy    = data.aws_iam_policy_document.assume_role[0].json
  force_detach_policies = true

  tags = var.tags
}

data "aws_iam_policy_document" "this" {
  count = local.create_iam_role ? 1 : 0

  dynamic "statement" {
    for_each = local.destination_is_cloudwatch ? [1] : []

    content {
      sid = "CloudWatch"
      actions = [
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "logs:DescribeLogGroups",
        "logs:DescribeLogStreams",
      ]

      resources = local.create_cloudwatch_log_group ? formatlist("%s:*", aws_cloudwatch_log_group.this[*].arn) : [var.log_destination]
    }
  }

  dynamic "statement" {
    for_each = var.iam_role_permissions != null ? var.iam_role_permissions : {}

    content {
      sid       = try(coalesce(statement.value.sid, statement.key))
      actions   = statement.value.actions
      effect    = statement.value.effect
      resources = statement.value.resources
    }
  }
}

resource "aws_iam_policy" "this" {
  count = local.create_iam_role ? 1 : 0

  name_prefix = "${local.iam_role_name}-"
  policy      = data.aws_iam_policy_document.this[0].json

  tags = var.tags
}

resource "aws_iam_role_policy_attachment" "this" {
  count = local.create_iam_role ? 1 : 0

  role       = aws_iam_role.this[0].name
  policy_arn = aws_iam_policy.this[0].arn
}
