resource "aws_flow_log" "vpc" {
  vpc_id               = aws_vpc.shop.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.logs.bucket
}

resource "aws_flow_log" "vpc_rejects" {
  vpc_id          = aws_vpc.shop.id
  traffic_type    = "REJECT"
  log_destination = aws_cloudwatch_log_group.flow_logs.arn
}

resource "aws_flow_log" "public" {
  count           = 2
  subnet_id       = aws_subnet.public[count.index].id
  traffic_type    = "ALL"
  log_destination = aws_cloudwatch_log_group.flow_logs.arn
  iam_role_arn    = aws_iam_role.flow_logs.arn
}

resource "aws_cloudwatch_log_group" "flow_logs" {
  name = "shop-flow-logs"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-shop-first-logs"
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = <<-POLICY
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Principal": { "Service": "vpc-flow-logs.amazonaws.com" },
          "Action": "s3:PutObject",
          "Resource": "${aws_s3_bucket.logs.arn}/*"
        }
      ]
    }
  POLICY
}
