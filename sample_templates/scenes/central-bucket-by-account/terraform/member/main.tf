# A member account: its VPC logs into the bucket of the log archive account.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"

  allowed_account_ids = ["111122223333"]
}

variable "central_bucket" {
  type    = string
  default = "acme-archive-flow-logs"
}

resource "aws_vpc" "this" {
  cidr_block = "10.50.0.0/16"
}

resource "aws_flow_log" "central" {
  vpc_id               = aws_vpc.this.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::${var.central_bucket}"
}
