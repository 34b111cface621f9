project = "orchard"

vpcs = {
  apps    = { cidr = "10.70.0.0/16", interval = 60, rejects = true }
  data    = { cidr = "10.71.0.0/16", flow_log_destination = "s3" }
  sandbox = { cidr = "10.72.0.0/16", enable_flow_log = false }
}
