# The role that Terraform takes on stands in another module.

provider "aws" {
  region = "eu-west-1"

  assume_role {
    role_arn = "arn:aws:iam::111122223333:role/acme-deployer-pass-good-deployer"
  }
}

resource "aws_vpc" "deployer_pass_good" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_cloudwatch_log_group" "deployer_pass_good" {
  name = "/acme/deployer-pass-good"
}

resource "aws_iam_role" "deployer_pass_good" {
  name = "acme-deployer-pass-good"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "deployer_pass_good" {
  role = aws_iam_role.deployer_pass_good.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "${aws_cloudwatch_log_group.deployer_pass_good.arn}:*"
    }]
  })
}

resource "aws_flow_log" "deployer_pass_good" {
  vpc_id          = aws_vpc.deployer_pass_good.id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.deployer_pass_good.arn
  iam_role_arn    = aws_iam_role.deployer_pass_good.arn
}
