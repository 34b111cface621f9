# A landing zone: one log archive for all networks, each network with two flow logs.
terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = { Owner = "platform", Stage = var.stage }
  }
}

locals {
  prefix = "${var.organization}-${var.stage}"
}

module "log_archive" {
  source = "./modules/log_archive"

  bucket_name = "${local.prefix}-log-archive"
  folders     = [for name, network in var.networks : name if network.archived]
}

module "network" {
  source   = "./modules/network"
  for_each = var.networks

  name           = "${local.prefix}-${each.key}"
  cidr_block     = each.value.cidr_block
  archive_arn    = "${module.log_archive.bucket_arn}/${each.key}"
  retention_days = each.value.retention_days

  depends_on = [module.log_archive]
}
