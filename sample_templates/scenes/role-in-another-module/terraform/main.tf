# Three modules, three owners: the role in one, the log groups in another, the network with its flow logs in a third.
provider "aws" {
  region = "eu-west-3"
}

variable "networks" {
  type = map(string)
  default = {
    edge = "10.140.0.0/16"
    core = "10.141.0.0/16"
  }
}

module "logging" {
  source = "./modules/logging"

  names          = keys(var.networks)
  retention_days = 30
}

module "iam" {
  source = "./modules/iam"

  log_group_arns = module.logging.log_group_arns
}

module "network" {
  source   = "./modules/network"
  for_each = var.networks

  cidr_block = each.value

  flow_log = {
    log_group_arn = module.logging.log_group_arns[each.key]
    role_arn      = module.iam.flow_logs_role_arn
  }
}
