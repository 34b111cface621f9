# This file is maintained automatically by "terraform init".
provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 4.0.0"
  hashes = [
    "h1:1111111111111111111111111111111111111111111=",
  ]
}
