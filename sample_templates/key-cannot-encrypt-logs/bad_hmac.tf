# An HMAC key encrypts nothing.

resource "aws_vpc" "bad_hmac" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_flow_log" "bad_hmac" {
  vpc_id               = aws_vpc.bad_hmac.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = aws_s3_bucket.bad_hmac.arn
}

resource "aws_s3_bucket" "bad_hmac" {
  bucket = "acme-key-kind-bad-hmac"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "bad_hmac" {
  bucket = aws_s3_bucket.bad_hmac.id

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.bad_hmac.arn
    }
  }
}

resource "aws_kms_key" "bad_hmac" {
  customer_master_key_spec = "HMAC_256" # expect: key-cannot-encrypt-logs
  key_usage                = "GENERATE_VERIFY_MAC"

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
