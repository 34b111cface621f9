# A hundred flow logs write one folder: AWS adds its statements once.

resource "aws_flow_log" "one_folder" {
  count = 100

  subnet_id            = format("subnet-%017d", count.index)
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "${aws_s3_bucket.one_folder.arn}/network"
}

resource "aws_s3_bucket" "one_folder" {
  bucket = "acme-outgrow-one-folder"
}
