"""The CloudFormation reader."""
