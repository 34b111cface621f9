# The key lies in Ireland, the bucket in Frankfurt.
provider "aws" {
  region = "eu-central-1"
}

resource "aws_flow_log" "main" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.main.arn
}

resource "aws_s3_bucket" "main" {
  bucket = "acme-key-bad-region"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "main" {
  bucket = aws_s3_bucket.main.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.main.arn # expect: key-cannot-encrypt-logs
    }
  }
}

provider "aws" {
  alias  = "keys"
  region = "eu-west-1"
}

resource "aws_kms_key" "main" {
  provider = aws.keys
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "delivery.logs.amazonaws.com" }
        Action    = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"]
        Resource  = "*"
      },
    ]
  })
}
