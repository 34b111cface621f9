# The stream reads a topic of an MSK cluster.

data "aws_msk_cluster" "msk" {
  cluster_name = "acme-network"
}

resource "aws_vpc" "msk" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_flow_log" "msk" {
  vpc_id               = aws_vpc.msk.id
  traffic_type         = "ALL"
  log_destination_type = "kinesis-data-firehose"
  log_destination      = aws_kinesis_firehose_delivery_stream.msk.arn
}

resource "aws_kinesis_firehose_delivery_stream" "msk" {
  name        = "acme-direct-put-msk"
  destination = "extended_s3"

  msk_source_configuration { # expect: stream-not-direct-put
    msk_cluster_arn = data.aws_msk_cluster.msk.arn
    topic_name      = "network"

    authentication_configuration {
      connectivity = "PRIVATE"
      role_arn     = aws_iam_role.msk.arn
    }
  }

  extended_s3_configuration {
    role_arn   = aws_iam_role.msk.arn
    bucket_arn = aws_s3_bucket.msk.arn
  }

  tags = {
    LogDeliveryEnabled = "true"
  }
}

resource "aws_s3_bucket" "msk" {
  bucket = "acme-direct-put-msk"
}

resource "aws_iam_role" "msk" {
  name = "acme-direct-put-msk"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "firehose.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "msk" {
  name = "write-records"
  role = aws_iam_role.msk.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:PutObject"]
        Resource = [aws_s3_bucket.msk.arn, "${aws_s3_bucket.msk.arn}/*"]
      },
      {
        Effect   = "Allow"
        Action   = ["kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers", "kafka-cluster:Connect", "kafka-cluster:DescribeTopic", "kafka-cluster:DescribeTopicDynamicConfiguration", "kafka-cluster:ReadData"]
        Resource = "*"
      }
    ]
  })
}
